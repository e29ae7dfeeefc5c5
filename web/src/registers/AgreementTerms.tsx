// The dated terms of an agreement: who bears how much, what the law says of it, and new terms.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answered, own, type Schemas } from "../api/client";
import { EARLY_RELEASES } from "../book/words";
import { useTerms } from "../book/lookups";
import { SHARES } from "../calculators/words";
import { Shares } from "../contracts/ContractFacts";
import { holdsOn, useToday } from "../institutions/useMemberships";
import { Act } from "../shape/Act";
import { Facts, Section } from "../shape/DetailPage";
import { FoldedFindings } from "../shape/FindingCard";
import { choices, type FieldsOf } from "../shape/form/field";
import { RecordForm } from "../shape/RecordPage";
import { Refused } from "../shape/States";
import { text, useWords } from "../text";
import { part, share, UNTIL, FROM } from "./parts";

type Agreement = Schemas["AgreementOut"];

const FIELDS: FieldsOf<Schemas["TermsIn"]> = [
  { ...SHARES, fields: [...SHARES.fields] },
  share("provincial_fee_rate", "省级再担保费率", "provincial fee", {}), share("national_fee_rate", "国家基金再担保费率", "national fee", {}),
  { name: "early_release", kind: "choice", label: text("提前解保的担保费", "fee on early release"), choices: choices(EARLY_RELEASES) },
  FROM, UNTIL,
];

export function AgreementTerms({ agreement }: { agreement: Agreement }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const today = useToday() ?? "";
  const query = useTerms(agreement.id);
  const [stating, setStating] = useState(false);
  const save = (body: Schemas["TermsIn"], id: string) => answered(own.PUT("/v1/agreements/{id}/terms/{terms_id}", { params: { path: { id: agreement.id, terms_id: id } }, body }));
  const saved = () => {
    void cache.invalidateQueries({ queryKey: ["/v1/agreements"] });
    setStating(false);
  };
  return (
    <Section title={t("协议条款", "Terms")} actions={!stating && <Act action="state_agreement" act={() => setStating(true)}>{t("登记条款", "State terms")}</Act>}>
      {stating && <RecordForm fields={FIELDS} initial={{ from: today }} save={save} saved={saved} word={t("登记条款", "State terms")} cancel={() => setStating(false)} />}
      {query.error && <Refused error={query.error} again={() => void query.refetch()} />}
      {query.data?.length === 0 && <p className="count">{t("还没有条款，不能办理业务。", "There are no terms yet: nothing can be booked.")}</p>}
      {query.data?.map((terms) => (
        <div key={terms.id} className="terms" role="group" aria-label={t(`自 ${terms.from} 起的条款`, `Terms from ${terms.from}`)}>
          <h3>{t(`自 ${terms.from} 起`, `From ${terms.from}`)}{terms.until && t(`，至 ${terms.until}（不含）`, ` until ${terms.until} (not included)`)} {holdsOn(terms, today) && <span className="badge">{t("今天有效", "in force today")}</span>}</h3>
          <Shares shares={terms.shares} />
          <Facts facts={[
            [t("省级再担保费率", "Provincial fee"), part(terms.provincial_fee_rate)],
            [t("国家基金再担保费率", "National fee"), part(terms.national_fee_rate)],
            [t("提前解保", "Early release"), t(EARLY_RELEASES[terms.early_release])],
          ]} />
          <FoldedFindings findings={terms.findings} />
        </div>
      ))}
    </Section>
  );
}
