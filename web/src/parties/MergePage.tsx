// Two parties that turned out to be one: which stands for both, and what follows.
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { answered, own, Refusal, type Schemas } from "../api/client";
import { useParty } from "../book/lookups";
import { PartyPicker } from "../book/PartyPicker";
import { clientKind } from "../book/words";
import { useRefresh } from "../contracts/useContract";
import { Facts, Section } from "../shape/DetailPage";
import { Page } from "../shape/Page";
import { RecordForm } from "../shape/RecordPage";
import { PageRefused, Waiting } from "../shape/States";
import { text, useWords } from "../text";
import { REASON_FIELDS } from "./partyForm";

export default function MergePage() {
  const { t } = useWords();
  const go = useNavigate();
  const refresh = useRefresh();
  const id = useParams()["id"] ?? "";
  const query = useParty(id);
  const [into, setInto] = useState("");
  const [complaint, setComplaint] = useState<string | undefined>();
  const target = useParty(into).data?.data;
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const party = query.data.data;
  const save = async (body: { reason: string }, act: string) => {
    if (into === "") {
      setComplaint(t("请选择代表两者的主体。", "Choose the party that stands for both."));
      throw Refusal.of("into", text("请选择代表两者的主体。", "Choose the party that stands for both."));
    }
    return answered(own.PUT("/v1/parties/{id}/merges/{act}", { params: { path: { id, act } }, body: { ...body, into } }));
  };
  const choose = (chosen: string) => {
    setInto(chosen);
    setComplaint(undefined);
  };
  return (
    <Page title={t(`将${party.name}并入另一主体`, `Merge ${party.name} into another party`)} parent={{ to: `/parties/${id}`, title: party.name }} lead={t("同一客户登记了两次时办理。可以撤销。", "For one client that was filed twice. It can be undone.")}>
      <div className="beside">
        <div className="form-side">
          <div className="record-form">
            <PartyPicker label={t("并入", "Into")} value={into} change={choose} complaint={complaint} but={id} />
            <ul className="consequences">
              <li>{t(`${party.name}名下的全部合同（含草稿）改计入所选主体。`, `Every contract of ${party.name}, drafts too, counts with the party chosen.`)}</li>
              <li>{t("两者的余额相加：合计超过 500 万元的，其小额业务不再计入单户 500 万元及以下。", "What is outstanding of both is added up: above 5,000,000 yuan together, their small tickets are small tickets no more.")}</li>
              <li>{t("单户集中度按合计计算；合并不因限额被拒，占比低于下限时产生预警。", "Concentration is that of the sum; no limit refuses a merge, and a share below its floor raises an alert.")}</li>
              <li>{t(`${party.name}不再能办理新业务，资料保留。`, `${party.name} gets no new business; what was filed stays.`)}</li>
            </ul>
            <RecordForm fields={REASON_FIELDS} save={save} saved={() => { void refresh(); void go(`/parties/${id}`); }} word={t("合并", "Merge")} danger cancel={() => void go(`/parties/${id}`)} />
          </div>
        </div>
        <div className="answer-side">
          <Two party={party} title={t("并入方", "Goes over")} />
          {target && <Two party={target} title={t("代表两者", "Stands for both")} />}
        </div>
      </div>
    </Page>
  );
}

function Two({ party, title }: { party: Schemas["PartyOut"]; title: string }) {
  const { t } = useWords();
  return (
    <Section title={`${title}：${party.name}`}>
      <Facts facts={[
        [t("客户类型", "Client kind"), t(clientKind(party.client_kind))],
        [t("行政区划", "Region"), party.region_code],
        [t("证件", "Identifiers"), party.identifiers.map((identifier) => identifier.value ?? `•••• ${identifier.last_four ?? ""}`).join("、")],
        [t("编号", "Id"), <code key="id">{party.id}</code>],
      ]} />
    </Section>
  );
}
