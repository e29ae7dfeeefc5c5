// Lists of the service, which come page by page.
import { useQuery } from "@tanstack/react-query";
import { answered } from "./answer";
import { own } from "./client";
import type { paths } from "./schema.gen";

type Page = { items: unknown[]; next?: string | null };
type Answer<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: { content: { "application/json": infer Content } } } } } ? Content : never;
type ListPath = { [Path in keyof paths]: Answer<Path> extends Page ? ([Answer<Path>] extends [never] ? never : Path) : never }[keyof paths];

/** One page of a list by what stands in the address, which the service checks. Of the paths that answer with pages one stands for all to the compiler. */
export const listed = <Path extends ListPath>(path: Path) => (query: object, signal: AbortSignal | undefined): Promise<Answer<Path>> =>
  answered<unknown>(own.GET(path as "/v1/contracts", { params: { query }, ...(signal && { signal }) })) as Promise<Answer<Path>>;

/** The longest page that the service gives. */
const LONGEST = 200;

/** How many items of a list wait for the reader, as far as one page tells; none of none. Asked again each minute. */
export function useWaiting<Path extends ListPath>(path: Path, query: object, wanted: boolean): string | null {
  const { data } = useQuery({ queryKey: [path, "waiting", query], queryFn: ({ signal }) => listed(path)({ ...query, limit: LONGEST }, signal) as Promise<Page>, enabled: wanted, staleTime: 15_000, refetchInterval: 60_000 });
  return !data || data.items.length === 0 ? null : data.next ? `${data.items.length}+` : String(data.items.length);
}

/** Every item of a list, page after page. */
export async function everyPage<Item>(fetch: (query: { after?: string; limit: number }) => Promise<{ items: Item[]; next?: string | null }>): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await fetch(after === undefined ? { limit: LONGEST } : { after, limit: LONGEST });
    items.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return items;
}
