// One measure of the book against its limit, with the clause for whoever points at it or comes to it by the keys.
import { useId } from "react";
import { Link } from "react-router";
import type { Finding } from "../api/client";
import { Gauge } from "../shape/Bars";
import { OUTCOMES } from "../shape/FindingCard";
import { useWords } from "../text";
import { MEASURES } from "./measures";

export function FindingGauge({ finding, name }: { finding: Finding; name?: string | undefined }) {
  const { t } = useWords();
  const id = useId();
  const measure = MEASURES[finding.rule];
  const { measured, limit } = finding;
  if (!measure || !measured || !limit) return null;
  const [shown, limitShown] = [t(measure.shown(measured)), t(measure.shown(limit))];
  const bound = measure.side === "floor" ? t(`下限 ${limitShown}`, `floor ${limitShown}`) : t(`上限 ${limitShown}`, `cap ${limitShown}`);
  const outcome = OUTCOMES[finding.outcome];
  return (
    <figure className={`gauge outcome-${finding.outcome}`}>
      <figcaption>
        <Link to={`/rules/${finding.rule}`} aria-describedby={id}>{t(measure.label)}</Link>
        <b className="figure">{shown}</b>
      </figcaption>
      <Gauge label={t(measure.label)} figure={measured} shown={shown} limit={limit} limitShown={bound} side={measure.side} />
      <p><span className="outcome-mark" aria-hidden="true">{outcome.mark}</span> {t(outcome.label)} · {bound}{name && ` · ${name}`}</p>
      <span className="why" role="tooltip" id={id}>{t(finding.explanation, finding.explanation_en)}{finding.document && <><br />{finding.document} {finding.clause}{finding.quote && <q lang="zh-CN">{finding.quote}</q>}</>}</span>
    </figure>
  );
}
