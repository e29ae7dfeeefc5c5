// A form and its document are two views of the same thing.
import { describe, expect, it } from "vitest";
import { CALCULATORS } from "../../calculators/catalogue";
import { emptyDraft, fromDocument, inside, isComplete, toDocument } from "./document";

describe("the document of a form", () => {
  it.each(CALCULATORS.map((calculator) => [calculator.name, calculator] as const))("%s: the example survives the form", (_, calculator) => {
    const draft = fromDocument(calculator.fields, calculator.example);
    expect(toDocument(calculator.fields, draft)).toEqual(calculator.example);
    expect(isComplete(calculator.fields, draft)).toBe(true);
  });
  it.each(CALCULATORS.map((calculator) => [calculator.name, calculator] as const))("%s: an empty form is not complete", (_, calculator) => {
    expect(isComplete(calculator.fields, emptyDraft(calculator.fields))).toBe(false);
  });
  it("names fields as the service does", () => {
    expect(inside(inside(inside("", "contracts"), 0), "amount")).toBe("contracts[0].amount");
  });
  it("takes thousands separators out of money and leaves the rest to the service", () => {
    const fields = [{ name: "fee", kind: "money", label: { zh: "", en: "" } }] as const;
    expect(toDocument(fields, { fee: " 1,234,567.80 " })).toEqual({ fee: "1234567.80" });
    expect(toDocument(fields, { fee: "12,34" })).toEqual({ fee: "12,34" });
    expect(toDocument(fields, { fee: "1e5" })).toEqual({ fee: "1e5" });
  });
});
