// What every page must be: open to all, no wider than the screen, and English where English is asked for.
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";

interface Axe {
  run: (options: object) => Promise<{ violations: { id: string; impact?: string; nodes: { html: string }[] }[] }>;
}

const AXE = readFileSync("node_modules/axe-core/axe.min.js", "utf8");

/** Axe finds nothing serious on the page as it is, and nothing is wider than the screen. */
export async function isOpenToAll(page: Page) {
  // evaluate, because the page's policy lets no foreign script in.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run({ resultTypes: ["violations"] }));
  const serious = violations.filter((found) => found.impact === "serious" || found.impact === "critical");
  expect(serious.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).slice(0, 3).join(" ")}`)).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
}

/** Names of institutions, people, places, products, documents, contracts and authorities; what tests make ends in a mark of its own. */
const NAMES = /示例|示[a-z]+-\d{5}$|管理员|经办人|审批人|财务丙|审计丁|吴十| \d{6}$|^\d{6} is |-[0-9a-z]{9,}|〔\d+〕|支行|^一般业务$|担保计划$|创业担保贷款$|批量担保业务$|财政部|监督管理/;

/** No Chinese is left on an English page, but names, which have no other, and clauses in their own words. */
export async function speaksEnglish(page: Page) {
  const left = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (walker.nextNode()) {
      const written = walker.currentNode.textContent?.trim() ?? "";
      const parent = walker.currentNode.parentElement;
      // A clause is quoted in its own words.
      if (/\p{Script=Han}/u.test(written) && parent?.checkVisibility() && !parent.closest("[lang=zh-CN]")) found.push(written);
    }
    return found;
  });
  expect(left.filter((written) => !NAMES.test(written))).toEqual([]);
}
