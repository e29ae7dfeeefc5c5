// Who is guaranteed: found by characters of the name, filed with what is known, merged when it was filed twice.
import { expect, test, type Page } from "@playwright/test";
import { comeIn, go, unique } from "./demo";
import { Desk, newId, Person } from "./desk";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test("a clerk files a party and its figures, and sees the class with its grounds", async ({ page }) => {
  const name = unique("碧波水产养殖有限公司");
  await comeIn(page, "linhu", "officer", "/parties/new");
  await page.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await page.getByLabel("名称").fill(name);
  await page.getByLabel("类型").selectOption("enterprise");
  await page.getByLabel("行业代码").fill("13");
  await page.getByRole("button", { name: "登记", exact: true }).click();
  await expect(heading(page)).toHaveText(name);
  const size = page.getByRole("region", { name: "企业规模" });
  await expect(size).toContainText("未填报的企业不计为小微企业");
  await size.getByRole("button", { name: "填报划型指标" }).click();
  await size.getByLabel("从业人员").fill("19");
  await size.getByLabel("营业收入").fill("1,000,000.00");
  await size.getByLabel("资产总额").fill("1000000.00");
  await size.getByRole("button", { name: "保存" }).click();
  await expect(size).toContainText("微型");
  await expect(size).toContainText("从业人员19人，未达到小型企业下限20人");
  await expect(page.getByRole("region", { name: "基本资料" })).toContainText("小微企业");
  const flags = page.getByRole("region", { name: "标识" });
  await flags.getByRole("button", { name: "登记标识" }).click();
  await flags.getByLabel("标识", { exact: true }).selectOption("strategic_emerging");
  await flags.getByLabel("依据").fill("主管部门名单");
  await flags.getByRole("button", { name: "保存" }).click();
  await expect(flags.getByText("战略性新兴产业")).toBeVisible();
});

test("parties are found by two characters of the name, and by its first one", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const one = await desk.client(unique("岱青石雕工艺厂"));
  await comeIn(page, "linhu", "treasurer", "/parties");
  await page.getByLabel("搜索（按 / 键）").fill("石雕");
  await expect(page.getByRole("link", { name: one.name })).toBeVisible();
  await expect(page).toHaveURL(/search=/);
  await page.getByLabel("搜索（按 / 键）").fill("岱");
  await expect(page.getByRole("link", { name: one.name })).toBeVisible();
  await page.getByLabel("搜索（按 / 键）").fill("雕岱");
  await expect(page.getByText("没有符合条件的记录。")).toBeVisible();
  await expect(page.getByRole("button", { name: "登记被担保人" })).toHaveAccessibleDescription(/“财务”不能登记被担保人/);
});

test("everything is searched from one place: a contract by its number, a client by its name", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const client = await desk.client(unique("疏影梅园"));
  const contract = await desk.draft(client.id, "1000.00", { number: unique("全局") });
  await comeIn(page, "linhu", "auditor");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("疏影");
  await expect(page.getByRole("option", { name: client.name })).toBeVisible();
  await page.getByRole("combobox").fill(contract.number);
  await page.getByRole("option", { name: contract.number }).click();
  await expect(heading(page)).toHaveText(`合同 ${contract.number}`);
});

