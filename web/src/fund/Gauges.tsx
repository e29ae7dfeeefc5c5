// Small gauges for a row: a share against its floor with the clause on hover or focus, and what is used of a quota.
import { useId, type ReactNode } from "react";
import { Link } from "react-router";
import type { Finding, Schemas } from "../api/client";
import { percent } from "../format";
import { bound, Clause, FindingGauge } from "../overview/FindingGauge";
import { MEASURES } from "../overview/measures";
import { leadsTo } from "../rules/words";
import { ScaleBar } from "../shape/Bars";
import { OUTCOMES } from "../shape/FindingCard";
import { useWords } from "../text";

export function ShareGauge({ findings, rule }: { findings: Finding[]; rule: string }) {
  const { t } = useWords();
  const id = useId();
  const finding = findings.find((one) => one.rule === rule);
  const measure = MEASURES[rule];
  if (!finding || !measure) return <>–</>;
  const { measured, limit } = finding;
  const words = <Clause finding={finding} id={id} />;
  if (!measured || !limit) return <span className="mini-gauge"><Link to={leadsTo(rule)} aria-describedby={id}>–</Link>{words}</span>;
  const [shown, limitShown] = [t(measure.shown(measured)), t(bound(measure, limit))];
  const outcome = OUTCOMES[finding.outcome];
  return (
    <span className={`mini-gauge outcome-${finding.outcome}`}>
      <Link to={leadsTo(rule)} aria-describedby={id}><span className="outcome-mark" aria-hidden="true">{outcome.mark}</span> {shown}</Link>
      <ScaleBar label={`${t(measure.label)} ${shown} / ${limitShown}`} figure={measured} limit={limit} wrong={finding.outcome !== "pass"} />
      {words}
    </span>
  );
}

/** The gauges of what is ceded. */
export function CededGauges({ findings, children }: { findings: Finding[]; children?: ReactNode }) {
  const { t } = useWords();
  return (
    <div className="gauges" role="group" aria-label={t("指标与限额", "Measures against their limits")}>
      {findings.map((finding) => <FindingGauge key={finding.rule} finding={finding} name={finding.rule === "share.small_ticket" ? t("本年放款的合同", "of what began this year") : undefined} />)}
      {children}
    </div>
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
