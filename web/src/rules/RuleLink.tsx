// A rule by its id: one of the law leads into the rulebook, one that somebody stated to the register where it stands.
import { Link } from "react-router";
import { useWords } from "../text";
import { useRules } from "./useRules";
import { leadsTo, statedTitle } from "./words";

export const RuleLink = ({ rule }: { rule: string }) => <Link to={leadsTo(rule)} className="rule-id">{rule}</Link>;

/** The same by its name, for whoever does not know the ids. */
export function NamedRule({ rule }: { rule: string }) {
  const { t } = useWords();
  const law = useRules().data?.find(({ id }) => id === rule)?.versions[0];
  const stated = statedTitle(rule);
  const name = law ? t(law.title, law.title_en) : stated && t(stated);
  return <Link to={leadsTo(rule)}>{name} <code>{rule}</code></Link>;
}
