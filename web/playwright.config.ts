// The browser tests: Debian's Chromium against the real service, which the tests start themselves.
import { defineConfig } from "@playwright/test";
import { use } from "./tests/browser";

export default defineConfig({
  testDir: "tests",
  testMatch: "*.spec.ts",
  testIgnore: "screenshots.spec.ts",
  globalSetup: "./tests/service.ts",
  workers: 2,
  // Generous, because a shared machine may be busy; the whole stays within its bound.
  timeout: 45_000,
  expect: { timeout: 10_000 },
  globalTimeout: 180_000,
  reporter: [["line"], ["./tests/sum.ts"]],
  outputDir: "../tests/.tmp/browser",
  use,
});
