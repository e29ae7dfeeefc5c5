// Every page as people see it, into screenshots/: to be looked at.
import { defineConfig } from "@playwright/test";
import { use } from "./tests/browser";

export default defineConfig({
  testDir: "tests",
  testMatch: "screenshots.spec.ts",
  globalSetup: "./tests/service.ts",
  workers: 2,
  reporter: "line",
  outputDir: "../tests/.tmp/browser",
  use,
});
