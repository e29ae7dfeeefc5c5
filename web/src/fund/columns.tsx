// The columns and filters of ceded contracts, shared by their list and the queue of filings.
import { useBanks } from "../book/lookups";
import { clientKind, EVENTS } from "../book/words";
import { CLIENT_KINDS } from "../calculators/words";
import { grouped, percent } from "../format";
import type { Column, Filter } from "../shape/Listing";
import { text, useWords } from "../text";
import { useCedents, type Cession } from "./useFund";
import { FILINGS } from "./words";

export function useCessionColumns(): Column<Cession>[] {
  const { t } = useWords();
  const banks = useBanks().data;
  return [
    { name: "number", title: text("合同编号", "Number"), value: (row) => row.number },
    { name: "cedent", title: text("分出机构", "Cedent"), value: (row) => row.cedent_name },
    { name: "filing", title: text("备案", "Filing"), value: (row) => t(FILINGS[row.filing]), cell: (row) => <span className={`badge filing-${row.filing}`}>{t(FILINGS[row.filing])}</span> },
    { name: "client_kind", title: text("客户类型", "Kind of client"), value: (row) => t(clientKind(row.client_kind)) },
    { name: "amount", title: text("担保金额（元）", "Amount (yuan)"), value: (row) => row.amount, cell: (row) => grouped(row.amount), figure: true },
    { name: "outstanding", title: text("余额（元）", "Outstanding (yuan)"), value: (row) => row.outstanding, cell: (row) => grouped(row.outstanding), figure: true },
    { name: "share", title: text("分险比例", "Our share"), value: (row) => row.share, cell: (row) => percent(row.share), figure: true },
    { name: "fee", title: text("再担保费（元，申报）", "Fee, stated (yuan)"), value: (row) => row.fee, cell: (row) => grouped(row.fee), figure: true, hidden: true },
    { name: "start", title: text("起始日", "Start"), value: (row) => row.start, cell: (row) => <time>{row.start}</time>, hidden: true },
    { name: "end", title: text("到期日", "End"), value: (row) => row.end, cell: (row) => <time>{row.end}</time> },
    { name: "approved_on", title: text("审批日", "Approved on"), value: (row) => row.approved_on ?? "", hidden: true },
    { name: "last_event", title: text("最近事项", "Last event"), value: (row) => t(EVENTS[row.last_event]), hidden: true },
    { name: "region", title: text("行政区划", "Region"), value: (row) => row.region_code, hidden: true },
    { name: "industry", title: text("行业", "Industry"), value: (row) => row.industry_code ?? "", hidden: true },
    { name: "bank", title: text("银行", "Bank"), value: (row) => banks?.find(({ id }) => id === row.bank_id)?.name ?? "", hidden: true },
    { name: "loan_number", title: text("借款合同编号", "Loan contract"), value: (row) => row.loan_number ?? "", hidden: true },
    { name: "reason", title: text("备案理由", "Reason of the decision"), value: (row) => row.decision?.reason ?? "", hidden: true },
  ];
}

export function useCessionFilters(): Filter[] {
  const cedents = useCedents().data ?? [];
  return [
    { name: "number", title: text("合同编号（按 / 键）", "Number (press /)"), kind: "search", example: text("编号的开头", "the beginning of the number") },
    { name: "cedent", title: text("分出机构", "Cedent"), kind: "choice", choices: cedents.map(({ institution_id, name }) => ({ value: institution_id, label: text(name, name) })) },
    { name: "client_kind", title: text("客户类型", "Kind of client"), kind: "choice", choices: CLIENT_KINDS },
    { name: "region", title: text("区划代码", "Region code"), kind: "search", example: text("代码的开头", "its beginning") },
  ];
}
