// A membership below the reader's institution.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { choices, type FieldsOf } from "../shape/form/field";
import { RecordPage } from "../shape/RecordPage";
import { PageRefused, Waiting } from "../shape/States";
import { useProfile } from "../session/useSession";
import { text, useWords } from "../text";
import { RELATIONS } from "../words";
import { useInstitutions } from "./useInstitutions";
import { useToday } from "./useMemberships";

export default function StateMembershipPage() {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const profile = useProfile().data?.data;
  const institutions = useInstitutions();
  const today = useToday();
  if (institutions.error) return <PageRefused error={institutions.error} again={() => void institutions.refetch()} />;
  if (institutions.isPending || !profile || !today) return <Waiting />;
  const members = institutions.data.filter(({ id, status }) => id !== profile.institution.id && status !== "withdrawn");
  const relations = choices(RELATIONS).filter(({ value }) => profile.relations.includes(value as Schemas["Relation"]));
  const fields: FieldsOf<Schemas["MembershipIn"]> = [
    { name: "member_id", kind: "choice", label: text("下级机构", "institution below"), choices: members.map(({ id, name, code }) => ({ value: id, label: text(`${name}（${code}）`, `${name} (${code})`) })) },
    { name: "relation", kind: "choice", label: text("本机构对其", "our institution"), choices: relations },
    { name: "from", kind: "day", label: text("起始日", "from") },
    { name: "until", kind: "day", nullable: true, label: text("终止日", "until"), hint: text("不再有效的第一天", "the first day without it") },
  ];
  const save = (body: Schemas["MembershipIn"], id: string) => answered(own.PUT("/v1/memberships/{id}", { params: { path: { id } }, body }));
  const saved = () => {
    void cache.invalidateQueries({ queryKey: ["/v1/memberships"] });
    void go("/memberships");
  };
  return (
    <RecordPage
      title={t("登记隶属关系", "State a membership")}
      parent={{ to: "/memberships", title: t("隶属关系", "Memberships") }}
      lead={t(`由${profile.institution.name}登记；登记后只能修改终止日。`, `Stated by ${profile.institution.name}; afterwards only its end changes.`)}
      fields={fields}
      initial={{ relation: relations.length === 1 ? relations[0]?.value : "", from: today }}
      save={save}
      saved={saved}
      word={t("登记", "State")}
      cancel={() => void go("/memberships")}
    />
  );
}
