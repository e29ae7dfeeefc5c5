// Agreements, quotas, statements, limits, products and banks: stated by whoever may, refused in the service's words.
import { expect, test, type Page } from "@playwright/test";
import { comeIn, go, unique } from "./demo";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const save = (page: Page) => page.getByRole("button", { name: "保存", exact: true }).click();

test("an approver states an agreement and its terms, and sees at once what the law says of them", async ({ page }) => {
  await comeIn(page, "chaxian", "approver", "/agreements/new");
  const name = unique("与乙银行的协议");
  await page.getByLabel("协议编号").fill(unique("协"));
  await page.getByLabel("名称").fill(name);
  await page.getByLabel("合作银行").selectOption({ index: 1 });
  await save(page);
  await expect(heading(page)).toHaveText(name);
  const terms = page.getByRole("region", { name: "协议条款" });
  await expect(terms).toContainText("还没有条款，不能办理业务。");
  await terms.getByRole("button", { name: "登记条款" }).click();
  const fill = async (bank: string, institution: string) => {
    await terms.getByLabel("银行", { exact: true }).fill(bank);
    await terms.getByLabel("担保机构", { exact: true }).fill(institution);
  };
  await fill("0.1", "0.8");
  for (const none of ["省级再担保机构", "国家融资担保基金"]) await terms.getByLabel(none, { exact: true }).fill("0");
  for (const rate of ["省级再担保费率", "国家基金再担保费率"]) await terms.getByLabel(rate).fill("0");
  await terms.getByLabel("提前解保的担保费").selectOption("pro_rata");
  await terms.getByRole("button", { name: "登记条款" }).click();
  // 0.1 + 0.8 is not the whole.
  await expect(terms.getByRole("alert").first()).toBeVisible();
  await fill("0.1", "0.9");
  await terms.getByRole("button", { name: "登记条款" }).click();
  const stated = terms.getByRole("group", { name: /起的条款$/ });
  await expect(stated.getByRole("img", { name: /银行 10%, 担保机构 90%/ })).toBeVisible();
  await expect(stated.getByRole("article").filter({ has: page.getByRole("link", { name: "risk.bank" }) })).toBeVisible();
});

test("a treasurer files a statement and corrects it by another one", async ({ page }) => {
  await comeIn(page, "meishan", "treasurer", "/financial-statements/new");
  await page.getByLabel("报表日").fill("2026-06-30");
  for (const field of ["净资产", "资产总额", "Ⅰ级资产", "Ⅱ级资产", "Ⅲ级资产", "应收代偿款", "未到期责任准备金", "担保赔偿准备金"]) await page.getByLabel(field, { exact: true }).fill("0.00");
  await page.getByLabel("净资产", { exact: true }).fill("300,000,000.00");
  await page.getByLabel("资产总额", { exact: true }).fill("400,000,000.00");
  await page.getByLabel("Ⅰ级资产", { exact: true }).fill("400,000,000.00");
  await save(page);
  await expect(heading(page)).toHaveText("2026-06-30 财务报表");
  await page.getByRole("link", { name: "更正" }).click();
  await expect(page.getByLabel("净资产", { exact: true })).toHaveValue("300000000.00");
  await page.getByLabel("净资产", { exact: true }).fill("300000000.01");
  await save(page);
  await expect(page.getByRole("main").getByText("300,000,000.01")).toBeVisible();
  await expect(page.getByText("更正的是")).toBeVisible();
});

