// A contract's way: written by a clerk beside what the rules say, decided by a second person, in force, released.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { comeIn, go, show, unique } from "./demo";
import { Desk, newId, Person } from "./desk";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const main = (page: Page) => page.getByRole("main");
const check = (page: Page) => page.getByRole("region", { name: "规则的结论" });
const next = (page: Page) => page.getByRole("button", { name: "下一步" }).click();

test("a clerk books a contract that passes, a second person approves it, and it is disbursed and released", async ({ page, browser }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("青禾农产品加工厂"));
  const number = unique("保");
  await comeIn(page, "linhu", "officer", "/contracts");
  await page.getByRole("link", { name: "录入合同" }).click();
  await expect(check(page)).toContainText("填完必填项目后");
  await page.getByRole("combobox", { name: "被担保人" }).fill(client.name.slice(2));
  await page.getByRole("option", { name: client.name }).click();
  await expect(page.getByRole("group", { name: "该客户的资料" })).toContainText("微型");
  await expect(page.getByRole("group", { name: "该客户的资料" })).toContainText("从业人员5人，未达到小型企业下限20人");
  await page.getByLabel("合同编号").fill(number);
  await next(page);
  await expect(page).toHaveURL(/step=agreement/);
  await page.getByLabel("分险协议").selectOption(desk.agreement.id);
  await expect(page.getByRole("img", { name: /风险分担比例: 银行 20%, 担保机构 40%/ })).toBeVisible();
  await next(page);
  await expect(page.getByLabel("贷款银行")).toHaveValue(desk.agreement.bank_id);
  for (const field of ["贷款本金", "担保金额", "单户授信额度"]) await page.getByLabel(field).fill("500,000.00");
  await page.getByLabel("贷款年利率").fill("0.0435");
  await page.getByLabel("资金用途").selectOption("working_capital");
  await page.getByLabel("在该行的存量贷款").selectOption("none");
  await page.getByLabel("到期日").fill(`${Number(desk.today.slice(0, 4)) + 1}-01-15`);
  await next(page);
  await page.getByLabel("担保费", { exact: true }).fill("500.00");
  // What the rules say is asked while it is written, before anything is saved.
  await expect(check(page)).toContainText("可以办理");
  await page.getByLabel("担保费", { exact: true }).fill("5.001");
  await expect(check(page)).toContainText("金额最多两位小数");
  await page.getByLabel("担保费", { exact: true }).fill("500.00");
  await next(page);
  await expect(main(page).getByText("500,000.00 元").first()).toBeVisible();
  await page.getByRole("button", { name: "保存并提交审批" }).click();
  await expect(heading(page)).toHaveText(`合同 ${number}`);
  await expect(main(page).getByText("待审批", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "审批", exact: true })).toHaveAccessibleDescription(/“业务经办”不能审批合同/);

  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await comeIn(other, "linhu", "approver");
  await expect(other.getByRole("region", { name: "等我办理" }).getByRole("link", { name: /待审批/ })).toBeVisible();
  await other.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: /待审批/ }).click();
  await expect(other).toHaveURL(/state=submitted/);
  await other.getByRole("link", { name: number }).click();
  await other.getByRole("link", { name: "审批", exact: true }).click();
  await expect(other.getByRole("heading", { name: "按今天的账面：可以办理" })).toBeVisible();
  await other.getByRole("radio", { name: /^审批通过/ }).check();
  await expect(other.getByLabel("理由")).toHaveCount(0);
  await other.getByRole("button", { name: "审批通过", exact: true }).click();
  await expect(other.getByRole("dialog")).toContainText("承诺担保 500,000.00 元");
  await other.getByRole("dialog").getByRole("button", { name: "确认审批通过" }).click();
  await expect(heading(other)).toHaveText(`合同 ${number}`);
  await expect(main(other).getByText("已审批", { exact: true })).toBeVisible();
  await theirs.close();

  await page.reload();
  await page.getByRole("button", { name: "登记放款" }).first().click();
  await page.getByRole("region", { name: "登记放款" }).getByRole("button", { name: "登记放款" }).click();
  await expect(main(page).getByText("在保", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "登记解保" }).first().click();
  const release = page.getByRole("region", { name: "登记解保" });
  await release.getByLabel("归还本金").fill("500000.01");
  await release.getByRole("button", { name: "登记解保" }).click();
  await expect(release.getByRole("alert").first()).toBeVisible();
  await release.getByLabel("归还本金").fill("500000.00");
  await release.getByRole("button", { name: "登记解保" }).click();
  await expect(main(page).getByText("已解保", { exact: true })).toBeVisible();
  const events = page.getByRole("region", { name: "事项" });
  for (const event of ["提交审批", "审批通过", "放款，进入在保", "解保"]) await expect(events.getByText(event, { exact: true })).toBeVisible();
});

