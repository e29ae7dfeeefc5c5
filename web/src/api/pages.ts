// All pages of a list that is short enough to be read whole.

/** The longest page that the service gives. */
const LONGEST = 200;

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
