// The session of this browser. The access token lives in this module and nowhere else; the refresh token is in a cookie that no
// script reads. The browser's storage only says that there is a session, so that other tabs come in and leave with this one.
import { Refusal, refusal } from "../api/answer";
import type { components } from "../api/schema.gen";

type Tokens = components["schemas"]["TokensOut"];
type Login = components["schemas"]["LoginIn"];

/** Why nobody is logged in: nobody was, somebody left, or the session came to its end. */
export type Out = "never" | "left" | "ended";
export type State = { phase: "asking"; trouble?: unknown } | { phase: "in"; until: Date } | { phase: "out"; why: Out };

const MARK = "zengxin.session";
const FORM = { "content-type": "application/json", "x-zengxin-session": "cookie" };
/** So long before its end a token is renewed, in milliseconds: a slow request must not outlive it. */
const BEFORE_MS = 60_000;

/** How soon a service that could not be reached is asked again, in milliseconds. */
const AGAIN_MS = 3_000;

let state: State = localStorage.getItem(MARK) === null ? { phase: "out", why: "never" } : { phase: "asking" };
let held: { token: string; until: number } | null = null;
/** What the mark was when this tab came in: another one is another person's. */
let mine = localStorage.getItem(MARK);
let renewal: Promise<string | null> | null = null;
let alarm: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function become(next: State) {
  state = next;
  for (const listener of listeners) listener();
}

/** For `useSyncExternalStore`. */
export function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Who is logged in, as far as this tab knows. */
export const now = () => state;

function take(tokens: Tokens) {
  const life = tokens.expires_in * 1000;
  held = { token: tokens.access_token, until: performance.now() + life };
  clearTimeout(alarm);
  alarm = setTimeout(() => void renewed(tokens.access_token).catch(() => undefined), Math.max(life - BEFORE_MS, life / 2));
  become({ phase: "in", until: new Date(Date.now() + tokens.session_expires_in * 1000) });
  return tokens.access_token;
}

function end(why: Out) {
  held = null;
  mine = null;
  clearTimeout(alarm);
  if (state.phase !== "out") become({ phase: "out", why });
}

async function post(path: string, body: unknown): Promise<Tokens> {
  const response = await fetch(path, { method: "POST", headers: FORM, body: JSON.stringify(body), credentials: "same-origin" }).catch(() => Response.error());
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as Tokens;
  throw refusal(response, answer);
}

/** Logs in; throws the refusal. */
export async function logIn(login: Login): Promise<void> {
  const tokens = await post("/v1/sessions", login);
  mine = Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join("");
  localStorage.setItem(MARK, mine);
  take(tokens);
}

/** One tab at a time: a refresh token serves once. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  // Only pages that came by https, or from this very machine, have locks.
  return "locks" in navigator ? await navigator.locks.request("zengxin.session", work) : await work();
}

/** How often a renewal is tried that the service answers with “later”. */
const TRIES = 5;

async function renew(tries = TRIES): Promise<string | null> {
  try {
    return take(await alone(() => post("/v1/sessions/refreshes", {})));
  } catch (error) {
    if (error instanceof Refusal && error.problem.status === 429 && tries > 1) {
      await new Promise((resume) => setTimeout(resume, (error.wait ?? 1) * 1000));
      return renew(tries - 1);
    }
    if (!(error instanceof Refusal) || ![401, 403].includes(error.problem.status)) throw error;
    if (localStorage.getItem(MARK) === mine) localStorage.removeItem(MARK);
    end("ended");
    return null;
  }
}

/** A token other than `stale`; null when the session has ended. Throws when the service cannot be reached: the session goes on. */
export async function renewed(stale: string | null): Promise<string | null> {
  if (state.phase === "out") return null;
  if (held && held.token !== stale) return held.token;
  renewal ??= renew().finally(() => {
    renewal = null;
  });
  return renewal;
}

/** The access token, renewed when it is about to end; null when nobody is logged in. */
export async function token(): Promise<string | null> {
  if (held && held.until - performance.now() > BEFORE_MS / 4) return held.token;
  return renewed(held?.token ?? null);
}

/** Leaves, here and in every other tab. The session ends here even when the service cannot be told. */
export async function leave(): Promise<void> {
  const bearer = await token().catch(() => null);
  localStorage.removeItem(MARK);
  end("left");
  if (bearer === null) return;
  await fetch("/v1/sessions/current", { method: "DELETE", headers: { authorization: `Bearer ${bearer}` }, credentials: "same-origin" }).catch(() => undefined);
}

/** Comes in with the cookie of an earlier page or another tab, if there is one. */
export function comeIn(): void {
  if (state.phase !== "asking") return;
  renewed(null).catch((trouble: unknown) => {
    become({ phase: "asking", trouble });
    setTimeout(comeIn, AGAIN_MS);
  });
}

addEventListener("storage", (event) => {
  if (event.key !== MARK && event.key !== null) return;
  const mark = localStorage.getItem(MARK);
  if (mark === null) end("left");
  else if (state.phase === "out") {
    mine = mark;
    become({ phase: "asking" });
    comeIn();
  }
  // Somebody else has logged in in another tab, and the cookie is theirs now.
  else if (mark !== mine) location.reload();
});
