// Institutions by their ids, and regions by their codes.
import { useQuery } from "@tanstack/react-query";
import { answered, findRegions, own, versioned, type Schemas } from "../api/client";
import { everyPage } from "../api/pages";
import type { Choice } from "../shape/form/field";

export type Institution = Schemas["InstitutionOut"];

/** One institution with its version. */
export const useInstitution = (id: string) =>
  useQuery({ queryKey: ["/v1/institutions", id], queryFn: ({ signal }) => versioned(own.GET("/v1/institutions/{id}", { params: { path: { id } }, signal })), enabled: id !== "" });

/** Every institution of the system: a few thousand at most. */
export const useInstitutions = (wanted = true) =>
  useQuery({ queryKey: ["/v1/institutions", "every"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/institutions", { params: { query }, signal }))), staleTime: 60_000, enabled: wanted });

/** The regions that may be meant by what is written so far. */
export function useRegions(written: string): Choice[] {
  const search = written.trim();
  const { data } = useQuery({ queryKey: ["/v1/regions", search], queryFn: ({ signal }) => findRegions(search, signal), enabled: search !== "", staleTime: Infinity });
  return (data?.items ?? []).map(({ code, name }) => ({ value: code, label: { zh: name, en: name } }));
}

/** The name of a region, beside its code; counties have none here. */
export function useRegionName(code: string): string {
  const name = useRegions(code).find(({ value }) => value === code)?.label.zh;
  return name ? `${name} ${code}` : code;
}
