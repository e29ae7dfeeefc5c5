// What contracts and registers refer to by an id: banks, products, agreements, and the day.
import { useQuery } from "@tanstack/react-query";
import { answered, own, versioned, type Schemas } from "../api/client";
import { everyPage } from "../api/pages";
import { useProfile } from "../session/useSession";
import type { Choice } from "../shape/form/field";
import { useWords } from "../text";

/** Reference rows change rarely. */
const FRESH_MS = 60_000;

export const useBanks = () =>
  useQuery({ queryKey: ["/v1/banks", "every"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/banks", { params: { query }, signal }))), staleTime: FRESH_MS });

export const useBranches = (bank: string) =>
  useQuery({ queryKey: ["/v1/bank-branches", "every", bank], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/bank-branches", { params: { query: { ...query, bank_id: bank } }, signal }))), enabled: bank !== "", staleTime: FRESH_MS });

export const useProducts = () =>
  useQuery({ queryKey: ["/v1/products", "every"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/products", { params: { query }, signal }))), staleTime: FRESH_MS });

export const useAgreements = () =>
  useQuery({ queryKey: ["/v1/agreements", "every"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/agreements", { params: { query }, signal }))), staleTime: FRESH_MS });

export const useAgreement = (id: string) =>
  useQuery({ queryKey: ["/v1/agreements", id], queryFn: ({ signal }) => versioned(own.GET("/v1/agreements/{id}", { params: { path: { id } }, signal })), enabled: id !== "" });

/** Every terms of an agreement, also those over. */
export const useTerms = (id: string) =>
  useQuery({ queryKey: ["/v1/agreements", id, "terms"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/agreements/{id}/terms", { params: { path: { id }, query }, signal }))), enabled: id !== "" });

export const useParty = (id: string) =>
  useQuery({ queryKey: ["/v1/parties", id], queryFn: ({ signal }) => versioned(own.GET("/v1/parties/{id}", { params: { path: { id } }, signal })), enabled: id !== "" });

/** Rows as choices of a form, by their names. */
export const named = (rows: readonly { id: string; name: string; code?: string; number?: string }[] | undefined): Choice[] =>
  (rows ?? []).map(({ id, name, code, number }) => {
    const mark = code ?? number;
    return { value: id, label: { zh: mark ? `${name}（${mark}）` : name, en: mark ? `${name} (${mark})` : name } };
  });

/** Who did something: the reader, a colleague where the role may know colleagues, or the end of an id. */
export function useWho(): (id: string | null | undefined, kind?: string) => string {
  const { t } = useWords();
  const me = useProfile().data?.data;
  const may = me?.actions.includes("read_users") ?? false;
  const users = useQuery({ queryKey: ["/v1/users", "names"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/users", { params: { query }, signal }))), enabled: may, staleTime: FRESH_MS });
  return (id, kind) => {
    if (kind === "operator" || !id) return t("系统", "the system");
    if (id === me?.id) return t(`${me.display_name}（本人）`, `${me.display_name} (you)`);
    const name = users.data?.find((user) => user.id === id)?.display_name;
    return name ?? (kind === "machine" ? t(`程序 ${id.slice(-6)}`, `program ${id.slice(-6)}`) : t(`同事 ${id.slice(-6)}`, `colleague ${id.slice(-6)}`));
  };
}

/** How many contracts wait in a state; “10000+” when there are more than the service counts. */
export function useQueue(state: Schemas["ContractState"], wanted: boolean): string | null {
  const { data } = useQuery({ queryKey: ["/v1/contracts", "queue", state], queryFn: ({ signal }) => answered(own.GET("/v1/contracts/count", { params: { query: { state } }, signal })), enabled: wanted, staleTime: 15_000, refetchInterval: 60_000 });
  if (!data || data.count === 0) return null;
  return data.more ? `${data.count}+` : String(data.count);
}
