// The only way to the service: typed by the OpenAPI document, every refusal thrown as the problem the service stated.
import createClient from "openapi-fetch";
import { renewed, token } from "../session/session";
import { answered } from "./answer";
import type { components, paths } from "./schema.gen";

export { answered, Refusal, versioned, type Problem, type Versioned } from "./answer";
export type Schemas = components["schemas"];
export type Finding = Schemas["Finding"];
export type Rule = Schemas["Rule"];

const client = createClient<paths>({ baseUrl: location.origin });

/** Sends a request as whoever is logged in; a token that is not accepted any more is renewed once. */
async function asMyself(request: Request): Promise<Response> {
  const send = (bearer: string | null) => {
    const sent = request.clone();
    if (bearer !== null) sent.headers.set("authorization", `Bearer ${bearer}`);
    return fetch(sent);
  };
  const first = await token();
  const answer = await send(first);
  if (answer.status !== 401 || first === null) return answer;
  const second = await renewed(first);
  return second === null ? answer : send(second);
}

/** The service as whoever is logged in. */
export const own = createClient<paths>({ baseUrl: location.origin, fetch: asMyself });

/** Every version of every rule. */
export const listRules = (signal?: AbortSignal): Promise<Rule[]> => answered(client.GET("/v1/rules", { signal }));

/** Every code of an error, with what it means. */
export const listProblemCodes = (signal?: AbortSignal) => answered(client.GET("/v1/problem-codes", { signal }));

export type CalculatorPath = Extract<keyof paths, `/v1/calculators/${string}`>;
export type CalculatorName = CalculatorPath extends `/v1/calculators/${infer Name}` ? Name : never;

/** What calculator `name` answers; the document may be wrong, the service says where. */
export async function calculate(name: CalculatorName, document: unknown, signal?: AbortSignal): Promise<unknown> {
  const path: CalculatorPath = `/v1/calculators/${name}`;
  return answered<unknown>(client.POST(path, { body: document as never, signal }));
}

/** Today in China and the version of the program. */
export const alive = (signal?: AbortSignal) => answered(client.GET("/healthz", { signal }));

/** Chooses a password by a one-time link. */
export const redeemLink = (link: string, password: string) => answered(client.POST("/v1/passwords", { body: { link, password } }));

/** The regions of GB/T 2260 whose name holds, or whose code begins with, `search`. */
export const findRegions = (search: string, signal?: AbortSignal) =>
  answered(client.GET("/v1/regions", { params: { query: { search, limit: 20 } }, signal }));
