// Setting up the second factor: the secret as a picture and as text, the first code, then the recovery codes, shown once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, QRCode } from "antd";
import { useState } from "react";
import { answered, own, type Schemas } from "../api/client";
import { Section } from "../shape/DetailPage";
import type { FieldsOf } from "../shape/form/field";
import { Copy, Once } from "../shape/Once";
import { RecordForm } from "../shape/RecordPage";
import { Refused } from "../shape/States";
import { text, useWords } from "../text";

const CODE: FieldsOf<Schemas["CodeIn"]> = [{ name: "code", kind: "text", label: text("验证码", "code"), hint: text("验证器上的六位数字", "the six digits of the app"), autoComplete: "one-time-code" }];

export default function SecondFactor({ enrolled }: { enrolled: boolean }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [codes, setCodes] = useState<string[] | null>(null);
  const propose = useMutation({ mutationFn: () => answered(own.PUT("/v1/profile/second-factor", {})) });
  const confirm = ({ code }: Schemas["CodeIn"]) => answered(own.PUT("/v1/profile/second-factor/confirmation", { body: { code: code.replace(/\s/g, "") } }));
  const title = t("二次验证", "Second factor");
  const done = () => {
    setCodes(null);
    propose.reset();
    void cache.invalidateQueries({ queryKey: ["/v1/profile"] });
  };
  return (
    <div id="second-factor">
      <Section title={title}>
        {codes ? (
          <Once
              title={t("恢复码", "Recovery codes")}
              lead={t("二次验证已启用。丢失手机时，每个恢复码可代替一次验证码。请打印或存放在安全的地方，不要与口令放在一起。", "The second factor is set up. When the phone is lost, each of these stands in once for a code. Print them or keep them in a safe place, not beside the password.")}
              secrets={[{ label: t("恢复码（每个一次）", "recovery codes (once each)"), value: codes.join("\n") }]}
              word={t("我已保存恢复码", "I have kept the codes")}
              otherwise={t("离开后不再显示；没有恢复码时，丢失手机须请管理员停用二次验证。", "They are not shown again; without them a lost phone means that your administrator removes the second factor.")}
              done={done}
            />
        ) : enrolled ? (
          <>
            <p><span className="badge status-active">{t("已启用", "set up")}</span> {t("每次登录须输入验证器上的六位数字，或一个恢复码。", "Every login asks for the six digits of your authenticator app, or a recovery code.")}</p>
            <p className="field-hint">{t("丢失验证器且没有恢复码时，请本机构管理员停用后重新启用。", "When the app and the codes are lost, your administrator removes it and you set it up anew.")}</p>
          </>
        ) : propose.data ? (
          <div className="enrol">
            <ol>
              <li>{t("用手机上的验证器应用扫描二维码（或输入密钥）。", "Scan the picture with an authenticator app on your phone, or type the secret.")}</li>
              <li>{t("输入应用显示的六位数字。", "Type the six digits that it shows.")}</li>
            </ol>
            {propose.data.uri && <figure role="img" aria-label={t("二维码", "QR code")}><span aria-hidden="true"><QRCode type="svg" value={propose.data.uri} size={200} bordered={false} errorLevel="M" /></span></figure>}
            <p>{t("密钥：", "Secret: ")}<code className="secret">{propose.data.secret}</code> <Copy value={propose.data.secret} what={t("密钥", "the secret")} /></p>
            <RecordForm fields={CODE} save={confirm} saved={(answer) => setCodes(answer.recovery_codes)} word={t("启用", "Set up")} cancel={() => propose.reset()} />
          </div>
        ) : (
          <>
            <p>{t("启用后，登录除口令外还需要手机上验证器应用的六位数字：口令泄露时他人仍进不来。", "Then a login needs the six digits of an app on your phone besides the password, so that a stolen password lets nobody in.")}</p>
            <div><Button type="primary" loading={propose.isPending} onClick={() => propose.mutate()}>{t("启用二次验证", "Set up a second factor")}</Button></div>
            {propose.error && <Refused error={propose.error} />}
          </>
        )}
      </Section>
    </div>
  );
}
