// Parts of a whole as one bar, told apart by hatching as well as colour: readable in black and white.
import { isZero, thousandths, units, wholeOf } from "../format";

export interface Part {
  name: string;
  figure: string;
  /** The figure as people read it. */
  shown: string;
}

const PATTERNS = ["solid", "hatch", "dots", "cross", "blank", "lines"] as const;

function Defs() {
  return (
    <defs>
      <pattern id="fill-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="fill-1" />
        <rect width="2" height="6" className="ink" />
      </pattern>
      <pattern id="fill-dots" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className="fill-2" />
        <circle cx="3" cy="3" r="1.3" className="ink" />
      </pattern>
      <pattern id="fill-cross" width="7" height="7" patternUnits="userSpaceOnUse">
        <rect width="7" height="7" className="fill-3" />
        <path d="M0 3.5h7M3.5 0v7" className="stroke" />
      </pattern>
      <pattern id="fill-lines" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" className="fill-5" />
        <path d="M0 2.5h5" className="stroke" />
      </pattern>
    </defs>
  );
}

const fill = (place: number) => {
  const pattern = PATTERNS[place % PATTERNS.length] ?? "solid";
  return pattern === "solid" ? "var(--ink-strong)" : pattern === "blank" ? "#fff" : `url(#fill-${pattern})`;
};

/** One bar of parts; the legend below says each figure in words. */
export function ShareBar({ label, parts }: { label: string; parts: Part[] }) {
  const shown = parts.filter((part) => !isZero(part.figure));
  const whole = wholeOf(shown.map((part) => part.figure));
  let from = 0;
  return (
    <figure className="bar">
      <svg role="img" aria-label={`${label}: ${shown.map((part) => `${part.name} ${part.shown}`).join(", ")}`}>
        <Defs />
        {shown.map((part, place) => {
          const length = thousandths(part.figure, whole);
          const x = from;
          from += length;
          // In hundredths of what place there is, so that a pattern is as wide here as in the legend.
          return <rect key={part.name} x={`${x / 10}%`} y="1" width={`${length / 10}%`} height="34" fill={fill(place)} className="outline" />;
        })}
      </svg>
      <figcaption>
        <ul>
          {shown.map((part, place) => (
            <li key={part.name}>
              <svg width="14" height="14" aria-hidden="true">
                <rect x="0.5" y="0.5" width="13" height="13" fill={fill(place)} className="outline" />
              </svg>
              {part.name} <b>{part.shown}</b>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

/** A figure against its limit, which is marked by a line and in words. */
export function LimitBar({ label, figure, shown, limit, limitShown }: { label: string; figure: string; shown: string; limit: string; limitShown: string }) {
  const at = Math.min(1000, Math.max(0, thousandths(figure, "1")));
  const line = thousandths(limit, "1");
  return (
    <figure className="bar">
      <svg viewBox="0 0 1000 36" preserveAspectRatio="none" role="img" aria-label={`${label} ${shown} / ${limitShown}`}>
        <rect x="0" y="8" width="1000" height="20" fill="#fff" className="outline" />
        <rect x="0" y="8" width={at} height="20" fill="var(--ink-strong)" />
        <rect x={line - 2} y="0" width="5" height="36" className="limit" />
      </svg>
      <figcaption>
        {label} <b>{shown}</b>（{limitShown}）
      </figcaption>
    </figure>
  );
}

/** A figure against a limit that it must reach or must not pass; what lies beyond the limit is hatched. What must be reached is a share, and its scale ends at the whole. */
export function Gauge({ label, figure, shown, limit, limitShown, side }: { label: string; figure: string; shown: string; limit: string; limitShown: string; side: "floor" | "cap" }) {
  const most = units(figure) > units(limit) ? figure : limit;
  // A fifth beyond the larger of the two, so that both stand inside.
  const place = (value: string) => Math.max(0, side === "floor" ? thousandths(value, "1") : Math.round(thousandths(value, most) / 1.2));
  const [at, line] = [place(figure), place(limit)];
  const wrong = side === "floor" ? { x: 0, width: line } : { x: line, width: 1000 - line };
  return (
    <svg className="gauge-bar" viewBox="0 0 1000 40" preserveAspectRatio="none" role="img" aria-label={`${label} ${shown} / ${limitShown}`}>
      <Defs />
      <rect x="0" y="8" width="1000" height="24" fill="#fff" className="outline" />
      <rect x={wrong.x} y="8" width={wrong.width} height="24" fill="url(#fill-lines)" />
      <rect x="0" y="13" width={Math.min(1000, at)} height="14" fill="var(--ink-strong)" className="outline" />
      <rect x={line - 2} y="0" width="6" height="40" className="limit" />
    </svg>
  );
}

/** A figure between nothing and all on a scale that every row shares, with its limit as a line; hatched when it is on the wrong side. */
export function ScaleBar({ label, figure, limit, wrong }: { label: string; figure: string; limit: string; wrong: boolean }) {
  const place = (value: string) => Math.min(1000, Math.max(0, thousandths(value, "1")));
  return (
    <svg className="gauge-bar" viewBox="0 0 1000 40" preserveAspectRatio="none" role="img" aria-label={label}>
      <Defs />
      <rect x="0" y="8" width="1000" height="24" fill="#fff" className="outline" />
      <rect x="0" y="8" width={place(figure)} height="24" fill={wrong ? "url(#fill-lines)" : "var(--ink-strong)"} className="outline" />
      <rect x={Math.min(990, place(limit) - 4)} y="0" width="10" height="40" className="limit" />
    </svg>
  );
}
