// An earlier ledger comes into the book: brought by an officer, corrected where it is wrong, taken over by a second person.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { comeIn, unique } from "./demo";
import { brought } from "./imports";
import { corrected, ledger } from "./ledger";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const main = (page: Page) => page.getByRole("main");
const drop = (page: Page, name: string, content: string | Buffer) => page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
const figure = (page: Page, name: string) => page.locator(".figures > div").filter({ hasText: name }).locator("dd");
const next = (page: Page) => page.getByRole("button", { name: "下一步" }).click();

/** Says what the columns of the ledger mean that do not say it by their names. */
async function explain(page: Page) {
  await page.getByLabel("日期的写法").first().fill("%Y/%m/%d");
  const forms = page.getByRole("group", { name: "主体类型：各值的含义" });
  for (const [value, meaning] of [["企业", "enterprise"], ["个体工商户", "individual_business"], ["农民专业合作社", "cooperative"]] as const) await forms.getByLabel(`“${value}”的含义`, { exact: true }).selectOption(meaning);
  const kinds = page.getByRole("group", { name: "客户类型：各值的含义" });
  for (const [value, meaning] of [["小微企业", "small_micro_enterprise"], ["大型企业", "large"], ["新型农业经营主体", "new_agri_entity"], ["个体工商户", "individual_business"], ["中型企业", "medium"]] as const) await kinds.getByLabel(`“${value}”的含义`, { exact: true }).selectOption(meaning);
  await page.getByRole("checkbox", { name: "“已解保”表示已解保" }).check();
}

test("an import with errors is corrected and goes through", async ({ page, browser }) => {
  const [mark, file] = [unique("旧"), unique("旧台账")];
  await comeIn(page, "linhu", "officer", "/imports");
  await page.getByRole("link", { name: "导入文件" }).click();
  await drop(page, `${file}.csv`, ledger(mark));
  await expect(main(page).getByText("20 行，17 栏 · UTF-8")).toBeVisible();
  // Columns whose names say what they are need no words; what stands in them is shown beside.
  await expect(page.getByRole("combobox", { name: "合同编号", exact: true })).toHaveValue("合同编号");
  await expect(main(page).getByText("例：青禾食品有限公司｜宏图集团有限公司")).toBeVisible();
  await explain(page);
  const preview = page.getByRole("region", { name: "预览" });
  // That a number stands twice only the dry run finds.
  await expect(preview).toContainText("7 行有误");
  await expect(preview.getByRole("row", { name: /绿野蔬果专业合作社/ }).first()).toContainText("4,000,000.00");
  await next(page);
  await page.getByLabel("将映射保存为").fill(file);
  await page.getByRole("button", { name: "开始试运行" }).click();

  await expect(heading(page)).toHaveText(`${file}.csv`);
  await expect(main(page).getByText("已完成", { exact: true })).toBeVisible();
  await expect(figure(page, "可以承接")).toHaveText("12");
  await expect(figure(page, "未导入")).toHaveText("8");
  await expect(page.getByRole("region", { name: "规则的结论" }).getByRole("row", { name: /share\.small_agri/ })).toContainText("不得办理");
  // From the list of faults one comes to the cell.
  await page.getByRole("button", { name: "查看第 14 行" }).click();
  await expect(page).toHaveURL(/row=14/);
  const row = page.getByRole("region", { name: "文件第 14 行" });
  await expect(row.locator(".faulty")).toHaveCount(1);
  await expect(row.locator(".faulty")).toContainText("到期日2022/2/29");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载未导入行" }).click();
  expect(readFileSync(await (await saved).path(), "utf8").split("\n").length).toBeGreaterThan(9);

  await page.getByRole("link", { name: "上传更正后的文件" }).click();
  await drop(page, `${file}-更正.csv`, corrected(mark));
  await expect(page.getByRole("region", { name: "预览" })).toContainText("没有错误");
  await next(page);
  await page.getByRole("button", { name: "开始试运行" }).click();
  await expect(heading(page)).toHaveText(`${file}-更正.csv`);
  await expect(main(page).getByText("全部行都可以承接")).toBeVisible();
  await expect(page.getByRole("button", { name: "承接", exact: true })).toHaveAccessibleDescription(/“业务经办”不能承接既有业务/);
  const tried = new URL(page.url()).pathname;

  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await comeIn(other, "linhu", "approver");
  await main(other).getByRole("link", { name: /既有业务已试运行，待承接/ }).click();
  await expect(other).toHaveURL(/imports\?to_decide=true/);
  await main(other).locator(`a[href="${tried}"]`).first().click();
  await other.getByRole("button", { name: "承接", exact: true }).click();
  await expect(other.getByRole("dialog")).toContainText("20 份合同按原样登记");
  await other.getByRole("dialog").getByRole("button", { name: "确认承接" }).click();
  await expect(main(other).getByText("承接完成。")).toBeVisible();
  await expect(figure(other, "已承接")).toHaveText("20");
  await other.getByRole("link", { name: "查看承接的合同" }).click();
  await expect(other).toHaveURL(/import_id=/);
  await expect(main(other).getByRole("status").first()).toContainText("20");
  await other.getByRole("link", { name: `${mark}-004` }).click();
  await expect(heading(other)).toContainText(`${mark}-004`);

  // Taken over again, nothing changes.
  await other.goto(tried);
  await other.getByRole("button", { name: "承接", exact: true }).click();
  await other.getByRole("dialog").getByRole("button", { name: "确认承接" }).click();
  await expect(main(other).getByText("账面已有这些合同，没有变化。")).toBeVisible();
  await theirs.close();
  await page.goto("/imports?takes_over=true");
  await expect(page.getByRole("link", { name: `${file}-更正.csv` })).toHaveCount(2);
});

