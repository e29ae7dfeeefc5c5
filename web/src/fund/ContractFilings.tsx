// On the cedent's contract: where its filing stands with each upper layer, why one was refused, and the step that follows.
import { useRef, useState } from "react";
import { answered, own } from "../api/client";
import { isZero, percent } from "../format";
import { newId } from "../id";
import { Act } from "../shape/Act";
import { Confirm } from "../shape/Confirm";
import { Section } from "../shape/DetailPage";
import { Refused } from "../shape/States";
import { useWords } from "../text";
import type { Contract } from "../contracts/useContract";
import { useFilingsOf, useRefreshFund, type Filing } from "./useFund";
import { FILINGS } from "./words";

export function ContractFilings({ contract }: { contract: Contract }) {
  const { t } = useWords();
  const fixed = contract.fixed;
  const ceded = fixed != null && !(isZero(fixed.shares.provincial) && isZero(fixed.shares.national));
  const query = useFilingsOf(contract.id, ceded);
  if (!ceded) return null;
  if (query.error) return <Section title={t("备案", "Filing")}><Refused error={query.error} again={() => void query.refetch()} /></Section>;
  const filings = query.data ?? [];
  const latest = new Map(filings.map((filing) => [filing.decision.institution_id, filing.decision.id]));
  return (
    <Section title={t("备案", "Filing")}>
      {query.isPending ? <p className="count" aria-busy="true">…</p> : filings.length === 0 ? <p className="count">{t("再担保机构尚未决定是否备案。", "The upper layers have not decided yet.")}</p> : (
        <ul className="filings">{filings.map((filing) => <Decided key={filing.decision.id} filing={filing} latest={latest.get(filing.decision.institution_id) === filing.decision.id} borne={filings.some(({ decision, application }) => decision.institution_id === filing.decision.institution_id && decision.decision === "refused" && application)} />)}</ul>
      )}
    </Section>
  );
}

/** `borne` says whether a refusal of the same upper layer was applied: then a later confirmation is to be applied too. */
function Decided({ filing, latest, borne }: { filing: Filing; latest: boolean; borne: boolean }) {
  const { t } = useWords();
  const refresh = useRefreshFund();
  const [asking, setAsking] = useState(false);
  const act = useRef(newId());
  const { decision, application } = filing;
  const refused = decision.decision === "refused";
  const apply = async () => {
    await answered(own.PUT("/v1/contracts/{id}/filings/{decision}/applications/{act}", { params: { path: { id: decision.contract_id, decision: decision.id, act: act.current } } }));
    await refresh();
  };
  const share = percent(decision.share);
  const follows = refused
    ? [t(`自 ${decision.decided_on} 起，原由${filing.upper_name}分担的 ${share} 由本机构自行承担。`, `From ${decision.decided_on} on we bear the ${share} of ${filing.upper_name} ourselves.`), t("约定的比例不变，不调账；合同事项中记一笔。", "The shares that were agreed on stay, no money moves, and an event is kept with the contract.")]
    : [t(`${filing.upper_name}按协议分担 ${share}；合同事项中记一笔。`, `${filing.upper_name} bears ${share} by the agreement; an event is kept with the contract.`)];
  return (
    <li className={decision.decision}>
      <p><time dateTime={decision.decided_on}>{decision.decided_on}</time> <b>{filing.upper_name}</b> <span className={`badge filing-${decision.decision}`}>{t(FILINGS[decision.decision])}</span>{!latest && <span className="count"> {t("已被后来的决定取代", "overtaken by a later one")}</span>}</p>
      {decision.reason && <p className="quote">{t("理由：", "Reason: ")}{decision.reason}</p>}
      {application ? <p className="count">{refused ? t(`已采纳：自 ${application.from} 起自担 ${percent(application.borne_share)}`, `Applied: ${percent(application.borne_share)} borne from ${application.from} on`) : t("已采纳", "Applied")}</p>
        : latest && (refused || borne) && <div><Act action="apply_filing" act={() => setAsking(true)} primary={refused}>{t("采纳", "Apply it")}</Act></div>}
      {asking && <Confirm title={t(`采纳${filing.upper_name}的决定`, `Apply the decision of ${filing.upper_name}`)} consequences={follows} word={t("采纳", "Apply it")} danger={refused} act={apply} close={() => setAsking(false)} />}
    </li>
  );
}
