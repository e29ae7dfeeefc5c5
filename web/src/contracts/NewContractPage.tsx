// A new contract; ?party= names its client.
import { useSearchParams } from "react-router";
import { answered, own } from "../api/client";
import { useToday } from "../institutions/useMemberships";
import { Waiting } from "../shape/States";
import { useWords } from "../text";
import { ContractForm } from "./ContractForm";

export default function NewContractPage() {
  const { t } = useWords();
  const today = useToday();
  const [address] = useSearchParams();
  if (today === undefined) return <Waiting />;
  return (
    <ContractForm
      title={t("录入合同", "New contract")}
      parent={{ to: "/contracts", title: t("担保合同", "Contracts") }}
      initial={{ party_id: address.get("party") ?? "", signed_on: today, start: today }}
      save={(body, id) => answered(own.PUT("/v1/contracts/{id}", { params: { path: { id } }, body }))}
    />
  );
}