test("what is no ledger is refused in words, and a mapping that says too little goes no further", async ({ page }) => {
  await comeIn(page, "linhu", "officer", "/imports/new");
  await drop(page, "旧台账.xlsx", Buffer.from("PK\u0003\u0004 not really"));
  await expect(page.getByRole("alert")).toContainText("请在表格软件中另存为 CSV");
  await drop(page, "一栏.csv", "只有一栏\n甲\n");
  await expect(page.getByRole("alert")).toContainText("第一行只有一栏");
  await drop(page, "旧台账.csv", ledger(unique("旧")));
  // Which state says that a contract was released nobody but its keeper knows.
  await expect(page.getByRole("group", { name: /^合同状态/ }).getByRole("alert")).toContainText("至少要有一个表示已解保的值");
  await page.getByRole("checkbox", { name: "“已解保”表示已解保" }).check();
  // Nothing was said of the other values yet: every row would be faulty.
  await expect(page.getByRole("region", { name: "预览" })).toContainText("20 行有误");
  await page.getByRole("combobox", { name: "合同编号", exact: true }).selectOption("");
  await expect(page.getByRole("group", { name: "合同编号" }).getByRole("alert")).toContainText("应填写列名或固定值");
  await expect(page.getByRole("button", { name: "下一步" })).toHaveAccessibleDescription(/请先更正标出的项目/);
  await page.getByRole("combobox", { name: /^期限（月）/ }).selectOption("到期日");
  await expect(page.getByRole("group", { name: /^到期日/ }).getByRole("alert")).toContainText("应填且只填一项");
  // Whoever only reads is told so.
  await page.getByRole("link", { name: "既有业务导入" }).first().click();
  await page.getByRole("button", { name: "放弃并离开" }).click();
  await expect(heading(page)).toHaveText("既有业务导入");
});

