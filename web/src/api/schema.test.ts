// The types are those of the interface that was written down: a stale file fails here (npm run types renews it).
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("the generated types are those of tests/golden/openapi.json", { timeout: 30_000 }, () => {
  const fresh = execFileSync("node_modules/.bin/openapi-typescript", ["../tests/golden/openapi.json", "--alphabetize"], {
    encoding: "utf8",
    // The interface has grown beyond the megabyte that is read when nothing is said.
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const kept = readFileSync("src/api/schema.gen.ts", "utf8");
  expect(fresh.trim() === kept.trim(), "stale: run npm run types in web/").toBe(true);
});
