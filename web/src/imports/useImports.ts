// Imports, their files and mappings: read, brought, followed as they go.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { refusal } from "../api/answer";
import { answered, own, Refusal, versioned, type Schemas } from "../api/client";
import { everyPage, useWaiting } from "../api/pages";
import { save } from "../format";
import { renewed, token } from "../session/session";
import type { Import } from "./words";

export const hasEnded = (job: Import) => job.state === "done" || job.state === "failed" || job.state === "cancelled";

export const useMappings = () =>
  useQuery({ queryKey: ["/v1/import-mappings"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/import-mappings", { params: { query }, signal }))) });

export const useMapping = (id: string) =>
  useQuery({ queryKey: ["/v1/import-mappings", id], queryFn: ({ signal }) => versioned(own.GET("/v1/import-mappings/{id}", { params: { path: { id } }, signal })), enabled: id !== "" });

/** How the file of an import was read. */
export const useMappingUsed = (id: string) =>
  useQuery({ queryKey: ["/v1/imports", id, "mapping"], queryFn: ({ signal }) => answered(own.GET("/v1/imports/{id}/mapping", { params: { path: { id } }, signal })), enabled: id !== "" });

export const useFile = (id: string) =>
  useQuery({ queryKey: ["/v1/import-files", id], queryFn: ({ signal }) => answered(own.GET("/v1/import-files/{id}", { params: { path: { id } }, signal })), enabled: id !== "" });

/** How many dry runs the reader may have taken over, as far as one page tells. */
export const useImportsToDecide = (wanted: boolean) => useWaiting("/v1/imports", { to_decide: true }, wanted);

/** An import, followed until it has ended; `trouble` says why it cannot be followed any more. */
export function useImport(id: string) {
  const cache = useQueryClient();
  const [trouble, setTrouble] = useState<unknown>(null);
  const query = useQuery({ queryKey: ["/v1/imports", id], queryFn: ({ signal }) => answered(own.GET("/v1/imports/{id}", { params: { path: { id } }, signal })) });
  const going = query.data !== undefined && !hasEnded(query.data);
  useEffect(() => {
    if (!going) return undefined;
    const stop = new AbortController();
    setTrouble(null);
    const tell = (job: Import) => {
      cache.setQueryData(["/v1/imports", id], job);
      if (!hasEnded(job)) return;
      for (const path of ["/v1/imports", "/v1/contracts", "/v1/portfolio", "/v1/parties"]) void cache.invalidateQueries({ queryKey: [path, "list"] });
    };
    follow(id, stop.signal, tell).catch((error: unknown) => { if (!stop.signal.aborted) setTrouble(error); });
    return () => stop.abort();
  }, [id, going, cache]);
  return { ...query, trouble };
}

/** How long one waits before asking again, in milliseconds. */
const AGAIN_MS = 1_500;

const pause = (milliseconds: number) => new Promise((resume) => setTimeout(resume, milliseconds));

/** Hears how far an import is until it has ended. EventSource cannot say who asks, so the stream is read by hand. */
async function follow(id: string, signal: AbortSignal, tell: (job: Import) => void): Promise<void> {
  let last: string | undefined;
  let stale: string | null = null;
  while (!signal.aborted) {
    try {
      const bearer: string | null = stale === null ? await token() : await renewed(stale);
      const headers = { accept: "text/event-stream", authorization: `Bearer ${bearer}`, ...(last === undefined ? {} : { "last-event-id": last }) };
      const response = await fetch(`/v1/imports/${id}/events`, { headers, signal });
      if (response.status === 401 && stale === null && bearer !== null) {
        stale = bearer;
        continue;
      }
      if (!response.ok) throw refusal(response, await response.json().catch(() => null));
      stale = null;
      for await (const event of eventsOf(response)) {
        if (event.name === "problem") throw refusal(response, JSON.parse(event.data));
        if (event.name !== "state") continue;
        last = event.id;
        const job = JSON.parse(event.data) as Import;
        tell(job);
        if (hasEnded(job)) return;
      }
    } catch (error) {
      if (signal.aborted || error instanceof Refusal) throw error;
    }
    // The service stopped, or the connection was lost: what was missed is told when it is there again.
    await pause(AGAIN_MS);
  }
}

interface ServerEvent {
  name: string;
  id: string;
  data: string;
}

async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    held += value;
    for (let end = held.indexOf("\n\n"); end >= 0; end = held.indexOf("\n\n")) {
      const lines = held.slice(0, end).split("\n");
      held = held.slice(end + 2);
      const field = (name: string) => lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).join("\n");
      if (field("data") !== "") yield { name: field("event"), id: field("id"), data: field("data") };
    }
  }
}

/** Brings a file; `far` hears which part of it has gone out, in thousandths. fetch cannot tell how far an upload is. */
export async function bring(file: File, id: string, far: (thousandths: number) => void): Promise<Schemas["ImportFile"]> {
  const first = await token();
  const answer = await sent(file, id, first, far);
  if (answer.status !== 401 || first === null) return taken(answer);
  return taken(await sent(file, id, await renewed(first), far));
}

function sent(file: File, id: string, bearer: string | null, far: (thousandths: number) => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `/v1/import-files/${id}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", "text/csv");
    request.setRequestHeader("authorization", `Bearer ${bearer}`);
    request.upload.onprogress = ({ loaded, total }) => far(total === 0 ? 0 : Math.floor((loaded * 1000) / total));
    request.onload = () => {
      const id = request.getResponseHeader("x-request-id");
      resolve(new Response(request.responseText, { status: request.status, headers: id === null ? {} : { "x-request-id": id } }));
    };
    request.onerror = () => reject(refusal(Response.error(), null));
    request.send(file);
  });
}

async function taken(response: Response): Promise<Schemas["ImportFile"]> {
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as Schemas["ImportFile"];
  throw refusal(response, answer);
}

/** Has the browser save the list of rows that cannot be taken over. */
export async function saveFaults(job: Import): Promise<void> {
  const text = await answered(own.GET("/v1/imports/{id}/faults.csv", { params: { path: { id: job.id } }, parseAs: "blob" }));
  save(`${job.file_name.replace(/\.[^.]*$/, "")}.bad-rows.csv`, text as unknown as Blob);
}
