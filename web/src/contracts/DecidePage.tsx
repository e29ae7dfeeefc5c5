// An approver's decision about a submitted contract, beside what was submitted and what the rules say of it today.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { answered, own, Refusal, type Schemas } from "../api/client";
import { useParty } from "../book/lookups";
import { CONTRACT_STATES, VERDICTS } from "../book/words";
import { grouped } from "../format";
import { useToday } from "../institutions/useMemberships";
import { Barred } from "../shape/Act";
import { Section } from "../shape/DetailPage";
import { FindingCard, FoldedFindings } from "../shape/FindingCard";
import type { FieldsOf } from "../shape/form/field";
import { RecordForm } from "../shape/RecordPage";
import { ReviewPage, type Choice } from "../shape/ReviewPage";
import { PageRefused, Refused, Waiting } from "../shape/States";
import { useProfile } from "../session/useSession";
import { text, useWords } from "../text";
import { ContractFacts, FixedFacts } from "./ContractFacts";
import { Difference } from "./Difference";
import { EventLine } from "./EventLine";
import { checkContent, contentOf, useContents, useContract, useEvents, useExceptions, useRefresh, type Contract, type ContractEvent } from "./useContract";

type Decision = "approve" | "reject";
type Finding = Schemas["Finding"];

export default function DecidePage() {
  const { t } = useWords();
  const id = useParams()["id"] ?? "";
  const refresh = useRefresh();
  const me = useProfile().data?.data;
  const query = useContract(id);
  const contract = query.data?.data;
  const events = useEvents(id);
  const exceptions = useExceptions(id);
  const party = useParty(contract?.party_id ?? "").data?.data;
  const today = useToday();
  const check = useQuery({
    queryKey: ["/v1/contracts", id, "check", contract?.content_version],
    queryFn: ({ signal }) => checkContent(contentOf(contract as Contract), signal),
    enabled: contract?.state === "submitted",
    retry: false,
    // Another content meanwhile does not take away what is on the screen.
    placeholderData: keepPreviousData,
  });
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  if (!contract || !events.data || !exceptions.data || !today || (contract.state === "submitted" && check.isPending)) return <Waiting />;
  const granted = new Set(exceptions.data.filter((exception) => exception.content_version === contract.content_version && today <= exception.expires_on).map(({ rule }) => rule));
  const needed = (check.data?.findings ?? []).filter((finding) => finding.outcome === "needs_exception");
  const open = needed.filter(({ rule }) => !granted.has(rule));
  const first = me && (contract.drafted_by === me.id || contract.submitted_by === me.id) ? t("您录入或提交了此合同，须由另一人审批。", "You drafted or submitted it: a second person decides.") : null;
  const state = contract.state === "submitted" ? null : t(`合同现在是“${CONTRACT_STATES[contract.state].zh}”，不能审批。`, `The contract is ${CONTRACT_STATES[contract.state].en}: there is nothing to decide.`);
  const barred = first ?? state;
  const refused = check.data?.verdict === "refused" ? t("今天的规则和账面不允许办理，任何人不能豁免。请退回。", "Today’s rules and book refuse it, and nobody can waive that: send it back.") : null;
  const waiting = open.length > 0 ? t(`须先批准书面例外：${open.map(({ rule }) => rule).join("、")}`, `An exception is needed first: ${open.map(({ rule }) => rule).join(", ")}`) : null;
  const choices: Choice<Decision>[] = [
    { decision: "approve", title: text("审批通过", "Approve"), danger: false, wordless: true, barred: barred ?? refused ?? waiting, consequences: [
      text(`承诺担保 ${grouped(contract.amount)} 元，即日计入账面和限额。`, `${grouped(contract.amount)} yuan are committed and count from today.`),
      text("90 日内未放款的，审批失效。", "It lapses when it is not disbursed within 90 days."),
    ] },
    { decision: "reject", title: text("退回", "Send back"), danger: true, barred, consequences: [
      text("经办人可以修改后再次提交。", "The officer may revise and submit it again."),
    ] },
  ];
  const decide = async (decision: Decision, reason: string, act: string) => {
    const path = { id, act };
    try {
      if (decision === "approve") await answered(own.PUT("/v1/contracts/{id}/approvals/{act}", { params: { path }, body: { content_version: contract.content_version } }));
      else await answered(own.PUT("/v1/contracts/{id}/rejections/{act}", { params: { path }, body: { reason } }));
      await refresh();
    } catch (error) {
      // The rules of the moment had another say, and that is kept; or somebody has changed it meanwhile.
      if (error instanceof Refusal && error.problem.status !== 0) void refresh();
      throw error;
    }
  };
  return (
    <ReviewPage
      title={t(`审批 ${contract.number}`, `Decide on ${contract.number}`)}
      parent={{ to: `/contracts/${id}`, title: contract.number }}
      lead={<>{party?.name} · {t(`担保 ${grouped(contract.amount)} 元`, `${grouped(contract.amount)} yuan`)}</>}
      subject={
        <>
          <Section title={check.data ? t(`按今天的账面：${VERDICTS[check.data.verdict].zh}`, `By today’s book: ${VERDICTS[check.data.verdict].en}`) : t("按今天的账面", "By today’s book")}>
            {check.error && <Refused error={check.error} again={() => void check.refetch()} />}
            {check.data && <FoldedFindings findings={check.data.findings.filter((finding) => finding.outcome !== "needs_exception")} />}
            {needed.map((finding) => <Needed key={finding.rule} finding={finding} contract={contract} granted={granted.has(finding.rule)} barred={barred} today={today} />)}
          </Section>
          <Changed contract={contract} events={events.data} />
          <Section title={t("提交的内容", "What was submitted")}><ContractFacts contract={contract} /></Section>
          {check.data && <Section title={t("审批时将确定", "What an approval would fix")}><FixedFacts fixed={check.data.fixed} /></Section>}
          <Section title={t("事项", "What happened")}><EventLine events={events.data} /></Section>
        </>
      }
      name={contract.number}
      choices={choices}
      decide={decide}
      back={`/contracts/${id}`}
    />
  );
}

