// One party: who it is, what is known of it, its contracts, and what may be filed.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { answered, own } from "../api/client";
import { FirstLoanFacts } from "../book/FirstLoan";
import { useParty } from "../book/lookups";
import { clientKind, CONTRACT_STATES, FLAGS, PARTY_KINDS, SCHEMES } from "../book/words";
import { grouped } from "../format";
import { useRegionName } from "../institutions/useInstitutions";
import { Act } from "../shape/Act";
import { DetailPage, Facts, Section } from "../shape/DetailPage";
import { Refused } from "../shape/States";
import { useWords } from "../text";
import { Disclosure } from "./Disclosure";
import { FactForm, type Filing } from "./FactForm";
import { Merges } from "./Merges";
import { SizeGrounds } from "./SizeGrounds";

export default function PartyPage() {
  const { t } = useWords();
  const id = useParams()["id"] ?? "";
  const query = useParty(id);
  const [filing, setFiling] = useState<Filing | null>(null);
  const region = useRegionName(query.data?.data.region_code ?? "");
  return (
    <DetailPage query={query}>
      {({ data: party }) => {
        const merged = party.merged_into ? t("此主体已并入另一主体，资料在后者名下填报。", "It was merged into another party: what is new is filed there.") : null;
        const file = (what: Filing, word: string) => <Act action="write_parties" barred={merged} act={() => setFiling(what)}>{word}</Act>;
        const form = (...here: Filing["what"][]) => filing && here.includes(filing.what) && <FactForm key={filing.what} filing={filing} party={party} done={() => setFiling(null)} />;
        return {
          title: party.name,
          parent: { to: "/parties", title: t("被担保人", "Parties") },
          lead: <>{t(PARTY_KINDS[party.kind])} · {t(clientKind(party.client_kind))} {party.small_agri && <span className="badge">{t("支小支农", "small-and-agri")}</span>} {merged && <span className="badge">{t("已并入", "merged")}</span>}</>,
          actions: (
            <>
              <Act action="draft_contract" barred={merged} to={`/contracts/new?party=${id}`} primary>{t("录入合同", "New contract")}</Act>
              <Act action="write_parties" barred={merged} to={`/parties/${id}/correct`}>{t("更正资料", "Correct")}</Act>
              <Act action="merge_parties" barred={merged} to={`/parties/${id}/merge`}>{t("并入另一主体", "Merge into another")}</Act>
            </>
          ),
          children: (
            <>
              {party.merged_into && <p className="notice">{t("此主体由另一主体代表：", "Another party stands for it: ")}<PartyLink id={party.merged_into} /></p>}
              {party.namesakes.length > 0 && (
                <div className="notice" role="note" aria-label={t("可能重复", "Perhaps a duplicate")}>
                  {t("有同名的被担保人，可能是同一主体重复登记：", "There are parties of the same name, perhaps the same one filed twice: ")}
                  {party.namesakes.map((other) => <PartyLink key={other} id={other} more />)}
                </div>
              )}
              <div className="columns-2">
                <div>
                  <Section title={t("基本资料", "What is known")}>
                    <Facts facts={[
                      [t("类型", "Kind"), t(PARTY_KINDS[party.kind])],
                      [t("客户类型", "Client kind"), t(clientKind(party.client_kind))],
                      [t("行政区划", "Region"), region],
                      [t("行业", "Industry"), party.industry_code],
                      [t("计入支小支农", "Small-and-agri"), party.small_agri ? t("是", "yes") : t("否", "no")],
                      [t("计入降费奖补", "Counts in the award"), party.award_statistics ? t("是", "yes") : t("否", "no")],
                      [t("计入中小企业（税）", "SME for tax"), party.tax_sme ? t("是", "yes") : t("否", "no")],
                      [t("就业人数", "Jobs"), party.jobs && t(`${party.jobs.jobs} 人（${party.jobs.on}）`, `${party.jobs.jobs} (${party.jobs.on})`)],
                    ]} />
                    <div className="actions no-print">{file({ what: "jobs" }, t("填报就业人数", "File jobs"))}</div>
                    {form("jobs")}
                  </Section>
                  <Section title={t("首贷（下一笔贷款）", "First loan (the next one)")} actions={file({ what: "flags" }, t("登记声明", "File a declaration"))}><FirstLoanFacts found={party.first_loan} /></Section>
                  <Section title={t("证件", "Identifiers")} actions={file({ what: "identifiers" }, t("登记证件", "File one"))}>
                    {form("identifiers")}
                    {party.identifiers.length === 0 ? <p className="count">{t("没有登记。", "None is filed.")}</p> : (
                      <ul className="rows">
                        {party.identifiers.map((identifier) => (
                          <li key={identifier.id}>
                            {t(SCHEMES[identifier.scheme])} <code>{identifier.value ?? (identifier.last_four ? `•••• ${identifier.last_four}` : "••••")}</code> <span className="count">{t(`自 ${identifier.from} 起`, `since ${identifier.from}`)}</span>
                            {identifier.value === null && <Disclosure party={id} identifier={identifier.id} />}
                          </li>
                        ))}
                      </ul>
                    )}
                  </Section>
                  <Section title={t("标识", "Flags")} actions={file({ what: "flags" }, t("登记标识", "File a flag"))}>
                    {form("flags", "flag-end")}
                    {party.flags.length === 0 ? <p className="count">{t("没有。", "None.")}</p> : (
                      <ul className="rows">
                        {party.flags.map((flag) => (
                          <li key={flag.id}>
                            <b>{t(FLAGS[flag.kind])}</b> <span className="count">{flag.source} · {t(`自 ${flag.from} 起`, `since ${flag.from}`)}</span>
                            {!flag.until && file({ what: "flag-end", id: flag.id, version: flag.version }, t("终止", "End"))}
                          </li>
                        ))}
                      </ul>
                    )}
                  </Section>
                </div>
                <div>
                  <Section title={t("企业规模", "Size class")} actions={file({ what: "size-inputs" }, t("填报划型指标", "File figures"))}>
                    {form("size-inputs")}
                    {party.size ? <SizeGrounds size={party.size} /> : <p className="count">{party.kind === "enterprise" ? t("尚未填报；未填报的企业不计为小微企业。", "Not filed: such an enterprise does not count as small.") : t("没有填报。", "Nothing was filed.")}</p>}
                  </Section>
                  <Section title={t("关联方组", "Group")} actions={file({ what: "group-memberships" }, t("归入一组", "Put it in a group"))}>
                    {form("group-memberships", "group-end")}
                    {party.group ? <p><GroupName id={party.group.group_id} /> <span className="count">{t(`自 ${party.group.from} 起`, `since ${party.group.from}`)}</span> {!party.group.until && file({ what: "group-end", id: party.group.id, version: party.group.version }, t("终止", "End"))}</p> : <p className="count">{t("不属于任何关联方组。", "It is in no group.")}</p>}
                  </Section>
                  <ContractsOf party={id} />
                  <Merges party={party} />
                </div>
              </div>
            </>
          ),
        };
      }}
    </DetailPage>
  );
}

