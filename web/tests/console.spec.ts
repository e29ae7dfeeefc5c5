// A clerk's and a reviewer's day with the pages that need no login, the paths that fail beside those that pass.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { CALCULATORS, comeIn } from "./demo";

const answer = (page: Page) => page.getByRole("region", { name: "结果" });

async function example(page: Page, name: string) {
  await page.goto(`/calculators/${name}`);
  await page.getByRole("button", { name: "填入示例" }).click();
  await expect(answer(page).getByRole("button", { name: "下载 CSV" })).toBeVisible();
}

test("nothing on any page breaks the page's own policy", async ({ page }) => {
  const broken: string[] = [];
  page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
  page.on("pageerror", (error) => broken.push(String(error)));
  for (const path of ["/rules", "/rules/fee.cap", "/calculators", "/help", "/problem-codes"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await example(page, "award");
  await expect(page.getByRole("heading", { name: "小微企业融资担保业务降费奖补资金测算表" })).toBeVisible();
  expect(broken).toEqual([]);
  expect(await page.getByRole("button", { name: "计算" }).evaluate((button) => getComputedStyle(button).backgroundColor)).toBe("rgb(11, 79, 138)");
});

test("an error's code is found by its name or its words, in both languages", async ({ page }) => {
  await page.goto("/help");
  await page.getByRole("main").getByRole("link", { name: "错误目录" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("错误目录");
  const search = page.getByRole("searchbox");
  await search.fill("id_taken");
  await expect(page).toHaveURL(/q=id_taken/);
  await expect(page.getByRole("status")).toHaveText("1 种错误，0 种字段错误");
  await expect(page.getByRole("main")).toContainText("编号已用于其他内容");
  await search.fill("校验位");
  await expect(page.getByRole("main")).toContainText("identifier");
  await search.fill("没有这样的词");
  await page.getByRole("button", { name: "清除条件" }).click();
  await expect(page.getByRole("heading", { name: "字段错误" })).toBeVisible();
  await page.goto("/problem-codes?lang=en&q=If-Match");
  await expect(page.getByRole("main")).toContainText("A change carries an If-Match header");
});

test("a clerk computes a fee that passes", async ({ page }) => {
  await page.goto("/calculators/fee");
  await page.getByLabel("判断日").fill("2024-01-01");
  await page.getByLabel("客户类型").selectOption("农户");
  await page.getByLabel("担保金额", { exact: true }).fill("1,000,000.00");
  await page.getByLabel("单户担保金额").fill("5000000.00");
  await page.getByLabel("起始日").fill("2024-01-01");
  await page.getByLabel("到期日").fill("2025-01-01");
  await page.getByLabel("担保费", { exact: true }).fill("10000.00");
  await expect(answer(page).getByText("0.9973%", { exact: true })).toBeVisible();
  await expect(answer(page).getByRole("heading", { name: "符合" })).toBeVisible();
});

test("a fee one fen too high needs an exception, names the clause and leads to the rule", async ({ page }) => {
  await example(page, "fee");
  await page.getByLabel("担保费", { exact: true }).fill("10027.40");
  const finding = answer(page).getByRole("article");
  await expect(finding.getByRole("heading", { name: "需书面例外" })).toBeVisible();
  await expect(finding).toContainText("国办发〔2019〕6号 （八）");
  await expect(finding).toContainText("担保费率原则上不超过 1%");
  await finding.getByRole("link", { name: "fee.cap" }).click();
  await expect(page).toHaveURL(/\/rules\/fee\.cap$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("支小支农担保费率上限");
});

test("a bad amount shows the service's words at its field", async ({ page }) => {
  await example(page, "fee");
  const fee = page.getByLabel("担保费", { exact: true });
  await fee.fill("100.001");
  await expect(fee).toHaveAttribute("aria-invalid", "true");
  await expect(fee).toHaveAccessibleDescription("金额最多两位小数：分是最小单位，不作舍入。");
  await expect(answer(page).getByText("请求编号")).toBeVisible();
  await fee.fill("100.00");
  await expect(fee).not.toHaveAttribute("aria-invalid");
});

test("a wrong line of a list is marked in that line", async ({ page }) => {
  await example(page, "annualise");
  const second = page.getByRole("group", { name: "合同 2", exact: true });
  await second.getByLabel("到期日").fill("2018-06-30");
  await expect(second.getByRole("alert")).toHaveText("到期日必须晚于起始日。");
  await expect(page.getByRole("group", { name: "合同 1", exact: true }).getByRole("alert")).toHaveCount(0);
});

test("an empty form that is sent says what is missing", async ({ page }) => {
  await page.goto("/calculators/size");
  await page.getByRole("button", { name: "计算" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
});

test("a candidate that would break the 80 % share is refused", async ({ page }) => {
  await example(page, "portfolio");
  await expect(answer(page).getByRole("heading", { name: "不得办理" })).toBeVisible();
  await page.getByRole("button", { name: "删除拟办理合同" }).click();
  await expect(answer(page).getByRole("heading", { name: "不得办理" })).toHaveCount(0);
});

test("a bureau's reviewer computes an award and prints it on A4", async ({ page }) => {
  await comeIn(page, "caizheng-dongfang", "reviewer");
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "计算器" }).click();
  await page.getByRole("main").getByRole("link", { name: /奖补/ }).click();
  await page.getByRole("button", { name: "填入示例" }).click();
  await expect(page.getByRole("heading", { name: "小微企业融资担保业务降费奖补资金测算表" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "江苏" })).toBeVisible();
  // On paper: the form with places to sign, and nothing of the screen around it.
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("复核人：")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "主导航" })).toBeHidden();
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages).toHaveLength(1);
  await page.emulateMedia({ media: "screen" });
  await page.getByLabel("年度", { exact: true }).fill("2017");
  await expect(page.getByLabel("年度", { exact: true })).toHaveAttribute("aria-invalid", "true");
});

test("the tax worksheet prints on A4 with places to sign", async ({ page }) => {
  await example(page, "reserves");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("填表人：")).toBeVisible();
  await expect(page.getByRole("button", { name: "计算" })).toBeHidden();
  const pages = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages.length).toBeGreaterThanOrEqual(2);
  expect(pages.length).toBeLessThanOrEqual(4);
});

