// The real service on a throwaway data directory, for as long as the tests run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export default async function startService() {
  const home = mkdtempSync(join(tmpdir(), "zengxin-console-"));
  const program = process.env["ZENGXIN_BINARY"] ?? "../target/debug/zengxin";
  const { DATABASE_URL: _, DATABASE_OWNER_URL: __, ...rest } = process.env;
  const environment = { ...rest, ZENGXIN_LISTEN: "127.0.0.1:0", ZENGXIN_DATA_DIR: join(home, "data"), ZENGXIN_LOG: "warn" };
  const service = spawn(program, ["serve"], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(service, "exit");
  const lines = createInterface({ input: service.stdout });
  const line = await Promise.race([once(lines, "line").then(([line]) => String(line)), ended.then(() => "")]);
  const address = /http:\/\/[0-9.]+:\d+/.exec(line)?.[0];
  if (!address) throw new Error(`the service did not start: ${program} serve`);
  process.env["ZENGXIN_CONSOLE"] = address;
  return async () => {
    service.kill("SIGTERM");
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
}
