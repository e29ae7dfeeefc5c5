// One institution, and what the one above may do about it.
import { useParams } from "react-router";
import { Act } from "../shape/Act";
import { DetailPage, Section } from "../shape/DetailPage";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { KINDS, STATUSES } from "../words";
import { InstitutionFacts } from "./InstitutionFacts";
import { Relations } from "./Relations";
import { useInstitution } from "./useInstitutions";

export default function InstitutionPage() {
  const { t } = useWords();
  const id = useParams()["id"] ?? "";
  const profile = useProfile().data?.data;
  const query = useInstitution(id);
  return (
    <DetailPage query={query}>
      {({ data: institution }) => {
        const others = institution.onboarded_by !== profile?.institution.id || id === profile.institution.id ? t("由接纳该机构的机构办理。", "The institution that onboarded it does this.") : null;
        const withdrawn = institution.status === "withdrawn" ? t("该机构已退出。", "The institution has withdrawn.") : null;
        return {
          title: institution.name,
          parent: { to: "/institutions", title: t("机构名录", "All institutions") },
          lead: <><span className={`badge status-${institution.status}`}>{t(STATUSES[institution.status])}</span> {t(KINDS[institution.kind])}</>,
          // Whoever onboards nobody has nothing to do here: that is a matter of another kind of institution.
          actions: profile && profile.onboards.length > 0 && (
            <>
              <Act action="onboard_institution" barred={others} to={`/institutions/${id}/correct`}>{t("更正资料", "Correct")}</Act>
              <Act action="appoint_administrator" barred={others ?? withdrawn} to={`/institutions/${id}/administrator`}>{t("指定首任管理员", "Appoint administrator")}</Act>
              <Act action="decide_institution" barred={others ?? withdrawn} to={`/institutions/${id}/decide`}>{t("暂停、恢复或退出", "Suspend, reinstate, withdraw")}</Act>
            </>
          ),
          children: (
            <>
              <Section title={t("资料", "What is known")}><InstitutionFacts institution={institution} /></Section>
              <Section title={t("与本机构的关系", "What it has to do with us")}><Relations of={id} /></Section>
            </>
          ),
        };
      }}
    </DetailPage>
  );
}
