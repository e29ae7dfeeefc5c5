// The browser tests: Debian's Chromium against the real service, which the tests start themselves.
import { defineConfig } from "@playwright/test";
import { use } from "./tests/browser";

export default defineConfig({
  testDir: "tests",
  testMatch: "*.spec.ts",
  testIgnore: "screenshots.spec.ts",
  globalSetup: "./tests/service.ts",
  workers: 2,
  fullyParallel: true,
  // Only a test that hangs meets these bounds: on a busy machine everything takes many times as long, and nothing is wrong.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  globalTimeout: 2_700_000,
  reporter: [["line"], ["./tests/sum.ts"]],
  outputDir: "../tests/.tmp/browser",
  use,
});