test("a mapping is read from its file, refused where it is not understood, and the agreement may say who bears how much", async ({ page }) => {
  await comeIn(page, "linhu", "officer", "/imports/new");
  await drop(page, "旧台账.csv", ledger(unique("旧")));
  await expect(page.getByRole("combobox", { name: "合同编号", exact: true })).toHaveValue("合同编号");
  const read = async (text: string) => {
    await expect(page.getByRole("button", { name: "读取映射文件（TOML）" })).toBeEnabled();
    await page.locator("input[type=file]").setInputFiles({ name: "旧台账.toml", mimeType: "application/toml", buffer: Buffer.from(text) });
  };
  const written = readFileSync("../examples/mappings/ledger.toml", "utf8");
  await read(written.replace("[released]", "[relaesed]"));
  await expect(page.getByRole("group", { name: "整个文件" }).getByRole("alert")).toContainText("relaesed");
  await expect(page.getByLabel("日期的写法").first(), "and nothing has changed").toHaveValue("%Y-%m-%d");
  await read(written);
  await expect(page.getByText("已读取“旧台账.toml”")).toBeVisible();
  await expect(page.getByLabel("日期的写法").first()).toHaveValue("%Y/%m/%d");
  await expect(page.getByLabel("账目截至")).toHaveValue("2023-12-31");
  await expect(page.getByRole("group", { name: "客户类型：各值的含义" }).getByLabel("“小微企业”的含义", { exact: true })).toHaveValue("small_micro_enterprise");
  const preview = page.getByRole("region", { name: "预览" });
  await expect(preview).toContainText("7 行有误");

  // Nobody bears anything: only under an agreement is that said elsewhere.
  await page.getByRole("combobox", { name: "银行", exact: true }).selectOption("none");
  await page.getByRole("combobox", { name: "担保机构", exact: true }).selectOption("none");
  await expect(page.getByRole("group", { name: "分险比例" }).getByRole("alert")).toContainText("至少一方分担风险");
  await page.getByRole("combobox", { name: /^协议编号/ }).selectOption({ label: "固定值" });
  await page.getByLabel("协议编号的固定值").fill("协议-甲");
  await expect(preview.getByRole("row", { name: /协议-甲/ }).first()).toContainText("依协议");
});

test("an approver brings no file and an auditor sees neither cells nor values", async ({ page, browser }) => {
  const { faulty } = await brought();
  const auditors = await browser.newContext();
  const auditor = await auditors.newPage();
  await comeIn(auditor, "linhu", "auditor", `/imports/${faulty.id}?row=14`);
  await expect(auditor.getByRole("region", { name: "文件第 14 行" })).toContainText("原文件的内容不可见");
  await expect(main(auditor).getByText("（不可见）").first()).toBeVisible();
  await expect(main(auditor).getByText("2022/2/29")).toHaveCount(0);
  await auditors.close();
  await comeIn(page, "linhu", "approver", "/imports");
  await expect(page.getByRole("button", { name: "导入文件" })).toHaveAccessibleDescription(/“审批”不能上传和试运行台账/);
  await page.goto("/imports/new");
  await expect(heading(page)).toHaveText("无权查看");
});

test("what a mapping said before is filled in again, and every state is taken home as a file", async ({ page }) => {
  const { mapping } = await brought();
  await comeIn(page, "linhu", "officer", `/import-mappings/${mapping}`);
  await page.getByLabel("账目截至").fill("2024-12-31");
  await page.getByRole("button", { name: "保存为新版本" }).click();
  await expect(main(page)).toContainText("第 2 版。");
  const first = page.getByRole("region", { name: "历史版本" }).getByRole("listitem").filter({ hasText: "第 1 版" });
  const saved = page.waitForEvent("download");
  await first.getByRole("button", { name: "下载映射文件（TOML）" }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/-1\.toml$/);
  expect(readFileSync(await file.path(), "utf8")).toContain('as_of = "2023-12-31"');
  await first.getByRole("button", { name: "填入此版内容" }).click();
  await expect(page.getByLabel("账目截至")).toHaveValue("2023-12-31");
  await page.getByRole("button", { name: "保存为新版本" }).click();
  await expect(main(page)).toContainText("第 3 版。");
});
