// A new party, and one whose name, region or industry is corrected.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { useParty } from "../book/lookups";
import { RegionSense } from "../institutions/RegionSense";
import { useRegions } from "../institutions/useInstitutions";
import { useProfile } from "../session/useSession";
import { RecordPage } from "../shape/RecordPage";
import { PageRefused, Waiting } from "../shape/States";
import { useWords } from "../text";
import { partyFields } from "./partyForm";

type Party = Schemas["PartyIn"];

export function NewPartyPage() {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const profile = useProfile().data?.data;
  const [region, setRegion] = useState("");
  const regions = useRegions(region);
  if (!profile) return <Waiting />;
  return (
    <RecordPage
      title={t("登记被担保人", "File a party")}
      parent={{ to: "/parties", title: t("被担保人", "Parties") }}
      lead={t("证件、划型指标、标识和关联方组在登记后填报。", "Identifiers, figures for the size, flags and its group are filed afterwards.")}
      fields={partyFields(false, regions)}
      initial={{ region_code: profile.institution.region_code }}
      save={(body: Party, id) => answered(own.PUT("/v1/parties/{id}", { params: { path: { id } }, body }))}
      saved={(party) => { void cache.invalidateQueries({ queryKey: ["/v1/parties"] }); void go(`/parties/${party.id}`); }}
      word={t("登记", "File")}
      cancel={() => void go("/parties")}
    >
      {(draft) => <RegionSense code={String(draft["region_code"] ?? "")} regions={regions} look={setRegion} />}
    </RecordPage>
  );
}

export function CorrectPartyPage() {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const id = useParams()["id"] ?? "";
  const query = useParty(id);
  const [region, setRegion] = useState("");
  const regions = useRegions(region);
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Waiting />;
  const { data: party, version } = query.data;
  return (
    <RecordPage
      title={t(`更正${party.name}的资料`, `Correct ${party.name}`)}
      parent={{ to: `/parties/${id}`, title: party.name }}
      lead={t("已审批的合同保留当时确定的内容。", "Contracts approved already keep what was fixed then.")}
      fields={partyFields(true, regions)}
      initial={party}
      save={(body: Party) => answered(own.PUT("/v1/parties/{id}", { params: { path: { id }, header: { "if-match": version } }, body: { ...body, kind: party.kind } }))}
      saved={() => { void cache.invalidateQueries({ queryKey: ["/v1/parties"] }); void go(`/parties/${id}`); }}
      word={t("保存", "Save")}
      cancel={() => void go(`/parties/${id}`)}
    >
      {(draft) => <RegionSense code={String(draft["region_code"] ?? "")} regions={regions} look={setRegion} />}
    </RecordPage>
  );
}
