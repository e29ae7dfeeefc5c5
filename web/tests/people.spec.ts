// An administrator's work with people and programs, and what everybody else sees of it.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { comeIn, go, show, unique } from "./demo";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const nav = (page: Page) => page.getByRole("navigation", { name: "主导航" });

async function addUser(page: Page, name: string, display: string, role: string): Promise<string> {
  await go(page, "/users/new");
  await page.getByLabel("用户名").fill(name);
  await page.getByLabel("姓名").fill(display);
  await page.getByLabel("角色").selectOption(role);
  await page.getByRole("button", { name: "新增并发放链接" }).click();
  const once = page.getByRole("region", { name: `${display}的一次性链接` });
  const link = (await once.locator("code").nth(1).textContent()) ?? "";
  await once.getByRole("button", { name: "我已保存" }).click();
  await expect(heading(page)).toHaveText(display);
  return link;
}

test("an administrator adds a user, who chooses a password by the link and logs in", async ({ page, browser }) => {
  const name = unique("wang.wu");
  await comeIn(page, "linhu", "admin", "/users");
  const link = await addUser(page, name, "王五", "officer");
  expect(link).toContain("/password#");
  await expect(page.getByText(link)).toHaveCount(0);

  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  const sent: string[] = [];
  other.on("request", (request) => sent.push(`${request.url()} ${request.headers()["referer"] ?? ""}`));
  await other.goto(link);
  await other.getByLabel("新口令").fill("password1234");
  await other.getByLabel("再输入一次").fill("password1234");
  await other.getByRole("button", { name: "设置口令" }).click();
  await expect(other.getByLabel("新口令")).toHaveAccessibleDescription(/太容易被猜到/);
  await other.getByLabel("新口令").fill("violet-Kettle-93-harbour");
  await other.getByLabel("再输入一次").fill("violet-Kettle-93-harbour");
  await other.getByRole("button", { name: "设置口令" }).click();
  await expect(other.getByText("口令已设置，请用新口令登录。")).toBeVisible();
  await show(other, { institution: "linhu", user: name, password: "violet-Kettle-93-harbour" });
  await expect(heading(other)).toHaveText("王五，您好");
  const secret = link.split("#")[1] ?? "-";
  expect(sent.filter((address) => address.includes(secret)), "the link is in no address").toEqual([]);

  // It serves once.
  await other.goto(link);
  await other.getByLabel("新口令").fill("another-Kettle-94-harbour");
  await other.getByLabel("再输入一次").fill("another-Kettle-94-harbour");
  await other.getByRole("button", { name: "设置口令" }).click();
  await expect(other.getByRole("alert")).toContainText("链接无效");
  await theirs.close();
});

test("who is offboarded is out at once, after the consequences were read", async ({ page, browser }) => {
  const name = unique("zhao.liu");
  await comeIn(page, "linhu", "admin", "/users");
  const link = await addUser(page, name, "赵六", "approver");
  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await other.goto(link);
  await other.getByLabel("新口令").fill("violet-Kettle-93-harbour");
  await other.getByLabel("再输入一次").fill("violet-Kettle-93-harbour");
  await other.getByRole("button", { name: "设置口令" }).click();
  await expect(other.getByText("口令已设置")).toBeVisible();
  await show(other, { institution: "linhu", user: name, password: "violet-Kettle-93-harbour" });
  await expect(heading(other)).toHaveText("赵六，您好");

  await page.getByRole("button", { name: "办理离职" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("账户自今天起停用，不能恢复");
  await dialog.getByRole("button", { name: "取消" }).click();
  await expect(page.getByText("在职", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "办理离职" }).click();
  await dialog.getByRole("button", { name: "办理离职" }).click();
  await expect(page.getByText("离职", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "发放一次性链接" })).toHaveAccessibleDescription("该用户已离职。");

  // What the page asks by itself may have told it before the click does: then there is nothing left to click.
  const ended = other.getByText("登录已结束");
  await nav(other).getByRole("link", { name: "机构名录" }).or(ended).click();
  await expect(ended).toBeVisible();
  await theirs.close();
});

test("a name in use is said at its field, and nothing written is lost by a wrong click", async ({ page }) => {
  await comeIn(page, "linhu", "admin", "/users/new");
  await page.getByLabel("用户名").fill("officer");
  await page.getByLabel("姓名").fill("孙七");
  await page.getByLabel("角色").selectOption("officer");
  await page.getByRole("button", { name: "新增并发放链接" }).click();
  await expect(page.getByLabel("用户名")).toHaveAccessibleDescription("已被使用，请另选。");
  await expect(page.getByLabel("用户名")).toBeFocused();
  await nav(page).getByRole("link", { name: "审计记录" }).click();
  await expect(page.getByRole("dialog")).toContainText("有未保存的修改");
  await page.getByRole("button", { name: "留在本页" }).click();
  await expect(page.getByLabel("姓名")).toHaveValue("孙七");
  await nav(page).getByRole("link", { name: "审计记录" }).click();
  await page.getByRole("button", { name: "放弃并离开" }).click();
  await expect(heading(page)).toHaveText("审计记录");
});

test("a user's role is changed, and nobody changes the own one", async ({ page }) => {
  await comeIn(page, "linhu", "admin", "/users");
  await addUser(page, unique("qian.ba"), "钱八", "officer");
  await page.getByRole("link", { name: "修改" }).or(page.getByRole("button", { name: "修改", exact: true })).click();
  await expect(page.getByLabel("用户名")).toBeDisabled();
  await page.getByLabel("角色").selectOption("treasurer");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("财务：登记收付款")).toBeVisible();
  await go(page, "/users?role=admin");
  await page.getByRole("link", { name: "admin" }).click();
  await expect(page.getByRole("button", { name: "修改", exact: true })).toHaveAccessibleDescription(/不能修改或停用自己的账户/);
});