test("a service that had no time is asked again by the console, and what it had done already is not done twice", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("柳溪茶具"));
  const contract = await desk.inForce(client.id, "90000.00");
  await comeIn(page, "linhu", "officer", `/contracts/${contract.id}`);
  const problem = { type: "urn:zengxin:problem:unavailable", title: "服务暂不可用", title_en: "Service unavailable", status: 503, code: "unavailable", detail: "数据库暂无应答。", detail_en: "The database does not answer." };
  const sent: string[] = [];
  await page.route("**/releases/*", async (route) => {
    sent.push(route.request().url());
    // The release is recorded, and its answer lost on the way.
    if (sent.length === 1) await route.fetch();
    if (sent.length < 3) await route.fulfill({ status: 503, contentType: "application/problem+json", json: problem });
    else await route.continue();
  });
  await page.getByRole("button", { name: "登记解保" }).first().click();
  const release = page.getByRole("region", { name: "登记解保" });
  await release.getByLabel("归还本金").fill("30000.00");
  await release.getByRole("button", { name: "登记解保" }).click();
  await expect(page.getByRole("region", { name: "事项" }).getByText("解保", { exact: true })).toHaveCount(1);
  await expect(release.getByRole("alert")).toHaveCount(0);
  expect(new Set(sent).size, "one act under one id").toBe(1);
  expect(sent).toHaveLength(3);
  const { outstanding } = await desk.officer.get<{ outstanding: string }>(`/v1/contracts/${contract.id}`);
  expect(outstanding).toBe("60000.00");
});

test("what nobody can waive is refused with its clause, before it is submitted and when it is", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("云山城市建设投资公司"));
  const draft = await desk.draft(client.id, "300000.00", { purpose: "government_bond" });
  await comeIn(page, "linhu", "officer", `/contracts/${draft.id}/revise?step=review`);
  await expect(check(page)).toContainText("不得办理");
  const finding = check(page).getByRole("article").filter({ has: page.getByRole("link", { name: "purpose.bond" }) });
  await expect(finding).toContainText("“");
  await expect(finding.getByRole("heading")).toContainText("不得办理");
  await expect(page.getByRole("button", { name: "保存并提交审批" })).toHaveAccessibleDescription(/任何人不能豁免/);

  await go(page, `/contracts/${draft.id}`);
  await page.getByRole("button", { name: "提交审批" }).click();
  const submission = page.getByRole("region", { name: "提交审批" });
  await submission.getByRole("button", { name: "提交" }).click();
  await expect(submission.getByRole("alert")).toContainText("purpose.bond");
  await expect(main(page).getByText("草稿", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "事项" }).getByText("规则不予通过")).toBeVisible();
  await submission.getByRole("link", { name: "purpose.bond" }).click();
  await expect(page).toHaveURL(/\/rules\/purpose\.bond$/);
});

