import { expect, it } from "vitest";
import { leadsTo } from "./RuleLink";

it("a rule of the law leads into the rulebook, and what somebody stated to its register", () => {
  const leads = { "fee.cap": "/rules/fee.cap", "limit.leverage": "/rules/limit.leverage", "local.leverage": "/local-limits", "product.startup_cap": "/products", "quota.reguarantee": "/quota-grants", "quota.agreement": "/agreements", "filing.refused": "/filings" };
  for (const [rule, to] of Object.entries(leads)) expect(leadsTo(rule)).toBe(to);
});
