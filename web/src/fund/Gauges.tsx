// Small gauges for a row: a share against its floor with the clause on hover or focus, and what is used of a quota.
import { useId } from "react";
import { Link } from "react-router";
import type { Finding, Schemas } from "../api/client";
import { percent } from "../format";
import { ScaleBar } from "../shape/Bars";
import { OUTCOMES } from "../shape/FindingCard";
import { useWords } from "../text";
import { MEASURES } from "../overview/measures";

export function ShareGauge({ findings, rule }: { findings: Finding[]; rule: string }) {
  const { t } = useWords();
  const id = useId();
  const finding = findings.find((one) => one.rule === rule);
  const measure = MEASURES[rule];
  if (!finding || !measure) return <>–</>;
  const { measured, limit } = finding;
  const words = <span className="why" role="tooltip" id={id}>{t(finding.explanation, finding.explanation_en)}{finding.document && <><br />{finding.document} {finding.clause}{finding.quote && <q lang="zh-CN">{finding.quote}</q>}</>}</span>;
  if (!measured || !limit) return <span className="mini-gauge"><Link to={`/rules/${rule}`} aria-describedby={id}>–</Link>{words}</span>;
  const [shown, limitShown] = [t(measure.shown(measured)), t(measure.shown(limit))];
  const bound = measure.side === "floor" ? t(`下限 ${limitShown}`, `floor ${limitShown}`) : t(`上限 ${limitShown}`, `cap ${limitShown}`);
  const outcome = OUTCOMES[finding.outcome];
  return (
    <span className={`mini-gauge outcome-${finding.outcome}`}>
      <Link to={`/rules/${rule}`} aria-describedby={id}><span className="outcome-mark" aria-hidden="true">{outcome.mark}</span> {shown}</Link>
      <ScaleBar label={`${t(measure.label)} ${shown} / ${bound}`} figure={measured} limit={limit} wrong={finding.outcome !== "pass"} />
      {words}
    </span>
  );
}

/** What is used of the year's quota; beyond it nothing is booked. */
export function QuotaBar({ sums, bare = false }: { bare?: boolean; sums: Pick<Schemas["CededOut"], "quota_use" | "quota_used" | "quota_granted"> }) {
  const { t } = useWords();
  if (!sums.quota_use) return <span className="count">{t("未授信", "none granted")}</span>;
  const shown = percent(sums.quota_use);
  return (
    <span className="mini-gauge">
      {!bare && <span>{shown}</span>}
      <ScaleBar label={t(`额度使用率 ${shown}`, `Use of the quota ${shown}`)} figure={sums.quota_use} limit="1" wrong={false} />
    </span>
  );
}
