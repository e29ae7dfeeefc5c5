// Two contents of a contract side by side: what changed, and folded what did not.
import type { Schemas } from "../api/client";
import { useWho } from "../book/lookups";
import { moment } from "../format";
import { Facts, Section } from "../shape/DetailPage";
import { ScrollTable } from "../shape/ScrollTable";
import { Refused } from "../shape/States";
import { useAddress } from "../shape/useAddress";
import { useWords } from "../text";
import { useContentFacts } from "./ContractFacts";
import { useContents, type Contract } from "./useContract";

type Version = Schemas["ContractVersionOut"];

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

export function Difference({ before, after }: { before: Version; after: Version }) {
  const { t } = useWords();
  const [old, now] = [useContentFacts(before.content), useContentFacts(after.content)];
  const facts = now.map((fact, place) => ({ ...fact, was: old[place]?.value, changed: !fact.fields.every((field) => same(before.content[field], after.content[field])) }));
  const [changed, kept] = [facts.filter(({ changed }) => changed), facts.filter(({ changed }) => !changed)];
  const none = <span className="count">{t("无", "none")}</span>;
  return (
    <>
      {changed.length === 0 ? <p className="count">{t("各项内容没有变化。", "Nothing in it changed.")}</p> : (
        <ScrollTable className="difference" label={t("变化的内容", "What changed")} head={[t("项目", "Item"), t(`原为（第 ${before.content_version} 版）`, `before (content ${before.content_version})`), t(`改为（第 ${after.content_version} 版）`, `now (content ${after.content_version})`)]}>
          {changed.map(({ fields, label, was, value }) => (
            <tr key={fields[0]}>
              <th scope="row">{label}</th>
              <td>{was ? <del>{was}</del> : none}</td>
              <td>{value ? <ins>{value}</ins> : none}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
      <details className="folded">
        <summary>{t(`其余 ${kept.length} 项没有变化`, `${kept.length} others are as they were`)}</summary>
        <Facts facts={kept.map(({ label, value }) => [label, value || none])} />
      </details>
    </>
  );
}

/** Every content that a contract has had: which two are compared stands in the address. */
export function Contents({ contract }: { contract: Contract }) {
  const { t } = useWords();
  const who = useWho();
  const [address, choose] = useAddress();
  const query = useContents(contract.id, contract.content_version, contract.content_version > 1);
  if (contract.content_version === 1) return null;
  const title = t("内容的修改", "How its content changed");
  if (query.error) return <Section title={title}><Refused error={query.error} again={() => void query.refetch()} /></Section>;
  if (!query.data) return <Section title={title}><p className="count" aria-busy="true">…</p></Section>;
  const versions = query.data;
  const chosen = (name: string, otherwise: Version | undefined) => versions.find(({ content_version }) => String(content_version) === address.get(name)) ?? otherwise;
  const [before, after] = [chosen("from", versions.at(-2)), chosen("to", versions.at(-1))];
  const select = (name: string, label: string, value: Version | undefined) => (
    <label>
      <span>{label}</span>
      <select value={value?.content_version} onChange={(event) => choose({ [name]: event.target.value })}>
        {versions.map((version) => <option key={version.content_version} value={version.content_version}>{version.replaced_at ? t(`第 ${version.content_version} 版（用至 ${moment(version.replaced_at)}）`, `content ${version.content_version} (until ${moment(version.replaced_at)})`) : t(`第 ${version.content_version} 版（现行）`, `content ${version.content_version} (present)`)}</option>)}
      </select>
    </label>
  );
  return (
    <Section title={title}>
      {!before || !after || versions.length === 1 ? <p className="count">{t("此前的内容没有留存（在本系统开始留存之前修改）。", "Its earlier contents were not kept: it was revised before this was done.")}</p> : (
        <>
          <div className="compared no-print">{select("from", t("比较", "compare"), before)}{select("to", t("与", "with"), after)}</div>
          {before.replaced_by && <p className="count">{t(`第 ${before.content_version} 版由 ${who(before.replaced_by)} 于 ${moment(before.replaced_at ?? "")} 修改`, `Content ${before.content_version} was revised by ${who(before.replaced_by)} on ${moment(before.replaced_at ?? "")}`)}</p>}
          <Difference before={before} after={after} />
        </>
      )}
    </Section>
  );
}
