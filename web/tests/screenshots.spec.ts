// Every page at 1440 and 390 px.
import { expect, test, type Page } from "@playwright/test";
import { comeIn, go, loginOf, show, unique } from "./demo";
import { Desk, newId, Person } from "./desk";
import { brought } from "./imports";

const NAMES = ["fee", "refee", "risk", "split", "payout", "portfolio", "liability", "annualise", "size", "identifier", "reserves", "award", "vat"];
const PAGES = ["/rules", "/rules?q=费率&on=2024-01-01", "/rules?q=xyz", "/rules/fee.cap", "/rules/startup.cap", "/rules?lang=en", "/calculators", "/help", "/no/such/page"];

for (const width of [1440, 390]) {
  for (const path of PAGES) {
    test(`${path} at ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const name = path.slice(1).replace(/[^\w.]+/g, "-");
      await page.screenshot({ path: `screenshots/${name}-${width}.png`, fullPage: name.startsWith("rules.") || !name.startsWith("rules") });
    });
  }
  for (const name of NAMES) {
    test(`${name} at ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`/calculators/${name}${name === "vat" ? "?lang=en" : ""}`);
      await page.getByRole("button", { name: /填入示例|Fill in an example/ }).click();
      await expect(page.getByRole("button", { name: /下载 CSV|Download CSV/ })).toBeVisible();
      await expect(page.locator(".ant-spin")).toHaveCount(0);
      await page.screenshot({ path: `screenshots/calculator-${name}-${width}.png`, fullPage: true });
    });
  }
}

