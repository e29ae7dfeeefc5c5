// A contract, what happened to it, its exceptions, and what is done with it.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, own, versioned, type Schemas } from "../api/client";
import { everyPage } from "../api/pages";
import { tagsOf } from "../format";
import type { Draft } from "../shape/form/document";

export type Contract = Schemas["ContractOut"];
export type ContractEvent = Schemas["ContractEventOut"];
type Content = Schemas["ContractIn"];

export const useContract = (id: string) =>
  useQuery({ queryKey: ["/v1/contracts", id], queryFn: ({ signal }) => versioned(own.GET("/v1/contracts/{id}", { params: { path: { id } }, signal })), enabled: id !== "" });

/** Everything that happened to it, in order: a life has a few dozen events. */
export const useEvents = (id: string) =>
  useQuery({ queryKey: ["/v1/contracts", id, "events"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/contracts/{id}/events", { params: { path: { id }, query }, signal }))), enabled: id !== "" });

/** Every content that it has had, oldest first; the last one is the present. */
export const useContents = (id: string, present: number | undefined, wanted: boolean) =>
  useQuery({ queryKey: ["/v1/contracts", id, "contents", present], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/contracts/{id}/contents", { params: { path: { id }, query }, signal }))), enabled: id !== "" && wanted });

export const useExceptions = (id: string) =>
  useQuery({ queryKey: ["/v1/contracts", id, "exceptions"], queryFn: async ({ signal }) => (await answered(own.GET("/v1/contracts/{id}/exceptions", { params: { path: { id } }, signal }))).items });

export const useFirstLoan = (id: string) =>
  useQuery({ queryKey: ["/v1/contracts", id, "first-loan"], queryFn: ({ signal }) => answered(own.GET("/v1/contracts/{id}/first-loan", { params: { path: { id } }, signal })) });

/** What every rule says of a content today; nothing is written. */
export const checkContent = (body: Content, signal?: AbortSignal) => answered(own.POST("/v1/contracts/check", { body, signal }));

/** Has everything about contracts, the book and its clients read again. */
export function useRefresh(): () => Promise<unknown> {
  const cache = useQueryClient();
  return () => Promise.all(["/v1/contracts", "/v1/portfolio", "/v1/drift-alerts", "/v1/parties"].map((path) => cache.invalidateQueries({ queryKey: [path] })));
}

/** The content of a contract as it would be put again. */
export function contentOf(contract: Contract): Content {
  const { number, party_id, agreement_id, product, client_grade, kind, issuer_rating, bank_id, branch_id, loan_number, principal, loan_rate, credit_line } = contract;
  const { operating_loan, existing_loan, purpose, amount, fee, charges, signed_on, start, end, startup, counter_guarantee, tags } = contract;
  return {
    // A draft always has an agreement; only what was taken over has none, and its content is never put again.
    number, party_id, agreement_id: agreement_id ?? "", product: product ?? null, client_grade: client_grade ?? null, kind, issuer_rating: issuer_rating ?? null, bank_id: bank_id ?? null,
    branch_id: branch_id ?? null, loan_number: loan_number ?? null, principal, loan_rate, credit_line, operating_loan, existing_loan, purpose, amount, fee, charges,
    signed_on, start, end, startup: startup ?? null, counter_guarantee, tags,
  };
}

/** A product stands in a form as who states it and its id. */
export const productKey = (product: { stated_by: string; id: string } | null | undefined) => (product ? `${product.stated_by}/${product.id}` : "");

/** A document of the form as the service takes it. */
export function toContent(document: Record<string, unknown>): Content {
  const [stated_by, id] = String(document["product"] ?? "").split("/");
  const tags = tagsOf(String(document["tags"] ?? ""));
  return { ...document, product: stated_by && id ? { stated_by, id } : null, tags } as unknown as Content;
}

/** A content as it stands in the form. */
export const toForm = (content: Content): Draft => ({ ...content, product: productKey(content.product), tags: (content.tags ?? []).join(" ") }) as unknown as Draft;
