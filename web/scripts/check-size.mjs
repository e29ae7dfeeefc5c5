// The JavaScript of the first page, gzipped, against its limit: a page that needs more loads it by itself.
import { readFileSync, rmSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 350;
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const seen = new Set();
const follow = (key) => {
  if (seen.has(key)) return;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) follow(next);
};
follow("index.html");
const bytes = [...seen].map((key) => gzipSync(readFileSync(`dist/${manifest[key].file}`)).length);
const kb = bytes.reduce((sum, size) => sum + size, 0) / 1000;
// The service needs no list of its files.
rmSync("dist/.vite", { recursive: true });
console.log(`initial JavaScript ${kb.toFixed(0)} kB gzip of ${LIMIT_KB} kB`);
if (kb > LIMIT_KB) process.exit(1);
