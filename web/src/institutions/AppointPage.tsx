// The first administrator of an institution, and the link by which the person chooses a password.
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { OneTimeLink } from "../people/OneTimeLink";
import { Page } from "../shape/Page";
import { RecordPage } from "../shape/RecordPage";
import { PageRefused, Waiting } from "../shape/States";
import type { FieldsOf } from "../shape/form/field";
import { text, useWords } from "../text";
import { useInstitution } from "./useInstitutions";

const FIELDS: FieldsOf<Schemas["AdministratorIn"]> = [
  { name: "name", kind: "text", label: text("用户名", "user name"), hint: text("登录用，之后不能修改，如 admin", "to log in with; it does not change, such as admin") },
  { name: "display_name", kind: "text", label: text("姓名", "name"), hint: text("他人看到的称呼", "what others call the person") },
];

export default function AppointPage() {
  const { t } = useWords();
  const go = useNavigate();
  const id = useParams()["id"] ?? "";
  const query = useInstitution(id);
  const [made, setMade] = useState<Schemas["AdministratorOut"] | null>(null);
  if (query.isPending) return <Waiting />;
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  const institution = query.data.data;
  const parent = { to: `/institutions/${id}`, title: institution.name };
  if (made) {
    return (
      <Page title={t("首任管理员已指定", "The administrator is appointed")} parent={parent}>
        {made.link ? (
          <OneTimeLink link={made.link} who={made.user.display_name} login={`${institution.code} / ${made.user.name}`} done={() => void go(parent.to)} />
        ) : (
          <p className="notice">{t("此前已指定，链接不再显示。", "Appointed before: the link is not shown again.")}</p>
        )}
      </Page>
    );
  }
  const save = (body: Schemas["AdministratorIn"], user: string) => answered(own.PUT("/v1/institutions/{id}/administrators/{user_id}", { params: { path: { id, user_id: user } }, body }));
  return (
    <RecordPage
      title={t("指定首任管理员", "Appoint the first administrator")}
      parent={parent}
      lead={t(`在${institution.name}的管理员设置口令之前可办；此后其用户由其自行管理。链接遗失或过期时，请以另一用户名重新指定：此前指定而从未设置口令的管理员由其替代，旧链接失效。`, `Until an administrator of ${institution.name} has chosen a password; from then on its users are its own matter. When the link was lost or has expired, appoint anew under another user name: whoever was appointed and never chose a password is replaced, and the earlier link serves no longer.`)}
      fields={FIELDS}
      save={save}
      saved={setMade}
      word={t("指定并发放链接", "Appoint and give out a link")}
      cancel={() => void go(parent.to)}
    />
  );
}