test("there are thirteen calculators", async ({ page }) => {
  await page.goto("/calculators");
  await expect(page.getByRole("main").getByRole("link")).toHaveCount(CALCULATORS.length);
});

// Each by itself: thirteen pages share no time limit, and a failure names the calculator.
for (const name of CALCULATORS) {
  test(`calculator ${name} answers its example`, async ({ page }) => {
    await example(page, name);
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
}

test("an answer is taken home as CSV and a document travels as a link", async ({ page }) => {
  await example(page, "vat");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载 CSV" }).click();
  expect(readFileSync((await (await saved).path()) ?? "", "utf8")).toContain("exempt,100.00");
  await page.goto(`/calculators/split#in=${encodeURIComponent('{"amount":"100.01","shares":{"bank":"0.2","institution":"0.8","provincial":"0","national":"0"}}')}`);
  await page.reload();
  await expect(answer(page).getByText("80.01")).toBeVisible();
});

test("JSON pasted into the panel fills the form, what is no JSON does not", async ({ page }) => {
  await page.goto("/calculators/identifier");
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  await page.getByLabel("输入的 JSON").fill("{");
  await page.getByRole("button", { name: "填入表单" }).click();
  await expect(page.getByText("不是合法的 JSON，请核对。")).toBeVisible();
  await page.getByLabel("输入的 JSON").fill('{"kind":"uscc","value":"91350100M000100Y44"}');
  await page.getByRole("button", { name: "填入表单" }).click();
  await expect(page.getByText("✕ 未通过校验")).toBeVisible();
});

test("a rule is found by two Chinese characters, and none by nonsense", async ({ page }) => {
  await page.goto("/rules");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("费率");
  await expect(page.getByRole("link", { name: "支小支农担保费率上限", exact: true })).toBeVisible();
  await expect(page).toHaveURL(/q=/);
  await expect(page.getByRole("link", { name: "单一被担保人集中度" })).toHaveCount(0);
  await page.getByLabel(/搜索/).fill("zzzz");
  await page.getByRole("button", { name: "清除条件" }).click();
  await expect(page.getByText(/^\d{2} 项规则/)).toBeVisible();
  await expect(page.getByRole("link", { name: "单一被担保人集中度" })).toBeVisible();
});

test("only rules in force on the day are listed", async ({ page }) => {
  await page.goto("/rules?q=fee.cap&on=2019-01-21");
  await expect(page.getByText("没有找到符合条件的规则")).toBeVisible();
  await page.goto("/rules?q=fee.cap&on=2019-01-22");
  await expect(page.getByRole("link", { name: "支小支农担保费率上限" })).toBeVisible();
});

test("the language changes, stays, and the service's words with it", async ({ page }) => {
  await page.goto("/rules/fee.cap");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("cap on the guarantee fee rate for small-and-agri clients");
  await page.goto("/calculators/fee");
  await page.getByRole("button", { name: "Fill in an example" }).click();
  await page.getByLabel("Guarantee fee", { exact: true }).fill("x");
  await expect(page.getByLabel("Guarantee fee", { exact: true })).toHaveAccessibleDescription(/decimal string in yuan/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("an address without a page says so and offers ways on", async ({ page }) => {
  for (const path of ["/no/such/page", "/rules/no.such", "/calculators/none"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "没有这个页面" })).toBeVisible();
  }
  await page.getByRole("main").getByRole("link", { name: "规则手册" }).click();
  await expect(page).toHaveURL(/\/rules$/);
});

test("when the service is away the page says so and tries again", async ({ page }) => {
  await page.route("**/v1/calculators/fee", (route) => route.abort());
  await page.goto("/calculators/fee");
  await page.getByRole("button", { name: "填入示例" }).click();
  await expect(page.getByText("无法连接服务")).toBeVisible();
  await page.unroute("**/v1/calculators/fee");
  await page.getByRole("button", { name: "重试" }).click();
  await expect(answer(page).getByRole("heading", { name: "符合" })).toBeVisible();
});

test("the keys are listed with ?, and do nothing while somebody types", async ({ page }) => {
  await page.goto("/rules");
  await page.getByLabel(/搜索/).fill("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
});
