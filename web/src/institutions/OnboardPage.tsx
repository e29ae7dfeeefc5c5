// A new institution below the reader's own.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { RecordPage } from "../shape/RecordPage";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { institutionFields } from "./institutionForm";
import { RegionSense } from "./RegionSense";
import { useRegions } from "./useInstitutions";

export default function OnboardPage() {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const profile = useProfile().data?.data;
  const [region, setRegion] = useState("");
  const regions = useRegions(region);
  const save = (body: Schemas["InstitutionIn"], id: string) => answered(own.PUT("/v1/institutions/{id}", { params: { path: { id } }, body }));
  const saved = (made: Schemas["InstitutionOut"]) => {
    void cache.invalidateQueries({ queryKey: ["/v1/institutions"] });
    void go(`/institutions/${made.id}`);
  };
  return (
    <RecordPage
      title={t("接纳机构", "Onboard an institution")}
      parent={{ to: "/institutions", title: t("机构名录", "All institutions") }}
      lead={t("登记后请指定首任管理员，并登记隶属关系。", "Then appoint its first administrator and state its membership.")}
      fields={institutionFields(profile?.onboards ?? [], false, regions)}
      save={save}
      saved={saved}
      word={t("接纳", "Onboard")}
      cancel={() => void go("/institutions")}
    >
      {(draft) => <RegionSense code={String(draft["region_code"] ?? "")} regions={regions} look={setRegion} />}
    </RecordPage>
  );
}
