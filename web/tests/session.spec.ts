// Coming in, going on and leaving, with what goes wrong on the way.
import { expect, test } from "@playwright/test";
import { codeOf, comeIn, go, loginOf, show } from "./demo";

const heading = (page: import("@playwright/test").Page) => page.getByRole("heading", { level: 1 });

test("somebody logs in, sees who and where, and comes to the page that was asked for", async ({ page }) => {
  await page.goto("/users?role=auditor");
  await expect(page).toHaveURL(/\/login\?to=%2Fusers%3Frole%3Dauditor$/);
  await show(page, loginOf("linhu", "admin"));
  await expect(page).toHaveURL(/\/users\?role=auditor$/);
  await expect(heading(page)).toHaveText("用户");
  const header = page.getByRole("banner");
  await expect(header.getByRole("link", { name: "示例临湖市融资担保有限公司" })).toBeVisible();
  await expect(header.getByText("市县融资担保机构")).toBeVisible();
  await expect(header.getByLabel("账户：管理员，管理员")).toBeVisible();
  await expect(page.getByRole("cell", { name: "auditor", exact: true })).toBeVisible();
  await expect(page.getByRole("cell", { name: "officer", exact: true })).toHaveCount(0);
});

test("no token is kept where a script finds it, and none is in an address", async ({ page, context }) => {
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  await comeIn(page, "linhu", "treasurer");
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
  expect(kept).not.toMatch(/eyJ|refresh/);
  const [cookie] = await context.cookies(`${process.env["ZENGXIN_CONSOLE"]}/v1/sessions`);
  expect(cookie).toMatchObject({ name: "zengxin_refresh", httpOnly: true, sameSite: "Strict", path: "/v1/sessions" });
  expect(addresses.filter((address) => address.includes(cookie?.value ?? "-"))).toEqual([]);
});

test("a wrong password is refused in the service's words, with the request's name and what to do", async ({ page }) => {
  await page.goto("/login");
  await show(page, { ...loginOf("chaxian", "admin"), password: "wrong" });
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("登录失败");
  await expect(alert).toContainText("稍候再试或联系本机构管理员");
  await expect(alert.locator("code")).toHaveText(/^[0-9a-f-]{36}$/);
  await expect(page.getByLabel("用户名")).toHaveValue("admin");
  await show(page, loginOf("chaxian", "admin"));
  await expect(heading(page)).toHaveText("管理员，您好");
});

test("who asks too often is told how long to wait", async ({ page }) => {
  const problem = { type: "urn:zengxin:problem:too_many_requests", status: 429, code: "too_many_requests", title: "请求过于频繁", title_en: "Too many requests", detail: "短时间内请求过多。", detail_en: "Too many requests in a short time." };
  await page.route("**/v1/sessions", (route) => route.fulfill({ status: 429, headers: { "retry-after": "600" }, contentType: "application/problem+json", json: problem }), { times: 1 });
  await page.clock.install();
  await page.goto("/login");
  await show(page, loginOf("linhu", "approver"));
  await expect(page.getByRole("alert")).toContainText("请求过于频繁");
  await expect(page.getByRole("button", { name: /请等待 \d+ 秒/ })).toBeDisabled();
  await page.clock.fastForward("10:30");
  await page.getByRole("main").getByRole("button", { name: "登录" }).click();
  await expect(heading(page)).toHaveText("审批人乙，您好");
});

