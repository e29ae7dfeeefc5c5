// What an upper layer has decided about a filing, in order; the last counts.
import type { Schemas } from "../api/client";
import { useWho } from "../book/lookups";
import { percent } from "../format";
import { useWords } from "../text";
import { FILINGS } from "./words";

export function Decisions({ decisions }: { decisions: Schemas["FilingDecisionOut"][] }) {
  const { t } = useWords();
  const who = useWho();
  if (decisions.length === 0) return <p className="count">{t("尚未决定。", "Nothing was decided yet.")}</p>;
  return (
    <ul className="filings">
      {decisions.map((decision, place) => (
        <li key={decision.id} className={decision.decision}>
          <p><time dateTime={decision.decided_on}>{decision.decided_on}</time> <span className={`badge filing-${decision.decision}`}>{t(FILINGS[decision.decision])}</span> <span className="count">{who(decision.actor_id, decision.actor_kind)} · {t(`分担 ${percent(decision.share)}`, `a share of ${percent(decision.share)}`)}{place < decisions.length - 1 && t(" · 已被后来的决定取代", " · overtaken by a later one")}</span></p>
          {decision.reason && <p className="quote">{t("理由：", "Reason: ")}{decision.reason}</p>}
        </li>
      ))}
    </ul>
  );
}
