// The tree of institutions: onboarded, joined, suspended and reinstated by the one above.
import { expect, test, type Page } from "@playwright/test";
import { comeIn, go, loginOf, show, unique } from "./demo";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

async function decide(page: Page, decision: string, reason: string) {
  await page.getByRole("button", { name: "暂停、恢复或退出" }).or(page.getByRole("link", { name: "暂停、恢复或退出" })).click();
  await page.getByRole("radio", { name: new RegExp(`^${decision}`) }).check();
  await page.getByLabel("理由").fill(reason);
  await page.getByRole("button", { name: decision, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: `确认${decision}` }).click();
  await expect(page.getByRole("link", { name: "更正资料" })).toBeVisible();
}

test("a re-guarantor onboards an institution, appoints its administrator and takes it below itself", async ({ page, browser }) => {
  const code = unique("qingshan").slice(0, 32);
  await comeIn(page, "dongfang", "admin", "/institutions/new");
  await page.getByLabel("机构代码").fill(code);
  await page.getByLabel("机构名称").fill("示例青山市融资担保有限公司");
  await page.getByLabel("机构类型").selectOption("guarantee_institution");
  await page.getByLabel("行政区划代码").fill("510100");
  await page.getByRole("button", { name: "接纳" }).click();
  await expect(page.getByRole("alert")).toContainText("省级再担保机构只可接纳本省的担保机构和财政部门");
  await page.getByLabel("行政区划代码").fill("330300");
  await expect(page.getByText(/330300 即/)).toBeVisible();
  await page.getByRole("button", { name: "接纳" }).click();
  await expect(heading(page)).toHaveText("示例青山市融资担保有限公司");

  await page.getByRole("link", { name: "指定首任管理员" }).click();
  await page.getByLabel("用户名").fill("admin");
  await page.getByLabel("姓名").fill("周九");
  await page.getByRole("button", { name: "指定并发放链接" }).click();
  const once = page.getByRole("region", { name: "周九的一次性链接" });
  const link = (await once.locator("code").nth(1).textContent()) ?? "";
  await once.getByRole("button", { name: "我已保存" }).click();
  await expect(page.getByText("没有与本机构的隶属关系。")).toBeVisible();

  await go(page, "/memberships/new");
  await page.getByLabel("下级机构").selectOption({ label: `示例青山市融资担保有限公司（${code}）` });
  await page.getByRole("button", { name: "登记" }).click();
  await expect(page.getByRole("region", { name: "下级" }).getByRole("link", { name: "示例青山市融资担保有限公司" })).toBeVisible();

  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await other.goto(link);
  await other.getByLabel("新口令").fill("violet-Kettle-93-harbour");
  await other.getByLabel("再输入一次").fill("violet-Kettle-93-harbour");
  await other.getByRole("button", { name: "设置口令" }).click();
  await expect(other.getByText("口令已设置")).toBeVisible();
  await show(other, { institution: code, user: "admin", password: "violet-Kettle-93-harbour" });
  await expect(heading(other)).toHaveText("周九，您好");
  await theirs.close();
});

test("a suspended institution reads, is told so everywhere, and is reinstated", async ({ page, browser }) => {
  await comeIn(page, "guojia", "admin", "/institutions?search=xishan");
  await page.getByRole("link", { name: "示例西山省再担保有限公司" }).click();
  await decide(page, "暂停", "连续两季超限");
  await expect(page.getByRole("main").getByText("暂停", { exact: true }).first()).toBeVisible();

  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await other.goto("/login?to=/institutions");
  await show(other, loginOf("xishan", "admin"));
  await expect(other.getByText(/本机构自 .* 起暂停：可以查看，不能作出决定/)).toBeVisible();
  await expect(other.getByRole("main").getByRole("button", { name: "接纳机构" })).toHaveAccessibleDescription("本机构已暂停，恢复之前不能接纳或更正机构。");
  await expect(other.getByRole("link", { name: "示例梅山市融资担保有限公司" })).toBeVisible();

  await decide(page, "恢复", "整改完成");
  await expect(page.getByText(/^正常$/).first()).toBeVisible();
  await other.reload();
  await expect(other.getByRole("main").getByRole("link", { name: "接纳机构" })).toBeVisible();
  await expect(other.getByText(/起暂停/)).toHaveCount(0);
  await theirs.close();
});

