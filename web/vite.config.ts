// How the console is built: hashed files in dist/, which the service embeds.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where antd, and its icons, write their styles at run time. */
const STYLE_WRITER = /(@rc-component\/util\/(es|lib)\/Dom\/dynamicCSS|@ant-design\/icons\/(es|lib)\/cssUtils)\.js$/;

export default defineConfig({
  plugins: [
    react(),
    {
      // The page's policy forbids <style> elements (no 'unsafe-inline'); style sheets made by a script of ours are allowed.
      name: "styles-without-inline",
      enforce: "pre",
      load: (id) => (STYLE_WRITER.test(id) ? 'export * from "/src/style/adopted.ts";' : undefined),
    },
  ],
  build: { target: "es2022", manifest: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { "/v1": "http://127.0.0.1:8080", "/docs": "http://127.0.0.1:8080", "/healthz": "http://127.0.0.1:8080" } },
  test: { include: ["src/**/*.test.ts"] },
});
