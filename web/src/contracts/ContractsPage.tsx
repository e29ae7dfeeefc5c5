// The institution's contracts: filtered by state, client and the beginning of the number, all of it in the address.
import { answered, own, type Schemas } from "../api/client";
import { listed } from "../api/pages";
import { PartyPicker } from "../book/PartyPicker";
import { CONTRACT_KINDS, CONTRACT_STATES, PURPOSES, clientKind } from "../book/words";
import { grouped, percent } from "../format";
import { Act } from "../shape/Act";
import { choices } from "../shape/form/field";
import { Listing, type Column, type Filter } from "../shape/Listing";
import { text, useWords } from "../text";

type Line = Schemas["ContractLineOut"];

/** The orders in which only contracts that are approved or in force are listed. */
const OF_COUNTING = /^-?(end|outstanding)$/;

export default function ContractsPage() {
  const { t } = useWords();
  const columns: Column<Line>[] = [
    { name: "number", title: text("合同编号", "Number"), value: (line) => line.number, order: "number" },
    { name: "client", title: text("客户", "Client"), value: (line) => line.client_name },
    { name: "state", title: text("状态", "State"), value: (line) => t(CONTRACT_STATES[line.state]), cell: (line) => <span className={`badge state-${line.state}`}>{t(CONTRACT_STATES[line.state])}</span> },
    { name: "amount", title: text("担保金额（元）", "Amount (yuan)"), value: (line) => line.amount, figure: true, cell: (line) => grouped(line.amount) },
    { name: "outstanding", title: text("余额（元）", "Outstanding (yuan)"), value: (line) => line.outstanding, figure: true, order: "outstanding", cell: (line) => grouped(line.outstanding) },
    { name: "start", title: text("起始日", "Start"), value: (line) => line.start, cell: (line) => <time>{line.start}</time> },
    { name: "end", title: text("到期日", "End"), value: (line) => line.end, order: "end", cell: (line) => <time>{line.end}</time> },
    { name: "kind", title: text("品种", "Kind"), value: (line) => t(CONTRACT_KINDS[line.kind]), hidden: true },
    { name: "purpose", title: text("用途", "Purpose"), value: (line) => t(PURPOSES[line.purpose]), hidden: true },
    { name: "fee", title: text("担保费（元）", "Fee (yuan)"), value: (line) => line.fee, figure: true, cell: (line) => grouped(line.fee), hidden: true },
    { name: "loan_rate", title: text("贷款利率", "Loan rate"), value: (line) => line.loan_rate, cell: (line) => percent(line.loan_rate), hidden: true },
    { name: "client_kind", title: text("客户类型", "Client kind"), value: (line) => (line.fixed ? t(clientKind(line.fixed.client_kind)) : ""), hidden: true },
    { name: "signed_on", title: text("签订日", "Signed"), value: (line) => line.signed_on, hidden: true },
    { name: "disburse_by", title: text("放款期限", "Disburse by"), value: (line) => line.disburse_by ?? "", hidden: true },
    { name: "id", title: text("编号", "Id"), value: (line) => line.id, cell: (line) => <code>{line.id}</code>, hidden: true },
  ];
  const filters: Filter[] = [
    { name: "number", title: text("合同编号（按 / 键）", "Number (press /)"), kind: "search", example: text("编号的开头", "the beginning of the number") },
    { name: "state", title: text("状态", "State"), kind: "choice", choices: choices(CONTRACT_STATES) },
    { name: "counting", title: text("责任", "Liability"), kind: "choice", choices: [{ value: "true", label: text("已审批或在保", "approved or in force") }] },
    { name: "due_from", title: text("到期日自", "Ends from"), kind: "day" },
    { name: "due_until", title: text("到期日至", "Ends until"), kind: "day" },
    { name: "import_id", title: text("导入批次", "Import"), kind: "own", input: (value, set) => value !== "" && (
      <span className="picked">{t("只列随一次导入承接的合同", "Only what came with one import")} <button type="button" className="link-button" onClick={() => set("")}>{t("显示全部", "Show all")}</button></span>
    ) },
    { name: "client_id", title: text("客户", "Client"), kind: "own", input: (value, set) => <PartyPicker label={t("客户", "Client")} value={value} change={set} /> },
  ];
  return (
    <Listing
      path="/v1/contracts"
      title={t("担保合同", "Contracts")}
      lead={t("本机构的担保合同，从录入到解保；最近录入的在前。按到期日、余额排序或筛选时只列已审批和在保的合同。", "Our guarantee contracts, from draft to release, the last one first. By end or by what is outstanding only those approved or in force are listed.")}
      actions={<Act action="draft_contract" to="/contracts/new" primary>{t("录入合同", "New contract")}</Act>}
      fetch={listed("/v1/contracts")}
      columns={columns}
      filters={filters}
      order="-made"
      views="contracts"
      count={({ sort, ...query }, signal) => answered(own.GET("/v1/contracts/count", { params: { query: { ...query, ...(OF_COUNTING.test(String(sort)) ? { counting: true } : {}) } as never }, signal }))}
      id={(line) => line.id}
      to={(line) => `/contracts/${line.id}`}
      nothing={<p>{t("还没有合同。先登记被担保人，再录入合同。", "There are no contracts yet. File the party first, then draft its contract.")}</p>}
    />
  );
}
