// A draft, or a contract that came back, with another content.
import { useParams } from "react-router";
import { answered, own } from "../api/client";
import { PageRefused, Waiting } from "../shape/States";
import { useWords } from "../text";
import { ContractForm } from "./ContractForm";
import { contentOf, useContract, useEvents } from "./useContract";

export default function ReviseContractPage() {
  const { t } = useWords();
  const id = useParams()["id"] ?? "";
  const query = useContract(id);
  const events = useEvents(id);
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  if (!query.data || events.isPending) return <Waiting />;
  const { data: contract, version } = query.data;
  const back = contract.state === "rejected" ? events.data?.filter(({ kind }) => kind === "rejected").at(-1) : undefined;
  return (
    <ContractForm
      title={back ? t(`修改 ${contract.number}（退回理由：${back.reason}）`, `Revise ${contract.number} (sent back: ${back.reason})`) : t(`修改 ${contract.number}`, `Revise ${contract.number}`)}
      parent={{ to: `/contracts/${id}`, title: contract.number }}
      initial={contentOf(contract)}
      save={(body) => answered(own.PUT("/v1/contracts/{id}", { params: { path: { id }, header: { "if-match": version } }, body }))}
    />
  );
}