test("a fee over the cap needs a written exception of the approver before it is approved", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("松涛纸品厂"));
  await desk.inForce(client.id, "1000000.00");
  const contract = await desk.submitted(client.id, "10000.00", { fee: "101.00" });
  await comeIn(page, "linhu", "approver", `/contracts/${contract.id}`);
  await page.getByRole("link", { name: "审批", exact: true }).click();
  await expect(page.getByRole("heading", { name: "按今天的账面：须先批准书面例外" })).toBeVisible();
  await expect(page.getByRole("button", { name: "审批通过" })).toHaveAccessibleDescription("须先批准书面例外：fee.cap");
  const needed = page.getByRole("group", { name: "fee.cap" });
  await expect(needed).toContainText("国办发〔2019〕6号 （八）");
  await needed.getByRole("button", { name: "批准书面例外" }).click();
  await needed.getByRole("button", { name: "批准书面例外" }).click();
  await expect(needed.getByLabel("例外理由")).toHaveAttribute("aria-invalid", "true");
  await needed.getByLabel("例外理由").fill("风险成本较高，经风险委员会同意");
  await needed.getByRole("button", { name: "批准书面例外" }).click();
  await expect(needed).toContainText("已批准书面例外");
  await page.getByRole("radio", { name: /^审批通过/ }).check();
  await page.getByRole("button", { name: "审批通过", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确认审批通过" }).click();
  await expect(main(page).getByText("已审批", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "书面例外" })).toContainText("风险成本较高");
});

test("nobody decides about what the same person drafted, whatever the role is by now", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const admin = await Person.of("linhu", "admin");
  const [id, name, password] = [newId(), unique("sun.qi"), "violet-Kettle-93-harbour"];
  await admin.put(`/v1/users/${id}`, { name, display_name: "孙七", role: "officer" });
  const { link } = await admin.put<{ link: string }>(`/v1/users/${id}/links/${newId()}`);
  await fetch(`${process.env["ZENGXIN_CONSOLE"]}/v1/passwords`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ link: link.split("#").pop(), password }) });
  const officer = await Person.with({ institution: "linhu", user: name, password });
  const client = await desk.client(unique("清溪印染厂"));
  const contract = await officer.put<{ id: string; number: string }>(`/v1/contracts/${newId()}`, desk.content(client.id, "20000.00"));
  await officer.put(`/v1/contracts/${contract.id}/submissions/${newId()}`);
  await admin.put(`/v1/users/${id}`, { name, display_name: "孙七", role: "approver" }, await admin.version(`/v1/users/${id}`));

  await page.goto(`/login?to=/contracts/${contract.id}`);
  await show(page, { institution: "linhu", user: name, password });
  await expect(heading(page)).toHaveText(`合同 ${contract.number}`);
  await expect(page.getByRole("button", { name: "审批", exact: true })).toHaveAccessibleDescription("您录入或提交了此合同，须由另一人审批。");
  await go(page, `/contracts/${contract.id}/decide`);
  for (const decision of ["审批通过", "退回"]) await expect(page.getByRole("button", { name: decision, exact: true })).toHaveAccessibleDescription("您录入或提交了此合同，须由另一人审批。");
  await expect(page.getByRole("radio")).toHaveCount(0);
});

