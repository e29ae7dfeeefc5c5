// The console begins: language, theme, cache of answers, and the pages by their addresses.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, Navigate, RouterProvider } from "react-router";
import { Refusal } from "./api/client";
import ErrorPage from "./shell/ErrorPage";
import NotFoundPage from "./shell/NotFoundPage";
import Shell from "./shell/Shell";
import { LanguageProvider, useWords } from "./text";
import "./style/console.css";
import "./style/form.css";
import "./style/print.css";

/** A page whose code comes when it is first opened. */
const page = (load: () => Promise<{ default: React.ComponentType }>) => async () => ({ Component: (await load()).default });

const router = createBrowserRouter([
  {
    Component: Shell,
    ErrorBoundary: ErrorPage,
    hydrateFallbackElement: <></>,
    children: [
      {
        ErrorBoundary: ErrorPage,
        children: [
          { index: true, element: <Navigate to="/rules" replace /> },
          { path: "rules", lazy: page(() => import("./rules/RulesPage")) },
          { path: "rules/:id", lazy: page(() => import("./rules/RulePage")) },
          { path: "calculators", lazy: page(() => import("./calculators/CalculatorsPage")) },
          { path: "calculators/:name", lazy: page(() => import("./calculators/CalculatorPage")) },
          { path: "help", lazy: page(() => import("./shell/HelpPage")) },
          { path: "*", Component: NotFoundPage },
        ],
      },
    ],
  },
]);

const client = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      // What the service refused it will refuse again; only silence is asked twice.
      retry: (failures, error) => failures < 2 && !(error instanceof Refusal && error.problem.status !== 0),
    },
  },
});

function Console() {
  const { language } = useWords();
  return (
    <ConfigProvider
      locale={language === "zh" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{ token: { colorPrimary: "#0b4f8a", borderRadius: 4, fontFamily: "inherit", motion: !navigator.webdriver } }}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <LanguageProvider>
      <Console />
    </LanguageProvider>
  </StrictMode>,
);
