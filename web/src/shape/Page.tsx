// The shapes of pages: a title with its actions, and below it a list, a detail, or a form beside its answer.
import { useEffect, type ReactNode } from "react";
import { Link } from "react-router";
import { useWords } from "../text";

export interface PageProps {
  title: string;
  /** Where this page belongs. */
  parent?: { to: string; title: string };
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** Every page: its place, its title, what can be done, and the rest. */
export function Page({ title, parent, lead, actions, children }: PageProps) {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t("增信", "Zengxin")}`;
  }, [title, t]);
  return (
    <main id="main" className="page" tabIndex={-1}>
      <header className="page-head">
        <div>
          {parent && (
            <nav aria-label={t("所在位置", "Breadcrumb")} className="crumb no-print">
              <Link to={parent.to}>{parent.title}</Link> ›
            </nav>
          )}
          <h1>{title}</h1>
          {lead && <p className="lead">{lead}</p>}
        </div>
        {actions && <div className="actions no-print">{actions}</div>}
      </header>
      {children}
    </main>
  );
}

/** A list: filters above, how many were found, the rows, or what to do when there are none. */
export function ListPage({ above, filters, count, empty, children, ...page }: PageProps & { above?: ReactNode; filters: ReactNode; count: ReactNode; empty: ReactNode | null }) {
  return (
    <Page {...page}>
      {above}
      {filters && <search className="filters no-print">{filters}</search>}
      <p className="count" role="status">
        {count}
      </p>
      {empty ?? children}
    </Page>
  );
}

/** A form with its answer beside it, below it on a narrow screen. */
export function FormPage({ form, answer, ...page }: Omit<PageProps, "children"> & { form: ReactNode; answer: ReactNode }) {
  return (
    <Page {...page}>
      <div className="beside">
        <div className="form-side">{form}</div>
        <div className="answer-side">{answer}</div>
      </div>
    </Page>
  );
}
