// The exceptions granted for a contract; one for another content does not serve.
import { useWho } from "../book/lookups";
import { RuleLink } from "../rules/RuleLink";
import { Section } from "../shape/DetailPage";
import { Refused } from "../shape/States";
import { useWords } from "../text";
import { useExceptions, type Contract } from "./useContract";

export function Exceptions({ contract }: { contract: Contract }) {
  const { t } = useWords();
  const who = useWho();
  const query = useExceptions(contract.id);
  if (query.error) return <Refused error={query.error} again={() => void query.refetch()} />;
  if (!query.data || query.data.length === 0) return null;
  return (
    <Section title={t("书面例外", "Written exceptions")}>
      <ul className="exceptions">
        {query.data.map((exception) => (
          <li key={exception.id}>
            <RuleLink rule={exception.rule} /> <b>{t(`有效至 ${exception.expires_on}`, `until ${exception.expires_on}`)}</b>{" "}
            <span className="count">{who(exception.granted_by)} · {exception.granted_on} · {t(`第 ${exception.content_version} 版内容`, `content ${exception.content_version}`)}</span>
            {exception.content_version !== contract.content_version && <span className="warning"> {t("内容已修改，此例外不再适用", "the content changed: it does not serve any more")}</span>}
            <p className="quote">{exception.reason}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
