// One rule: its versions on a line, each with value, clause, words, further clauses, and our reading.
import { Button } from "antd";
import { Link, useParams } from "react-router";
import type { Rule } from "../api/client";
import { grouped } from "../format";
import { Verified } from "../shape/FindingCard";
import { Page } from "../shape/Page";
import { Refused, Waiting } from "../shape/States";
import NotFoundPage from "../shell/NotFoundPage";
import { useWords } from "../text";
import { meaning } from "./values";
import { RuleTimeline } from "./RuleTimeline";
import { useRules } from "./useRules";
import { DIRECTIONS, SEVERITIES, valueLines } from "./words";

export default function RulePage() {
  const { t } = useWords();
  const id = useParams()["id"];
  const rules = useRules();
  if (rules.isPending) return <Waiting />;
  if (rules.error) return <main className="page" id="main"><Refused error={rules.error} again={() => void rules.refetch()} /></main>;
  const place = rules.data.findIndex((rule) => rule.id === id);
  const rule = rules.data[place];
  if (!rule) return <NotFoundPage />;
  const [first] = rule.versions;
  const before = rules.data[place - 1];
  const next = rules.data[place + 1];
  return (
    <Page
      title={t(first.title, first.title_en)}
      parent={{ to: "/rules", title: t("规则手册", "Rulebook") }}
      lead={<><code>{rule.id}</code> <span className={`badge severity-${first.severity}`}>{t(SEVERITIES[first.severity])} · {t(DIRECTIONS[first.direction])}</span></>}
      actions={<Button onClick={() => window.print()}>{t("打印", "Print")}</Button>}
    >
      <RuleTimeline versions={rule.versions} />
      <p className="field-hint">{t("实心：已核对原文；斜线：未核实。", "Solid: the clause was read; hatched: not verified.")}</p>
      {rule.versions.map((version) => <Version key={version.from ?? ""} version={version} />)}
      {first.reading && (
        <section className="reading">
          <h2>{t("解读", "Our reading")}</h2>
          <p>{t(first.reading, first.reading_en ?? undefined)}</p>
        </section>
      )}
      <nav className="neighbours no-print" aria-label={t("相邻规则", "Neighbouring rules")}>
        {before && <Link to={`/rules/${before.id}`}>← {t(before.versions[0].title, before.versions[0].title_en)}</Link>}
        {next && <Link to={`/rules/${next.id}`}>{t(next.versions[0].title, next.versions[0].title_en)} →</Link>}
      </nav>
    </Page>
  );
}

function Version({ version }: { version: Rule }) {
  const { t } = useWords();
  const lines = valueLines(version.value);
  return (
    <section className="version">
      <h2>
        {version.from ?? t("始终", "always")} – {version.until ? t(`${version.until}（不含）`, `${version.until} (exclusive)`) : t("今", "now")}
      </h2>
      <dl className="facts">
        <dt>{t("数值", "Value")}</dt>
        <dd>
          {lines.map(([name, figure]) => {
            const named = meaning(name);
            const said = meaning(figure);
            return (
            <div key={name}>
              {name && (named ? `${t(named)} ` : <code>{name} </code>)}
                <b>{said ? t(said) : /^\d+(\.\d+)?$/.test(figure) ? grouped(figure) : figure}</b>
              </div>
            );
          })}
        </dd>
        {version.document && (
          <>
            <dt>{t("条款", "Clause")}</dt>
            <dd lang="zh-CN">
              {version.document} {version.clause} <Verified verified={version.verified} secondary={version.grade === "secondary"} />
              {version.document_title && <div className="document-title">{version.document_title}</div>}
            </dd>
          </>
        )}
        {version.issued && <><dt>{t("发文日", "Issued")}</dt><dd>{version.issued}</dd></>}
        {version.last_verified && <><dt>{t("最近核对", "Last verified")}</dt><dd>{version.last_verified}</dd></>}
      </dl>
      {version.quote && <blockquote lang="zh-CN"><p>“{version.quote}”</p></blockquote>}
      {version.see.length > 0 && (
        <>
          <h3>{t("另见", "See also")}</h3>
          <ul className="see">
            {version.see.map((clause) => (
              <li key={clause.document + clause.clause} lang="zh-CN">
                {clause.document} {clause.clause} <Verified verified={clause.verified} />
                {clause.quote && <p className="quote">“{clause.quote}”</p>}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
