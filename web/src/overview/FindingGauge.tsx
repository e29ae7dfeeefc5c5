// One measure of the book against its limit, with the clause for whoever points at it or comes to it by the keys.
import { useId } from "react";
import { Link } from "react-router";
import type { Finding } from "../api/client";
import { leadsTo } from "../rules/words";
import { Gauge } from "../shape/Bars";
import { OUTCOMES } from "../shape/FindingCard";
import { text, useWords, type Text } from "../text";
import { MEASURES, type Measure } from "./measures";

/** What a finding says and the clause in its words, for whoever points at what stands for it. */
export function Clause({ finding, id }: { finding: Finding; id: string }) {
  const { t } = useWords();
  return <span className="why" role="tooltip" id={id}>{t(finding.explanation, finding.explanation_en)}{finding.document && <><br />{finding.document} {finding.clause}{finding.quote && <q lang="zh-CN">{finding.quote}</q>}</>}</span>;
}

/** A limit in words, by the side on which the measure must be. */
export const bound = ({ side, shown }: Measure, limit: string): Text => (side === "floor" ? text(`下限 ${shown(limit).zh}`, `floor ${shown(limit).en}`) : text(`上限 ${shown(limit).zh}`, `cap ${shown(limit).en}`));

export function FindingGauge({ finding, name }: { finding: Finding; name?: string | undefined }) {
  const { t } = useWords();
  const id = useId();
  const measure = MEASURES[finding.rule];
  const { measured, limit } = finding;
  if (!measure || !measured || !limit) return null;
  const [shown, limitShown] = [t(measure.shown(measured)), t(bound(measure, limit))];
  const outcome = OUTCOMES[finding.outcome];
  return (
    <figure className={`gauge outcome-${finding.outcome}`}>
      <figcaption>
        <Link to={leadsTo(finding.rule)} aria-describedby={id}>{t(measure.label)}</Link>
        <b className="figure">{shown}</b>
      </figcaption>
      <Gauge label={t(measure.label)} figure={measured} shown={shown} limit={limit} limitShown={limitShown} side={measure.side} />
      <p><span className="outcome-mark" aria-hidden="true">{outcome.mark}</span> {t(outcome.label)} · {limitShown}{name && ` · ${name}`}</p>
      <Clause finding={finding} id={id} />
    </figure>
  );
}
