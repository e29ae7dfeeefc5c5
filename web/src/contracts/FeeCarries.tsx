// What an early release left of the fee, which following contract it settles, and what could be carried to this one.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { useWho } from "../book/lookups";
import { grouped } from "../format";
import { newId } from "../id";
import { Act } from "../shape/Act";
import { Confirm } from "../shape/Confirm";
import { Section } from "../shape/DetailPage";
import type { FieldsOf } from "../shape/form/field";
import { RecordForm } from "../shape/RecordPage";
import { Refused } from "../shape/States";
import { text, useWords, type Text } from "../text";
import { useRefresh, type Contract } from "./useContract";

type Carry = Schemas["FeeCarry"];
type Open = Schemas["OpenFeeOut"];

const KINDS: Record<Carry["kind"], Text> = {
  unused: text("解保后未用", "left by a release"),
  unused_reversed: text("解保已冲正", "the release was reversed"),
  carried: text("结转", "carried"),
  carried_back: text("冲正结转", "carry taken back"),
};

const REASON: FieldsOf<Omit<Schemas["FeeCarryReversalIn"], "carry_id">> = [{ name: "reason", kind: "words", label: text("冲正理由", "why it is taken back"), hint: text("请勿填写个人信息", "no personal data") }];

export function FeeCarries({ contract }: { contract: Contract }) {
  const { t } = useWords();
  const who = useWho();
  const refresh = useRefresh();
  const [carrying, setCarrying] = useState<{ left: Open; act: string } | null>(null);
  const [taking, setTaking] = useState<string | null>(null);
  const path = { id: contract.id };
  const query = useQuery({ queryKey: ["/v1/contracts", contract.id, "fee-carries"], queryFn: ({ signal }) => answered(own.GET("/v1/contracts/{id}/fee-carries", { params: { path }, signal })) });
  if (query.error) return <Refused error={query.error} again={() => void query.refetch()} />;
  if (!query.data || query.data.items.length + query.data.open.length === 0) return null;
  const { items, settled, due, open } = query.data;
  const yuan = (amount: string) => t(`${grouped(amount)} 元`, `${grouped(amount)} yuan`);
  const barred = contract.state === "in_force" ? null : t("在保的合同才能结转。", "A fee is carried to a contract in force.");
  const reversed = new Set(items.map(({ reverses }) => reverses));
  const carry = (left: Open, act: string) => answered(own.PUT("/v1/contracts/{id}/fee-carries/{act}", { params: { path: { ...path, act } }, body: { release_id: left.release_id } })).then(refresh);
  return (
    <Section title={t("担保费结转", "Fees carried over")}>
      <p>{t("已由结转抵付", "Settled by carried fees")} <b>{yuan(settled)}</b> · {t("尚应收取", "still due")} <b>{yuan(due)}</b></p>
      <ul className="rows">
        {open.map((left) => (
          <li key={left.release_id}>
            {t("可结转", "Can be carried")} <b>{yuan(left.left)}</b> <Link to={`/contracts/${left.contract_id}`}>{left.number}</Link> <span className="count">{t(`${left.released_on} 解保`, `released on ${left.released_on}`)}</span>{" "}
            <Act action="release_contract" barred={barred} act={() => setCarrying({ left, act: newId() })}>{t("结转至本合同", "Carry it here")}</Act>
          </li>
        ))}
        {items.map((item) => {
          const other = item.to_contract_id === contract.id ? item.contract_id : item.to_contract_id;
          return (
            <li key={item.id}>
              <b>{t(KINDS[item.kind])}</b> {yuan(item.amount)} {other && <Link to={`/contracts/${other}`}>{item.to_contract_id === contract.id ? t("来自已解保合同", "from the released contract") : t("至后续合同", "to the following contract")}</Link>}{" "}
              <span className="count">{item.effective_on} · {item.actor_id && who(item.actor_id)}{item.reason && ` · ${item.reason}`}</span>{" "}
              {item.kind === "carried" && item.to_contract_id === contract.id && !reversed.has(item.id) && <Act action="correct_contract" act={() => setTaking(item.id)}>{t("冲正结转", "Take it back")}</Act>}
            </li>
          );
        })}
      </ul>
      {taking && (
        <RecordForm fields={REASON} word={t("冲正结转", "Take it back")} cancel={() => setTaking(null)}
          save={(body: { reason: string }, act: string) => answered(own.PUT("/v1/contracts/{id}/fee-carry-reversals/{act}", { params: { path: { ...path, act } }, body: { ...body, carry_id: taking } }))}
          saved={() => { setTaking(null); void refresh(); }} />
      )}
      {carrying && (
        <Confirm title={t("结转担保费", "Carry the fee over")} word={t("结转", "Carry it")} danger={false} close={() => setCarrying(null)} act={() => carry(carrying.left, carrying.act)}
          consequences={[t("抵付本合同尚应收取的担保费，以剩余未用金额为限。", "It settles what is still due of this contract's fee, as far as it goes."), t("合同约定的担保费不变；可由另一人冲正。", "The agreed fee stays as it is; a second person can take it back.")]} />
      )}
    </Section>
  );
}
