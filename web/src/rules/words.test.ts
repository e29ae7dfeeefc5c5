// A rule is found by its words and by the days it binds.
import { describe, expect, it } from "vitest";
import type { Rule } from "../api/client";
import { bindsOn, byRule, leadsTo, matches, valueLines } from "./words";

const version = (more: Partial<Rule>): Rule => ({
  rule: "fee.cap", title: "担保费率上限", title_en: "cap on the fee", value: "0.01" as never, severity: "principle", direction: "maximum",
  verified: true, grade: "primary", see: [], document: "国办发〔2019〕6号", clause: "（八）", quote: "单户担保金额 500 万元及以下", from: "2019-01-22", until: null, ...more,
});

describe("a rule", () => {
  it("binds from its first day to the day before its last", () => {
    const rule = version({ until: "2020-01-01" });
    expect(["2019-01-21", "2019-01-22", "2019-12-31", "2020-01-01"].map((day) => bindsOn(rule, day))).toEqual([false, true, true, false]);
    expect(bindsOn(version({ from: null }), "1990-01-01")).toBe(true);
  });
  it("is found by clause, document, id and words of either language, spaces aside", () => {
    const [rule] = byRule([version({})]);
    for (const words of ["费率", "CAP", "（八）", "2019〕6号", "fee.cap", "500万元", "费率 fee"]) expect(rule && matches(rule, words), words).toBe(true);
    expect(rule && matches(rule, "准备金")).toBe(false);
  });
  it("keeps its versions together", () => {
    expect(byRule([version({}), version({ rule: "b" }), version({ from: "2025-01-01" })]).map((rule) => rule.versions.length)).toEqual([2, 1]);
  });
  it("shows a value of several parts line by line", () => {
    expect(valueLines({ above: "0.015", nested: { a: "1", b: null } })).toEqual([["above", "0.015"], ["nested", ""], ["a", "1"], ["b", "—"]]);
  });
});

it("a rule of the law leads into the rulebook, and what somebody stated to its register", () => {
  const leads = { "fee.cap": "/rules/fee.cap", "limit.leverage": "/rules/limit.leverage", "local.leverage": "/local-limits", "product.startup_cap": "/products", "quota.reguarantee": "/quota-grants", "quota.agreement": "/agreements", "filing.refused": "/filings" };
  for (const [rule, to] of Object.entries(leads)) expect(leadsTo(rule)).toBe(to);
});
