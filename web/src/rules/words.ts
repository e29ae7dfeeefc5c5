// How a rule binds and which side of its value is allowed, in the trade's terms; a rule's value made readable.
import type { Rule } from "../api/client";
import { text, type Text } from "../text";

export const SEVERITIES: Record<Rule["severity"], Text> = {
  forbid: text("不得", "forbid"),
  principle: text("原则上", "principle"),
  advise: text("引导", "advise"),
};

export const DIRECTIONS: Record<Rule["direction"], Text> = {
  minimum: text("不低于", "minimum"),
  maximum: text("不超过", "maximum"),
  exact: text("恰为", "exact"),
  prohibited: text("禁止", "prohibited"),
  required: text("要求", "required"),
  method: text("计算方法", "method"),
};

/** All versions of one rule. */
export interface RuleWithVersions {
  id: string;
  versions: [Rule, ...Rule[]];
}

/** The rulebook's entries put together by rule, in its order. */
export function byRule(entries: Rule[]): RuleWithVersions[] {
  const rules = new Map<string, RuleWithVersions>();
  for (const entry of entries) {
    const known = rules.get(entry.rule);
    if (known) known.versions.push(entry);
    else rules.set(entry.rule, { id: entry.rule, versions: [entry] });
  }
  return [...rules.values()];
}

/** Whether a version binds on a day: days are compared as they are written. */
export const bindsOn = (version: Rule, day: string) => (version.from ?? "") <= day && (!version.until || day < version.until);

/** Whether every word is found somewhere in the rule. */
export function matches(rule: RuleWithVersions, words: string): boolean {
  const told = rule.versions
    .flatMap((version) => [
      version.rule, version.title, version.title_en, version.document, version.document_title, version.clause, version.quote, version.reading,
      version.reading_en, ...version.see.flatMap((clause) => [clause.document, clause.clause, clause.quote]),
    ])
    .join("\n")
    .toLowerCase()
    .replaceAll(" ", "");
  return words.toLowerCase().split(/\s+/).every((word) => told.includes(word));
}

/** A rule's value as lines of name and figure. */
export function valueLines(value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null) return [["", String(value)]];
  return Object.entries(value).flatMap<[string, string]>(([name, inner]) =>
    typeof inner === "object" && inner !== null ? [[name, ""], ...valueLines(inner)] : [[name, String(inner ?? "—")]],
  );
}

/** What is no law: how its id begins, the register where it stands, and what it is. */
const STATED: [begins: string, to: string, title: Text][] = [
  ["local.", "/local-limits", text("自定限额", "a local limit")],
  ["product.", "/products", text("产品的规定", "terms of the product")],
  ["quota.reguarantee", "/quota-grants", text("再担保授信额度", "the re-guarantee quota")],
  ["quota.agreement", "/agreements", text("协议额度", "the agreement's cap")],
  ["filing.", "/filings", text("备案结果", "the filing")],
];

const statedBy = (rule: string) => STATED.find(([begins]) => rule.startsWith(begins));

/** Where a rule's id leads: one of the law into the rulebook, one that somebody stated to its register. */
export const leadsTo = (rule: string): string => statedBy(rule)?.[1] ?? `/rules/${rule}`;

/** What a rule that is no law is called. */
export const statedTitle = (rule: string): Text | undefined => statedBy(rule)?.[2];
