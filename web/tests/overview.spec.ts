// The first page of an institution: its book against the limits, of today and of a past day; other institutions see what they have.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { comeIn, go, unique } from "./demo";
import { Desk, newId } from "./desk";

test("the gauges show each measure beside its limit, with words for who cannot see them and the clause for who asks", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("临湖丝绸"));
  await desk.inForce(client.id, "90000.00");
  await comeIn(page, "linhu", "treasurer");
  const overview = page.getByRole("region", { name: "业务概览" });
  await expect(overview.getByRole("img", { name: /^支小支农金额占比 [\d.]+% \/ 下限 80%$/ })).toBeVisible();
  await expect(overview.getByRole("img", { name: /^最大单户集中度 [\d.]+% \/ 上限 10%$/ })).toBeVisible();
  await expect(overview.getByRole("img", { name: /^放大倍数 [\d.]+ 倍 \/ 上限 1[05] 倍$/ })).toBeVisible();
  await expect(overview.getByRole("img", { name: /^平均担保费率 [\d.]+% \/ 上限 1%$/ })).toBeVisible();
  const clause = page.getByRole("tooltip").filter({ hasText: "国办发〔2019〕6号" }).first();
  await expect(clause).toBeHidden();
  await overview.getByRole("link", { name: "支小支农金额占比" }).focus();
  await expect(clause).toBeVisible();
  await expect(page.getByRole("table")).toContainText("30 日内到期");
  // A treasurer drafts and approves nothing: nothing waits.
  await expect(page.getByRole("region", { name: "等我办理" })).toHaveCount(0);
});

test("the trend shows the ends of past months against their limits, as pictures, as a table and as CSV", async ({ page }) => {
  const broken: string[] = [];
  page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
  await comeIn(page, "linhu", "treasurer");
  const trend = page.getByRole("region", { name: "近 24 个月走势" });
  await expect(trend.getByRole("img", { name: /^支小支农占比，\d{4}-\d{2}-\d{2} 至 .*今天：支小支农 [\d.]+%，支小支农下限 80%/ })).toBeVisible();
  for (const picture of ["放大倍数", "平均担保费率", "余额"]) await expect(trend.getByRole("img", { name: new RegExp(`^${picture}`) })).toBeVisible();
  await expect(trend.locator("canvas")).toHaveCount(4);
  await trend.getByText(/^数据表/).click();
  const rows = trend.getByRole("row");
  expect(await rows.count()).toBeGreaterThan(12);
  await expect(rows.last()).toContainText("（今天）");
  await expect(rows.last()).toContainText("80%");
  const saved = page.waitForEvent("download");
  await trend.getByRole("button", { name: "下载 CSV" }).click();
  const file = readFileSync((await (await saved).path()) ?? "", "utf8").trim().split("\r\n");
  expect(file[0]).toContain("支小支农占比：支小支农下限");
  expect(file).toHaveLength(await rows.count());
  // Of a past day the trend says nothing.
  await page.getByLabel("看哪一天").fill("2025-06-30");
  await expect(trend).toHaveCount(0);
  expect(broken, "the page's own policy").toEqual([]);
});

test("what is due leads to exactly those contracts, soonest first", async ({ page }) => {
  await comeIn(page, "linhu", "officer");
  const due = page.getByRole("region", { name: "到期情况", exact: true }).getByRole("row").filter({ hasText: "180 日内" });
  const count = await due.getByRole("cell").first().textContent();
  await due.getByRole("link").click();
  await expect(page).toHaveURL(/due_from=\d{4}-\d{2}-\d{2}&due_until=\d{4}-\d{2}-\d{2}&sort=end/);
  await expect(page.getByRole("status").filter({ hasText: `共 ${count} 条；` })).toBeVisible();
});

test("the overview of a past day stands in the address, and a day to come is refused", async ({ page }) => {
  await comeIn(page, "gangwan", "treasurer", "/?on=2025-06-30");
  await expect(page.getByRole("heading", { name: "2025-06-30 的业务概览" })).toBeVisible();
  await page.getByLabel("看哪一天").fill("2025-07-01");
  await expect(page).toHaveURL(/on=2025-07-01/);
  await expect(page.getByRole("heading", { name: "2025-07-01 的业务概览" })).toBeVisible();
  await page.goto("/?on=2999-01-01");
  await expect(page.getByRole("alert")).toBeVisible();
});

