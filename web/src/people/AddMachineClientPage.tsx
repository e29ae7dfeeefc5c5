// A new machine client, and its secret, shown once.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { Once } from "../shape/Once";
import { Page } from "../shape/Page";
import { RecordPage } from "../shape/RecordPage";
import { choices, type FieldsOf } from "../shape/form/field";
import { text, useWords } from "../text";
import { GRANTS } from "../words";

const FIELDS: FieldsOf<Schemas["MachineClientIn"]> = [
  { name: "name", kind: "text", label: text("名称", "name"), hint: text("如：业务系统接口", "such as: loan system") },
  { name: "grants", kind: "choices", open: true, label: text("权限", "grants"), hint: text("只给需要的；之后不能修改，只能撤销后另建", "only what it needs: they do not change, the client is revoked and another made"), choices: choices(GRANTS) },
];

export default function AddMachineClientPage() {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const [made, setMade] = useState<Schemas["MachineSecretOut"] | null>(null);
  const parent = { to: "/machine-clients", title: t("程序账户", "Machine clients") };
  const save = (body: Schemas["MachineClientIn"], id: string) => answered(own.PUT("/v1/machine-clients/{id}", { params: { path: { id } }, body }));
  const saved = (answer: Schemas["MachineSecretOut"]) => {
    void cache.invalidateQueries({ queryKey: ["/v1/machine-clients"] });
    setMade(answer);
  };
  if (made) {
    return (
      <Page title={t("程序账户已新增", "The machine client is added")} parent={parent}>
        {made.client_secret ? (
          <Once
            title={t(`${made.client.name}的密钥`, `Secret of ${made.client.name}`)}
            lead={t("请直接录入程序的密钥管理，不要写入邮件或文档。程序以 POST /v1/machine-sessions 登录。", "Put it into the program’s secret store, not into a mail or a document. The program logs in with POST /v1/machine-sessions.")}
            secrets={[{ label: "client_id", value: made.client_id }, { label: "client_secret", value: made.client_secret }]}
            otherwise={t("离开后不再显示。未保存时只能撤销此账户后另建。", "It is not shown again: the client would have to be revoked and another made.")}
            done={() => void go(`/machine-clients/${made.client.id}`)}
          />
        ) : (
          <p className="notice">{t("此账户先前已新增，密钥不再显示。如未保存，请撤销后另建。", "It was added before, and its secret is not shown again. If nobody kept it, revoke the client and make another.")}</p>
        )}
      </Page>
    );
  }
  return (
    <RecordPage
      title={t("新增程序账户", "Add a machine client")}
      parent={parent}
      fields={FIELDS}
      save={save}
      saved={saved}
      word={t("新增", "Add")}
      cancel={() => void go("/machine-clients")}
    />
  );
}
