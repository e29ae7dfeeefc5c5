// At the cedent: what the upper layers have decided last about each of its contracts, and whether it was drawn into the contract.
import { listed } from "../api/pages";
import { percent } from "../format";
import { Listing, type Column, type Filter } from "../shape/Listing";
import { text, useWords } from "../text";
import type { Filing } from "./useFund";
import { FILINGS } from "./words";

export default function FilingsPage() {
  const { t } = useWords();
  const applied = (row: Filing) => (row.application ? (row.decision.decision === "refused" ? t(`已采纳，自担 ${percent(row.application.borne_share)}`, `applied, ${percent(row.application.borne_share)} borne`) : t("已采纳", "applied")) : row.decision.decision === "refused" ? t("未采纳", "not applied") : "–");
  const columns: Column<Filing>[] = [
    { name: "number", title: text("合同编号", "Number"), value: (row) => row.number },
    { name: "upper", title: text("上级机构", "Decided by"), value: (row) => row.upper_name },
    { name: "decision", title: text("决定", "Decision"), value: (row) => t(FILINGS[row.decision.decision]), cell: (row) => <span className={`badge filing-${row.decision.decision}`}>{t(FILINGS[row.decision.decision])}</span> },
    { name: "decided_on", title: text("决定日", "Decided on"), value: (row) => row.decision.decided_on, cell: (row) => <time>{row.decision.decided_on}</time> },
    { name: "share", title: text("其分险比例", "Its share"), value: (row) => row.decision.share, cell: (row) => percent(row.decision.share), figure: true },
    { name: "reason", title: text("理由", "Reason"), value: (row) => row.decision.reason ?? "" },
    { name: "applied", title: text("采纳", "Applied"), value: applied },
  ];
  const filters: Filter[] = [
    { name: "state", title: text("决定", "Decision"), kind: "choice", choices: [{ value: "refused", label: FILINGS.refused }, { value: "confirmed", label: FILINGS.confirmed }] },
    { name: "applied", title: text("采纳", "Applied"), kind: "choice", choices: [{ value: "false", label: text("未采纳", "not applied") }, { value: "true", label: text("已采纳", "applied") }] },
  ];
  return (
    <Listing
      path="/v1/filings"
      title={t("备案结果", "Filing decisions")}
      lead={t("再担保机构对本机构合同的备案决定；每个机构对每份合同只看最新的一次。不予备案的须采纳，采纳后由本机构自担其份额。", "What the upper layers have decided about our contracts, the newest of each. A refusal is to be applied: from then on we bear that share ourselves.")}
      fetch={listed("/v1/filings")}
      columns={columns}
      filters={filters}
      id={(row) => row.decision.id}
      to={(row) => `/contracts/${row.decision.contract_id}`}
      nothing={<p>{t("再担保机构还没有作出备案决定。", "The upper layers have decided nothing yet.")}</p>}
    />
  );
}