test("a second factor is set up, asked for at the next login, and a recovery code stands in once", async ({ page }) => {
  await comeIn(page, "caizheng-linhu", "admin", "/profile");
  await page.getByRole("button", { name: "启用二次验证" }).click();
  await expect(page.getByRole("img", { name: "二维码" }).locator("svg")).toBeVisible();
  const secret = (await page.locator(".enrol code").textContent()) ?? "";
  await page.getByLabel("验证码").fill("000000");
  await page.getByRole("button", { name: "启用", exact: true }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await page.getByLabel("验证码").fill(codeOf(secret));
  await page.getByRole("button", { name: "启用", exact: true }).click();
  const once = page.getByRole("region", { name: "恢复码" });
  const codes = ((await once.locator("code").textContent()) ?? "").split("\n");
  expect(codes).toHaveLength(10);
  // They are shown once: leaving asks first.
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "用户", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("恢复码还在屏幕上");
  await page.getByRole("button", { name: "留在本页" }).click();
  await once.getByRole("button", { name: "我已保存恢复码" }).click();
  await expect(page.getByText("每次登录须输入验证器上的六位数字")).toBeVisible();
  await expect(page.getByText(codes[0] ?? "-")).toHaveCount(0);

  await page.getByRole("main").getByRole("button", { name: "退出登录" }).click();
  await expect(page.getByText("已退出登录。")).toBeVisible();
  await show(page, loginOf("caizheng-linhu", "admin"));
  await expect(page.getByLabel("验证码")).toBeFocused();
  await page.getByLabel("验证码").fill("000000");
  await page.getByRole("main").getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("alert")).toContainText("登录失败");
  await page.getByLabel("验证码").fill(codes[0] ?? "");
  await page.getByRole("main").getByRole("button", { name: "登录" }).click();
  await expect(heading(page)).toHaveText("管理员，您好");
});

test("a page opened anew goes on with the session, and so does another tab, until one of them leaves", async ({ page, context }) => {
  await comeIn(page, "jiangbei", "admin", "/institution");
  await page.reload();
  await expect(heading(page)).toHaveText("示例江北市融资担保有限公司");
  const other = await context.newPage();
  await other.goto("/users");
  await expect(heading(other)).toHaveText("用户");
  await other.getByLabel(/^账户/).click();
  await other.getByRole("button", { name: "退出登录" }).click();
  await expect(heading(other)).toHaveText("登录");
  await expect(heading(page)).toHaveText("登录");
  await page.goto("/users");
  await expect(heading(page)).toHaveText("登录");
});

test("pages opened again and again before they have answered do not end the session", async ({ page }) => {
  await comeIn(page, "gangwan", "admin", "/institution");
  for (let times = 0; times < 5; times += 1) await page.goto("/institution", { waitUntil: "commit" });
  await expect(heading(page)).toHaveText("示例港湾市融资担保有限公司");
});

test("a token that is not accepted any more is renewed once, and nobody notices", async ({ page }) => {
  await comeIn(page, "xishan", "admin", "/institution");
  const problem = { type: "about:blank", status: 401, code: "unauthenticated", title: "未登录", title_en: "-", detail: "-", detail_en: "-" };
  await page.route("**/v1/users?*", (route) => route.fulfill({ status: 401, contentType: "application/problem+json", json: problem }), { times: 1 });
  const renewed = page.waitForResponse("**/v1/sessions/refreshes");
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "用户", exact: true }).click();
  expect((await renewed).status()).toBe(201);
  await expect(page.getByRole("cell", { name: "admin", exact: true })).toBeVisible();
});

test("when the service is away a page opened anew says so, and goes on once it is back", async ({ page }) => {
  await comeIn(page, "caizheng-dongfang", "auditor", "/institution");
  await page.route("**/v1/sessions/refreshes", (route) => route.abort());
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("无法连接服务");
  await page.unroute("**/v1/sessions/refreshes");
  await expect(heading(page)).toHaveText("示例东方省财政厅");
});

