// The console begins: language, theme, cache of answers, and the pages by their addresses.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, type RouteObject } from "react-router";
import { RouterProvider } from "react-router/dom";
import { Refusal } from "./api/client";
import RequireSession from "./session/RequireSession";
import { comeIn } from "./session/session";
import type { Action } from "./session/useSession";
import ErrorPage from "./shell/ErrorPage";
import NotFoundPage from "./shell/NotFoundPage";
import Shell from "./shell/Shell";
import { LanguageProvider, useWords } from "./text";
import "./style/console.css";
import "./style/form.css";
import "./style/shell.css";
import "./style/book.css";
import "./style/imports.css";
import "./style/print.css";

/** A page whose code comes when it is first opened. */
const page = (load: () => Promise<{ default: React.ComponentType }>) => async () => ({ Component: (await load()).default });

/** Pages that a role must allow. */
const needing = (needs: Action, routes: RouteObject[]) => routes.map((route) => ({ ...route, handle: { needs } }) as RouteObject);

/** The registers by their addresses, with what reads and what states one; `registers/catalogue.tsx` describes each. */
const REGISTERS: [name: string, read: Action, state: Action][] = [
  ["agreements", "read_agreements", "state_agreement"],
  ["quota-grants", "read_quota_grants", "grant_quota"],
  ["financial-statements", "read_financial_statements", "file_financial_statement"],
  ["local-limits", "read_local_limits", "state_local_limit"],
  ["products", "read_products", "state_product"],
  ["banks", "read_banks", "state_bank"],
  ["bank-branches", "read_banks", "state_bank_branch"],
  ["supervisor-confirmations", "read_confirmations", "state_confirmation"],
  ["equity-investments", "read_investments", "register_investment"],
  ["deadlines", "read_deadlines", "state_deadline"],
];

