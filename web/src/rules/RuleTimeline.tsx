// The versions of a rule on a line of years: solid where the clause was read, hatched where it was not.
import type { Rule } from "../api/client";
import { useWords } from "../text";

const FIRST_YEAR = 2009;
const YEARS = 21;
const WIDTH = 1050;

/** A day as its place on the line. */
function place(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const years = year + (month - 1) / 12 + (date - 1) / 365 - FIRST_YEAR;
  return Math.min(WIDTH, Math.max(0, (years / YEARS) * WIDTH));
}

export function RuleTimeline({ versions, day }: { versions: readonly Rule[]; day?: string | undefined }) {
  const { t } = useWords();
  const always = t("始终", "always");
  const spans = versions.map((version) => `${version.from ?? always} – ${version.until ?? "…"}`);
  return (
    <svg className="timeline" viewBox={`0 0 ${WIDTH} 68`} role="img" aria-label={`${t("施行期间", "In force")}: ${spans.join("; ")}`}>
      <defs>
        <pattern id="unread" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="7" height="7" fill="#fff" />
          <rect width="2.5" height="7" className="ink" />
        </pattern>
      </defs>
      {versions.map((version) => {
        const from = version.from ? place(version.from) : 0;
        const until = version.until ? place(version.until) : WIDTH;
        return <rect key={`${version.from}`} x={from + 1} y="4" width={Math.max(3, until - from - 2)} height="26" rx="3" fill={version.verified ? "var(--ink-strong)" : "url(#unread)"} className="outline" />;
      })}
      {day && <path d={`M${place(day)} 0v36`} className="limit-line" />}
      {Array.from({ length: YEARS / 3 }, (_, step) => FIRST_YEAR + 1 + step * 3).map((year) => (
        <g key={year}>
          <path d={`M${place(`${year}-01-01`)} 34v6`} className="stroke" />
          <text x={place(`${year}-01-01`)} y="62" textAnchor="middle">{year}</text>
        </g>
      ))}
    </svg>
  );
}