test("what was sent back is revised and submitted again, and the approver is told that it changed", async ({ page, browser }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("望江竹制品厂"));
  const contract = await desk.submitted(client.id, "30000.00");
  await comeIn(page, "linhu", "approver", `/contracts/${contract.id}/decide`);
  await page.getByRole("radio", { name: /^退回/ }).check();
  await page.getByRole("button", { name: "退回", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确认退回" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await page.getByLabel("理由").fill("请补充反担保");
  await page.getByRole("button", { name: "退回", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确认退回" }).click();
  await expect(main(page).getByText("已退回", { exact: true })).toBeVisible();

  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await comeIn(other, "linhu", "officer");
  await other.getByRole("region", { name: "等我办理" }).getByRole("link", { name: /被退回/ }).click();
  await other.getByRole("link", { name: contract.number }).click();
  await other.getByRole("link", { name: "修改", exact: true }).click();
  await expect(heading(other)).toContainText("退回理由：请补充反担保");
  await go(other, `/contracts/${contract.id}/revise?step=fee`);
  await other.getByLabel("反担保措施").fill("法定代表人连带责任保证");
  // What is written is not lost by going elsewhere.
  await other.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "被担保人" }).click();
  await other.getByRole("dialog").getByRole("button", { name: "留在本页" }).click();
  await next(other);
  await other.getByRole("button", { name: "保存并提交审批" }).click();
  await expect(other.getByRole("main").getByText("待审批", { exact: true })).toBeVisible();
  await theirs.close();

  await go(page, "/contracts?state=submitted");
  await go(page, `/contracts/${contract.id}/decide`);
  const since = page.getByRole("region", { name: "与上次提交相比" });
  await expect(since).toContainText("退回理由：请补充反担保");
  const changed = since.getByRole("region", { name: "变化的内容" });
  // One thing changed: what it was, and what it is.
  await expect(changed.getByRole("row")).toHaveCount(2);
  await expect(changed.getByRole("row", { name: /反担保/ })).toHaveText("反担保无法定代表人连带责任保证");
  await expect(since.getByText("担保金额")).toBeHidden();
  await since.getByText(/其余 \d+ 项没有变化/).click();
  await expect(since.getByText("担保金额")).toBeVisible();
});

test("an approver sees what changed since the return, field by field, and the contract keeps every content it had", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("枫桥针织厂"));
  const contract = await desk.submitted(client.id, "80000.00");
  const revise = async (changes: object) => {
    await desk.approver.put(`/v1/contracts/${contract.id}/rejections/${newId()}`, { reason: "金额偏高" });
    const version = await desk.officer.version(`/v1/contracts/${contract.id}`);
    await desk.officer.put(`/v1/contracts/${contract.id}`, desk.content(client.id, "60000.00", { number: contract.number, ...changes }), version);
    await desk.officer.put(`/v1/contracts/${contract.id}/submissions/${newId()}`);
  };
  await revise({});
  await comeIn(page, "linhu", "approver", `/contracts/${contract.id}/decide`);
  const since = page.getByRole("region", { name: "与上次提交相比" });
  const row = (name: string) => since.getByRole("region", { name: "变化的内容" }).getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  await expect(row("担保金额").locator("del")).toHaveText("80,000.00 元");
  await expect(row("担保金额").locator("ins")).toHaveText("60,000.00 元");
  await expect(row("担保费")).toHaveText("担保费720.00 元540.00 元");
  await expect(row("用途")).toHaveCount(0);

  await revise({ purpose: "equipment", charges: [{ payee: "third_party", name: "评估费", amount: "800.00" }] });
  await go(page, `/contracts/${contract.id}`);
  const contents = page.getByRole("region", { name: "内容的修改" });
  await expect(contents.getByRole("row", { name: /用途/ })).toHaveText("用途流动资金购置设备");
  await expect(contents.getByRole("row", { name: /其他收费/ })).toContainText("评估费 800.00 元（第三方");
  await contents.getByLabel("比较").selectOption("1");
  await expect(page).toHaveURL(/from=1/);
  await expect(contents.getByRole("row", { name: /担保金额/ })).toHaveText("担保金额80,000.00 元60,000.00 元");
  await page.reload();
  await expect(contents.getByRole("row", { name: /担保金额/ })).toBeVisible();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("region", { name: "How its content changed" }).getByRole("row", { name: /Purpose/ })).toContainText("working capital");
});

