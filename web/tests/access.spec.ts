// Nobody is kept out: axe finds nothing serious on any page, wide or narrow, and nothing is wider than the screen.
import { expect, test } from "@playwright/test";
import { CALCULATORS, comeIn, go, unique } from "./demo";
import { Desk, newId } from "./desk";
import { brought } from "./imports";
import { isOpenToAll, speaksEnglish } from "./open";

const PAGES = ["/rules", "/rules?q=xyz", "/rules/fee.cap", "/rules/startup.cap", "/calculators", "/help", "/none", "/rules/fee.cap?lang=en"];
/** Pages of an administrator whose institution stands in the middle of the tree. */
const OWN = ["/", "/institution", "/institutions", "/institutions/new", "/memberships", "/memberships/new", "/users", "/users?role=auditor&status=offboarded", "/users/new", "/machine-clients", "/machine-clients/new", "/audit", "/profile", "/users/none"];

/** Pages of a clerk and an approver of a guarantee institution; what stands in braces is made for them. */
const BUSINESS: [user: string, paths: string[]][] = [
  ["officer", ["/", "/?on=2025-06-30", "/contracts", "/contracts?state=draft", "/contracts/{contract}", "/contracts/{refused}", "/contracts/{revised}", "/contracts?sort=-outstanding&state=in_force", "/contracts/new", "/contracts/{refused}/revise?step=agreement", "/contracts/{refused}/revise?step=loan", "/contracts/{refused}/revise?step=fee", "/contracts/{refused}/revise?step=review", "/parties", "/parties/{party}", "/parties/new", "/parties/{party}/correct"]],
  ["approver", ["/contracts/{submitted}/decide", "/contracts/{revised}/decide", "/parties/{party}/merge", "/agreements", "/agreements/{agreement}", "/agreements/new", "/quota-grants", "/drift-alerts", "/local-limits", "/products", "/banks", "/bank-branches?search=支行", "/deadlines", "/supervisor-confirmations"]],
  ["treasurer", ["/financial-statements", "/financial-statements/new", "/equity-investments", "/equity-investments/new"]],
];

/** Pages about imports; what stands in braces is brought for them. */
const IMPORTS = ["/imports", "/imports/new", "/imports/new?file={file}", "/imports/new?file={file}&mapping={mapping}", "/imports/new?file={file}&mapping={mapping}&step=try", "/imports/{faulty}", "/imports/{faulty}?row=14", "/imports/{whole}", "/import-mappings", "/import-mappings/{mapping}"];

/** What the business pages show: a contract in force, one that a rule refused, one that needs an exception, and a party filed twice. */
async function made(): Promise<Record<string, string>> {
  const desk = await Desk.at("linhu");
  const name = unique("示例无障碍木业");
  const [party] = [await desk.client(name), await desk.client(name)];
  const contract = await desk.inForce(party.id, "100000.00");
  const submitted = await desk.submitted(party.id, "10000.00", { fee: "101.00" });
  const refused = await desk.draft(party.id, "20000.00", { purpose: "government_bond" });
  await desk.officer.put(`/v1/contracts/${refused.id}/submissions/${newId()}`).catch(() => undefined);
  const revised = await desk.revised(party.id, "20000.00");
  return { revised: revised.id, party: party.id, contract: contract.id, submitted: submitted.id, refused: refused.id, agreement: desk.agreement.id };
}

