// A rule by its id: one of the law leads into the rulebook, one that somebody stated to the register where it stands.
import { Link } from "react-router";
import { text, useWords, type Text } from "../text";
import { useRules } from "./useRules";

/** What is no law: where the beginning of an id leads, and what it is. */
const STATED: [begins: string, to: string, title: Text][] = [
  ["local.", "/local-limits", text("自定限额", "a local limit")],
  ["product.", "/products", text("产品的规定", "terms of the product")],
  ["quota.reguarantee", "/quota-grants", text("再担保授信额度", "the re-guarantee quota")],
  ["quota.agreement", "/agreements", text("协议额度", "the agreement's cap")],
  ["filing.", "/filings", text("备案结果", "the filing")],
];

const statedBy = (rule: string) => STATED.find(([begins]) => rule.startsWith(begins));

/** Where a rule's id leads. */
export const leadsTo = (rule: string): string => statedBy(rule)?.[1] ?? `/rules/${rule}`;

export const RuleLink = ({ rule }: { rule: string }) => <Link to={leadsTo(rule)} className="rule-id">{rule}</Link>;

/** The same by its name, for whoever does not know the ids. */
export function NamedRule({ rule }: { rule: string }) {
  const { t } = useWords();
  const law = useRules().data?.find(({ id }) => id === rule)?.versions[0];
  const stated = statedBy(rule)?.[2];
  const name = law ? t(law.title, law.title_en) : stated && t(stated);
  return <><Link to={leadsTo(rule)}>{name ?? rule}</Link> {name && <code>{rule}</code>}</>;
}
