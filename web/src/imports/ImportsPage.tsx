// The institution's imports: what was tried, what was taken over, what became of it.
import { listed } from "../api/pages";
import { moment } from "../format";
import { Act } from "../shape/Act";
import { choices } from "../shape/form/field";
import { Listing, type Column, type Filter } from "../shape/Listing";
import { text, useWords } from "../text";
import { JOB_STATES, kindOf, type Import } from "./words";

export default function ImportsPage() {
  const { t } = useWords();
  const columns: Column<Import>[] = [
    { name: "file", title: text("文件", "File"), value: (job) => job.file_name },
    { name: "kind", title: text("类别", "Kind"), value: (job) => t(kindOf(job)) },
    { name: "state", title: text("状态", "State"), value: (job) => t(JOB_STATES[job.state]), cell: (job) => <span className={`badge job-${job.state}`}>{t(JOB_STATES[job.state])}</span> },
    { name: "rows", title: text("行数", "Rows"), value: (job) => String(job.rows), figure: true },
    { name: "taken_over", title: text("承接", "Taken over"), value: (job) => String(job.taken_over), figure: true },
    { name: "unchanged", title: text("已有", "Known"), value: (job) => String(job.unchanged), figure: true },
    { name: "bad", title: text("未导入", "Bad"), value: (job) => String(job.bad), figure: true },
    { name: "requested_at", title: text("开始时间", "Asked for"), value: (job) => moment(job.requested_at), cell: (job) => <time>{moment(job.requested_at)}</time> },
    { name: "ended_at", title: text("结束时间", "Ended"), value: (job) => (job.ended_at ? moment(job.ended_at) : ""), hidden: true },
    { name: "id", title: text("编号", "Id"), value: (job) => job.id, cell: (job) => <code>{job.id}</code>, hidden: true },
  ];
  const filters: Filter[] = [
    { name: "state", title: text("状态", "State"), kind: "choice", choices: choices(JOB_STATES) },
    { name: "takes_over", title: text("类别", "Kind"), kind: "choice", choices: [{ value: "false", label: text("试运行", "dry run") }, { value: "true", label: text("承接", "taking over") }] },
    { name: "to_decide", title: text("待办", "Waiting"), kind: "choice", choices: [{ value: "true", label: text("等我承接", "for me to take over") }] },
  ];
  return (
    <Listing
      path="/v1/imports"
      title={t("既有业务导入", "Imports")}
      lead={t("把原有台账承接进来：先试运行，更正错误，再由另一人承接。", "An earlier book is taken over: tried first, corrected, then taken over by a second person.")}
      actions={<><Act action="read_imports" to="/import-mappings">{t("映射", "Mappings")}</Act><Act action="prepare_import" to="/imports/new" primary>{t("导入文件", "Import a file")}</Act></>}
      fetch={listed("/v1/imports")}
      columns={columns}
      filters={filters}
      id={(job) => job.id}
      to={(job) => `/imports/${job.id}`}
      nothing={<p>{t("还没有导入过。请业务经办上传原有台账（CSV），说明各栏的含义后试运行。", "Nothing was imported yet. An officer uploads the earlier ledger as CSV, says what each column means, and has it tried.")}</p>}
    />
  );
}
