// What is ceded to the reader's institution: cedents, regions, contracts and the decisions about their filing.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, own, type Schemas } from "../api/client";
import { everyPage, useWaiting } from "../api/pages";

export type Cedent = Schemas["CedentOut"];
export type Region = Schemas["CededRegionOut"];
export type Cession = Schemas["CessionOut"];
export type WholeCession = Schemas["WholeCessionOut"];
export type Filing = Schemas["FilingOut"];
export type Level = "all" | "province" | "city";

/** Sums change with every booking below. */
const FRESH_MS = 15_000;

export const useRegions = (level: Level, province?: string) =>
  useQuery({ queryKey: ["/v1/cedent-regions", level, province], queryFn: async ({ signal }) => (await answered(own.GET("/v1/cedent-regions", { params: { query: { level, ...(province ? { province } : {}) } }, signal }))).items, staleTime: FRESH_MS });

export const useCedent = (id: string) =>
  useQuery({ queryKey: ["/v1/cedents", id], queryFn: ({ signal }) => answered(own.GET("/v1/cedents/{id}", { params: { path: { id } }, signal })), staleTime: FRESH_MS });

/** Every cedent by name, for a filter: there are as many as there are institutions below. */
export const useCedents = () =>
  useQuery({ queryKey: ["/v1/cedents", "every"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/cedents", { params: { query: { ...query, sort: "ceded" } }, signal }))), staleTime: 60_000 });

export const useCession = (cedent: string, id: string) =>
  useQuery({ queryKey: ["/v1/cessions", cedent, id], queryFn: ({ signal }) => answered(own.GET("/v1/cessions/{contract_id}", { params: { path: { contract_id: id }, query: { cedent_id: cedent } }, signal })) });

/** How many ceded contracts wait for a decision about their filing, as far as one page tells. */
export const useWaitingFilings = (wanted: boolean) => useWaiting("/v1/cessions", { filing: "pending" }, wanted);

/** How many refused filings the institution has not drawn its conclusion from. */
export const useRefusedFilings = (wanted: boolean) => useWaiting("/v1/filings", { state: "refused", applied: false }, wanted);

export const useFilingsOf = (contract: string, wanted: boolean) =>
  useQuery({ queryKey: ["/v1/filings", "of", contract], queryFn: async ({ signal }) => (await answered(own.GET("/v1/contracts/{id}/filings", { params: { path: { id: contract } }, signal }))).items, enabled: wanted });

/** Decides about a filing; the same id again changes nothing. */
export const decideFiling = ({ cedent_id, contract_id }: Pick<Cession, "cedent_id" | "contract_id">, act: string, decision: Schemas["FilingDecision"], reason: string) =>
  answered(own.PUT("/v1/cessions/{contract_id}/filings/{act}", { params: { path: { contract_id, act } }, body: { decision, reason: reason === "" ? null : reason, cedent_id } }));

/** Has everything about what is ceded read again. */
export function useRefreshFund(): () => Promise<unknown> {
  const cache = useQueryClient();
  return () => Promise.all(["/v1/cessions", "/v1/cedents", "/v1/cedent-regions", "/v1/filings", "/v1/contracts"].map((path) => cache.invalidateQueries({ queryKey: [path] })));
}
