// The own account: name, password, second factor.
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { answered, own, Refusal, type Schemas } from "../api/client";
import { Facts, Section } from "../shape/DetailPage";
import type { FieldsOf } from "../shape/form/field";
import { Page } from "../shape/Page";
import { RecordForm } from "../shape/RecordPage";
import { Waiting } from "../shape/States";
import { text, useWords } from "../text";
import { ROLE_DUTIES, ROLES } from "../words";
import { leave } from "./session";
import { useProfile } from "./useSession";

const SecondFactor = lazy(() => import("./SecondFactor"));

const NAME: FieldsOf<Schemas["ProfileIn"]> = [{ name: "display_name", kind: "text", label: text("姓名", "name"), hint: text("他人看到的称呼", "what others call you"), autoComplete: "name" }];

const PASSWORD: FieldsOf<Schemas["NewPasswordIn"] & { again: string }> = [
  { name: "present_password", kind: "password", label: text("原口令", "present password"), autoComplete: "current-password" },
  { name: "new_password", kind: "password", label: text("新口令", "new password"), hint: text("至少 12 个字符，避免常用词、姓名和机构名", "at least 12 characters, no common words or names"), autoComplete: "new-password" },
  { name: "again", kind: "password", label: text("再输入一次", "once more"), autoComplete: "new-password" },
];

export default function ProfilePage() {
  const { t } = useWords();
  const cache = useQueryClient();
  const profile = useProfile().data;
  const [said, setSaid] = useState<{ name?: string; password?: string }>({});
  if (!profile) return <Waiting />;
  const { data: me, version } = profile;
  const rename = (body: Schemas["ProfileIn"]) => answered(own.PUT("/v1/profile", { params: { header: { "if-match": version } }, body }));
  const change = async ({ present_password, new_password, again }: Schemas["NewPasswordIn"] & { again: string }) => {
    if (new_password !== again) throw Refusal.of("again", text("两次输入不一致。", "The two are not the same."));
    await answered(own.PUT("/v1/profile/password", { body: { present_password, new_password } }));
  };
  return (
    <Page title={t("个人账户", "Your account")} lead={`${me.institution.name} · ${me.institution.code} / ${me.name}`} actions={<Button onClick={() => void leave()}>{t("退出登录", "Log out")}</Button>}>
      <Section title={t("资料", "What is known")}>
        <Facts facts={[
          [t("角色", "Role"), t(`${ROLES[me.role].zh}：${ROLE_DUTIES[me.role].zh}`, `${ROLES[me.role].en}: ${ROLE_DUTIES[me.role].en}`)],
          [t("用户名", "User name"), <code key="name">{me.name}</code>],
        ]} />
        {/* Begun anew with every version. */}
        <RecordForm key={version} fields={NAME} initial={me} save={rename} word={t("保存姓名", "Save the name")} saved={() => { void cache.invalidateQueries({ queryKey: ["/v1/profile"] }); setSaid({ name: t("已保存。", "Saved.") }); }} />
        <p className="said" role="status">{said.name}</p>
      </Section>
      <Section title={t("口令", "Password")}>
        <p>{t("修改后，您在其他地方的登录全部结束，本次登录继续。", "Your logins elsewhere end; this one goes on.")}</p>
        <RecordForm fields={PASSWORD} save={change} again word={t("修改口令", "Change the password")} saved={() => setSaid({ password: t("口令已修改，其他登录已结束。", "The password is changed; other logins have ended.") })} />
        <p className="said" role="status">{said.password}</p>
      </Section>
      <Suspense><SecondFactor enrolled={me.second_factor} /></Suspense>
    </Page>
  );
}
