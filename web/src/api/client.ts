// The only way to the service: typed by the OpenAPI document, every refusal thrown as the problem the service stated.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.gen";

type Schemas = components["schemas"];
export type Problem = Schemas["Problem"];
export type FieldError = Schemas["FieldError"];
export type Finding = Schemas["Finding"];
export type Rule = Schemas["Rule"];
export type { Schemas };

/** A refusal with the name of its request, which the service's log repeats. */
export class Refusal extends Error {
  constructor(
    readonly problem: Problem,
    readonly requestId: string | null,
  ) {
    super(problem.detail);
  }
}

const client = createClient<paths>({ baseUrl: location.origin });

const UNREACHABLE: Problem = {
  type: "about:blank",
  status: 0,
  code: "unreachable",
  title: "无法连接服务",
  title_en: "The service cannot be reached",
  detail: "没有收到服务的回答。请检查网络后重试。",
  detail_en: "The service did not answer. Check the network and try again.",
};

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

async function answered<T>(request: Promise<Answered<T>>): Promise<T> {
  let answer: Answered<T>;
  try {
    answer = await request;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refusal(UNREACHABLE, null);
  }
  if (answer.data !== undefined) return answer.data;
  const problem = answer.error as Partial<Problem> | undefined;
  throw new Refusal({ ...UNREACHABLE, ...problem }, answer.response.headers.get("x-request-id"));
}

/** Every version of every rule. */
export const listRules = (signal?: AbortSignal): Promise<Rule[]> => answered(client.GET("/v1/rules", { signal }));

export type CalculatorPath = Extract<keyof paths, `/v1/calculators/${string}`>;
export type CalculatorName = CalculatorPath extends `/v1/calculators/${infer Name}` ? Name : never;

/** What calculator `name` answers; the document may be wrong, the service says where. */
export async function calculate(name: CalculatorName, document: unknown, signal?: AbortSignal): Promise<unknown> {
  const path: CalculatorPath = `/v1/calculators/${name}`;
  return answered<unknown>(client.POST(path, { body: document as never, signal }));
}

/** Today in China and the version of the program. */
export const alive = (signal?: AbortSignal) => answered(client.GET("/healthz", { signal }));
