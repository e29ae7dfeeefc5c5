// Every page at 1440 and 390 px.
import { expect, test } from "@playwright/test";

const NAMES = ["fee", "refee", "risk", "split", "payout", "portfolio", "liability", "annualise", "size", "identifier", "reserves", "award", "vat"];
const PAGES = ["/rules", "/rules?q=费率&on=2024-01-01", "/rules?q=xyz", "/rules/fee.cap", "/rules/startup.cap", "/rules?lang=en", "/calculators", "/help", "/no/such/page"];

for (const width of [1440, 390]) {
  for (const path of PAGES) {
    test(`${path} at ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const name = path.slice(1).replace(/[^\w.]+/g, "-");
      await page.screenshot({ path: `screenshots/${name}-${width}.png`, fullPage: name.startsWith("rules.") || !name.startsWith("rules") });
    });
  }
  for (const name of NAMES) {
    test(`${name} at ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`/calculators/${name}${name === "vat" ? "?lang=en" : ""}`);
      await page.getByRole("button", { name: /填入示例|Fill in an example/ }).click();
      await expect(page.getByRole("button", { name: /下载 CSV|Download CSV/ })).toBeVisible();
      await expect(page.locator(".ant-spin")).toHaveCount(0);
      await page.screenshot({ path: `screenshots/calculator-${name}-${width}.png`, fullPage: true });
    });
  }
}
