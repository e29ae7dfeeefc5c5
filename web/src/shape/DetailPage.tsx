// One record: what it is, what can be done with it, and its facts in sections.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Page, type PageProps } from "./Page";
import { PageRefused, Waiting } from "./States";

/** Labels with their values; what has no value is not there. */
export function Facts({ facts }: { facts: [label: string, value: ReactNode][] }) {
  return (
    <dl className="facts">
      {facts.filter(([, value]) => value !== null && value !== undefined && value !== false && value !== "").map(([label, value]) => (
        <div className="fact" key={label}><dt>{label}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}

/** A figure that is read at a glance: what it is, how much, and of what. */
export type Figure = [label: string, figure: ReactNode, unit?: ReactNode];

export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(([label, figure, unit]) => <div key={label}><dt>{label}</dt><dd>{figure}{unit && <> <small>{unit}</small></>}</dd></div>)}
    </dl>
  );
}

export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="version" aria-label={title}>
      <header className="section-head">
        <h2>{title}</h2>
        {actions && <div className="actions no-print">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** Reads the record first; what the service refuses stands in its place. */
export function DetailPage<Record>({ query, children }: { query: UseQueryResult<Record>; children: (record: Record) => PageProps }) {
  if (query.isPending) return <Waiting />;
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  return <Page {...children(query.data)} />;
}
