// A person's identifier in full: only with a reason, which is kept, and only until the page is left.
import { Button } from "antd";
import { useState } from "react";
import { answered, own, type Schemas } from "../api/client";
import { Act } from "../shape/Act";
import { RecordForm } from "../shape/RecordPage";
import { text, useWords } from "../text";
import type { FieldsOf } from "../shape/form/field";

const FIELDS: FieldsOf<Schemas["DisclosureIn"]> = [{ name: "reason", kind: "words", label: text("为何需要完整号码", "why all of it must be seen"), hint: text("谁在何时因何查看，永久留存；请勿填写个人信息", "who saw it, when and why is kept: no personal data") }];

export function Disclosure({ party, identifier }: { party: string; identifier: string }) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const [value, setValue] = useState<string | null>(null);
  const save = (body: { reason: string }, act: string) => answered(own.PUT("/v1/parties/{id}/disclosures/{disclosure_id}", { params: { path: { id: party, disclosure_id: act } }, body: { ...body, identifier_id: identifier } }));
  if (value !== null) return <p className="disclosed"><code>{value}</code> <Button size="small" onClick={() => setValue(null)}>{t("收起", "Hide")}</Button></p>;
  if (!asking) return <Act action="disclose_identifier" act={() => setAsking(true)}>{t("查看完整号码", "See all of it")}</Act>;
  return <RecordForm fields={FIELDS} save={save} saved={(answer) => { setValue(answer.value); setAsking(false); }} word={t("查看并留存理由", "See it, and keep the reason")} cancel={() => setAsking(false)} />;
}