test("a machine client's secret is shown once, and the client is revoked", async ({ page, request }) => {
  const name = unique("业务系统");
  await comeIn(page, "dongfang", "admin", "/machine-clients/new");
  await page.getByLabel("名称").fill(name);
  await page.getByRole("button", { name: "新增" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await page.getByLabel("查看机构和隶属关系").check();
  await page.getByRole("button", { name: "新增" }).click();
  const once = page.getByRole("region", { name: `${name}的密钥` });
  await expect(once.locator("code")).toHaveCount(2);
  const [id, secret] = await once.locator("code").allTextContents();
  await nav(page).getByRole("link", { name: "用户", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("的密钥还在屏幕上");
  await page.getByRole("button", { name: "留在本页" }).click();
  await once.getByRole("button", { name: "我已保存" }).click();
  await expect(heading(page)).toHaveText(name);
  await expect(page.getByText(id ?? "-")).toBeVisible();
  await expect(page.getByText(secret ?? "-")).toHaveCount(0);
  const enter = async () => (await request.post("/v1/machine-sessions", { data: { client_id: id, client_secret: secret } })).status();
  expect(await enter()).toBe(201);

  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.getByRole("dialog")).toContainText("密钥立即失效");
  await page.getByRole("dialog").getByRole("button", { name: "撤销" }).click();
  await expect(page.getByText("已撤销", { exact: true })).toBeVisible();
  expect(await enter()).toBe(401);
});

test("an auditor sees everything and may change nothing", async ({ page }) => {
  await comeIn(page, "dongfang", "auditor", "/users");
  const why = "“审计”不能管理用户。需要时请联系本机构管理员。";
  await expect(page.getByRole("button", { name: "新增用户" })).toHaveAccessibleDescription(why);
  await page.getByRole("button", { name: "新增用户" }).focus();
  await expect(page.getByRole("tooltip").filter({ hasText: why }).first()).toBeVisible();
  await page.getByRole("link", { name: "officer" }).click();
  await expect(page.getByRole("button", { name: "办理离职" })).toHaveAccessibleDescription(/“审计”不能办理离职/);
  await expect(page.getByText("业务经办：登记客户、合同和事项")).toBeVisible();
  await go(page, "/users/new");
  await expect(heading(page)).toHaveText("无权查看");
  await expect(page.getByRole("main")).toContainText(why);
  await go(page, "/audit");
  await expect(page.getByRole("columnheader", { name: "链式摘要" })).toBeVisible();
});

test("each role sees its own ways, the others with a reason, and none that concern other institutions alone", async ({ browser }) => {
  const open = async (institution: string, user: string) => {
    const page = await (await browser.newContext()).newPage();
    await comeIn(page, institution, user);
    // How many wait is another matter.
    const links = (await nav(page).getByRole("link").allTextContents()).map((way) => way.replace(/\d+\+?$/, "")).filter((way) => !["规则手册", "计算器", "帮助", "错误目录", "接口文档"].includes(way));
    const barred = await nav(page).getByRole("button").allTextContents();
    await page.context().close();
    return { links, barred };
  };
  const read = ["本机构", "机构名录", "隶属关系"];
  const people = ["用户", "程序账户", "审计记录"];
  const reference = ["报送期限", "产品", "银行", "银行网点"];
  const limits = ["授信额度", "自定限额", "财务报表", "股权投资", "监管确认"];
  const business = (...queue: string[]) => ["担保合同", ...queue, "备案结果", "被担保人", "分险协议", "既有业务导入", "占比预警", ...limits, ...reference];
  expect(await open("linhu", "officer")).toEqual({ links: [...business("被退回"), ...read], barred: ["待审批", ...people] });
  expect(await open("linhu", "approver")).toEqual({ links: [...business("待审批"), ...read], barred: ["被退回", ...people] });
  expect(await open("linhu", "auditor")).toEqual({ links: [...business(), ...read, ...people], barred: ["待审批", "被退回"] });
  const ceded = ["分出机构", "分布图", "分入合同", "待备案"];
  // A guarantee institution onboards nobody: the way is not its matter. A re-guarantor's is, but not its officer's.
  expect(await open("linhu", "client")).toEqual({ links: [...reference, "本机构"], barred: [...business("待审批", "被退回").filter((way) => !reference.includes(way)), "机构名录", "隶属关系", ...people] });
  expect(await open("dongfang", "officer")).toEqual({ links: [...ceded, ...business("被退回"), ...read], barred: ["待审批", "接纳机构", ...people] });
  expect(await open("dongfang", "admin")).toEqual({ links: [...ceded, ...business(), "本机构", "机构名录", "接纳机构", "隶属关系", ...people], barred: ["待审批", "被退回"] });
  // Who guarantees nobody has no book, and a bureau no limits either.
  expect(await open("guojia", "auditor")).toEqual({ links: [...ceded, "占比预警", "授信额度", "自定限额", "财务报表", ...reference, ...read, ...people], barred: ["接纳机构"] });
  expect(await open("caizheng-dongfang", "bureau-approver")).toEqual({ links: [...reference, ...read], barred: people });
});

test("an address that a role may not open says so, whoever gave it away", async ({ browser }) => {
  const business = ["officer", "approver", "treasurer", "auditor", "admin"];
  const addresses: [path: string, open: string[]][] = [
    ["/contracts", business], ["/drift-alerts", business], ["/parties", business], ["/contracts/new", ["officer"]], ["/parties/new", ["officer"]],
    ["/agreements/new", ["approver"]], ["/financial-statements/new", ["officer", "treasurer"]], ["/users", ["auditor", "admin"]], ["/users/new", ["admin"]],
    ["/audit", ["auditor", "admin"]], ["/machine-clients/new", ["admin"]], ["/products", [...business, "client", "reviewer"]],
  ];
  for (const [institution, role] of [...[...business, "client"].map((role) => ["linhu", role]), ["caizheng-dongfang", "reviewer"]] as [string, string][]) {
    const page = await (await browser.newContext()).newPage();
    await comeIn(page, institution, role);
    for (const [path, open] of addresses) {
      await go(page, path);
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      if (open.includes(role)) await expect(heading(page), `${role} ${path}`).not.toHaveText(/无权查看|没有找到|出错了/);
      else await expect(heading(page), `${role} ${path}`).toHaveText("无权查看");
    }
    // Nor is it opened by typing it anew.
    await page.goto(role === "admin" ? "/contracts/new" : "/users/new");
    await expect(heading(page)).toHaveText("无权查看");
    await page.context().close();
  }
});

test("a list keeps its filters in the address, its columns on this machine, and goes home as CSV", async ({ page }) => {
  await comeIn(page, "dongfang", "admin", "/users");
  await page.getByRole("search").getByLabel("角色").selectOption("auditor");
  await expect(page).toHaveURL(/role=auditor/);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByText("选择列").click();
  await page.getByRole("checkbox", { name: "角色" }).uncheck();
  await expect(page.getByRole("columnheader", { name: "角色" })).toHaveCount(0);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "导出 CSV" }).click();
  const file = readFileSync((await (await saved).path()) ?? "", "utf8");
  expect(file).toBe("\uFEFF用户名,姓名,状态,离职日\r\nauditor,审计丁,在职,\r\n");
  await page.reload();
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("columnheader", { name: "角色" })).toHaveCount(0);
  await page.getByRole("search").getByLabel("状态").selectOption("offboarded");
  await expect(page.getByText("没有符合条件的记录。")).toBeVisible();
  await page.getByRole("button", { name: "清除条件" }).click();
  await expect(page.getByRole("cell", { name: "officer", exact: true })).toBeVisible();
});