test("an approver whose page is old approves nothing, and then sees what changed", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("苇荡苇编厂"));
  const contract = await desk.submitted(client.id, "40000.00");
  await comeIn(page, "linhu", "approver", `/contracts/${contract.id}/decide`);
  await expect(page.getByRole("heading", { name: "按今天的账面：可以办理" })).toBeVisible();
  await desk.officer.put(`/v1/contracts/${contract.id}/withdrawals/${newId()}`, { reason: "利率填错" });
  const version = await desk.officer.version(`/v1/contracts/${contract.id}`);
  await desk.officer.put(`/v1/contracts/${contract.id}`, desk.content(client.id, "40000.00", { number: contract.number, loan_rate: "0.0385" }), version);
  await desk.officer.put(`/v1/contracts/${contract.id}/submissions/${newId()}`);
  await page.getByRole("radio", { name: /^审批通过/ }).check();
  await page.getByRole("button", { name: "审批通过", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确认审批通过" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("已被他人修改");
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  const since = page.getByRole("region", { name: "与上次提交相比" });
  await expect(since.getByRole("row", { name: /贷款年利率/ })).toHaveText("贷款年利率4.35%3.85%");
  await expect(page.getByRole("region", { name: "事项" }).getByText("审批通过", { exact: true })).toHaveCount(0);
});

test("what the book allowed in the morning is refused in the evening, and the approver sees the clause", async ({ page }) => {
  // A large client's contract that fits under 80 % until another one takes the room.
  const desk = await Desk.at("chaxian");
  const large = await desk.client(unique("茶山置业"), "unknown");
  const { balance } = await desk.officer.get<{ balance: { total: string; small_agri: string } }>("/v1/portfolio");
  const fen = (yuan: string) => BigInt(yuan.replace(".", ""));
  const yuan = (fen: bigint) => `${fen / 100n}.${String(fen % 100n).padStart(2, "0")}`;
  // A quarter of what is small-and-agri is all the room there is for the others.
  const room = fen(balance.small_agri) / 4n - (fen(balance.total) - fen(balance.small_agri));
  expect(room, "the demo's book has room for others").toBeGreaterThan(1_000_000n);
  const amount = yuan((room * 3n) / 5n);
  const [one, two] = [await desk.submitted(large.id, amount), await desk.submitted(large.id, amount)];
  await comeIn(page, "chaxian", "approver", `/contracts/${two.id}/decide`);
  await expect(page.getByRole("heading", { name: /^按今天的账面/ })).toBeVisible();
  await desk.approver.put(`/v1/contracts/${one.id}/approvals/${newId()}`, { content_version: 1 });
  await page.getByRole("radio", { name: /^审批通过/ }).check();
  await page.getByRole("button", { name: "审批通过", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确认审批通过" }).click();
  const refused = page.getByRole("dialog").getByRole("article").filter({ has: page.getByRole("link", { name: "share.small_agri" }) });
  await expect(refused).toContainText("不得低于 80%");
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await expect(page.getByRole("button", { name: "审批通过", exact: true })).toHaveAccessibleDescription(/任何人不能豁免/);
  // What was chosen is not possible any more.
  await expect(page.getByRole("radio", { name: /^审批通过/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "决定", exact: true })).toHaveAccessibleDescription("请先选择决定。");
});

test("a resubmission that changed nothing says so", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("白鹭伞厂"));
  const contract = await desk.submitted(client.id, "20000.00");
  await comeIn(page, "linhu", "approver", `/contracts/${contract.id}/decide`);
  await expect(page.getByRole("region", { name: "与上次提交相比" })).toHaveCount(0);
  await desk.officer.put(`/v1/contracts/${contract.id}/withdrawals/${newId()}`, { reason: "再核对一次" });
  const version = await desk.officer.version(`/v1/contracts/${contract.id}`);
  await desk.officer.put(`/v1/contracts/${contract.id}`, desk.content(client.id, "20000.00", { number: contract.number }), version);
  await desk.officer.put(`/v1/contracts/${contract.id}/submissions/${newId()}`);
  await page.reload();
  const since = page.getByRole("region", { name: "与上次提交相比" });
  await expect(since).toContainText("撤回理由：再核对一次");
  await expect(since).toContainText("各项内容没有变化。");
});

