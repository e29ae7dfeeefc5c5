// The audit trail: who did or was refused what, newest first, each entry chained to the one before.
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { listed } from "../api/pages";
import { moment } from "../format";
import { useActors } from "../people/useActors";
import { choices } from "../shape/form/field";
import { Listing, type Column, type Filter } from "../shape/Listing";
import { text, useWords, type Text } from "../text";
import { ACTIONS, OUTCOMES } from "../words";

type Entry = Schemas["AuditEntryOut"];

const ACTOR_KINDS: Record<string, Text> = {
  person: text("用户", "person"),
  machine: text("程序", "program"),
  nobody: text("未登录者", "not logged in"),
  operator: text("系统运维", "operator"),
};

const OBJECT_KINDS: Record<string, Text> = {
  user: text("用户", "user"),
  session: text("登录", "session"),
  institution: text("机构", "institution"),
  membership: text("隶属关系", "membership"),
  machine_client: text("程序账户", "machine client"),
  second_factor: text("二次验证", "second factor"),
  action: text("操作", "action"),
  contract: text("合同", "contract"),
  party: text("被担保人", "party"),
  party_group: text("关联方组", "group"),
  agreement: text("分险协议", "agreement"),
  agreement_terms: text("协议条款", "terms"),
  quota_grant: text("授信额度", "quota grant"),
  financial_statement: text("财务报表", "statement"),
  local_limit: text("限额", "limit"),
  product: text("产品", "product"),
  bank: text("银行", "bank"),
  bank_branch: text("银行网点", "branch"),
  confirmation: text("监管确认", "confirmation"),
  equity_investment: text("股权投资", "investment"),
  deadline: text("报送期限", "deadline"),
  import: text("导入批次", "import"),
  import_file: text("导入文件", "imported file"),
  import_mapping: text("映射", "mapping"),
  import_job: text("导入", "import"),
};

/** Where the page of a thing is, for those that have one. */
const PLACES: Record<string, string> = { user: "/users/", institution: "/institutions/", machine_client: "/machine-clients/", membership: "/memberships/", contract: "/contracts/", party: "/parties/", agreement: "/agreements/", import_job: "/imports/", import_mapping: "/import-mappings/" };

export default function AuditPage() {
  const { t } = useWords();
  const actors = useActors();
  const who = (entry: Entry) => (entry.actor_id ? (actors.name(entry.actor_id) ?? (actors.pending ? "…" : t(`其他机构 ${entry.actor_id.slice(-8)}`, `another institution ${entry.actor_id.slice(-8)}`))) : t(ACTOR_KINDS[entry.actor_kind] ?? text(entry.actor_kind, entry.actor_kind)));
  const action = (entry: Entry) => t(ACTIONS[entry.action as Schemas["Action"]] ?? text(entry.action, entry.action));
  const outcome = (entry: Entry) => t(OUTCOMES[entry.outcome as "done" | "refused"] ?? text(entry.outcome, entry.outcome));
  const what = (entry: Entry) => `${t(OBJECT_KINDS[entry.object_kind] ?? text(entry.object_kind, entry.object_kind))} ${(entry.object_id && actors.name(entry.object_id)) ?? ""}`.trim();
  const detail = (entry: Entry) => Object.entries(entry.detail).map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`).join(", ");
  const columns: Column<Entry>[] = [
    { name: "seq", title: text("序号", "No."), value: (entry) => String(entry.seq) },
    { name: "at", title: text("时间（北京）", "When (China)"), value: (entry) => moment(entry.at), cell: (entry) => <time dateTime={entry.at}>{moment(entry.at)}</time> },
    { name: "who", title: text("谁", "Who"), value: who, cell: (entry) => {
      const to = entry.actor_id ? actors.link(entry.actor_id) : undefined;
      return to ? <Link to={to}>{who(entry)}</Link> : who(entry);
    } },
    { name: "action", title: text("做什么", "What"), value: action },
    { name: "outcome", title: text("结果", "Outcome"), value: outcome, cell: (entry) => <span className={`badge outcome-${entry.outcome}`}>{outcome(entry)}</span> },
    { name: "object", title: text("对象", "Of what"), value: (entry) => `${what(entry)} ${entry.object_id ?? ""}`.trim(), cell: (entry) => {
      const place = PLACES[entry.object_kind];
      return place && entry.object_id ? <Link to={place + entry.object_id}>{what(entry)}</Link> : what(entry);
    } },
    { name: "detail", title: text("说明", "More"), value: detail, cell: (entry) => <span className="detail">{detail(entry)}</span> },
    { name: "hash", title: text("链式摘要", "Chain hash"), value: (entry) => entry.hash, cell: (entry) => <code title={entry.hash}>{entry.hash.slice(0, 12)}…</code> },
  ];
  const filters: Filter[] = [
    { name: "outcome", title: text("结果", "Outcome"), kind: "choice", choices: choices(OUTCOMES) },
    { name: "action", title: text("做什么", "What"), kind: "choice", choices: choices(ACTIONS) },
    { name: "actor_id", title: text("谁", "Who"), kind: "choice", choices: actors.choices },
  ];
  return (
    <Listing
      views="audit-entries"
      path="/v1/audit-entries"
      title={t("审计记录", "Audit trail")}
      lead={t("只增不改。每条记录的摘要包含上一条的摘要，改动任何一条都会被 zengxin verify-audit 发现。", "Only added to. The hash of each entry covers the one before, so that zengxin verify-audit finds any that was changed.")}
      fetch={listed("/v1/audit-entries")}
      columns={columns}
      filters={filters}
      id={(entry) => String(entry.seq)}
      nothing={<p>{t("还没有记录。", "There are no entries yet.")}</p>}
    />
  );
}