/** Waits until a page has all it asks for. */
async function rests(page: Page) {
  await page.waitForLoadState("networkidle");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

/** Pages of somebody at 临湖; the star of the name is each page's. */
async function shots(page: Page, name: string, { width, user, language }: { width: number; user: string; language: string }, paths: [name: string, path: string][]) {
  await page.setViewportSize({ width, height: 900 });
  await comeIn(page, "linhu", user);
  if (language === "en") await page.getByRole("button", { name: "English" }).click();
  for (const [each, path] of paths) {
    await go(page, path);
    await rests(page);
    // The preview of a mapping is asked for when it has not changed for a while.
    if (path.startsWith("/imports/new")) await page.waitForTimeout(700);
    await page.screenshot({ path: `screenshots/${name.replace("*", each)}.png`, fullPage: true });
  }
}

/** Pages of an administrator at the institution. */
const OWN: [institution: string, user: string, paths: string[]][] = [
  ["dongfang", "admin", ["/", "/institution", "/institutions", "/institutions?kind=finance_bureau", "/institutions/new", "/memberships", "/memberships/new", "/users", "/users?status=offboarded", "/users/new", "/machine-clients", "/machine-clients/new", "/audit", "/profile"]],
  ["linhu", "officer", ["/users", "/institutions"]],
  ["linhu", "admin", ["/local-limits", "/local-limits/new", "/products", "/products/new", "/deadlines", "/supervisor-confirmations", "/drift-alerts"]],
  ["linhu", "treasurer", ["/", "/financial-statements", "/financial-statements/new", "/equity-investments", "/equity-investments/new"]],
  ["guojia", "admin", ["/", "/banks", "/banks/new", "/bank-branches", "/quota-grants"]],
  ["caizheng-dongfang", "reviewer", ["/"]],
  ["jianguan", "admin", ["/", "/institution", "/institutions", "/memberships", "/users/new", "/audit", "/profile"]],
];

for (const width of [1440, 390]) {
  for (const [institution, user, paths] of OWN) {
    test(`${user} of ${institution} at ${width}`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.setViewportSize({ width, height: 900 });
      await comeIn(page, institution, user);
      if (institution === "jianguan") await page.getByRole("button", { name: "English" }).click();
      for (const path of paths) {
        await go(page, path);
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await page.screenshot({ path: `screenshots/${institution}-${user}${path.replace(/[^\w]+/g, "-")}-${width}.png`, fullPage: true });
      }
    });
  }
  test(`coming in and details at ${width}`, async ({ page }) => {
    test.setTimeout(120_000);
    const shot = (name: string) => page.screenshot({ path: `screenshots/${name}-${width}.png`, fullPage: true });
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/login");
    await shot("login");
    await show(page, { ...loginOf("xishan", "admin"), password: "wrong" });
    await expect(page.getByRole("alert")).toBeVisible();
    await shot("login-refused");
    await page.goto("/password#a.b.c");
    await shot("password");
    await comeIn(page, "xishan", "admin", "/users/new");
    await page.getByRole("button", { name: "新增并发放链接" }).click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await shot("user-faults");
    await page.getByLabel("用户名").fill(unique("li.si"));
    await page.getByLabel("姓名").fill("李四");
    await page.getByLabel("角色").selectOption("officer");
    await page.getByRole("button", { name: "新增并发放链接" }).click();
    await expect(page.getByText("只能使用一次")).toBeVisible();
    await shot("user-link");
    await page.getByRole("button", { name: "我已保存" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("李四");
    await shot("user");
    await page.getByRole("button", { name: "办理离职" }).click();
    await expect(page.getByRole("dialog")).toContainText("不能恢复");
    await shot("user-offboard");
    await page.getByRole("button", { name: "取消" }).click();
    await go(page, "/institutions?search=梅山");
    await page.getByRole("link", { name: /梅山/ }).click();
    await expect(page.getByRole("heading", { name: "与本机构的关系" })).toBeVisible();
    await shot("institution");
    await page.getByRole("link", { name: "暂停、恢复或退出" }).click();
    await expect(page.getByRole("group", { name: "决定" })).toBeVisible();
    await shot("institution-decide");
    await go(page, "/memberships");
    await page.getByRole("region", { name: "下级" }).getByRole("link").first().click();
    await expect(page.getByRole("button", { name: "修改终止日" })).toBeVisible();
    await shot("membership");
    await go(page, "/profile");
    await page.getByRole("button", { name: "启用二次验证" }).click();
    await expect(page.getByRole("img", { name: "二维码" })).toBeVisible();
    await shot("second-factor");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("费率");
    await expect(page.getByRole("option").first()).toContainText("费率");
    await shot("palette");
  });
}

for (const width of [1440, 390]) {
  for (const language of ["zh", "en"]) {
    test(`a book with its contracts and clients at ${width}, ${language}`, async ({ page, browser }) => {
      test.setTimeout(240_000);
      const desk = await Desk.at("linhu");
      const twice = unique("双塔食品有限公司");
      const [client, large] = [await desk.client(twice), await desk.client(unique("宏图重工集团"), "unknown")];
      await desk.client(twice);
      const contract = await desk.inForce(client.id, "3000000.00");
      await desk.officer.put(`/v1/contracts/${contract.id}/releases/${newId()}`, { amount: "400000.00", effective_on: desk.today });
      await desk.inForce(large.id, "500000.00");
      const submitted = await desk.submitted(client.id, "10000.00", { fee: "101.00" });
      const refused = await desk.draft(client.id, "20000.00", { purpose: "government_bond" });
      await desk.officer.put(`/v1/contracts/${refused.id}/submissions/${newId()}`).catch(() => undefined);
      await page.setViewportSize({ width, height: 900 });
      await shots(page, `book-*-${language}-${width}`, { width, user: "officer", language }, [
        ["overview", "/"], ["contracts", "/contracts"], ["contract", `/contracts/${contract.id}`], ["contract-refused", `/contracts/${refused.id}`], ["contract-new", `/contracts/new?party=${client.id}`],
        ["contract-agreement", `/contracts/${refused.id}/revise?step=agreement`], ["contract-loan", `/contracts/${refused.id}/revise?step=loan`], ["contract-fee", `/contracts/${refused.id}/revise?step=fee`], ["contract-review", `/contracts/${refused.id}/revise?step=review`],
        ["parties", "/parties"], ["party", `/parties/${client.id}`], ["party-new", "/parties/new"],
      ]);
      const other = await (await browser.newContext()).newPage();
      await shots(other, `book-*-${language}-${width}`, { width, user: "approver", language }, [
        ["decide", `/contracts/${submitted.id}/decide`], ["merge", `/parties/${client.id}/merge`], ["agreements", "/agreements"], ["agreement", `/agreements/${desk.agreement.id}`], ["agreement-new", "/agreements/new"],
      ]);
      await other.context().close();
    });
  }
}

for (const width of [1440, 390]) {
  for (const language of ["zh", "en"]) {
    test(`imports at ${width}, ${language}`, async ({ page, browser }) => {
      test.setTimeout(240_000);
      const { faulty, whole, mapping } = await brought();
      await shots(page, `imports-*-${language}-${width}`, { width, user: "officer", language }, [
        ["list", "/imports"], ["none", "/imports?state=failed"], ["new", "/imports/new"], ["mapping", `/imports/new?file=${faulty.file}`], ["mapping-kept", `/imports/new?file=${faulty.file}&mapping=${mapping}`],
        ["try", `/imports/new?file=${faulty.file}&mapping=${mapping}&step=try`], ["faulty", `/imports/${faulty.id}`], ["row", `/imports/${faulty.id}?row=14`], ["whole", `/imports/${whole.id}`],
        ["mappings", "/import-mappings"], ["mapping-page", `/import-mappings/${mapping}`],
      ]);
      const other = await (await browser.newContext()).newPage();
      await shots(other, `imports-*-${language}-${width}`, { width, user: "approver", language }, [["approver", `/imports/${whole.id}`]]);
      await other.getByRole("button", { name: language === "en" ? "Take over" : "承接", exact: true }).click();
      await other.screenshot({ path: `screenshots/imports-confirm-${language}-${width}.png` });
      await other.getByRole("dialog").getByRole("button", { name: language === "en" ? "Take over" : "确认承接" }).click();
      await expect(other.getByText(language === "en" ? "It was taken over." : "承接完成。")).toBeVisible();
      await other.screenshot({ path: `screenshots/imports-done-${language}-${width}.png`, fullPage: true });
      await other.context().close();
    });
  }
}

for (const width of [1440, 390]) {
  for (const [institution, user, language] of [["guojia", "officer", "zh"], ["dongfang", "officer", "en"]] as const) {
    test(`a fund's pages at ${width}, ${language}`, async ({ page }) => {
      test.setTimeout(240_000);
      const person = await Person.of(institution, user);
      const of = async (filing: string) => (await person.get<{ items: { cedent_id: string; contract_id: string }[] }>(`/v1/cessions?filing=${filing}&limit=1`)).items.map(({ cedent_id, contract_id }) => `/cessions/${cedent_id}/${contract_id}`)[0] ?? "/cessions";
      const [waiting, refused] = [await of("pending"), await of("refused")];
      const cedent = waiting.split("/")[2] ?? "";
      await page.setViewportSize({ width, height: 900 });
      await comeIn(page, institution, user);
      if (language === "en") await page.getByRole("button", { name: "English" }).click();
      const paths: [name: string, path: string][] = [
        ["home", "/"], ["cedents", "/cedents"], ["provinces", "/cedents?by=province"], ["map", "/cedents/map?level=province"], ["map-share", "/cedents/map?level=province&figure=small_agri_share"], ["map-cities", "/cedents/map?level=city"], ["cedent", `/cedents/${cedent}`],
        ["cessions", "/cessions"], ["cession", waiting], ["cession-refused", refused], ["decide", `${waiting}/decide`], ["queue", "/filing-queue"],
      ];
      for (const [name, path] of paths) {
        await go(page, path);
        await rests(page);
        if (["cedents", "provinces", "map", "cedent", "cessions", "queue"].includes(name)) await expect(page.locator("table").first()).toBeVisible();
        await page.screenshot({ path: `screenshots/fund-${name}-${language}-${width}.png`, fullPage: true });
      }
      await page.getByRole("checkbox").nth(1).check();
      await page.getByRole("button", { name: language === "en" ? "Refuse (1)" : "不予备案（1）" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await page.screenshot({ path: `screenshots/fund-several-${language}-${width}.png` });
    });
  }
  test(`what a cedent sees of filings at ${width}`, async ({ page }) => {
    const officer = await Person.of("linhu", "officer");
    const { items } = await officer.get<{ items: { decision: { contract_id: string } }[] }>("/v1/filings?state=refused&applied=false&limit=1");
    await page.setViewportSize({ width, height: 900 });
    await comeIn(page, "linhu", "officer", "/filings");
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await page.screenshot({ path: `screenshots/filings-${width}.png`, fullPage: true });
    await go(page, `/contracts/${items[0]?.decision.contract_id}`);
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: `screenshots/filings-contract-${width}.png`, fullPage: true });
  });
}

test("the menu, a reason and a suspension at 390, and a very wide screen", async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 390, height: 900 });
  await comeIn(page, "linhu", "officer");
  await page.getByRole("button", { name: "菜单" }).click();
  await page.getByRole("navigation", { name: "主导航" }).getByRole("button", { name: "用户" }).focus();
  await page.screenshot({ path: "screenshots/menu-390.png" });
  await page.setViewportSize({ width: 2560, height: 1200 });
  await go(page, "/institutions");
  await expect(page.getByRole("table")).toBeVisible();
  await page.screenshot({ path: "screenshots/institutions-2560.png" });
  await page.route("**/v1/profile", async (route) => {
    const answer = await route.fetch();
    const profile = (await answer.json()) as { institution: object };
    await route.fulfill({ response: answer, json: { ...profile, institution: { ...profile.institution, status: "suspended" } } });
  });
  await page.setViewportSize({ width: 390, height: 900 });
  await page.goto("/institution");
  await expect(page.getByText(/起暂停/)).toBeVisible();
  await page.screenshot({ path: "screenshots/suspended-390.png" });
});
