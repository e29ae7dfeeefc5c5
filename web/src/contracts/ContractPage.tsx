// One contract: where it stands, what the rules said, what happened, and what can be done with it by whom.
import { useState } from "react";
import { useParams } from "react-router";
import { FirstLoanFacts } from "../book/FirstLoan";
import { useParty, useWho } from "../book/lookups";
import { CONTRACT_STATES, EVENTS } from "../book/words";
import { grouped } from "../format";
import { ContractFilings } from "../fund/ContractFilings";
import { Act } from "../shape/Act";
import { DetailPage, Facts, Section } from "../shape/DetailPage";
import { FoldedFindings } from "../shape/FindingCard";
import { Refused } from "../shape/States";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { ActForm, type Doing } from "./ActForm";
import { ContractFacts, FixedFacts } from "./ContractFacts";
import { Contents } from "./Difference";
import { EventLine } from "./EventLine";
import { Exceptions } from "./Exceptions";
import { FeeCarries } from "./FeeCarries";
import { useContract, useEvents, useFirstLoan, type Contract } from "./useContract";

export default function ContractPage() {
  const { t } = useWords();
  const id = useParams()["id"] ?? "";
  const query = useContract(id);
  const events = useEvents(id);
  const who = useWho();
  const party = useParty(query.data?.data.client_id ?? "").data?.data;
  const [doing, setDoing] = useState<Doing | null>(null);
  // A decision of an upper layer judges nothing anew.
  const judged = events.data?.filter(({ findings, kind }) => findings.length > 0 && kind !== "filing_applied").at(-1);
  return (
    <DetailPage query={query}>
      {({ data: contract }) => ({
        title: t(`合同 ${contract.number}`, `Contract ${contract.number}`),
        parent: { to: "/contracts", title: t("担保合同", "Contracts") },
        lead: <><span className={`badge state-${contract.state}`}>{t(CONTRACT_STATES[contract.state])}</span> {party?.name} · {t(`担保 ${grouped(contract.amount)} 元`, `${grouped(contract.amount)} yuan`)}</>,
        actions: <Actions contract={contract} begin={setDoing} />,
        children: (
          <>
            {doing && events.data && <ActForm key={doing} doing={doing} contract={contract} events={events.data} done={() => setDoing(null)} />}
            <div className="columns-2">
              <div>
                <Section title={t("现况", "Where it stands")}>
                  <Facts facts={[
                    [t("余额", "Outstanding"), t(`${grouped(contract.outstanding)} 元`, `${grouped(contract.outstanding)} yuan`)],
                    [t("内容版本", "Content"), t(`第 ${contract.content_version} 版`, `version ${contract.content_version}`)],
                    [t("录入", "Drafted by"), who(contract.drafted_by)],
                    [t("提交", "Submitted by"), contract.submitted_by && who(contract.submitted_by)],
                    [t("审批或退回", "Decided by"), contract.decided_by && who(contract.decided_by)],
                    [t("审批日", "Approved on"), contract.fixed?.approved_on],
                    [t("最迟放款日", "Disburse by"), contract.disburse_by],
                    [t("进入在保", "In force since"), contract.begun_on],
                    [t("结束", "Ended on"), contract.ended_on],
                  ]} />
                </Section>
                <Section title={t("合同内容", "What it says")}><ContractFacts contract={contract} /></Section>
                <Contents contract={contract} />
                {contract.fixed && <Section title={t("审批时确定", "Fixed at approval")}><FixedFacts fixed={contract.fixed} /></Section>}
              </div>
              <div>
                <Section title={judged ? t(`最近一次评估：${EVENTS[judged.kind].zh}（${judged.effective_on}）`, `Last judged: ${EVENTS[judged.kind].en} (${judged.effective_on})`) : t("评估", "Findings")}>
                  {judged ? <FoldedFindings findings={judged.findings} /> : <p className="count" aria-busy={events.isPending}>{t("尚未评估；提交时由规则逐项评估。", "Not judged yet: the rules judge it when it is submitted.")}</p>}
                </Section>
                <FeeCarries contract={contract} />
                <FirstLoanOf id={id} />
                <ContractFilings contract={contract} />
                <Exceptions contract={contract} />
                <Section title={t("事项", "What happened")}>
                  {events.error ? <Refused error={events.error} again={() => void events.refetch()} /> : events.data ? <EventLine events={events.data} /> : <p className="count" aria-busy="true">…</p>}
                </Section>
              </div>
            </div>
          </>
        ),
      })}
    </DetailPage>
  );
}

/** Of a bank loan, whether it is the client's first. */
function FirstLoanOf({ id }: { id: string }) {
  const { t } = useWords();
  const query = useFirstLoan(id);
  return (
    <Section title={t("首贷", "First loan")}>
      {query.error ? <Refused error={query.error} again={() => void query.refetch()} /> : query.data ? <FirstLoanFacts found={query.data} /> : <p className="count" aria-busy="true">…</p>}
    </Section>
  );
}

/** What can be done from here: before an approval and after it other things, each said why not when not. */
function Actions({ contract, begin }: { contract: Contract; begin: (doing: Doing) => void }) {
  const { t } = useWords();
  const me = useProfile().data?.data;
  const state = t(CONTRACT_STATES[contract.state]);
  const unless = (...states: Contract["state"][]) => (states.includes(contract.state) ? null : t(`合同现在是“${state}”，不能办理。`, `The contract is ${state}: this cannot be done now.`));
  const first = me && (contract.drafted_by === me.id || contract.submitted_by === me.id) ? t("您录入或提交了此合同，须由另一人审批。", "You drafted or submitted it: a second person decides.") : null;
  const before = ["draft", "submitted", "rejected", "withdrawn"].includes(contract.state);
  return before ? (
    <>
      <Act action="draft_contract" barred={unless("draft", "rejected", "withdrawn")} to={`/contracts/${contract.id}/revise`}>{t("修改", "Revise")}</Act>
      <Act action="submit_contract" barred={unless("draft")} act={() => begin("submission")} primary>{t("提交审批", "Submit")}</Act>
      <Act action="submit_contract" barred={unless("draft", "submitted")} act={() => begin("withdrawal")}>{t("撤回", "Withdraw")}</Act>
      <Act action="decide_contract" barred={unless("submitted") ?? first} to={`/contracts/${contract.id}/decide`} primary>{t("审批", "Decide")}</Act>
      <Act action="evaluate_contract" act={() => begin("evaluation")}>{t("重新评估", "Judge again")}</Act>
    </>
  ) : (
    <>
      <Act action="disburse_contract" barred={unless("approved")} act={() => begin("disbursement")} primary={contract.state === "approved"}>{t("登记放款", "Disburse")}</Act>
      <Act action="release_contract" barred={unless("in_force")} act={() => begin("release")} primary={contract.state === "in_force"}>{t("登记解保", "Release")}</Act>
      <Act action="correct_contract" barred={unless("in_force", "released")} act={() => begin("reversal")}>{t("冲正解保", "Reverse a release")}</Act>
      <Act action="release_contract" barred={unless("approved")} act={() => begin("cancellation")} danger>{t("取消", "Cancel it")}</Act>
      <Act action="evaluate_contract" act={() => begin("evaluation")}>{t("重新评估", "Judge again")}</Act>
    </>
  );
}
