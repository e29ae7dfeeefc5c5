// What stands on a contract's page beside its rules: a fee that an earlier contract left, and whether it is the client's first loan.
import { expect, test, type Page } from "@playwright/test";
import { comeIn, go, unique } from "./demo";
import { Desk, newId } from "./desk";

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("what an early release left settles the fee of a following contract, and a second person takes it back", async ({ page, browser }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("示例白鹭印务"));
  const { items: agreements } = await desk.officer.get<{ items: { id: string; bank_id: string; number: string }[] }>(`/v1/agreements?on=${desk.today}`);
  // With the second bank an unused fee is carried over: the demo agrees so.
  const carrying = agreements.find(({ number }) => number.endsWith("2号"));
  if (!carrying) throw new Error("no agreement carries fees over");
  const first = await desk.inForce(client.id, "1000000.00", { agreement_id: carrying.id, bank_id: carrying.bank_id });
  await desk.officer.put(`/v1/contracts/${first.id}/releases/${newId()}`, { amount: "1000000.00", effective_on: desk.today });
  const following = await desk.inForce(client.id, "500000.00");

  // 0.9 % of 1,000,000 is unused whole on the first day; 0.9 % of 500,000 is due.
  await comeIn(page, "linhu", "officer", `/contracts/${first.id}`);
  await expect(section(page, "担保费结转")).toContainText("解保后未用 9,000.00 元");
  await go(page, `/contracts/${following.id}`);
  const carries = section(page, "担保费结转");
  await expect(carries).toContainText("已由结转抵付 0.00 元 · 尚应收取 4,500.00 元");
  await expect(carries).toContainText(`可结转 9,000.00 元 ${first.number}`);
  await carries.getByRole("button", { name: "结转至本合同" }).click();
  await expect(page.getByRole("dialog")).toContainText("以剩余未用金额为限");
  await page.getByRole("dialog").getByRole("button", { name: "结转", exact: true }).click();
  await expect(carries).toContainText("已由结转抵付 4,500.00 元 · 尚应收取 0.00 元");
  await expect(carries).toContainText(`可结转 4,500.00 元 ${first.number}`);
  await expect(carries.getByRole("button", { name: "冲正结转" })).toHaveAccessibleDescription(/“业务经办”不能/);
  // Nothing is due any more: what is left stays with the release.
  await carries.getByRole("button", { name: "结转至本合同" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "结转", exact: true }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("后续合同的担保费已全部结清");
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();

  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await comeIn(other, "linhu", "approver", `/contracts/${following.id}`);
  const seen = section(other, "担保费结转");
  await seen.getByRole("button", { name: "冲正结转" }).click();
  await seen.getByLabel("冲正理由").fill("结转至错误的合同");
  await seen.getByRole("button", { name: "冲正结转" }).last().click();
  await expect(seen).toContainText("已由结转抵付 0.00 元 · 尚应收取 4,500.00 元");
  await expect(seen).toContainText("结转至错误的合同");
  await expect(seen.getByRole("button", { name: "冲正结转" }), "it is taken back once").toHaveCount(0);
  await seen.getByRole("link", { name: first.number }).click();
  await expect(section(other, "担保费结转")).toContainText("冲正结转 4,500.00 元");
  await theirs.close();
});

test("a loan is the client's first by the book by what it declares, and not where the contract says otherwise", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("示例紫藤文具"));
  const first = await desk.draft(client.id, "300000.00");
  await comeIn(page, "linhu", "officer", `/contracts/${first.id}`);
  const loan = section(page, "首贷");
  await expect(loan).toContainText("认定未声明");
  await expect(loan).toContainText("没有此前的银行贷款");

  await desk.officer.put(`/v1/parties/${client.id}/flags/${newId()}`, { kind: "first_loan_declared", from: desk.today, source: "客户首贷声明" });
  await page.reload();
  await expect(loan).toContainText("认定首贷户");
  await expect(loan).toContainText("是（客户首贷声明");

  // A contract that says itself that its client borrows at the bank.
  const second = await desk.draft(client.id, "200000.00", { existing_loan: "examined" });
  await go(page, `/contracts/${second.id}`);
  await expect(loan).toContainText("认定声明与记录不符");
  await expect(loan.getByRole("note")).toContainText("声明");
  await expect(loan.getByRole("list", { name: "依据" })).toContainText("本合同载明客户在该银行有存量贷款");

  // What is no loan from a bank is nobody's first.
  const bond = await desk.draft(client.id, "100000.00", { kind: "non_financing" });
  await go(page, `/contracts/${bond.id}`);
  await expect(loan).toContainText("认定不适用");
});