test("a person's identifier is masked, is found by a request that no address shows, and is seen in full with a reason only", async ({ page, browser }) => {
  const officer = await Person.of("linhu", "officer");
  const [id, name, number] = [newId(), unique("周大山"), personNumber()];
  await officer.put(`/v1/parties/${id}`, { name, kind: "natural_person", region_code: "330100" });
  await officer.put(`/v1/parties/${id}/identifiers/${newId()}`, { scheme: "resident_id", value: number, from: "2020-01-01" });
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  await comeIn(page, "linhu", "officer", "/parties");
  await page.getByText("按证件号码查找").click();
  await page.getByLabel("证件种类").selectOption("resident_id");
  await page.getByLabel("完整号码").fill(number);
  await page.getByRole("button", { name: "查找" }).click();
  await page.getByRole("link", { name }).first().click();
  const identifiers = page.getByRole("region", { name: "证件" });
  await expect(identifiers).toContainText(`•••• ${number.slice(-4)}`);
  await expect(page.getByText(number)).toHaveCount(0);
  await identifiers.getByRole("button", { name: "查看完整号码" }).click();
  await identifiers.getByRole("button", { name: "查看并留存理由" }).click();
  await expect(identifiers.getByLabel("为何需要完整号码")).toHaveAttribute("aria-invalid", "true");
  await identifiers.getByLabel("为何需要完整号码").fill("签订合同核对证件原件");
  await identifiers.getByRole("button", { name: "查看并留存理由" }).click();
  await expect(identifiers.getByText(number)).toBeVisible();
  expect(addresses.filter((address) => address.includes(number))).toEqual([]);

  const theirs = await browser.newContext();
  const auditor = await theirs.newPage();
  await comeIn(auditor, "linhu", "auditor", `/parties/${id}`);
  await expect(auditor.getByRole("region", { name: "证件" })).not.toContainText(number.slice(-4));
  await expect(auditor.getByRole("button", { name: "查看完整号码" })).toHaveAccessibleDescription(/“审计”不能查看完整证件号码/);
  await theirs.close();
});

test("two parties that are one are merged with what follows spelled out, and parted again", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const name = unique("双溪木业");
  const [source, target] = [await desk.client(name), await desk.client(name)];
  const contract = await desk.inForce(source.id, "80000.00");
  await comeIn(page, "linhu", "approver", `/parties/${source.id}`);
  await expect(page.getByRole("note", { name: "可能重复" })).toContainText(name);
  await page.getByRole("link", { name: "并入另一主体" }).click();
  await expect(page.getByText(/合计超过 500 万元的，其小额业务不再计入/)).toBeVisible();
  await page.getByRole("button", { name: "合并", exact: true }).click();
  await expect(page.getByRole("alert").first()).toContainText("请选择代表两者的主体。");
  await page.getByRole("combobox", { name: "并入" }).fill(name.slice(0, 4));
  // The party itself is not offered: it is not merged into itself.
  await page.getByRole("option", { name }).first().click();
  await page.getByLabel("理由").fill("同一企业重复登记");
  await page.getByRole("button", { name: "合并", exact: true }).click();
  await expect(page.getByText("此主体由另一主体代表：")).toBeVisible();
  await expect(page.getByRole("button", { name: "并入另一主体" })).toHaveAccessibleDescription(/已并入另一主体/);
  await go(page, `/parties/${target.id}`);
  await expect(page.getByRole("region", { name: "合同" }).getByRole("link", { name: contract.number })).toBeVisible();
  const merges = page.getByRole("region", { name: "合并", exact: true });
  await expect(merges).toContainText("1 份合同随之转入");
  await merges.getByRole("button", { name: "撤销合并" }).first().click();
  await expect(merges.getByText("合并以后新办的合同留在原处。")).toBeVisible();
  await merges.getByLabel("理由").fill("核对后并非同一企业");
  await merges.getByRole("button", { name: "撤销合并" }).last().click();
  await expect(merges.getByText(/已于 .* 撤销：核对后并非同一企业/)).toBeVisible();
  await expect(page.getByRole("region", { name: "合同" }).getByText("没有计入此客户的合同。")).toBeVisible();
  await go(page, `/parties/${source.id}`);
  await expect(page.getByRole("region", { name: "合同" }).getByRole("link", { name: contract.number })).toBeVisible();
});

test("a clerk does not merge", async ({ page }) => {
  const desk = await Desk.at("linhu");
  const party = await desk.client(unique("孤帆船具"));
  await comeIn(page, "linhu", "officer", `/parties/${party.id}`);
  await expect(page.getByRole("button", { name: "并入另一主体" })).toHaveAccessibleDescription(/“业务经办”不能合并被担保人/);
  await go(page, `/parties/${party.id}/merge`);
  await expect(heading(page)).toHaveText("无权查看");
});

/** An invented resident identity number that passes its check: born on a day of 1980, the place 330100. */
function personNumber(): string {
  const digits = `330100198001${String(1 + Math.floor(Math.random() * 28)).padStart(2, "0")}${String(Math.floor(Math.random() * 1000)).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0);
  return digits + "10X98765432"[sum % 11];
}
