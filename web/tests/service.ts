// The real service with the demo world on a throwaway data directory, for as long as the tests run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Login } from "./demo";

/** A login as the service prints it: institution, user, and a password of four groups. */
const LOGIN = /^ {2}(\S+) +(\S+) +([a-z2-9]{4}(?:-[a-z2-9]{4}){3}) /;

export default async function startService() {
  const home = mkdtempSync(join(tmpdir(), "zengxin-console-"));
  const program = process.env["ZENGXIN_BINARY"] ?? "../target/debug/zengxin";
  const { DATABASE_URL: _, DATABASE_OWNER_URL: __, ...rest } = process.env;
  const environment = { ...rest, ZENGXIN_LISTEN: "127.0.0.1:0", ZENGXIN_DATA_DIR: join(home, "data"), ZENGXIN_LOG: "warn" };
  const service = spawn(program, ["serve", "--demo", "--demo-contracts", "300"], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(service, "exit");
  const logins: Login[] = [];
  let address: string | undefined;
  for await (const line of createInterface({ input: service.stdout })) {
    const [, institution, user, password] = LOGIN.exec(line) ?? [];
    if (institution && user && password) logins.push({ institution, user, password });
    address = /http:\/\/[0-9.]+:\d+/.exec(line)?.[0];
    if (address) break;
  }
  if (!address || logins.length === 0) throw new Error(`the service did not start, or printed no logins: ${program} serve --demo`);
  service.stdout.resume();
  process.env["ZENGXIN_CONSOLE"] = address;
  process.env["ZENGXIN_LOGINS"] = JSON.stringify(logins);
  return async () => {
    service.kill("SIGTERM");
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
}
