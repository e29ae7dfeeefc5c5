// What is asked about a contract, step by step.
import type { Schemas } from "../api/client";
import { CONTRACT_KINDS, EXISTING_LOANS, PAYEES, PURPOSES } from "../book/words";
import { choices, type Choice, type Field, type FieldsOf } from "../shape/form/field";
import { text, type Text } from "../text";

type Fields = FieldsOf<Schemas["ContractIn"]>;

export const STEPS = ["client", "agreement", "loan", "fee", "review"] as const;
export type Step = (typeof STEPS)[number];

export const STEP_TITLES: Record<Step, Text> = {
  client: text("客户", "Client"),
  agreement: text("协议与产品", "Agreement and product"),
  loan: text("贷款与担保", "Loan and guarantee"),
  fee: text("收费与反担保", "Fee and counter-guarantee"),
  review: text("核对", "Review"),
};

const YUAN = text("元", "yuan");

/** What may be chosen, as far as it depends on what stands in the form. */
export interface Offers {
  agreements: Choice[];
  products: Choice[];
  grades: Choice[];
  banks: Choice[];
  branches: Choice[];
  kind: string;
}

/** The fields of each step; the client is chosen by its name beside them. */
export function fieldsOf(offers: Offers): Record<Exclude<Step, "review">, Fields> {
  return {
    client: [{ name: "number", kind: "text", label: text("合同编号", "number"), hint: text("本机构内唯一，如 保2026-0001", "unique here, such as G2026-0001") }],
    agreement: [
      { name: "agreement_id", kind: "choice", label: text("分险协议", "agreement"), choices: offers.agreements, hint: text("列出今天有效的协议", "those in force today") },
      { name: "product", kind: "choice", nullable: true, label: text("产品", "product"), choices: offers.products, hint: text("一般业务不选", "none for an ordinary contract") },
      ...(offers.grades.length > 0 ? [{ name: "client_grade", kind: "choice", nullable: true, label: text("客户类别", "client’s grade"), choices: offers.grades, hint: text("按产品文件划分", "as the product divides them") } as const] : []),
    ],
    loan: [
      { name: "kind", kind: "choice", label: text("担保品种", "kind"), choices: choices(CONTRACT_KINDS) },
      ...(offers.kind === "bond" ? [{ name: "issuer_rating", kind: "text", nullable: true, label: text("发行人评级", "issuer’s rating"), hint: text("如 AA+", "such as AA+") } as const] : []),
      { name: "bank_id", kind: "choice", nullable: true, label: text("贷款银行", "bank"), choices: offers.banks },
      { name: "branch_id", kind: "choice", nullable: true, label: text("网点", "branch"), choices: offers.branches },
      { name: "loan_number", kind: "text", nullable: true, label: text("借款合同编号", "loan contract") },
      { name: "principal", kind: "money", label: text("贷款本金", "principal"), hint: YUAN },
      { name: "amount", kind: "money", label: text("担保金额", "guaranteed amount"), hint: text("元，不超过本金", "yuan, at most the principal") },
      { name: "credit_line", kind: "money", label: text("单户授信额度", "credit line"), hint: text("元，客户在该银行的授信", "yuan, the client’s at the bank") },
      { name: "loan_rate", kind: "rate", label: text("贷款年利率", "loan rate"), hint: text("小数：0.0435 即 4.35%", "a decimal: 0.0435 is 4.35%") },
      { name: "purpose", kind: "choice", label: text("资金用途", "purpose"), choices: choices(PURPOSES) },
      { name: "existing_loan", kind: "choice", label: text("在该行的存量贷款", "loans at the bank already"), choices: choices(EXISTING_LOANS) },
      { name: "signed_on", kind: "day", label: text("签订日", "signed on") },
      { name: "start", kind: "day", label: text("起始日", "start") },
      { name: "end", kind: "day", label: text("到期日", "end"), hint: text("当日不计入", "the day after the last") },
      { name: "operating_loan", kind: "flag", label: text("经营性贷款", "operating loan") },
      { name: "startup", kind: "group", nullable: true, label: text("创业担保贷款的企业用工", "hires, for a start-up loan"), fields: [
        { name: "hires", kind: "whole", label: text("新招用人数", "qualifying hires") },
        { name: "staff", kind: "whole", label: text("在职人数", "staff") },
      ] },
    ],
    fee: [
      { name: "fee", kind: "money", label: text("担保费", "guarantee fee"), hint: text("元，整个期间", "yuan, for the whole term") },
      { name: "charges", kind: "list", label: text("其他收费", "other charges"), each: text("收费", "charge"), fields: [
        { name: "payee", kind: "choice", label: text("收款方", "payee"), choices: choices(PAYEES) },
        { name: "name", kind: "text", label: text("名称", "name") },
        { name: "amount", kind: "money", label: text("金额", "amount") },
      ] },
      { name: "counter_guarantee", kind: "words", optional: true, label: text("反担保措施", "counter-guarantee"), hint: text("如：法定代表人连带责任保证", "such as the joint liability of the legal representative") },
      { name: "tags", kind: "text", optional: true, label: text("政策标签", "tags"), hint: text("以空格分开", "separated by spaces") },
    ],
  };
}

/** The step in which a field stands. */
export function stepOf(field: string, fields: ReturnType<typeof fieldsOf>): Step {
  const name = field.split(/[.[]/)[0] ?? "";
  if (name === "party_id") return "client";
  for (const step of ["client", "agreement", "loan", "fee"] as const) {
    if (fields[step].some((each: Field) => each.name === name)) return step;
  }
  return "review";
}