test("a book of nothing has no shares, and says so; on a past day nothing waits", async ({ page }) => {
  // Before the first contract of the demo world.
  await comeIn(page, "zhuxian", "approver", "/?on=2019-01-31");
  const overview = page.getByRole("region", { name: "业务概览" });
  await expect(page.getByRole("heading", { name: "2019-01-31 的业务概览" })).toBeVisible();
  await expect(page.getByRole("region", { name: "等我办理" })).toHaveCount(0);
  await expect(overview.getByRole("img", { name: /^支小支农金额占比/ })).toHaveCount(0);
  await overview.getByText(/其他 \d+ 项结论/).click();
  await expect(overview.getByRole("link", { name: "share.small_agri" })).toBeVisible();
});

test("the fund and a supervisor see the institutions below them, and no book", async ({ page, browser }) => {
  await comeIn(page, "guojia", "admin");
  await expect(page.getByRole("region", { name: /^今天的下级机构/ }).getByRole("link", { name: "示例东方省再担保有限公司" })).toBeVisible();
  await expect(page.getByRole("region", { name: "业务概览" })).toHaveCount(0);
  const theirs = await browser.newContext();
  const supervisor = await theirs.newPage();
  await comeIn(supervisor, "jianguan", "admin");
  await expect(supervisor.getByRole("region", { name: /^今天的下级机构/ }).getByRole("link", { name: "示例临湖市融资担保有限公司" })).toBeVisible();
  await expect(supervisor.getByRole("navigation", { name: "主导航" }).getByText("被担保人")).toHaveCount(0);
  await theirs.close();
});

test("a share that a release pushes below its floor is an alert on the overview, in the list and at the fund, until business clears it", async ({ page, browser }) => {
  // An institution that no other test does business at.
  const desk = await Desk.at("gucheng");
  const [farm, works] = [await desk.client(unique("示例古渡食品")), await desk.client(unique("示例古渡重工"), "unknown")];
  const small = await desk.inForce(farm.id, "4000000.00");
  // As much of the other kind as 80 % allow: once the four million are repaid it is too much.
  const { balance } = await desk.officer.get<{ balance: { total: string; small_agri: string } }>("/v1/portfolio");
  const yuan = (amount: string) => BigInt(amount.split(".")[0] ?? "0");
  await desk.inForce(works.id, `${yuan(balance.small_agri) / 4n - (yuan(balance.total) - yuan(balance.small_agri))}.00`);
  await comeIn(page, "gucheng", "officer", "/drift-alerts?open=true");
  await expect(page.getByText("没有符合条件的记录").or(page.getByText("没有预警。"))).toBeVisible();
  await desk.officer.put(`/v1/contracts/${small.id}/releases/${newId()}`, { amount: "4000000.00", effective_on: desk.today });

  await page.reload();
  const row = page.getByRole("row", { name: /支小支农金额占比/ });
  await expect(row).toContainText(desk.today);
  await expect(row).toContainText("80%");
  await expect(row).toContainText("未解除");
  await go(page, "/");
  const alerts = page.getByRole("region", { name: "占比预警" });
  await expect(alerts).toContainText(new RegExp(`支小支农金额占比 ${desk.today} 降至 [\\d.]+%，下限 80%`));
  await alerts.getByRole("link", { name: "支小支农金额占比" }).click();
  await expect(page).toHaveURL(/\/rules\/share\.small_agri/);

  const theirs = await browser.newContext();
  const fund = await theirs.newPage();
  await comeIn(fund, "beiyuan", "approver", "/drift-alerts?open=true");
  await expect(fund.getByRole("row", { name: /支小支农金额占比/ })).toContainText("示例古城市融资担保有限公司");
  await go(fund, "/cedents?only=drift_alert");
  await fund.getByRole("main").getByRole("link", { name: "示例古城市融资担保有限公司" }).click();
  await expect(fund.getByRole("region", { name: "占比预警" })).toContainText("全部业务");
  await theirs.close();

  await desk.inForce(farm.id, "4000000.00");
  await go(page, "/drift-alerts?open=false");
  await expect(page.getByRole("row", { name: /支小支农金额占比/ }).first()).toContainText(desk.today);
  await go(page, "/");
  await expect(page.getByRole("region", { name: "业务概览" })).toBeVisible();
  await expect(alerts).toHaveCount(0);
});
