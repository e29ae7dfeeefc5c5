// An institution's name and region, corrected.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { RecordPage } from "../shape/RecordPage";
import { PageRefused, Waiting } from "../shape/States";
import { useWords } from "../text";
import { institutionFields } from "./institutionForm";
import { RegionSense } from "./RegionSense";
import { useInstitution, useRegions } from "./useInstitutions";

export default function CorrectPage() {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const id = useParams()["id"] ?? "";
  const query = useInstitution(id);
  const [region, setRegion] = useState("");
  const regions = useRegions(region);
  if (query.isPending) return <Waiting />;
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  const { data: institution, version } = query.data;
  const save = (body: Schemas["InstitutionIn"]) =>
    answered(own.PUT("/v1/institutions/{id}", { params: { path: { id }, header: { "if-match": version } }, body: { ...body, code: institution.code, kind: institution.kind } }));
  const saved = () => {
    void cache.invalidateQueries({ queryKey: ["/v1/institutions"] });
    void go(`/institutions/${id}`);
  };
  return (
    <RecordPage
      title={t(`更正${institution.name}的资料`, `Correct ${institution.name}`)}
      parent={{ to: `/institutions/${id}`, title: institution.name }}
      lead={t("代码和类型不能修改。", "The code and the kind do not change.")}
      fields={institutionFields([], true, regions)}
      initial={institution}
      save={save}
      saved={saved}
      word={t("保存", "Save")}
      cancel={() => void go(`/institutions/${id}`)}
    >
      {(draft) => <RegionSense code={String(draft["region_code"] ?? "")} regions={regions} look={setRegion} />}
    </RecordPage>
  );
}
