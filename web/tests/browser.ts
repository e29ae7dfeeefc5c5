// How every test opens the browser.
import { existsSync } from "node:fs";

const found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));

export const use = {
  baseURL: process.env["ZENGXIN_CONSOLE"],
  locale: "zh-CN",
  timezoneId: "Asia/Shanghai",
  launchOptions: {
    // The browser speaks the users' language, also in its own controls.
    env: { ...process.env, LANGUAGE: "zh_CN" } as Record<string, string>,
    executablePath: process.env["CHROMIUM"] ?? found ?? "/usr/bin/chromium",
    // Root has no sandbox; the rest keeps the browser from asking anybody else anything.
    args: ["--lang=zh-CN", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  },
};
