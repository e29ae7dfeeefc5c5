// One act on a contract: its fields, what follows from it, and the way back.
import type { ReactNode } from "react";
import { answered, own, Refusal, type Schemas } from "../api/client";
import { grouped } from "../format";
import { useToday } from "../institutions/useMemberships";
import { Section } from "../shape/DetailPage";
import type { Field } from "../shape/form/field";
import { RecordForm } from "../shape/RecordPage";
import { text, useWords, type Text } from "../text";
import { useRefresh, type Contract, type ContractEvent } from "./useContract";

export type Doing = "submission" | "withdrawal" | "disbursement" | "release" | "reversal" | "cancellation" | "evaluation";

const REASON: Field = { name: "reason", kind: "words", label: text("理由", "reason"), hint: text("永久记入审计，请勿填写个人信息", "stays in the audit trail: no personal data") };
const day = (label: Text, hint: Text): Field => ({ name: "effective_on", kind: "day", label, hint });

interface Kind {
  title: Text;
  word: Text;
  follows: Text;
  danger?: boolean;
  fields: Field[];
  save: (body: never, path: { id: string; act: string }) => Promise<unknown>;
}

/** What each act asks for and is about. */
const KINDS: Record<Doing, Kind> = {
  submission: {
    title: text("提交审批", "Submit"), word: text("提交", "Submit"),
    follows: text("规则先逐项评估：任何人不能豁免的不予提交；须书面例外的交审批人决定。提交后内容不能修改，可以撤回。", "The rules judge it first: what nobody can waive is not submitted; what needs an exception is left to the approver. Its content then stays, but it can be withdrawn."),
    fields: [],
    save: (_, path) => answered(own.PUT("/v1/contracts/{id}/submissions/{act}", { params: { path } })),
  },
  withdrawal: {
    title: text("撤回", "Withdraw"), word: text("撤回", "Withdraw"), follows: text("撤回后可以修改并再次提交。", "Afterwards it can be revised and submitted again."), fields: [REASON],
    save: (body: Schemas["ReasonIn"], path) => answered(own.PUT("/v1/contracts/{id}/withdrawals/{act}", { params: { path }, body })),
  },
  disbursement: {
    title: text("登记放款", "Record the disbursement"), word: text("登记放款", "Record it"), follows: text("自该日起合同在保。", "From that day the guarantee is in force."),
    fields: [day(text("放款日", "disbursed on"), text("今天或更早", "today or earlier"))],
    save: (body: Schemas["OnIn"], path) => answered(own.PUT("/v1/contracts/{id}/disbursements/{act}", { params: { path }, body })),
  },
  release: {
    title: text("登记解保", "Record a release"), word: text("登记解保", "Record it"), follows: text("余额随即减少；全部归还后合同解保，应退的担保费按协议算出。", "What is outstanding falls at once; wholly repaid, the contract is released, and the agreement says what of the fee is refunded."),
    fields: [
      { name: "amount", kind: "money", label: text("归还本金", "principal repaid"), hint: text("元，不超过余额", "yuan, at most what is outstanding") },
      day(text("归还日", "repaid on"), text("今天或更早", "today or earlier")),
    ],
    save: (body: Schemas["ReleaseIn"], path) => answered(own.PUT("/v1/contracts/{id}/releases/{act}", { params: { path }, body })),
  },
  reversal: {
    title: text("冲正解保", "Reverse a release"), word: text("冲正", "Reverse"), follows: text("录错的解保由另一人冲正：余额恢复，原记录保留。", "A release recorded in error is taken back by a second person: the amount is outstanding again, the old entry stays."), danger: true,
    fields: [{ name: "release_id", kind: "choice", label: text("哪一笔解保", "which release"), choices: [] }, REASON],
    save: (body: Schemas["ReversalIn"], path) => answered(own.PUT("/v1/contracts/{id}/release-reversals/{act}", { params: { path }, body })),
  },
  cancellation: {
    title: text("取消合同", "Cancel the contract"), word: text("取消合同", "Cancel it"), follows: text("占用的额度随即释放；取消后不能恢复，需要时另录一份。", "What it committed is free at once; it does not come back, another one is drafted when needed."), danger: true, fields: [REASON],
    save: (body: Schemas["ReasonIn"], path) => answered(own.PUT("/v1/contracts/{id}/cancellations/{act}", { params: { path }, body })),
  },
  evaluation: {
    title: text("重新评估", "Judge again"), word: text("评估", "Judge"), follows: text("按所选日期施行的规则和现在的账面评估，结论记入事项，合同不变。", "By the rules of the day and the book as it is now; the findings are kept, the contract stays as it is."),
    fields: [{ name: "on", kind: "day", label: text("规则日", "rules of the day") }],
    save: (body: Schemas["EvaluationIn"], path) => answered(own.PUT("/v1/contracts/{id}/evaluations/{act}", { params: { path }, body })),
  },
};

export function ActForm({ doing, contract, events, done }: { doing: Doing; contract: Contract; events: ContractEvent[]; done: () => void }): ReactNode {
  const { t } = useWords();
  const refresh = useRefresh();
  const today = useToday();
  const kind = KINDS[doing];
  const reversed = new Set(events.map((event) => event.reverses));
  const releases = events.filter((event) => event.kind === "released" && !reversed.has(event.id)).map((event) => ({ value: event.id, label: text(`${event.effective_on}：${grouped(event.amount)} 元`, `${event.effective_on}: ${grouped(event.amount)} yuan`) }));
  const fields = kind.fields.map((field) => (field.name === "release_id" && field.kind === "choice" ? { ...field, choices: releases } : field));
  const save = async (body: never, act: string) => {
    try {
      return await kind.save(body, { id: contract.id, act });
    } catch (error) {
      // A refusal by rule is kept with the contract.
      if (error instanceof Refusal && error.problem.findings) void refresh();
      throw error;
    }
  };
  if (today === undefined) return null;
  return (
    <Section title={t(kind.title)}>
      <p>{t(kind.follows)}</p>
      <RecordForm fields={fields} initial={{ effective_on: today, on: today, amount: contract.outstanding }} save={save} saved={() => { void refresh(); done(); }} word={t(kind.word)} danger={kind.danger ?? false} cancel={done} />
    </Section>
  );
}
