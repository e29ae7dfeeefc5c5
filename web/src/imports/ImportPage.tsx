// One import: how far it is, what became of its rows, what the rules say, and what is done next.
import { Alert } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useQueryClient } from "@tanstack/react-query";
import { answered, own, type Problem } from "../api/client";
import { grouped, moment } from "../format";
import { newId } from "../id";
import { NamedRule } from "../rules/RuleLink";
import { useProfile } from "../session/useSession";
import { Act } from "../shape/Act";
import { Confirm } from "../shape/Confirm";
import { DetailPage, Facts, Figures, Section } from "../shape/DetailPage";
import { OUTCOMES } from "../shape/FindingCard";
import { ScrollTable } from "../shape/ScrollTable";
import { Refused } from "../shape/States";
import { useWords } from "../text";
import { Faults } from "./Faults";
import { hasEnded, saveFaults, useImport } from "./useImports";
import { JOB_STATES, kindOf, type Import } from "./words";

type Asking = "take_over" | "cancel" | null;

export default function ImportPage() {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const id = useParams()["id"] ?? "";
  const me = useProfile().data?.data.id;
  const query = useImport(id);
  const [asking, setAsking] = useState<Asking>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [act] = useState(newId);
  const takeOver = async () => {
    await answered(own.PUT("/v1/imports/{id}/takeovers/{act}", { params: { path: { id, act } } }));
    await cache.invalidateQueries({ queryKey: ["/v1/imports", "list"] });
    void go(`/imports/${act}`);
  };
  const cancel = async () => {
    cache.setQueryData(["/v1/imports", id], await answered(own.PUT("/v1/imports/{id}/cancellations/{act}", { params: { path: { id, act } } })));
  };
  const save = (job: Import) => void saveFaults(job).then(() => setFailed(null), setFailed);
  return (
    <DetailPage query={query}>
      {(job) => ({
        title: job.file_name,
        parent: { to: "/imports", title: t("既有业务导入", "Imports") },
        lead: <><span className={`badge job-${job.state}`}>{t(JOB_STATES[job.state])}</span> {t(kindOf(job))}{job.takes_over ? "" : t("，未登记任何业务", ", nothing is booked")}</>,
        actions: <Actions job={job} me={me} ask={setAsking} save={save} />,
        children: (
          <>
            {failed !== null && <Refused error={failed} />}
            {query.trouble !== null && <Refused error={query.trouble} again={() => void query.refetch()} />}
            {job.problem && <Failed problem={job.problem} />}
            <Progress job={job} />
            <Next job={job} />
            {hasEnded(job) && job.findings.length > 0 && <Rules job={job} />}
            {job.bad > 0 && hasEnded(job) && <Faults job={job} />}
            <Origin job={job} />
            {asking === "take_over" && (
              <Confirm
                title={t(`承接 ${job.file_name}`, `Take over ${job.file_name}`)}
                consequences={[
                  t(`${job.taken_over} 份合同按原样登记，计入账面；不再逐份审批。`, `${job.taken_over} contracts are booked as they are and count; none of them is approved one by one.`),
                  t("违反规则的也登记，每处记为一项结论。", "What breaks a rule is booked too, each breach as a finding."),
                  ...(job.bad > 0 ? [t(`${job.bad} 行有误，不会登记；更正后可另行导入。`, `${job.bad} rows are faulty and stay out; corrected they can be imported later.`)] : []),
                  t("登记后不能整批撤销。", "It cannot be undone as a whole."),
                ]}
                word={t("确认承接", "Take over")} danger={false} act={takeOver} close={() => setAsking(null)}
              />
            )}
            {asking === "cancel" && (
              <Confirm
                title={t("取消此任务", "Cancel it")}
                consequences={[job.takes_over ? t("已承接的行保留；再次承接时从中断处继续。", "Rows taken over stay; another taking over goes on from there.") : t("试运行到此为止，未登记任何业务。", "The dry run ends here; nothing was booked.")]}
                word={t("取消任务", "Cancel it")} act={cancel} close={() => setAsking(null)}
              />
            )}
          </>
        ),
      })}
    </DetailPage>
  );
}

function Actions({ job, me, ask, save }: { job: Import; me: string | undefined; ask: (asking: Asking) => void; save: (job: Import) => void }) {
  const { t } = useWords();
  if (!hasEnded(job)) {
    return <Act action="cancel_import" barred={job.cancelling ? t("正在取消。", "It is being cancelled.") : null} danger act={() => ask("cancel")}>{t("取消任务", "Cancel")}</Act>;
  }
  const own = me === job.started_by ? t("您发起了试运行，须由另一名审批人员承接。", "You had it tried: another person, an approver, takes it over.") : null;
  const nothing = job.taken_over === 0 ? t("没有可以承接的行。", "There is no row to take over.") : null;
  const undone = job.state === "done" ? null : t("试运行没有完成。", "The dry run was not completed.");
  return (
    <>
      {job.bad > 0 && <Act act={() => save(job)}>{t("下载未导入行", "Download the bad rows")}</Act>}
      {!job.takes_over && <Act action="prepare_import" to={`/imports/new?from=${job.id}`}>{job.bad > 0 || job.state === "failed" ? t("上传更正后的文件", "Upload a corrected file") : t("用此映射再导入", "Import another by this mapping")}</Act>}
      {!job.takes_over && <Act action="import_book" barred={undone ?? nothing ?? own} primary act={() => ask("take_over")}>{t("承接", "Take over")}</Act>}
    </>
  );
}