test("the audit trail is paged, narrowed, and names who did what", async ({ page }) => {
  await comeIn(page, "guojia", "auditor", "/audit");
  await expect(page.getByText(/本页 50 条，后面还有|已全部列出/)).toBeVisible();
  await page.getByRole("search").getByLabel("做什么").selectOption("manage_users");
  await expect(page).toHaveURL(/action=manage_users/);
  await expect(page.getByRole("row").nth(1)).toContainText("管理用户");
  await expect(page.getByRole("row").nth(1)).toContainText("管理员");
  await page.getByRole("search").getByLabel("结果").selectOption("refused");
  await expect(page.getByText("没有符合条件的记录。")).toBeVisible();
});

test("a page of fifty is followed by the next, and the way back leads to the first", async ({ page }) => {
  const entry = (seq: number) => ({ seq, at: "2026-01-31T02:00:00Z", actor_kind: "operator", actor_id: null, action: "initialise", outcome: "done", object_kind: "institution", object_id: null, detail: {}, hash: "00".repeat(32) });
  await page.route("**/v1/audit-entries?*", (route) => {
    const after = Number(new URL(route.request().url()).searchParams.get("after") ?? 121);
    const items = Array.from({ length: Math.min(50, after - 1) }, (_, place) => entry(after - 1 - place));
    return route.fulfill({ json: { items, next: after > 51 ? String(after - 50) : null } });
  });
  await comeIn(page, "guojia", "auditor", "/audit");
  await expect(page.getByRole("row").nth(1)).toContainText("120");
  await expect(page.getByRole("row").nth(1)).toContainText("2026-01-31 10:00:00");
  await page.getByRole("button", { name: "下一页" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText("70");
  await page.getByRole("button", { name: "下一页" }).click();
  await expect(page.getByText("本页 20 条，已是最后一页")).toBeVisible();
  await page.getByRole("button", { name: "上一页" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText("70");
  await page.getByRole("button", { name: "首页" }).click();
  await expect(page.getByRole("row").nth(1)).toContainText("120");
});

test("a refused page says so with the request's name", async ({ page }) => {
  await comeIn(page, "guojia", "auditor", "/users");
  await go(page, "/users/01980000-0000-7000-8000-000000000000");
  await expect(heading(page)).toHaveText("没有找到");
  await expect(page.getByRole("alert").locator("code")).toHaveText(/^[0-9a-f-]{36}$/);
});

test("the search opens with its keys and leads to pages, calculators and rules", async ({ page }) => {
  await comeIn(page, "guojia", "officer");
  await page.keyboard.press("Control+k");
  const words = page.getByRole("combobox", { name: /搜索/ });
  await expect(words).toBeFocused();
  await words.fill("审计");
  await expect(page.getByText("没有找到。换个词试试。"), "not what the role may not open").toBeVisible();
  await words.fill("费率");
  await expect(page.getByRole("option", { name: /担保费率 年化/ })).toBeVisible();
  await expect(page.getByRole("option", { name: /支小支农担保费率上限 fee\.cap ·/ })).toBeVisible();
  await words.fill("隶属");
  await expect(page.getByRole("option", { selected: true })).toContainText("隶属关系");
  await words.press("Enter");
  await expect(heading(page)).toHaveText("隶属关系");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(heading(page)).toHaveText("机构名录");
});

test("the keys of a way count while a page comes in, and at once when a dialog is closed", async ({ page }) => {
  await comeIn(page, "guojia", "officer");
  let arrive = () => {};
  const held = new Promise<void>((resolve) => { arrive = resolve; });
  await page.route("**/v1/memberships*", async (route) => { await held; await route.continue(); });
  await nav(page).getByRole("link", { name: "隶属关系" }).click();
  await page.keyboard.press("g");
  arrive();
  await expect(heading(page)).toHaveText("隶属关系");
  await page.getByRole("button", { name: "English" }).click();
  await expect(heading(page)).toHaveText("Memberships");
  await page.keyboard.press("i");
  await expect(heading(page), "what is drawn between the two keys changes nothing").toHaveText("All institutions");

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await expect(heading(page), "a dialog keeps the keys").toHaveText("All institutions");
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await expect(heading(page)).toHaveText("Memberships");
});
