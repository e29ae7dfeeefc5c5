// Whoever follows a link comes to a page that is there and open to them.
import { expect, test, type Page } from "@playwright/test";
import { comeIn, go, unique } from "./demo";
import { Desk } from "./desk";

/** What says that a page is not there, is not for whoever asks, or failed. */
const CLOSED = ["没有这个页面", "没有找到", "无权查看", "出错了"];
/** Not pages of the console: the description of the interface, and what it answers. */
const ELSEWHERE = /^\/(docs|v1|openapi)/;
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Enough for one page of every kind. */
const MOST = 80;

/** Pages that differ in the record alone are one kind; what is filtered by, too. */
const kindOf = (link: string) => {
  const [path = "", query = ""] = link.replace(/#.*/, "").split("?");
  return `${path.replace(ID, ":id")}?${[...new URLSearchParams(query).keys()].sort().join("&")}`;
};

async function linksOf(page: Page): Promise<string[]> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.locator("main details").evaluateAll((folded) => folded.forEach((each) => ((each as HTMLDetailsElement).open = true)));
  return page.locator("a[href^='/']").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
}

/** Follows links from a page on, one of every kind, and says which lead nowhere and from where. */
async function follow(page: Page, begins: string[], most = MOST): Promise<string[]> {
  const seen = new Set(begins.map(kindOf));
  const todo = begins.map((link) => ({ link, from: "the test" }));
  const dead: string[] = [];
  for (let done = 0; done < most; done += 1) {
    const next = todo.shift();
    if (!next) break;
    await go(page, decodeURI(next.link));
    const heading = page.getByRole("heading", { level: 1 });
    const links = await linksOf(page);
    if (CLOSED.includes((await heading.textContent()) ?? "")) dead.push(`${next.link}, from ${next.from}`);
    for (const link of links) {
      if (ELSEWHERE.test(link) || seen.has(kindOf(link))) continue;
      seen.add(kindOf(link));
      todo.push({ link, from: next.link });
    }
  }
  return dead;
}

test("no link of an officer leads to a page that is not there", async ({ page }) => {
  test.setTimeout(900_000);
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("长桥竹器"));
  // Every kind of finding is beside one contract: the law's, a local limit's, a product's and an agreement's.
  const products = await desk.officer.get<{ items: { id: string; institution_id: string; code: string }[] }>(`/v1/products?on=${desk.today}`);
  const product = products.items.find(({ code }) => code === "yiban");
  const contract = await desk.draft(client.id, "20000.00", { product: { stated_by: product?.institution_id, id: product?.id } });
  await comeIn(page, "linhu", "officer");
  expect(await follow(page, [`/contracts/${contract.id}/revise?step=review`, `/contracts/${contract.id}`, `/parties/${client.id}`, "/"])).toEqual([]);
});

for (const [institution, user] of [["linhu", "admin"], ["guojia", "officer"], ["caizheng-dongfang", "reviewer"]] as const) {
  test(`no link of ${user} at ${institution} leads to a page that is not there`, async ({ page }) => {
    test.setTimeout(900_000);
    await comeIn(page, institution, user);
    expect(await follow(page, ["/"])).toEqual([]);
  });
}

test("a page that is not there, and one that is closed to somebody, would be found", async ({ page }) => {
  await comeIn(page, "caizheng-dongfang", "reviewer");
  expect(await follow(page, ["/rules/local.leverage", "/contracts"], 2)).toEqual(["/rules/local.leverage, from the test", "/contracts, from the test"]);
});
