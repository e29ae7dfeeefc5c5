// Suspending, reinstating or withdrawing an institution.
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { Section } from "../shape/DetailPage";
import { ReviewPage, type Choice } from "../shape/ReviewPage";
import { PageRefused, Waiting } from "../shape/States";
import { text, useWords } from "../text";
import { DECISIONS, STATUSES } from "../words";
import { InstitutionFacts } from "./InstitutionFacts";
import { useInstitution } from "./useInstitutions";

type Decision = Schemas["Decision"];
type Status = Schemas["Status"];

/** What each is about, and in which states it can be decided: the service has the last word. */
const CHOICES: { decision: Decision; during: Status[]; danger: boolean; consequences: Choice<Decision>["consequences"] }[] = [
  { decision: "suspended", during: ["active"], danger: true, consequences: [
    text("自今天起，该机构的人员可以登录和查看，不能作出任何决定。", "From today its people log in and read, but decide nothing."),
    text("该机构的程序也只能查看。", "Its programs only read, too."),
    text("恢复后一切照旧。", "Once reinstated everything is as before."),
  ] },
  { decision: "reinstated", during: ["suspended"], danger: false, consequences: [
    text("自今天起，该机构照常办理业务。", "From today it does business as before."),
  ] },
  { decision: "withdrawn", during: ["active", "suspended"], danger: true, consequences: [
    text("自今天起，该机构的人员和程序不能再登录。", "From today neither its people nor its programs log in any more."),
    text("不能撤回；该机构再次加入须另行接纳。", "It cannot be taken back: to join again it must be onboarded anew."),
    text("已登记的业务和审计记录保留。", "What was booked, and the audit trail, stay."),
  ] },
];

export default function DecidePage() {
  const { t } = useWords();
  const cache = useQueryClient();
  const id = useParams()["id"] ?? "";
  const query = useInstitution(id);
  if (query.isPending) return <Waiting />;
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  const institution = query.data.data;
  const choices = CHOICES.map(({ decision, during, danger, consequences }) => ({
    decision, danger, consequences,
    title: DECISIONS[decision],
    barred: during.includes(institution.status) ? null : t(`机构当前状态为“${STATUSES[institution.status].zh}”，不能作此决定。`, `The institution is ${STATUSES[institution.status].en}: this cannot be decided now.`),
  }));
  const decide = async (decision: Decision, reason: string, act: string) => {
    await answered(own.PUT("/v1/institutions/{id}/decisions/{decision_id}", { params: { path: { id, decision_id: act } }, body: { decision, reason } }));
    await cache.invalidateQueries({ queryKey: ["/v1/institutions"] });
  };
  return (
    <ReviewPage
      title={t("暂停、恢复或退出", "Suspend, reinstate or withdraw")}
      parent={{ to: `/institutions/${id}`, title: institution.name }}
      subject={<Section title={institution.name}><InstitutionFacts institution={institution} /></Section>}
      name={institution.name}
      choices={choices}
      decide={decide}
      back={`/institutions/${id}`}
    />
  );
}