test("nothing on the pages of those who log in breaks the page's own policy", async ({ page }) => {
  const broken: string[] = [];
  page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
  page.on("pageerror", (error) => broken.push(String(error)));
  await comeIn(page, "caizheng-zhongyang", "admin");
  for (const path of ["/institution", "/institutions", "/memberships", "/users", "/users/new", "/machine-clients", "/audit", "/profile"]) await go(page, path);
  await page.getByRole("button", { name: "启用二次验证" }).click();
  await expect(page.getByRole("img", { name: "二维码" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option").first()).toBeVisible();
  expect(broken).toEqual([]);
});

test("a token is renewed before it ends", async ({ page }) => {
  await page.clock.install();
  await comeIn(page, "linhu", "officer");
  const renewed = page.waitForResponse("**/v1/sessions/refreshes");
  // Ten minutes is its life, a minute before its end is the time.
  await page.clock.fastForward("09:30");
  expect((await renewed).status()).toBe(201);
});

test("an expired session leads to the login and back to where one was", async ({ page, context }) => {
  await comeIn(page, "zhuxian", "admin", "/institution");
  await go(page, "/machine-clients");
  await context.clearCookies();
  await page.route("**/v1/audit-entries?*", (route) => route.fulfill({ status: 401, contentType: "application/problem+json", json: {} }), { times: 1 });
  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "审计记录" }).click();
  await expect(page.getByText("登录已结束，请重新登录")).toBeVisible();
  await expect(page).toHaveURL(/\/login\?to=%2Faudit$/);
  await show(page, loginOf("zhuxian", "admin"));
  await expect(heading(page)).toHaveText("审计记录");
});

test("after the login nobody is sent to another site", async ({ page }) => {
  const addresses = ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"].map((to) => `/login?to=${encodeURIComponent(to)}`);
  await page.goto(addresses[0] ?? "");
  await show(page, loginOf("caizheng-zhongyang", "admin"));
  for (const address of addresses) {
    await expect(heading(page)).toHaveText("管理员，您好");
    expect(new URL(page.url()).origin).toBe(process.env["ZENGXIN_CONSOLE"]);
    // Whoever is logged in already goes on at once.
    await page.goto(address);
  }
  await expect(heading(page)).toHaveText("管理员，您好");
});

test("a password is changed by the present one, and a weak one is named at its field", async ({ page }) => {
  await comeIn(page, "meishan", "admin", "/profile");
  const login = loginOf("meishan", "admin");
  const fill = async (present: string, next: string, again: string) => {
    await page.getByLabel("原口令").fill(present);
    await page.getByLabel("新口令").fill(next);
    await page.getByLabel("再输入一次").fill(again);
    await page.getByRole("button", { name: "修改口令" }).click();
  };
  await fill(login.password, "short", "short");
  await expect(page.getByLabel("新口令")).toHaveAccessibleDescription("口令至少 12 个字符。");
  await fill(login.password, "violet-Kettle-93-harbour", "violet-Kettle-93");
  await expect(page.getByLabel("再输入一次")).toHaveAccessibleDescription("两次输入不一致。");
  await fill("wrong", "violet-Kettle-93-harbour", "violet-Kettle-93-harbour");
  await expect(page.getByLabel("原口令")).toHaveAccessibleDescription(/原口令有误/);
  await fill(login.password, "violet-Kettle-93-harbour", "violet-Kettle-93-harbour");
  await expect(page.getByText("口令已修改，其他登录已结束。")).toBeVisible();
  await expect(page.getByLabel("原口令")).toHaveValue("");
});

test("English is spoken by everything around a login", async ({ page }) => {
  await page.goto("/login?lang=en");
  await page.getByLabel("Institution code").fill("caizheng-dongfang");
  await page.getByLabel("User name").fill("reviewer");
  await page.getByLabel("Password", { exact: true }).fill(loginOf("caizheng-dongfang", "reviewer").password);
  await page.getByRole("main").getByRole("button", { name: "Log in" }).click();
  await expect(heading(page)).toHaveText("Welcome, 审核人戊");
  const nav = page.getByRole("navigation", { name: "Main" });
  await expect(nav.getByRole("button", { name: "Users" })).toHaveAccessibleDescription("A person with the role “reviewer” may not read users. Ask your administrator if you need it.");
});
