// The sum of the browser tests in cargo's words, so that .ci/run counts them with the others.
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

export default class Sum implements Reporter {
  private readonly outcomes = new Map<string, string>();

  onTestEnd(test: TestCase, result: TestResult) {
    this.outcomes.set(test.id, result.status);
  }

  onEnd() {
    const all = [...this.outcomes.values()];
    const passed = all.filter((status) => status === "passed").length;
    const failed = all.filter((status) => status !== "passed" && status !== "skipped").length;
    console.log(`test result: ${failed ? "FAILED" : "ok"}. ${passed} passed; ${failed} failed; browser tests`);
  }
}
