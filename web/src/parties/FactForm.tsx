// Files one fact of a party, or ends one that is open.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answered, own, type Schemas } from "../api/client";
import { everyPage } from "../api/pages";
import { named } from "../book/lookups";
import { useRefresh } from "../contracts/useContract";
import { newId } from "../id";
import { useToday } from "../institutions/useMemberships";
import type { Field } from "../shape/form/field";
import { RecordForm } from "../shape/RecordPage";
import { useWords } from "../text";
import { FACT_END, FLAG_FIELDS, IDENTIFIER_FIELDS, JOBS_FIELDS, memberFields, SIZE_FIELDS } from "./partyForm";

type Party = Schemas["PartyOut"];

export type Filing = { what: "identifiers" | "flags" | "size-inputs" | "jobs" | "group-memberships" } | { what: "flag-end" | "group-end"; id: string; version: number };

export function FactForm({ filing, party, done }: { filing: Filing; party: Party; done: () => void }) {
  const { t } = useWords();
  const today = useToday();
  const refresh = useRefresh();
  const groups = useGroups();
  const path = { id: party.id };
  if (today === undefined) return null;
  const form = <Body, Saved>(fields: readonly Field[], save: (body: Body, id: string) => Promise<Saved>, initial: object = {}) => (
    <RecordForm fields={fields} initial={{ from: today, on: today, filed_on: today, until: "", ...initial }} save={save as (body: never, id: string) => Promise<Saved>} saved={() => { void refresh(); done(); }} word={t("保存", "Save")} cancel={done} />
  );
  switch (filing.what) {
    case "identifiers":
      return form(IDENTIFIER_FIELDS, (body: Schemas["IdentifierFiledIn"], id) => answered(own.PUT("/v1/parties/{id}/identifiers/{identifier_id}", { params: { path: { ...path, identifier_id: id } }, body })), { scheme: party.kind === "natural_person" ? "resident_id" : "uscc" });
    case "flags":
      return form(FLAG_FIELDS, (body: Schemas["FlagIn"], id) => answered(own.PUT("/v1/parties/{id}/flags/{flag_id}", { params: { path: { ...path, flag_id: id } }, body })));
    case "size-inputs":
      return form(SIZE_FIELDS, (body: Schemas["SizeInputIn"], id) => answered(own.PUT("/v1/parties/{id}/size-inputs/{input_id}", { params: { path: { ...path, input_id: id } }, body })), { industry_code: party.industry_code ?? "", financial_year: Number(today.slice(0, 4)) - 1 });
    case "jobs":
      return form(JOBS_FIELDS, (body: Schemas["JobsIn"], id) => answered(own.PUT("/v1/parties/{id}/jobs/{count_id}", { params: { path: { ...path, count_id: id } }, body })));
    case "group-memberships":
      return (
        <>
          <NewGroup made={() => void groups.refetch()} />
          {form(memberFields(named(groups.data)), (body: Schemas["MemberIn"], id) => answered(own.PUT("/v1/parties/{id}/group-memberships/{membership_id}", { params: { path: { ...path, membership_id: id } }, body })))}
        </>
      );
    case "flag-end":
      return form(FACT_END, (body: Schemas["FactEndIn"]) => answered(own.PUT("/v1/parties/{id}/flags/{flag_id}/end", { params: { path: { ...path, flag_id: filing.id }, header: { "if-match": `"${filing.version}"` } }, body })), { until: today });
    case "group-end":
      return form(FACT_END, (body: Schemas["FactEndIn"]) => answered(own.PUT("/v1/parties/{id}/group-memberships/{membership_id}/end", { params: { path: { ...path, membership_id: filing.id }, header: { "if-match": `"${filing.version}"` } }, body })), { until: today });
  }
}

const useGroups = () => useQuery({ queryKey: ["/v1/party-groups", "every"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/party-groups", { params: { query }, signal }))) });

/** A group that is not there yet. */
function NewGroup({ made }: { made: () => void }) {
  const { t } = useWords();
  const [name, setName] = useState("");
  const [id, setId] = useState(newId);
  const make = async () => {
    await answered(own.PUT("/v1/party-groups/{id}", { params: { path: { id } }, body: { name: name.trim() } }));
    setName("");
    setId(newId());
    made();
  };
  return (
    <div className="filters">
      <label className="grow">
        <span>{t("没有合适的组时新建", "A new group, where none fits")}</span>
        <input type="text" value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
      </label>
      <button type="button" className="plain-button" disabled={name.trim() === ""} onClick={() => void make().catch(() => undefined)}>{t("新建", "Make it")}</button>
    </div>
  );
}
