// The rulebook: every rule, found by its words, its weight, its grade or the day it binds.
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { Verified } from "../shape/FindingCard";
import { ListPage } from "../shape/Page";
import { Empty, Refused, Waiting } from "../shape/States";
import { useAddress } from "../shape/useAddress";
import { useWords } from "../text";
import { RuleTimeline } from "./RuleTimeline";
import { useRules } from "./useRules";
import { bindsOn, DIRECTIONS, matches, SEVERITIES } from "./words";

export default function RulesPage() {
  const { t } = useWords();
  const rules = useRules();
  const [address, set] = useAddress();
  // Kept here too: an input method composes characters, which must not wait for the address.
  const [words, setWords] = useState(address.get("q") ?? "");
  const severity = address.get("severity") ?? "";
  const grade = address.get("verified") ?? "";
  const day = address.get("on") ?? "";
  if (rules.isPending) return <Waiting />;
  if (rules.error) return <main className="page" id="main"><Refused error={rules.error} again={() => void rules.refetch()} /></main>;

  const found = rules.data
    .filter((rule) => words.trim() === "" || matches(rule, words.trim()))
    .map((rule) => ({ ...rule, shown: rule.versions.filter((version) =>
      (severity === "" || version.severity === severity) && (grade === "" || String(version.verified) === grade) && (day === "" || bindsOn(version, day))) }))
    .filter((rule) => rule.shown.length > 0);

  return (
    <ListPage
      title={t("规则手册", "Rulebook")}
      lead={t("每项规则的每个版本、条款原文与我们的解读。", "Every version of every rule, with its clause, its words and our reading.")}
      actions={<Button onClick={() => window.print()}>{t("打印", "Print")}</Button>}
      filters={
        <>
          <label className="grow">
            <span>{t("搜索（按 / 键）", "Search (press /)")}</span>
            <input type="search" id="search" value={words} placeholder={t("词语、条款、文号或编号，如：费率", "words, clause, document or id, such as: fee")} onChange={(event) => { setWords(event.target.value); set({ q: event.target.value }); }} />
          </label>
          <label>
            <span>{t("约束力", "Severity")}</span>
            <select value={severity} onChange={(event) => set({ severity: event.target.value })}>
              <option value="">{t("全部", "all")}</option>
              {Object.entries(SEVERITIES).map(([value, label]) => <option key={value} value={value}>{t(label)}</option>)}
            </select>
          </label>
          <label>
            <span>{t("核实", "Verified")}</span>
            <select value={grade} onChange={(event) => set({ verified: event.target.value })}>
              <option value="">{t("全部", "all")}</option>
              <option value="true">{t("已核对原文", "clause read")}</option>
              <option value="false">{t("未核实", "not verified")}</option>
            </select>
          </label>
          <label>
            <span>{t("当日施行", "In force on")}</span>
            <input type="date" value={day} onChange={(event) => set({ on: event.target.value })} />
          </label>
        </>
      }
      count={t(`${found.length} 项规则${day ? `于 ${day} 施行` : ""}，共 ${rules.data.length} 项`, `${found.length} of ${rules.data.length} rules${day ? ` in force on ${day}` : ""}`)}
      empty={found.length > 0 ? null : (
        <Empty>
          <p>{t("没有找到符合条件的规则。换个词，或放宽条件。", "No rule fits. Try another word, or fewer conditions.")}</p>
          <Button onClick={() => { setWords(""); set({ q: "", severity: "", verified: "", on: "" }); }}>{t("清除条件", "Clear the conditions")}</Button>
        </Empty>
      )}
    >
      <ul className="rule-list">
        {found.map(({ id, shown, versions }) => {
          const latest = shown[shown.length - 1] ?? versions[0];
          return (
            <li key={id} className={`rule-row severity-${latest.severity}`}>
              <div className="rule-main">
                <h2>
                  <Link to={`/rules/${id}`}>{t(latest.title, latest.title_en)}</Link>
                </h2>
                <p className="rule-facts">
                  <code>{id}</code>
                  <span className={`badge severity-${latest.severity}`}>{t(SEVERITIES[latest.severity])} · {t(DIRECTIONS[latest.direction])}</span>
                  {latest.grade !== "arithmetic" && <Verified verified={latest.verified} />}
                  <span>{latest.document} {latest.clause}</span>
                </p>
                {latest.quote && <p className="quote" lang="zh-CN">“{latest.quote}”</p>}
              </div>
              <RuleTimeline versions={shown} day={day || undefined} />
            </li>
          );
        })}
      </ul>
    </ListPage>
  );
}
