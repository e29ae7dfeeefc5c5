// Nobody is kept out: axe finds nothing serious on any page, wide or narrow, and nothing is wider than the screen.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";

interface Axe {
  run: (options: object) => Promise<{ violations: { id: string; impact?: string; nodes: { html: string }[] }[] }>;
}

const AXE = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
const PAGES = ["/rules", "/rules?q=xyz", "/rules/fee.cap", "/rules/startup.cap", "/calculators", "/help", "/none", "/rules/fee.cap?lang=en"];
const CALCULATORS = ["fee", "refee", "risk", "split", "payout", "portfolio", "liability", "annualise", "size", "identifier", "reserves", "award", "vat"];

async function isOpenToAll(page: Page) {
  // evaluate, because the page's policy lets no foreign script in.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run({ resultTypes: ["violations"] }));
  const serious = violations.filter((found) => found.impact === "serious" || found.impact === "critical");
  expect(serious.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).slice(0, 3).join(" ")}`)).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, "wider than the screen").toBeLessThanOrEqual(0);
}

for (const width of [390, 1440]) {
  test(`pages at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const path of PAGES) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await isOpenToAll(page);
    }
  });

  test(`calculators with answers at ${width} px`, async ({ page }) => {
    test.setTimeout(60_000);
    await page.setViewportSize({ width, height: 900 });
    for (const name of CALCULATORS) {
      await page.goto(`/calculators/${name}`);
      await page.getByRole("button", { name: "填入示例" }).click();
      await expect(page.getByRole("button", { name: "下载 CSV" })).toBeVisible();
      await expect(page.locator(".ant-spin")).toHaveCount(0);
      await isOpenToAll(page);
    }
  });
}

test("a refusal at a field is open to all too", async ({ page }) => {
  await page.goto("/calculators/portfolio");
  await page.getByRole("button", { name: "计算" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await isOpenToAll(page);
});

test("a very wide screen is used with measure", async ({ page }) => {
  await page.setViewportSize({ width: 2560, height: 1200 });
  await page.goto("/rules");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const main = await page.getByRole("main").boundingBox();
  expect(main?.width).toBeLessThanOrEqual(1700);
});