test("a limit looser than the law is refused at its field, a stricter one stands until it is ended", async ({ page }) => {
  await comeIn(page, "xishan", "admin", "/local-limits/new");
  await page.getByLabel("事项").selectOption("single_client");
  await page.getByLabel("限额", { exact: true }).fill("0.11");
  await page.getByLabel("依据").fill("董事会决议");
  await save(page);
  await expect(page.getByLabel("限额", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("限额", { exact: true }).fill("0.08");
  await save(page);
  await expect(heading(page)).toHaveText("单户集中度上限");
  await expect(page.getByRole("main").getByText("8%")).toBeVisible();
  await page.getByRole("button", { name: "修改终止日" }).click();
  await page.getByRole("textbox", { name: "终止日" }).fill("2027-01-01");
  await page.getByRole("button", { name: "保存终止日" }).click();
  await expect(page.getByRole("main").getByText("2027-01-01")).toBeVisible();
});

test("the fund states a bank for everybody; a guarantee institution reads it and is told who states it", async ({ page, browser }) => {
  const name = unique("示例丙银行");
  await comeIn(page, "guojia", "admin", "/banks/new");
  await page.getByLabel("代码").fill(unique("C").replace("-", "").toUpperCase());
  await page.getByLabel("名称").fill(name);
  await save(page);
  await expect(heading(page)).toHaveText(name);
  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await comeIn(other, "linhu", "admin", `/banks?search=${encodeURIComponent(name.slice(-5))}`);
  await other.getByRole("link", { name }).click();
  await expect(other.getByRole("button", { name: "修改终止日" })).toHaveAccessibleDescription("由登记它的机构办理。");
  await go(other, "/banks");
  await expect(other.getByRole("button", { name: "登记银行" })).toHaveAccessibleDescription("由国家基金和省级再担保机构登记。");
  await go(other, "/banks/new");
  await expect(heading(other)).toHaveText("无权办理");
  await theirs.close();
});

test("a quota is granted by the re-guarantor and read by whoever uses it", async ({ page, browser }) => {
  await comeIn(page, "xishan", "approver", "/quota-grants");
  await page.getByRole("row").filter({ hasText: "示例江北市" }).first().getByRole("link").click();
  await page.getByRole("link", { name: "修改", exact: true }).click();
  const granted = await page.getByLabel("额度", { exact: true }).inputValue();
  await page.getByLabel("依据").fill("年度授信通知");
  await save(page);
  await expect(page.getByRole("main").getByText("年度授信通知")).toBeVisible();
  expect(granted).toMatch(/^\d+\.\d\d$/);
  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await comeIn(other, "jiangbei", "admin", "/quota-grants");
  await other.getByRole("row").nth(1).getByRole("link").click();
  await expect(other.getByRole("button", { name: "修改", exact: true })).toHaveAccessibleDescription(/不能授予额度/);
  await theirs.close();
});

test("products and deadlines name their clause, and what is not verified says so", async ({ page }) => {
  await comeIn(page, "linhu", "auditor", "/products");
  await page.getByRole("link", { name: "创业担保贷款" }).click();
  await expect(page.getByRole("main").getByText("依据", { exact: true })).toBeVisible();
  await go(page, "/deadlines");
  await page.getByRole("row").nth(1).getByRole("link").click();
  await expect(page.getByRole("main").getByText("已核对原文")).toBeVisible();
});

test("the national fund replaces the caps of start-up loans by a later document, and nobody else is offered that", async ({ page, browser }) => {
  await comeIn(page, "guojia", "admin", "/products/new");
  const name = unique("后续文件的额度");
  await page.getByLabel("代码").fill(unique("houxu").toLowerCase());
  await page.getByLabel("名称").fill(name);
  await page.getByLabel("类别").selectOption("startup");
  await page.getByLabel("个人创业担保贷款上限（可空）", { exact: true }).fill("300,000.00");
  await page.getByLabel("小微企业创业担保贷款上限").fill("4,000,000.00");
  await page.getByLabel("依据").fill("后续文件");
  await page.getByLabel("条款", { exact: true }).fill("第二条");
  await save(page);
  await expect(page.getByLabel("个人创业担保贷款上限（可空）", { exact: true })).toHaveAccessibleDescription(/比法定要求宽松：国发〔2018〕39号/);
  await page.getByText("替代的一般规则").click();
  await page.getByLabel("创业担保贷款额度").check();
  await save(page);
  await expect(heading(page)).toHaveText(name);
  await expect(page.getByRole("main")).toContainText("300,000.00");
  await expect(page.getByRole("main")).toContainText("startup.cap");
  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await comeIn(other, "linhu", "admin", "/products/new");
  await expect(other.getByLabel("个人创业担保贷款上限（可空）", { exact: true })).toBeVisible();
  await expect(other.getByText("替代的一般规则")).toHaveCount(0);
  await theirs.close();
});
