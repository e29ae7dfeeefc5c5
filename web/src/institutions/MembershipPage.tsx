// One membership, and its end.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { answered, own, versioned, type Schemas } from "../api/client";
import { Act } from "../shape/Act";
import { DetailPage, Facts, Section } from "../shape/DetailPage";
import type { FieldsOf } from "../shape/form/field";
import { RecordForm } from "../shape/RecordPage";
import { useProfile } from "../session/useSession";
import { text, useWords } from "../text";
import { RELATIONS } from "../words";
import { useInstitution } from "./useInstitutions";

const END: FieldsOf<Schemas["EndIn"]> = [
  { name: "until", kind: "day", nullable: true, label: text("终止日", "end"), hint: text("关系不再有效的第一天；空着表示没有终止日", "the first day without it; empty while there is no end") },
];

export default function MembershipPage() {
  const { t } = useWords();
  const cache = useQueryClient();
  const id = useParams()["id"] ?? "";
  const ours = useProfile().data?.data.institution.id;
  const [changing, setChanging] = useState(false);
  const query = useQuery({ queryKey: ["/v1/memberships", id], queryFn: ({ signal }) => versioned(own.GET("/v1/memberships/{id}", { params: { path: { id } }, signal })) });
  const upper = useInstitution(query.data?.data.institution_id ?? "").data?.data;
  const member = useInstitution(query.data?.data.member_id ?? "").data?.data;
  const save = (body: Schemas["EndIn"]) => answered(own.PUT("/v1/memberships/{id}/end", { params: { path: { id }, header: { "if-match": query.data?.version ?? "" } }, body }));
  const saved = () => {
    void cache.invalidateQueries({ queryKey: ["/v1/memberships"] });
    setChanging(false);
  };
  return (
    <DetailPage query={query}>
      {({ data: membership }) => ({
        title: t(`${upper?.name ?? "…"}${RELATIONS[membership.relation].zh}${member?.name ?? "…"}`, `${upper?.name ?? "…"} ${RELATIONS[membership.relation].en} ${member?.name ?? "…"}`),
        parent: { to: "/memberships", title: t("隶属关系", "Memberships") },
        actions: !changing && <Act action="state_membership" barred={membership.institution_id === ours ? null : t("由登记此关系的上级机构办理。", "The institution above, which stated it, does this.")} act={() => setChanging(true)}>{t("修改终止日", "Change the end")}</Act>,
        children: (
          <>
            <Section title={t("隶属关系", "Membership")}>
              <Facts facts={[
                [t("上级", "Above"), upper && <Link key="upper" to={`/institutions/${upper.id}`}>{upper.name}</Link>],
                [t("关系", "Relation"), t(RELATIONS[membership.relation])],
                [t("下级", "Below"), member && <Link key="member" to={`/institutions/${member.id}`}>{member.name}</Link>],
                [t("起始日", "From"), membership.from],
                [t("终止日（不含）", "Until (not included)"), membership.until ?? t("没有", "none")],
              ]} />
            </Section>
            {changing && (
              <Section title={t("修改终止日", "Change the end")}>
                <p>{t("终止后双方不再办理新的业务；已办理的业务和各自的记录保留。", "After its end no new business begins between the two; what was done stays.")}</p>
                <RecordForm fields={END} initial={membership} save={save} saved={saved} word={t("保存终止日", "Save the end")} cancel={() => setChanging(false)} />
              </Section>
            )}
          </>
        ),
      })}
    </DetailPage>
  );
}
