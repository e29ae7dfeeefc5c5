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
  await expect(page.getByText("上次提交的是第 1 版，本次是第 2 版")).toBeVisible();
  await expect(main(page).getByText("法定代表人连带责任保证")).toBeVisible();
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
