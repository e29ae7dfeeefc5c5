// The reader's own institution: what is known of it, and where its settings are.
import { Link } from "react-router";
import { Barred } from "../shape/Act";
import { Section } from "../shape/DetailPage";
import { Page } from "../shape/Page";
import { Waiting } from "../shape/States";
import { useProfile, useReasons, type Action } from "../session/useSession";
import { useWords } from "../text";
import { ROLE_DUTIES, ROLES, STATUSES } from "../words";
import { InstitutionFacts } from "./InstitutionFacts";

export default function OwnInstitutionPage() {
  const { t } = useWords();
  const profile = useProfile().data?.data;
  if (!profile) return <Waiting />;
  const { institution } = profile;
  return (
    <Page title={institution.name} lead={<span className={`badge status-${institution.status}`}>{t(STATUSES[institution.status])}</span>}>
      <Section title={t("资料", "What is known")}>
        <InstitutionFacts institution={institution} />
        <p className="field-hint">{t("名称和行政区划由接纳本机构的机构更正；代码和类型不变。", "The institution that onboarded ours corrects name and region; code and kind do not change.")}</p>
      </Section>
      <Section title={t("设置", "Settings")}>
        <ul className="settings">
          <Setting to="/users" action="read_users" title={t("用户和角色", "Users and roles")} what={t("谁在本机构工作，能做什么", "who works here and may do what")} />
          <Setting to="/machine-clients" action="read_machine_clients" title={t("程序账户", "Machine clients")} what={t("业务系统等程序的接入", "programs that are connected")} />
          <Setting to="/memberships" action="read_memberships" title={t("隶属关系", "Memberships")} what={t("上级和下级机构", "the institutions above and below")} />
          <Setting to="/audit" action="read_audit" title={t("审计记录", "Audit trail")} what={t("谁在何时做了什么", "who did what and when")} />
        </ul>
      </Section>
      <Section title={t("本类机构的角色", "Roles at an institution like ours")}>
        <dl className="facts">
          {profile.roles.map((role) => <div className="fact" key={role}><dt>{t(ROLES[role])}</dt><dd>{t(ROLE_DUTIES[role])}</dd></div>)}
        </dl>
      </Section>
    </Page>
  );
}

function Setting({ to, action, title, what }: { to: string; action: Action; title: string; what: string }) {
  const reason = useReasons()(action);
  return (
    <li>
      {reason === null ? <Link to={to}>{title}</Link> : <Barred reason={reason} className="barred-way">{title}</Barred>} <span className="count">{what}</span>
    </li>
  );
}
