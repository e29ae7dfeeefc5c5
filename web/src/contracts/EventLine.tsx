// What happened to a contract, in order, each with the findings that were made.
import { Link } from "react-router";
import { EVENTS } from "../book/words";
import { useWho } from "../book/lookups";
import { grouped, isZero, moment } from "../format";
import { FoldedFindings } from "../shape/FindingCard";
import { useWords } from "../text";
import type { ContractEvent } from "./useContract";

export function EventLine({ events }: { events: ContractEvent[] }) {
  const { t } = useWords();
  const who = useWho();
  if (events.length === 0) return <p className="count">{t("尚未提交，还没有事项。", "Not submitted yet: nothing has happened.")}</p>;
  return (
    <ol className="event-line">
      {events.map((event) => (
        <li key={event.id} className={`event event-${event.kind}`}>
          <p>
            <time dateTime={event.effective_on}>{event.effective_on}</time> <b>{t(EVENTS[event.kind])}</b> <span className="count">{who(event.actor_id, event.actor_kind)} · {moment(event.recorded_at)} · {t(`第 ${event.content_version} 版内容`, `content ${event.content_version}`)}</span>
          </p>
          {!isZero(event.amount) && <p>{t(`余额变动 ${grouped(event.amount)} 元，此后 ${grouped(event.outstanding)} 元`, `Outstanding by ${grouped(event.amount)}, now ${grouped(event.outstanding)} yuan`)}</p>}
          {!isZero(event.refund) && <p>{t(`应退担保费 ${grouped(event.refund)} 元`, `${grouped(event.refund)} yuan of the fee are refunded`)}</p>}
          {event.reason && <p className="quote">{t("理由：", "Reason: ")}{event.reason}</p>}
          {event.findings.length > 0 && (
            <details className="folded">
              <summary>{t(`当时的 ${event.findings.length} 项结论`, `${event.findings.length} findings of then`)}</summary>
              {event.rulebook && <p className="field-hint">{t("规则手册摘要", "Digest of the rulebook")} <code>{event.rulebook.slice(0, 16)}…</code> <Link to="/rules">{t("规则手册", "Rulebook")}</Link></p>}
              <FoldedFindings findings={event.findings} />
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}
