// A re-guarantor's day: who cedes to it, where, what it decides about filings, and what the cedent makes of that.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { comeIn, go, unique } from "./demo";
import { Desk, newId, Person } from "./desk";
import { isOpenToAll, speaksEnglish } from "./open";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const main = (page: Page) => page.getByRole("main");
const filters = (page: Page) => page.getByRole("search");

interface Cession {
  cedent_id: string;
  contract_id: string;
  number: string;
}

/** A contract of the institution that is ceded to both upper layers and waits there. */
async function ceded(name: string): Promise<{ id: string; number: string }> {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique(name));
  return desk.inForce(client.id, "30000.00");
}

test("a fund refuses a filing and the institution sees it, with the reason, and applies it", async ({ page, browser }) => {
  const contract = await ceded("示例退件木业");
  await comeIn(page, "dongfang", "officer", "/");
  await page.getByRole("region", { name: "等我办理" }).getByRole("link", { name: /份合同待备案/ }).click();
  await expect(heading(page)).toHaveText("待备案");
  await filters(page).getByLabel(/^合同编号/).fill(contract.number);
  await expect(page).toHaveURL(/number=/);
  await main(page).getByRole("link", { name: contract.number }).click();
  await expect(page.getByRole("group", { name: "决定" })).toBeVisible();
  await expect(main(page)).toContainText("国办发〔2019〕6号");
  await page.getByRole("radio", { name: /^不予备案/ }).check();
  await page.getByRole("button", { name: "不予备案", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("由分出机构自行承担");
  await page.getByRole("dialog").getByRole("button", { name: "确认不予备案" }).click();
  // A refusal has a reason: the service says so, and where.
  await expect(page.getByRole("dialog")).toContainText("理由");
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await page.getByRole("textbox", { name: "理由" }).fill("贷款用途与备案要求不符");
  await page.getByRole("button", { name: "不予备案", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确认不予备案" }).click();
  await expect(heading(page)).toHaveText(`分入合同 ${contract.number}`);
  await expect(page.getByRole("region", { name: "备案" })).toContainText("贷款用途与备案要求不符");

  const theirs = await (await browser.newContext()).newPage();
  await comeIn(theirs, "linhu", "officer", "/");
  await theirs.getByRole("region", { name: "等我办理" }).getByRole("link", { name: /不予备案，待采纳/ }).click();
  await expect(theirs).toHaveURL(/state=refused/);
  await expect(filters(theirs).getByLabel("决定")).toHaveValue("refused");
  await go(theirs, `/contracts/${contract.id}`);
  const filing = theirs.getByRole("region", { name: "备案", exact: true });
  await expect(filing).toContainText("示例东方省再担保有限公司");
  await expect(filing).toContainText("不予备案");
  await expect(filing).toContainText("贷款用途与备案要求不符");
  await filing.getByRole("button", { name: "采纳" }).click();
  await expect(theirs.getByRole("dialog")).toContainText("由本机构自行承担");
  await theirs.getByRole("dialog").getByRole("button", { name: "采纳" }).click();
  await expect(filing).toContainText(/已采纳：自 \d{4}-\d\d-\d\d 起自担 20%/);
  await expect(theirs.getByRole("region", { name: "事项" })).toContainText("采纳备案决定");
  await theirs.context().close();
});

test("several filings are confirmed at once, and what was decided meanwhile is named", async ({ page }) => {
  const [first, second, third] = [await ceded("示例成批一"), await ceded("示例成批二"), await ceded("示例成批三")];
  await comeIn(page, "dongfang", "officer", "/filing-queue");
  const confirm = page.getByRole("button", { name: /^予以备案/ });
  await expect(confirm).toHaveAccessibleDescription("请先选择合同。");
  const officer = await Person.of("linhu", "officer");
  const cedent = (await officer.get<{ institution: { id: string } }>("/v1/profile")).institution.id;
  // Their numbers begin alike, those of this minute's other tests do not end alike.
  await filters(page).getByLabel("分出机构").selectOption(cedent);
  for (const { number } of [first, second, third]) {
    await filters(page).getByLabel(/^合同编号/).fill(number);
    await page.getByRole("checkbox", { name: `选择 ${number}` }).check();
  }
  await expect(page.getByRole("button", { name: "予以备案（3）" })).toBeVisible();
  // Somebody else decides about one of them while the list is open.
  const other = await Person.of("dongfang", "officer");
  await other.put(`/v1/cessions/${second.id}/filings/${newId()}`, { decision: "confirmed", cedent_id: cedent });
  await page.getByRole("button", { name: "予以备案（3）" }).click();
  await expect(page.getByRole("dialog")).toContainText("承担约定的比例");
  await page.getByRole("dialog").getByRole("button", { name: "确认予以备案" }).click();
  await expect(page.getByRole("dialog")).toContainText("已决定 2 份，1 份没有办成");
  await expect(page.getByRole("dialog")).toContainText(second.number);
  await page.getByRole("dialog").getByRole("button", { name: "关闭" }).last().click();
  await go(page, `/cessions?number=${first.number}`);
  await expect(page.getByRole("row").nth(1)).toContainText("已备案");
  await page.reload();
  await expect(page.getByRole("row").nth(1)).toContainText("已备案");
});

test("a reader decides nothing, and is told why", async ({ page }) => {
  const contract = await ceded("示例只读纺织");
  await comeIn(page, "dongfang", "auditor", `/cessions?number=${encodeURIComponent(contract.number)}`);
  await main(page).getByRole("link", { name: contract.number }).click();
  await expect(heading(page)).toHaveText(`分入合同 ${contract.number}`);
  await expect(page.getByRole("button", { name: "备案决定" })).toHaveAccessibleDescription(/“审计”不能办理备案/);
  await expect(page.getByRole("img", { name: /风险分担比例: 银行 20%, 担保机构 40%, 省级再担保机构 20%/ })).toBeVisible();
  await expect(main(page)).toContainText("客户名称、证件和本合同的其他资料只在分出机构");
});

test("the fund sees only what is ceded to it", async ({ page, browser }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("示例未分出水产"));
  const drafted = await desk.draft(client.id, "20000.00");
  const submitted = await desk.submitted(client.id, "10000.00");
  const booked = await desk.booked(client.id, "40000.00");
  await comeIn(page, "guojia", "auditor", "/cessions");
  for (const [number, rows] of [[drafted.number, 0], [submitted.number, 0], [booked.number, 1]] as const) {
    await go(page, `/cessions?number=${number}`);
    if (rows === 0) await expect(page.getByText("没有符合条件的记录。")).toBeVisible();
    else await expect(main(page).getByRole("link", { name: number })).toBeVisible();
  }
  await expect(main(page)).not.toContainText("示例未分出水产");
  // Another province has nothing of it: not in its list, not by its address, not by searching.
  const officer = await Person.of("linhu", "officer");
  const cedent = (await officer.get<{ institution: { id: string } }>("/v1/profile")).institution.id;
  const theirs = await (await browser.newContext()).newPage();
  await comeIn(theirs, "xishan", "approver", `/cessions/${cedent}/${booked.id}`);
  await expect(heading(theirs)).toHaveText("没有找到");
  await go(theirs, `/cedents/${cedent}`);
  await expect(heading(theirs)).toHaveText("没有找到");
  await go(theirs, "/cedents");
  await expect(main(theirs).getByRole("link", { name: "示例江北市融资担保有限公司" })).toBeVisible();
  await expect(main(theirs)).not.toContainText("示例临湖市融资担保有限公司");
  // A guarantee institution has no such pages at all.
  const own = await (await browser.newContext()).newPage();
  await comeIn(own, "linhu", "officer", "/cedents");
  await expect(own.getByText("还没有机构分出业务")).toBeVisible();
  await expect(own.getByRole("navigation", { name: "主导航" }).getByText("分出机构")).toHaveCount(0);
  await theirs.context().close();
  await own.context().close();
});

test("cedents are ranked by any figure, the order stands in the address and goes into the file", async ({ page }) => {
  await comeIn(page, "guojia", "auditor", "/cedents");
  const column = async (name: string) => {
    const heads = await page.getByRole("columnheader").allTextContents();
    const place = heads.findIndex((head) => head.startsWith(name));
    return page.locator("tbody tr").evaluateAll((rows, place) => rows.map((row) => Number(row.children[place]?.textContent?.replaceAll(",", ""))), place);
  };
  const sorted = (figures: number[], order: 1 | -1) => figures.every((figure, place) => place === 0 || (figure - (figures[place - 1] ?? 0)) * order >= 0);
  await expect(page.getByRole("columnheader", { name: /^分出责任/ })).toHaveAttribute("aria-sort", "descending");
  const ceded = await column("分出责任");
  expect(ceded).toHaveLength(8);
  expect(sorted(ceded, -1)).toBe(true);
  await page.getByRole("columnheader", { name: /^笔数/ }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=-contracts/);
  await expect(page.getByRole("columnheader", { name: /^笔数/ })).toHaveAttribute("aria-sort", "descending");
  await page.getByRole("columnheader", { name: /^笔数/ }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=contracts/);
  await expect(page.getByRole("columnheader", { name: /^笔数/ })).toHaveAttribute("aria-sort", "ascending");
  await expect.poll(async () => sorted(await column("笔数"), 1)).toBe(true);
  await page.reload();
  await expect(page.getByRole("columnheader", { name: /^笔数/ })).toHaveAttribute("aria-sort", "ascending");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出 CSV" }).click();
  const lines = readFileSync((await (await saved).path()) ?? "", "utf8").trim().split("\r\n");
  const place = (lines[0] ?? "").split(",").indexOf("笔数");
  expect(lines).toHaveLength(9);
  expect(sorted(lines.slice(1).map((line) => Number(line.split(",")[place])), 1)).toBe(true);
  // A share beside its floor: the words for who cannot see it, the clause for who asks.
  const gauge = main(page).getByRole("img", { name: /^支小支农金额占比 [\d.]+% \/ 下限 80%$/ }).first();
  await expect(gauge).toBeVisible();
  await main(page).locator(".mini-gauge a").first().focus();
  await expect(page.getByRole("tooltip").filter({ hasText: "国办发〔2019〕6号" }).first()).toBeVisible();
  // Provinces, and through one of them its institutions.
  await filters(page).getByLabel("层级").selectOption("province");
  await main(page).getByRole("link", { name: "示例西山省再担保有限公司" }).click();
  await expect(page).toHaveURL(/province=/);
  await expect(page.locator("tbody tr")).toHaveCount(3);
  await main(page).getByRole("link", { name: "示例竹县融资担保有限公司" }).click();
  await expect(heading(page)).toHaveText("示例竹县融资担保有限公司");
  await main(page).getByRole("link", { name: "分出合同" }).click();
  await expect(page).toHaveURL(/cessions\?cedent=/);
  await expect(filters(page).getByLabel("分出机构")).not.toHaveValue("");
});

test("the tile map has the same figures as a table, leads into a province, and breaks no policy", async ({ page }) => {
  const broken: string[] = [];
  page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
  page.on("pageerror", (error) => broken.push(String(error)));
  await comeIn(page, "guojia", "auditor", "/cedents/map");
  await expect(heading(page)).toHaveText("各省分出业务");
  const map = page.getByRole("img", { name: /^分出责任分布图，4 个地区/ });
  await expect(map.locator("canvas")).toBeVisible();
  const table = page.getByRole("region", { name: "各地区的数字" });
  await expect(table.getByRole("row")).toHaveCount(5);
  const auditor = await Person.of("guojia", "auditor");
  // Of the province where no test books anything meanwhile.
  const { items } = await auditor.get<{ items: { code: string; name: string; ceded: string; contracts: number }[] }>("/v1/cedent-regions");
  const quiet = items.find(({ code }) => code === "510000");
  await expect(table.getByRole("row", { name: quiet?.name ?? "" })).toContainText(`${quiet?.contracts}${quiet?.ceded.replace(/\B(?=(\d{3})+\.)/g, ",")}`);
  await filters(page).getByLabel("数字").selectOption("small_agri_share");
  await expect(page.getByRole("img", { name: /^支小支农占比分布图/ })).toBeVisible();
  // A pointer on 浙江: row 5, column 7 of 8 rows and 9 columns.
  const box = await page.locator(".tile-picture canvas").boundingBox();
  if (!box) throw new Error("the map has no picture");
  await page.mouse.click(box.x + (box.width * 7.5) / 9, box.y + (box.height * 5.5) / 8);
  await expect(heading(page)).toHaveText("浙江省的分出业务");
  await expect(page.getByRole("region", { name: "各地区的数字" }).getByRole("row")).toHaveCount(4);
  await page.getByRole("link", { name: "杭州市" }).click();
  await expect(page).toHaveURL(/region=3301/);
  await expect(main(page).getByRole("link", { name: "示例临湖市融资担保有限公司" })).toBeVisible();
  expect(broken).toEqual([]);
});

test("a ceded contract and a cedent are found by the search over everything", async ({ page }) => {
  const contract = await ceded("示例检索茶业");
  await comeIn(page, "dongfang", "approver", "/help");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(contract.number);
  await page.getByRole("option", { name: contract.number }).click();
  await expect(heading(page)).toHaveText(`分入合同 ${contract.number}`);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("港湾");
  await page.getByRole("group", { name: "分出机构" }).getByRole("option").first().click();
  await expect(heading(page)).toHaveText("示例港湾市融资担保有限公司");
});

for (const width of [390, 1440]) {
  for (const language of ["zh", "en"]) {
    test(`the fund's pages are open to all at ${width} px, ${language}`, async ({ page }) => {
      const person = await Person.of("dongfang", "officer");
      const { items } = await person.get<{ items: Cession[] }>("/v1/cessions?filing=pending&limit=1");
      const refused = await person.get<{ items: Cession[] }>("/v1/cessions?filing=refused&limit=1");
      const [waiting, turned] = [items[0], refused.items[0]];
      if (!waiting || !turned) throw new Error("the demo world has filings that wait and such that were refused");
      const at = ({ cedent_id, contract_id }: Cession) => `/cessions/${cedent_id}/${contract_id}`;
      await page.setViewportSize({ width, height: 900 });
      await comeIn(page, "dongfang", "officer");
      if (language === "en") await page.getByRole("button", { name: "English" }).click();
      for (const path of ["/", "/cedents", "/cedents?only=below_limit&search=zz", "/cedents/map", "/cedents/map?figure=small_agri_share&level=province", `/cedents/${waiting.cedent_id}`, "/cessions", at(waiting), at(turned), `${at(waiting)}/decide`, "/filing-queue", "/filings"]) {
        await go(page, path);
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await isOpenToAll(page);
        if (language === "en") await speaksEnglish(page);
      }
      await go(page, "/filing-queue");
      await page.getByRole("checkbox").nth(1).check();
      await page.getByRole("button", { name: language === "en" ? "Refuse (1)" : "不予备案（1）" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await isOpenToAll(page);
    });
  }
}