export function PartyLink({ id, more }: { id: string; more?: boolean }) {
  const party = useParty(id).data?.data;
  return <Link to={`/parties/${id}`}>{party?.name ?? "…"}{more && party ? `（${party.identifiers[0]?.value ?? party.identifiers[0]?.last_four ?? party.region_code}）` : ""}</Link>;
}

function GroupName({ id }: { id: string }) {
  const group = useQuery({ queryKey: ["/v1/party-groups", id], queryFn: ({ signal }) => answered(own.GET("/v1/party-groups/{id}", { params: { path: { id } }, signal })) });
  return <b>{group.data?.name ?? "…"}</b>;
}

/** How many contracts are shown beside their client. */
const SHOWN = 10;

function ContractsOf({ party }: { party: string }) {
  const { t } = useWords();
  const query = useQuery({ queryKey: ["/v1/contracts", "of", party], queryFn: ({ signal }) => answered(own.GET("/v1/contracts", { params: { query: { client_id: party, limit: SHOWN } }, signal })) });
  return (
    <Section title={t("合同", "Contracts")} actions={<Act action="read_contracts" to={`/contracts?client_id=${party}`}>{t("在列表中查看", "See them in the list")}</Act>}>
      {query.error ? <Refused error={query.error} /> : query.data?.items.length === 0 ? <p className="count">{t("没有计入此客户的合同。", "No contract counts with it.")}</p> : (
        <ul className="rows">
          {query.data?.items.map((contract) => <li key={contract.id}><Link to={`/contracts/${contract.id}`}>{contract.number}</Link> <span className={`badge state-${contract.state}`}>{t(CONTRACT_STATES[contract.state])}</span> <span className="count">{t(`余额 ${grouped(contract.outstanding)} 元`, `${grouped(contract.outstanding)} yuan outstanding`)}</span></li>)}
        </ul>
      )}
    </Section>
  );
}