function Progress({ job }: { job: Import }) {
  const { t } = useWords();
  const figures: [string, number][] = [
    [t("行数", "Rows"), job.rows],
    [job.takes_over ? t("已承接", "Taken over") : t("可以承接", "Can be taken over"), job.taken_over],
    [t("已有，未变", "Known, unchanged"), job.unchanged],
    [t("未导入", "Bad"), job.bad],
  ];
  const going = !hasEnded(job);
  const said = job.state === "queued" ? t("等待开始……", "Waiting to begin…") : job.done === 0 ? t("正在读取全部行……", "Reading every row…") : t(`已处理 ${job.done} / ${job.rows} 行`, `${job.done} of ${job.rows} rows done`);
  return (
    <section aria-label={t("进度", "Progress")} className="answer">
      {going && (
        <div className="going">
          <progress aria-label={t("进度", "Progress")} max={job.rows} {...(job.done === 0 ? {} : { value: job.done })} />
          <p role="status">{job.cancelling ? t("正在取消……", "Being cancelled…") : said}</p>
        </div>
      )}
      <Figures figures={figures.map(([label, figure]) => [label, grouped(String(figure))])} />
    </section>
  );
}

/** What follows now. */
function Next({ job }: { job: Import }) {
  const { t } = useWords();
  if (job.state !== "done") return null;
  if (job.takes_over) {
    return (
      <p className="notice">
        {job.taken_over === 0 && job.unchanged > 0 ? t("账面已有这些合同，没有变化。", "The book has these contracts already; nothing changed.") : t("承接完成。", "It was taken over.")}{" "}
        {job.run_id && <Link to={`/contracts?import_id=${job.run_id}`}>{t("查看承接的合同", "See the contracts")}</Link>}
      </p>
    );
  }
  return (
    <p className="notice">
      {job.bad > 0
        ? t(`有 ${job.bad} 行不能导入：请在原文件中更正后重新上传；也可以先承接其余的行。`, `${job.bad} rows cannot be imported: correct them in the file and upload it again, or take over the others first.`)
        : t("全部行都可以承接，等待审批人员承接。", "Every row can be taken over: an approver does so.")}
    </p>
  );
}

function Failed({ problem }: { problem: Problem }) {
  const { t } = useWords();
  return (
    <Alert
      type="error" role="alert" showIcon={false} title={t(problem.title, problem.title_en)}
      description={<><p>{t(problem.detail, problem.detail_en)}</p>{problem.errors && <ul>{problem.errors.map((fault) => <li key={fault.field}><code>{fault.field}</code> {t(fault.message, fault.message_en)}</li>)}</ul>}</>}
    />
  );
}

function Rules({ job }: { job: Import }) {
  const { t } = useWords();
  return (
    <Section title={t("按各合同起始日的规则评估", "Judged by the rules of each first day")}>
      <ScrollTable label={t("规则的结论", "What the rules came to")} head={[t("规则", "Rule"), t("结论", "Outcome"), t("合同数", "Contracts")]}>
        {job.findings.map(({ rule, outcome, contracts }) => (
          <tr key={`${rule} ${outcome}`}>
            <td><NamedRule rule={rule} /></td>
            <td><span className={`badge rule-${outcome}`}>{OUTCOMES[outcome].mark} {t(OUTCOMES[outcome].label)}</span></td>
            <td className="figure">{grouped(String(contracts))}</td>
          </tr>
        ))}
      </ScrollTable>
    </Section>
  );
}

function Origin({ job }: { job: Import }) {
  const { t } = useWords();
  return (
    <Section title={t("来源", "Where it comes from")}>
      <Facts facts={[
        [t("所依据的试运行", "The dry run before"), job.check_id && <Link to={`/imports/${job.check_id}`}>{t("查看试运行", "See the dry run")}</Link>],
        [t("映射", "Mapping"), job.mapping_id ? <Link to={`/import-mappings/${job.mapping_id}`}>{t(`已保存的映射，第 ${job.mapping_version} 版`, `a mapping that is kept, version ${job.mapping_version}`)}</Link> : t("仅用于本次", "stated for this alone")],
        [t("开始时间", "Asked for"), <time key="requested">{moment(job.requested_at)}</time>],
        [t("结束时间", "Ended"), job.ended_at && <time>{moment(job.ended_at)}</time>],
        [t("编号", "Id"), <code key="id">{job.id}</code>],
      ]} />
    </Section>
  );
}
