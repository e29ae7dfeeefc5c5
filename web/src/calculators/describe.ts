// What a calculator's page is made from: its fields, its figures and an example, tied to the generated types.
import type { ComponentType } from "react";
import type { CalculatorName, Finding, Schemas } from "../api/client";
import type { Field, FieldsOf } from "../shape/form/field";
import type { Text } from "../text";

export interface Figure {
  name: string;
  label: Text;
  kind: "money" | "rate" | "multiple" | "days";
}

export interface ResultProps<In, Out> {
  input: In;
  answer: Out;
}

/** One calculator, as its page shows it. */
export interface Calculator {
  name: CalculatorName;
  title: Text;
  purpose: Text;
  /** The document it rests on. */
  basis: Text;
  fields: Field[];
  example: object;
  figures: Figure[];
  findings: (answer: never) => Finding[];
  /** What figures and findings cannot say. */
  Picture?: ComponentType<ResultProps<never, never>>;
  /** Pages that go to a finance bureau on paper. */
  paper?: boolean;
}

interface Ins {
  size: Schemas["SizeIn"];
  identifier: Schemas["IdentifierIn"];
  fee: Schemas["FeeIn"];
  refee: Schemas["RefeeIn"];
  risk: Schemas["RiskIn"];
  split: Schemas["SplitIn"];
  payout: Schemas["PayoutIn"];
  portfolio: Schemas["PortfolioIn"];
  liability: Schemas["LiabilityIn"];
  annualise: Schemas["AnnualiseIn"];
  reserves: Schemas["ReservesIn"];
  award: Schemas["AwardIn"];
  vat: Schemas["VatIn"];
}

interface Outs {
  size: Schemas["SizeOut"];
  identifier: Schemas["CalculatorIdentifierOut"];
  fee: Schemas["FeeOut"];
  refee: Schemas["RefeeOut"];
  risk: Schemas["RiskOut"];
  split: Schemas["SplitOut"];
  payout: Schemas["PayoutOut"];
  portfolio: Schemas["CalculatorPortfolioOut"];
  liability: Schemas["CalculatorLiabilityOut"];
  annualise: Schemas["AnnualiseOut"];
  reserves: Schemas["ReservesOut"];
  award: Schemas["AwardOut"];
  vat: Schemas["VatOut"];
}

/** Ties a description to the documents of the interface: a renamed field no longer compiles. */
export function describe<N extends CalculatorName>(
  name: N,
  described: Omit<Calculator, "name" | "fields" | "example" | "figures" | "findings" | "Picture"> & {
    fields: FieldsOf<Ins[N]>;
    example: Ins[N];
    figures?: (Figure & { name: keyof Outs[N] & string })[];
    findings?: (answer: Outs[N]) => Finding[];
    Picture?: ComponentType<ResultProps<Ins[N], Outs[N]>>;
  },
): Calculator {
  return {
    findings: () => [],
    figures: [],
    ...described,
    name,
    // The page hands each its own documents.
  } as Calculator;
}