test("contracts are filtered in the address, by number, state and client, and taken home as CSV", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("秋水茶业"));
  const mark = unique("=列表");
  const [draft, submitted] = [await desk.draft(client.id, "40000.00", { number: `${mark}-1` }), await desk.submitted(client.id, "50000.00", { number: `${mark}-2` })];
  await comeIn(page, "linhu", "auditor", `/contracts?number=${encodeURIComponent(mark)}`);
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.getByRole("search").getByLabel("状态").selectOption("submitted");
  await expect(page).toHaveURL(/state=submitted/);
  await expect(page.getByRole("link", { name: submitted.number })).toBeVisible();
  await expect(page.getByRole("link", { name: draft.number })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("link", { name: submitted.number })).toBeVisible();
  await go(page, "/contracts");
  await page.getByRole("search").getByRole("combobox", { name: "客户" }).fill(client.name.slice(-6));
  await page.getByRole("option", { name: client.name }).click();
  await expect(page).toHaveURL(new RegExp(`client_id=${client.id}`));
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.getByText("选择列").click();
  await page.getByLabel("担保费（元）").check();
  await expect(page.getByRole("cell", { name: "360.00" })).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出 CSV" }).click();
  const file = readFileSync((await (await saved).path()) ?? "", "utf8");
  expect(file).toContain(`${client.name},待审批,50000.00`);
  expect(file, "no formula").toContain(`'${mark}-1`);
  await go(page, "/contracts?number=没有这样的编号");
  await expect(page.getByText("没有符合条件的记录。")).toBeVisible();
});

test("contracts are ordered by a heading, page by page, and counted", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("荷塘莲业"));
  const mark = unique("排");
  for (const [place, amount] of ["30000.00", "10000.00", "20000.00"].entries()) await desk.inForce(client.id, amount, { number: `${mark}-${place}` });
  await comeIn(page, "linhu", "auditor", `/contracts?client_id=${client.id}`);
  const numbers = () => page.getByRole("row").getByRole("link").allTextContents();
  await expect(page.getByRole("status").filter({ hasText: "共 3 条；本页 3 条" })).toBeVisible();
  expect(await numbers(), "the last one made first").toEqual([2, 1, 0].map((place) => `${mark}-${place}`));
  await page.getByRole("columnheader", { name: /余额/ }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=-outstanding/);
  await expect(page.getByRole("columnheader", { name: /余额/ })).toHaveAttribute("aria-sort", "descending");
  await expect.poll(numbers).toEqual([0, 2, 1].map((place) => `${mark}-${place}`));
  await page.getByRole("columnheader", { name: /合同编号/ }).getByRole("button").click();
  await expect.poll(numbers).toEqual([0, 1, 2].map((place) => `${mark}-${place}`));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("search").getByLabel("排序").selectOption("outstanding");
  await expect.poll(numbers).toEqual([1, 2, 0].map((place) => `${mark}-${place}`));
  await page.setViewportSize({ width: 1280, height: 720 });
  // The whole list has pages, and they turn both ways.
  await go(page, "/contracts?sort=number");
  await expect(page.getByRole("button", { name: "下一页" })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const first = await numbers();
  await page.getByRole("button", { name: "下一页" }).click();
  await expect(page).toHaveURL(/after=/);
  await expect.poll(numbers).not.toEqual(first);
  await page.getByRole("button", { name: "上一页" }).click();
  await expect.poll(numbers).toEqual(first);
});

