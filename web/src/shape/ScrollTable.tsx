// A table that scrolls by itself where it is wider than its place, by the keys too.
import type { ReactNode } from "react";

interface Props {
  label: string;
  head: readonly string[];
  /** The rows. */
  children: ReactNode;
  className?: string;
}

export function ScrollTable({ label, head, children, className }: Props) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className={className}>
        <thead><tr>{head.map((title) => <th key={title} scope="col">{title}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