const router = createBrowserRouter([
  {
    Component: Shell,
    ErrorBoundary: ErrorPage,
    hydrateFallbackElement: <></>,
    children: [
      {
        ErrorBoundary: ErrorPage,
        children: [
          { index: true, lazy: page(() => import("./shell/HomePage")) },
          { path: "login", lazy: page(() => import("./session/LoginPage")) },
          { path: "password", lazy: page(() => import("./session/ChoosePasswordPage")) },
          { path: "rules", lazy: page(() => import("./rules/RulesPage")) },
          { path: "rules/:id", lazy: page(() => import("./rules/RulePage")) },
          { path: "calculators", lazy: page(() => import("./calculators/CalculatorsPage")) },
          { path: "calculators/:name", lazy: page(() => import("./calculators/CalculatorPage")) },
          { path: "help", lazy: page(() => import("./shell/HelpPage")) },
          { path: "problem-codes", lazy: page(() => import("./shell/ProblemCodesPage")) },
          {
            Component: RequireSession,
            children: [
              { path: "profile", lazy: page(() => import("./session/ProfilePage")) },
              { path: "institution", lazy: page(() => import("./institutions/OwnInstitutionPage")) },
              ...needing("read_institutions", [
                { path: "institutions", lazy: page(() => import("./institutions/InstitutionsPage")) },
                { path: "institutions/:id", lazy: page(() => import("./institutions/InstitutionPage")) },
              ]),
              ...needing("onboard_institution", [
                { path: "institutions/new", lazy: page(() => import("./institutions/OnboardPage")) },
                { path: "institutions/:id/correct", lazy: page(() => import("./institutions/CorrectPage")) },
              ]),
              ...needing("decide_institution", [{ path: "institutions/:id/decide", lazy: page(() => import("./institutions/DecidePage")) }]),
              ...needing("appoint_administrator", [{ path: "institutions/:id/administrator", lazy: page(() => import("./institutions/AppointPage")) }]),
              ...needing("read_memberships", [
                { path: "memberships", lazy: page(() => import("./institutions/MembershipsPage")) },
                { path: "memberships/:id", lazy: page(() => import("./institutions/MembershipPage")) },
              ]),
              ...needing("state_membership", [{ path: "memberships/new", lazy: page(() => import("./institutions/StateMembershipPage")) }]),
              ...needing("read_users", [
                { path: "users", lazy: page(() => import("./people/UsersPage")) },
                { path: "users/:id", lazy: page(() => import("./people/UserPage")) },
              ]),
              ...needing("manage_users", [
                { path: "users/new", lazy: page(() => import("./people/AddUserPage")) },
                { path: "users/:id/change", lazy: page(() => import("./people/ChangeUserPage")) },
              ]),
              ...needing("read_machine_clients", [
                { path: "machine-clients", lazy: page(() => import("./people/MachineClientsPage")) },
                { path: "machine-clients/:id", lazy: page(() => import("./people/MachineClientPage")) },
              ]),
              ...needing("manage_machine_clients", [{ path: "machine-clients/new", lazy: page(() => import("./people/AddMachineClientPage")) }]),
              ...needing("read_contracts", [
                { path: "contracts", lazy: page(() => import("./contracts/ContractsPage")) },
                { path: "contracts/:id", lazy: page(() => import("./contracts/ContractPage")) },
              ]),
              ...needing("draft_contract", [
                { path: "contracts/new", lazy: page(() => import("./contracts/NewContractPage")) },
                { path: "contracts/:id/revise", lazy: page(() => import("./contracts/ReviseContractPage")) },
              ]),
              ...needing("decide_contract", [{ path: "contracts/:id/decide", lazy: page(() => import("./contracts/DecidePage")) }]),
              ...needing("read_contracts", [{ path: "filings", lazy: page(() => import("./fund/FilingsPage")) }]),
              ...needing("read_cessions", [
                { path: "cedents", lazy: page(() => import("./fund/CedentsPage")) },
                { path: "cedents/map", lazy: page(() => import("./fund/MapPage")) },
                { path: "cedents/:id", lazy: page(() => import("./fund/CedentPage")) },
                { path: "cessions", lazy: page(() => import("./fund/CessionsPage")) },
                { path: "cessions/:cedent/:id", lazy: page(() => import("./fund/CessionPage")) },
                { path: "filing-queue", lazy: page(() => import("./fund/QueuePage")) },
              ]),
              ...needing("decide_filing", [{ path: "cessions/:cedent/:id/decide", lazy: page(() => import("./fund/DecideFilingPage")) }]),
              ...needing("read_parties", [
                { path: "parties", lazy: page(() => import("./parties/PartiesPage")) },
                { path: "parties/:id", lazy: page(() => import("./parties/PartyPage")) },
              ]),
              ...needing("write_parties", [
                { path: "parties/new", lazy: page(async () => ({ default: (await import("./parties/PartyFormPages")).NewPartyPage })) },
                { path: "parties/:id/correct", lazy: page(async () => ({ default: (await import("./parties/PartyFormPages")).CorrectPartyPage })) },
              ]),
              ...needing("merge_parties", [{ path: "parties/:id/merge", lazy: page(() => import("./parties/MergePage")) }]),
              ...needing("read_imports", [
                { path: "imports", lazy: page(() => import("./imports/ImportsPage")) },
                { path: "imports/:id", lazy: page(() => import("./imports/ImportPage")) },
                { path: "import-mappings", lazy: page(() => import("./imports/MappingsPage")) },
                { path: "import-mappings/:id", lazy: page(() => import("./imports/MappingPage")) },
              ]),
              ...needing("prepare_import", [{ path: "imports/new", lazy: page(() => import("./imports/NewImportPage")) }]),
              ...needing("read_portfolio", [{ path: "drift-alerts", lazy: page(() => import("./overview/DriftAlertsPage")) }]),
              ...REGISTERS.flatMap(([name, read, state]) => [
                ...needing(read, [
                  { path: name, lazy: page(() => import("./registers/RegisterPage")) },
                  { path: `${name}/:id`, lazy: page(() => import("./registers/RegisterRowPage")) },
                ]),
                ...needing(state, [
                  { path: `${name}/new`, lazy: page(() => import("./registers/RegisterFormPage")) },
                  { path: `${name}/:id/change`, lazy: page(() => import("./registers/RegisterFormPage")) },
                ]),
              ]),
              ...needing("read_audit", [{ path: "audit", lazy: page(() => import("./audit/AuditPage")) }]),
            ],
          },
          { path: "*", Component: NotFoundPage },
        ],
      },
    ],
  },
]);

/** Whether the service asked to be asked again shortly. */
const wasBusy = (error: unknown) => error instanceof Refusal && error.problem.status === 503;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      // What the service refused it will refuse again; silence is asked twice more, and so is a service that had no time.
      retry: (failures, error) => failures < 2 && (!(error instanceof Refusal) || error.problem.status === 0 || wasBusy(error)),
    },
    mutations: {
      // The same act with the same id: it is done once, however often it is sent.
      retry: (failures, error) => failures < 2 && wasBusy(error),
    },
  },
});

function Console() {
  const { language } = useWords();
  return (
    <ConfigProvider
      locale={language === "zh" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{ token: { colorPrimary: "#0b4f8a", colorError: "#a8071a", borderRadius: 4, fontFamily: "inherit", motion: !navigator.webdriver } }}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

comeIn();

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <LanguageProvider>
      <Console />
    </LanguageProvider>
  </StrictMode>,
);
