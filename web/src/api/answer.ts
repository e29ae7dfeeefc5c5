// An answer of the service: its content, or its refusal thrown as the problem that it stated.
import type { Text } from "../text";
import type { components } from "./schema.gen";

export type Problem = components["schemas"]["Problem"];

/** A refusal with the name of its request, which the service's log repeats. */
export class Refusal extends Error {
  constructor(
    readonly problem: Problem,
    readonly requestId: string | null,
    /** How many seconds to wait before asking again; null when the service does not say. */
    readonly wait: number | null = null,
  ) {
    super(problem.detail);
  }

  /** What only the page sees, said as the service says what is wrong with a field. */
  static of(field: string, { zh, en }: Text): Refusal {
    const fault = { field, code: "page", message: zh, message_en: en };
    return new Refusal({ type: "about:blank", status: 422, code: "page", title: zh, title_en: en, detail: zh, detail_en: en, errors: [fault] }, null);
  }

  /** Whether the service refused for this reason. */
  static is(error: unknown, code: string): error is Refusal {
    return error instanceof Refusal && error.problem.code === code;
  }
}

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

/** A thing with the version that a change of it names. */
export interface Versioned<T> {
  data: T;
  version: string;
}

async function settled<T>(request: Promise<Answered<T>>): Promise<Answered<T>> {
  let answer: Answered<T>;
  try {
    answer = await request;
  } catch (error) {
    if (error instanceof Refusal || (error instanceof DOMException && error.name === "AbortError")) throw error;
    throw new Refusal(UNREACHABLE, null);
  }
  if (answer.response.ok) return answer;
  throw refusal(answer.response, answer.error);
}

/** The refusal in an answer; one without a problem in it comes from somebody before the service. */
export function refusal(response: Response, problem: unknown): Refusal {
  const wait = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  const stated = typeof problem === "object" && problem !== null ? problem : {};
  return new Refusal({ ...UNREACHABLE, status: response.status, ...stated }, response.headers.get("x-request-id"), Number.isNaN(wait) ? null : wait);
}

/** The content of an answer. */
export const answered = async <T>(request: Promise<Answered<T>>): Promise<T> => (await settled(request)).data as T;

/** The content of an answer with its version. */
export async function versioned<T>(request: Promise<Answered<T>>): Promise<Versioned<T>> {
  const { data, response } = await settled(request);
  return { data: data as T, version: response.headers.get("etag") ?? "" };
}