/** What changed since the submission before, and why it came back. */
function Changed({ contract, events }: { contract: Contract; events: ContractEvent[] }) {
  const { t } = useWords();
  const submissions = events.filter(({ kind }) => kind === "submitted");
  const before = submissions.at(-2)?.content_version;
  const contents = useContents(contract.id, contract.content_version, before !== undefined && before !== contract.content_version);
  if (before === undefined) return null;
  const since = events.indexOf(submissions.at(-2) as ContractEvent);
  const back = events.slice(since).find(({ kind }) => kind === "rejected" || kind === "withdrawn");
  const reason = back?.reason && <p className="quote">{back.kind === "rejected" ? t("退回理由：", "Sent back because: ") : t("撤回理由：", "Withdrawn because: ")}{back.reason}</p>;
  const [was, now] = [before, contract.content_version].map((version) => contents.data?.find(({ content_version }) => content_version === version));
  return (
    <Section title={t("与上次提交相比", "Since it was submitted before")}>
      {reason}
      {before === contract.content_version ? <p className="notice">{t(`内容没有修改（第 ${before} 版）。`, `It was not revised (content ${before}).`)}</p>
        : contents.error ? <Refused error={contents.error} again={() => void contents.refetch()} />
        : contents.isPending ? <p className="count" aria-busy="true">…</p>
        : was && now ? <Difference before={was} after={now} />
        : <p className="notice">{t(`上次提交的第 ${before} 版没有留存，请通读第 ${contract.content_version} 版的全部内容。`, `Content ${before}, which was submitted before, was not kept: read all of content ${contract.content_version}.`)}</p>}
    </Section>
  );
}

const EXCEPTION: FieldsOf<Schemas["ExceptionIn"]> = [
  { name: "reason", kind: "words", label: text("例外理由", "why it is granted"), hint: text("永久记入审计，请勿填写个人信息", "stays in the audit trail: no personal data") },
  { name: "expires_on", kind: "day", label: text("有效至", "until"), hint: text("最迟在这一天审批", "the last day to approve by it") },
];

/** What needs an exception, and the form to grant it. */
function Needed({ finding, contract, granted, barred, today }: { finding: Finding; contract: Contract; granted: boolean; barred: string | null; today: string }) {
  const { t } = useWords();
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const word = t("批准书面例外", "Grant an exception");
  const save = (body: Omit<Schemas["ExceptionIn"], "rule">, act: string) => answered(own.PUT("/v1/contracts/{id}/exceptions/{act}", { params: { path: { id: contract.id, act } }, body: { ...body, rule: finding.rule } }));
  return (
    <div className="needed" role="group" aria-label={finding.rule}>
      <FindingCard finding={finding} />
      {granted ? <p className="notice">{t("已批准书面例外，可以审批。", "An exception was granted: it may be approved.")}</p>
        : barred !== null ? <Barred reason={barred}>{word}</Barred>
        : asking ? <RecordForm fields={EXCEPTION} initial={{ expires_on: today }} save={save} saved={() => { void refresh(); setAsking(false); }} word={word} cancel={() => setAsking(false)} />
        : <button type="button" className="plain-button" onClick={() => setAsking(true)}>{word}</button>}
    </div>
  );
}