test("a decision wants its reason, and what is not possible now says why", async ({ page }) => {
  await comeIn(page, "dongfang", "admin", "/institutions?search=chaxian");
  await page.getByRole("link", { name: "示例茶县融资担保有限公司" }).click();
  await page.getByRole("link", { name: "暂停、恢复或退出" }).click();
  await expect(page.getByRole("button", { name: "恢复", exact: true })).toHaveAccessibleDescription("机构当前状态为“正常”，不能作此决定。");
  await page.getByRole("radio", { name: /^退出/ }).check();
  await page.getByRole("button", { name: "退出", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("不能撤回");
  await page.getByRole("dialog").getByRole("button", { name: "确认退出" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await expect(page.getByLabel("理由")).toHaveAccessibleDescription(/应为 1 至 500 个字符/);
  await page.getByRole("main").getByRole("button", { name: "取消" }).click();
  await expect(page.getByText(/^正常$/).first()).toBeVisible();
});

test("an institution's name is corrected by the one that onboarded it, and by nobody else", async ({ page }) => {
  await comeIn(page, "dongfang", "admin", "/institutions?search=caizheng-linhu");
  await page.getByRole("link", { name: "示例临湖市财政局" }).click();
  await page.getByRole("link", { name: "更正资料" }).click();
  await expect(page.getByLabel("机构代码")).toBeDisabled();
  await page.getByLabel("机构名称").fill("示例临湖市财政局（国资科）");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(heading(page)).toHaveText("示例临湖市财政局（国资科）");
  await go(page, "/institutions?search=xishan");
  await page.getByRole("link", { name: "示例西山省再担保有限公司" }).click();
  await expect(page.getByRole("button", { name: "更正资料" })).toHaveAccessibleDescription("由接纳该机构的机构办理。");
});

test("somebody else's change in between is said, and nothing is overwritten", async ({ page, browser }) => {
  await comeIn(page, "guojia", "admin", "/institutions?search=jianguan");
  await page.getByRole("link", { name: "示例金融监督管理部门" }).click();
  await page.getByRole("link", { name: "更正资料" }).click();
  await page.getByLabel("行政区划代码").fill("120000");
  const other = await (await browser.newContext()).newPage();
  await comeIn(other, "guojia", "admin", new URL(page.url()).pathname);
  await other.getByLabel("行政区划代码").fill("310000");
  await other.getByRole("button", { name: "保存" }).click();
  await expect(other.getByText("上海市 310000")).toBeVisible();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("alert")).toContainText("已被他人修改");
  await other.context().close();
});

test("a membership ends on its day, by the institution above", async ({ page, browser }) => {
  await comeIn(page, "jianguan", "admin", "/memberships");
  await page.getByRole("region", { name: "下级" }).getByRole("link", { name: "示例江北市融资担保有限公司" }).click();
  await page.getByRole("button", { name: "修改终止日" }).click();
  await page.getByRole("textbox", { name: /终止日/ }).fill("2019-01-22");
  await page.getByRole("button", { name: "保存终止日" }).click();
  await expect(page.getByRole("textbox", { name: /终止日/ })).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("textbox", { name: /终止日/ }).fill("2030-01-01");
  await page.getByRole("button", { name: "保存终止日" }).click();
  await expect(page.getByText("2030-01-01")).toBeVisible();
  await go(page, "/memberships?on=2029-12-31");
  await expect(page.getByRole("region", { name: "下级" }).getByRole("link", { name: "示例江北市融资担保有限公司" })).toBeVisible();
  await go(page, "/memberships?on=2030-01-01");
  await expect(page.getByRole("region", { name: "下级" }).getByRole("link", { name: "示例江北市融资担保有限公司" })).toHaveCount(0);

  const other = await (await browser.newContext()).newPage();
  await comeIn(other, "jiangbei", "admin", "/memberships");
  await other.getByRole("region", { name: "上级" }).getByRole("link", { name: "示例金融监督管理部门" }).click();
  await expect(other.getByRole("button", { name: "修改终止日" })).toHaveAccessibleDescription("由登记此关系的上级机构办理。");
  await other.context().close();
});
