// The sum of the browser tests in cargo's words, so that .ci/run counts them with the others; before it, what failed and why, because of a
// long run only the end may be kept.
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** How much is said of one failure. */
const LONGEST = 1500;

export default class Sum implements Reporter {
  private readonly outcomes = new Map<string, { test: TestCase; result: TestResult }>();

  onTestEnd(test: TestCase, result: TestResult) {
    this.outcomes.set(test.id, { test, result });
  }

  onEnd() {
    const all = [...this.outcomes.values()];
    const passed = all.filter(({ result }) => result.status === "passed").length;
    const failed = all.filter(({ result }) => result.status !== "passed" && result.status !== "skipped");
    for (const { test, result } of failed) {
      const words = result.errors.map(({ message, snippet }) => [message, snippet].join("\n").slice(0, LONGEST)).join("\n");
      console.log(`---- ${test.titlePath().filter(Boolean).join(" › ")} ${result.status}\n${words}\n`);
    }
    console.log(`test result: ${failed.length ? "FAILED" : "ok"}. ${passed} passed; ${failed.length} failed; browser tests`);
  }
}
