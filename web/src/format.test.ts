// Figures keep every digit.
import { describe, expect, it } from "vitest";
import { csv, grouped, percent, plain, thousandths, wholeOf } from "./format";

describe("figures", () => {
  it("groups thousands without touching a digit beyond what a number can hold", () => {
    expect(grouped("92233720368547758.07")).toBe("92,233,720,368,547,758.07");
    expect(grouped("-1234.50")).toBe("-1,234.50");
    expect(grouped("999.00")).toBe("999.00");
    expect(grouped("—")).toBe("—");
  });
  it("moves the point of a rate and rounds nothing", () => {
    expect(percent("0.009973")).toBe("0.9973%");
    expect(percent("0.010000")).toBe("1%");
    expect(percent("1")).toBe("100%");
    expect(percent("0.8")).toBe("80%");
    expect(percent("0.0000000001")).toBe("0.00000001%");
    expect(percent("12.5")).toBe("1250%");
    expect(percent("null")).toBe("null");
  });
  it("drops only zeros that say nothing", () => {
    expect([plain("2.500000"), plain("10"), plain("10.000000")]).toEqual(["2.5", "10", "10"]);
  });
  it("measures a part of a whole for a picture, and nothing of nothing", () => {
    expect(thousandths("20.01", "100.00")).toBe(200);
    expect(thousandths("1.00", "0.00")).toBe(0);
    expect(thousandths("1", wholeOf(["0.4", "0.6", "1"]))).toBe(500);
  });
});

describe("csv", () => {
  it("quotes what needs it and never starts a formula", () => {
    expect(csv([["客户", 'a"b', "=1+1", "-5.00", "x,y"]])).toBe('\uFEFF客户,"a""b",\'=1+1,-5.00,"x,y"\r\n');
  });
});