test("a view of the list is kept, shared, changed, removed and brought back, and travels as a link", async ({ page, browser }) => {
  const name = unique("下月到期");
  await comeIn(page, "linhu", "officer", "/contracts?state=in_force&sort=end");
  const views = page.getByRole("region", { name: "视图" });
  await page.getByText("选择列").click();
  await page.getByLabel("担保费（元）").check();
  await views.getByRole("button", { name: "保存为视图" }).click();
  await views.getByRole("button", { name: "保存视图" }).click();
  await expect(views.getByLabel("名称")).toHaveAttribute("aria-invalid", "true");
  await views.getByLabel("名称").fill(name);
  await views.getByRole("button", { name: "保存视图" }).click();
  await expect(page).toHaveURL(/view=/);
  const link = new URL(page.url()).searchParams.get("view") ?? "";
  await page.getByRole("search").getByLabel("状态").selectOption("released");
  await expect(views).toContainText("条件、排序或列与视图不同");
  await views.getByRole("combobox").selectOption({ label: "全部（未选视图）" });
  await expect(page).not.toHaveURL(/state=/);
  await views.getByRole("combobox").selectOption({ label: name });
  await expect(page).toHaveURL(/state=in_force/);
  await expect(page.getByRole("columnheader", { name: "担保费（元）" })).toBeVisible();
  // The same name a second time is refused at its field.
  await views.getByRole("button", { name: "保存为视图" }).click();
  await views.getByLabel("名称").fill(name);
  await views.getByRole("button", { name: "保存视图" }).click();
  await expect(views.getByLabel("名称")).toHaveAccessibleDescription(/已被使用/);
  await views.getByRole("button", { name: "取消" }).click();
  await views.getByRole("button", { name: "改名或共享" }).click();
  await views.getByLabel("与本机构同事共享").check();
  await views.getByRole("button", { name: "保存", exact: true }).click();
  await expect(views.getByLabel("名称")).toHaveCount(0);

  const theirs = await browser.newContext();
  const colleague = await theirs.newPage();
  await comeIn(colleague, "linhu", "approver", `/contracts?view=${link}`);
  await expect(colleague).toHaveURL(/state=in_force/);
  await expect(colleague.getByRole("region", { name: "视图" }).getByRole("button", { name: "删除视图" })).toHaveCount(0);
  await theirs.close();

  await views.getByRole("button", { name: "删除视图" }).click();
  await expect(views).toContainText(`已删除视图“${name}”。`);
  await expect(page).not.toHaveURL(/state=/);
  await views.getByRole("button", { name: "撤销" }).click();
  await expect(page).toHaveURL(/state=in_force/);
  await views.getByRole("button", { name: "删除视图" }).click();
  await expect(views).toContainText("已删除视图");
  await go(page, `/contracts?view=${newId()}`);
  await page.reload();
  await expect(views).toContainText("没有这个视图，或已被删除。");
});

test("an auditor sees a contract and may do nothing with it, and each button says why", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("石桥粮油"));
  const contract = await desk.inForce(client.id, "60000.00");
  await comeIn(page, "linhu", "auditor", `/contracts/${contract.id}`);
  for (const act of ["登记放款", "登记解保", "冲正解保", "取消", "重新评估"]) {
    await expect(page.getByRole("button", { name: act, exact: true })).toHaveAccessibleDescription(/“审计”不能/);
  }
  await go(page, `/contracts/${contract.id}/decide`);
  await expect(heading(page)).toHaveText("无权查看");
  await go(page, `/contracts/${newId()}`);
  await expect(heading(page)).toHaveText("没有找到");
});

test("another institution does not see our contracts, and a bureau has no such pages at all", async ({ page, browser }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("平湖渔具"));
  const contract = await desk.submitted(client.id, "70000.00");
  await comeIn(page, "gangwan", "approver", `/contracts/${contract.id}`);
  await expect(heading(page)).toHaveText("没有找到");
  await go(page, `/parties/${client.id}`);
  await expect(heading(page)).toHaveText("没有找到");
  const theirs = await browser.newContext();
  const bureau = await theirs.newPage();
  await comeIn(bureau, "caizheng-dongfang", "reviewer");
  const ways = bureau.getByRole("navigation", { name: "主导航" });
  await expect(ways.getByText("规则手册")).toBeVisible();
  await expect(ways.getByText("担保合同")).toHaveCount(0);
  await expect(bureau.getByRole("region", { name: "业务概览" })).toHaveCount(0);
  await go(bureau, "/contracts");
  await expect(heading(bureau)).toHaveText("无权查看");
  await theirs.close();
});
