// Choosing a password by a one-time link. The link stands behind #, which no browser sends to a server and no log keeps.
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { redeemLink, Refusal } from "../api/client";
import type { FieldsOf } from "../shape/form/field";
import { Page } from "../shape/Page";
import { RecordForm } from "../shape/RecordPage";
import { Empty } from "../shape/States";
import { text, useWords } from "../text";

interface Chosen {
  password: string;
  again: string;
}

const FIELDS: FieldsOf<Chosen> = [
  { name: "password", kind: "password", label: text("新口令", "new password"), hint: text("至少 12 个字符，避免常用词、姓名和机构名；几个不相干的词就很好", "at least 12 characters, no common words or names; several unrelated words do well"), autoComplete: "new-password" },
  { name: "again", kind: "password", label: text("再输入一次", "once more"), autoComplete: "new-password" },
];

export default function ChoosePasswordPage() {
  const { t } = useWords();
  const go = useNavigate();
  const [link] = useState(() => decodeURIComponent(location.hash.slice(1)));
  // It serves once and belongs to nobody else: neither the address bar nor the history keeps it.
  useEffect(() => history.replaceState(history.state, "", location.pathname), []);
  const save = async ({ password, again }: Chosen) => {
    if (password !== again) throw Refusal.of("again", text("两次输入不一致。", "The two are not the same."));
    await redeemLink(link, password);
  };
  return (
    <Page title={t("设置口令", "Choose a password")} lead={t("一次性链接 72 小时内有效，只能使用一次。", "A one-time link serves once, for 72 hours.")}>
      <div className="narrow">
        {link === "" ? (
          <Empty><p>{t("此地址中没有一次性链接。请从管理员给您的完整链接打开；链接只能使用一次，用过后请直接登录。", "There is no one-time link in this address. Open the whole link you were given; it serves once, after that log in.")}</p></Empty>
        ) : (
          <RecordForm fields={FIELDS} save={save} saved={() => void go("/login?chosen=1")} word={t("设置口令", "Set the password")} />
        )}
      </div>
    </Page>
  );
}