for (const width of [390, 1440]) {
  test(`pages at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const path of PAGES) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await isOpenToAll(page);
    }
  });

  for (const name of CALCULATORS) {
    test(`calculator ${name} with its answer at ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`/calculators/${name}`);
      await page.getByRole("button", { name: "填入示例" }).click();
      await expect(page.getByRole("button", { name: "下载 CSV" })).toBeVisible();
      await expect(page.locator(".ant-spin")).toHaveCount(0);
      await isOpenToAll(page);
    });
  }

  for (const language of ["zh", "en"]) {
    test(`pages of those who are logged in at ${width} px, ${language}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await comeIn(page, "dongfang", "admin");
      if (language === "en") await page.getByRole("button", { name: "English" }).click();
      for (const path of OWN) {
        await go(page, path);
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await isOpenToAll(page);
        if (language === "en") await speaksEnglish(page);
      }
    });
  }

  for (const language of ["zh", "en"]) {
    test(`the pages of imports at ${width} px, ${language}`, async ({ page }) => {
      const { faulty, whole, mapping } = await brought();
      const ids: Record<string, string> = { file: faulty.file, faulty: faulty.id, whole: whole.id, mapping };
      await page.setViewportSize({ width, height: 900 });
      await comeIn(page, "linhu", "officer");
      if (language === "en") await page.getByRole("button", { name: "English" }).click();
      for (const path of IMPORTS) {
        await go(page, path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? ""));
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        if (path.includes("{mapping}") && path.startsWith("/imports/new")) await expect(page.locator(".preview table")).toBeVisible();
        await isOpenToAll(page);
        if (language === "en") await speaksEnglish(page);
      }
    });
  }

  for (const [user, paths] of BUSINESS) {
    for (const language of ["zh", "en"]) {
      test(`the business pages of the ${user} at ${width} px, ${language}`, async ({ page }) => {
        const ids = await made();
        await page.setViewportSize({ width, height: 900 });
        await comeIn(page, "linhu", user);
        if (language === "en") await page.getByRole("button", { name: "English" }).click();
        for (const path of paths) {
          await go(page, path.replace(/\{(\w+)\}/, (_, name: string) => ids[name] ?? ""));
          await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
          await isOpenToAll(page);
          if (language === "en") await speaksEnglish(page);
        }
      });
    }
  }

  test(`coming in, details, dialogs and what is shown once at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const path of ["/login", "/password#a.b.c", "/password"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await isOpenToAll(page);
    }
    await comeIn(page, "dongfang", "admin", "/users/new");
    await page.getByLabel("用户名").fill(unique("wu.shi"));
    await page.getByLabel("姓名").fill("吴十");
    await page.getByLabel("角色").selectOption("officer");
    await page.getByRole("button", { name: "新增并发放链接" }).click();
    await expect(page.getByRole("button", { name: "我已保存" })).toBeVisible();
    await isOpenToAll(page);
    await page.getByRole("button", { name: "我已保存" }).click();
    await page.getByRole("button", { name: "办理离职" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await isOpenToAll(page);
    await page.getByRole("button", { name: "取消" }).click();
    await go(page, "/institutions?search=gangwan");
    await page.getByRole("link", { name: /港湾/ }).click();
    await page.getByRole("link", { name: "暂停、恢复或退出" }).click();
    await expect(page.getByRole("group", { name: "决定" })).toBeVisible();
    await isOpenToAll(page);
    await go(page, "/memberships");
    await page.getByRole("region", { name: "下级" }).getByRole("link").first().click();
    await page.getByRole("button", { name: "修改终止日" }).click();
    await isOpenToAll(page);
    await go(page, "/profile");
    await page.getByRole("button", { name: "启用二次验证" }).click();
    await expect(page.getByRole("img", { name: "二维码" })).toBeVisible();
    await isOpenToAll(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("费率");
    await expect(page.getByRole("option").first()).toContainText("费率");
    await isOpenToAll(page);
  });

  test(`an officer's pages, with what the role may not, at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await comeIn(page, "linhu", "officer");
    await isOpenToAll(page);
    if (width < 1000) await page.getByRole("button", { name: "菜单" }).click();
    await page.getByRole("navigation", { name: "主导航" }).getByRole("button", { name: "用户" }).focus();
    await expect(page.getByRole("tooltip").filter({ hasText: "“业务经办”不能查看用户" }).first()).toBeInViewport({ ratio: 1 });
    for (const way of await page.getByRole("navigation", { name: "主导航" }).locator(".barred").all()) {
      await way.getByRole("button").focus();
      await expect(way.getByRole("tooltip")).toBeInViewport({ ratio: 1 });
    }
    await isOpenToAll(page);
    await go(page, "/users");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("无权查看");
    await isOpenToAll(page);
  });
}

test("a refusal at a field is open to all too", async ({ page }) => {
  await page.goto("/calculators/portfolio");
  await page.getByRole("button", { name: "计算" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await isOpenToAll(page);
});

test("a very wide screen is used with measure", async ({ page }) => {
  await page.setViewportSize({ width: 2560, height: 1200 });
  await page.goto("/rules");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const main = await page.getByRole("main").boundingBox();
  expect(main?.width).toBeLessThanOrEqual(1700);
});
