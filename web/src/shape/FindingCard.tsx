// One finding: the outcome, the sentence, the clause with its words, and the way to the rule.
import type { Finding } from "../api/client";
import { RuleLink } from "../rules/RuleLink";
import { text, useWords, type Text } from "../text";

/** The outcomes with a mark each, so that they are told apart without colour. */
export const OUTCOMES: Record<Finding["outcome"], { label: Text; mark: string }> = {
  pass: { label: text("符合", "Pass"), mark: "✓" },
  refuse: { label: text("不得办理", "Refused"), mark: "✕" },
  needs_exception: { label: text("需书面例外", "Needs an exception"), mark: "!" },
  advise: { label: text("提示", "Advice"), mark: "i" },
  not_applicable: { label: text("不适用", "Not applicable"), mark: "–" },
  not_assessed: { label: text("无法评估", "Not assessed"), mark: "?" },
};

const WORST: Finding["outcome"][] = ["refuse", "needs_exception", "not_assessed", "advise", "pass", "not_applicable"];

/** The outcomes with which nothing is booked. */
export const STOPPING: readonly Finding["outcome"][] = ["refuse", "needs_exception", "not_assessed"];

/** The findings that ask for something in full, the others folded together. */
export function FoldedFindings({ findings }: { findings: Finding[] }) {
  const { t } = useWords();
  const quiet = findings.filter(({ outcome }) => outcome === "pass" || outcome === "not_applicable");
  const passed = quiet.filter(({ outcome }) => outcome === "pass").length;
  return (
    <>
      <Findings findings={findings.filter((finding) => !quiet.includes(finding))} />
      {quiet.length > 0 && (
        <details className="folded">
          <summary>{t(`符合 ${passed} 项，不适用 ${quiet.length - passed} 项`, `${passed} pass, ${quiet.length - passed} do not apply`)}</summary>
          <Findings findings={quiet} />
        </details>
      )}
    </>
  );
}

/** The findings, what stops the business first. */
export function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useWords();
  if (findings.length === 0) return null;
  const sorted = [...findings].sort((a, b) => WORST.indexOf(a.outcome) - WORST.indexOf(b.outcome));
  return (
    <section className="findings" aria-label={t("评估结论", "Findings")}>
      {sorted.map((finding) => (
        <FindingCard key={finding.rule} finding={finding} />
      ))}
    </section>
  );
}

export function FindingCard({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const outcome = OUTCOMES[finding.outcome];
  return (
    <article className={`finding outcome-${finding.outcome}`}>
      <h3>
        <span className="outcome-mark" aria-hidden="true">
          {outcome.mark}
        </span>
        {t(outcome.label)}
        <RuleLink rule={finding.rule} />
      </h3>
      <p>{t(finding.explanation, finding.explanation_en)}</p>
      {finding.document && (
        <blockquote lang="zh-CN">
          {finding.quote && <p>“{finding.quote}”</p>}
          <footer>
            {finding.document} {finding.clause} <Verified verified={finding.verified === true} />
          </footer>
        </blockquote>
      )}
    </article>
  );
}

/** Whether the clause itself was read. */
export function Verified({ verified, secondary }: { verified: boolean; secondary?: boolean }) {
  const { t } = useWords();
  return verified ? (
    <span className="badge badge-verified">{t("已核对原文", "clause read")}</span>
  ) : (
    <span className="badge badge-unverified">
      {secondary === undefined ? t("未核实", "not verified") : secondary ? t("未核实 · 二手来源", "not verified · secondary") : t("未核实 · 凭记忆", "not verified · memory")}
    </span>
  );
}

