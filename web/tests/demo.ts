// The people of the demo world, and how they come in.
import { createHmac } from "node:crypto";
import { expect, type Page } from "@playwright/test";

export interface Login {
  institution: string;
  user: string;
  password: string;
}

/** The calculators by their names. */
export const CALCULATORS = ["fee", "refee", "risk", "split", "payout", "portfolio", "liability", "annualise", "size", "identifier", "reserves", "award", "vat"];

/** The login that the service printed for somebody. */
export function loginOf(institution: string, user: string): Login {
  const logins = JSON.parse(process.env["ZENGXIN_LOGINS"] ?? "[]") as Login[];
  const found = logins.find((login) => login.institution === institution && login.user === user);
  if (!found) throw new Error(`the demo world has no ${user} at ${institution}`);
  return found;
}

/** Fills in the login page and sends it. */
export async function show(page: Page, { institution, user, password }: Login) {
  await page.getByLabel("机构代码").fill(institution);
  await page.getByLabel("用户名").fill(user);
  await page.getByLabel("口令", { exact: true }).fill(password);
  await page.getByRole("main").getByRole("button", { name: "登录" }).click();
}

/** How many times slower the browser computes: `ZENGXIN_SLOWED=8` finds tests that only hold on a quick machine. */
const SLOWED = Number(process.env["ZENGXIN_SLOWED"] ?? "1");

/** Comes in as somebody of the demo world, and to a page. */
export async function comeIn(page: Page, institution: string, user: string, to = "/") {
  if (SLOWED > 1) await (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
  await page.goto(`/login?to=${encodeURIComponent(to)}`);
  await show(page, loginOf(institution, user));
  await expect(page.getByRole("button", { name: "菜单" }).or(page.locator(".account"))).not.toHaveCount(0);
  await expect(page).not.toHaveURL(/\/login/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** Goes to a page as one who has come in, by the console's own navigation: without loading everything anew. */
export async function go(page: Page, to: string) {
  await page.evaluate((to) => {
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }, to);
  await expect(page).toHaveURL(encodeURI(to));
  // The address moves first: until the page is drawn, the one before stands there with its heading.
  await expect(page.locator("[data-page]")).toHaveAttribute("data-page", new URL(to, page.url()).pathname);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** What an authenticator app shows for a secret, so many half minutes from now (RFC 6238). */
export function codeOf(secret: string, later = 0): string {
  const bits = [...secret.replace(/=+$/, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const digest = createHmac("sha1", key).update(step).digest();
  const from = (digest[19] ?? 0) & 0xf;
  return String((digest.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A name nobody has yet. */
export const unique = (name: string) => `${name}-${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`;
