// What is asked about a party, and about each fact of it.
import type { Schemas } from "../api/client";
import { FLAGS, PARTY_KINDS, SCHEMES } from "../book/words";
import { choices, type Choice, type FieldsOf } from "../shape/form/field";
import { text } from "../text";

export function partyFields(known: boolean, regions: readonly Choice[]): FieldsOf<Schemas["PartyIn"]> {
  return [
    { name: "name", kind: "text", label: text("名称", "name"), hint: text("营业执照或身份证上的全称", "the full name of its licence or document") },
    { name: "kind", kind: "choice", label: text("类型", "kind"), choices: choices(PARTY_KINDS), fixed: known, hint: text("按法律形式，之后不能修改", "by its legal form; it does not change") },
    { name: "region_code", kind: "text", label: text("行政区划代码", "region code"), hint: text("六位，输入地名可查找", "six digits; write a name to find it"), offers: regions },
    { name: "industry_code", kind: "text", nullable: true, label: text("行业代码", "industry"), hint: text("国民经济行业分类：门类字母，或两至四位数字；自然人可不填", "GB/T 4754: a section’s letter, or two to four digits; a person may have none") },
  ];
}

const UNTIL = { name: "until", kind: "day", nullable: true, label: text("终止日", "until"), hint: text("不再有效的第一天", "the first day without it") } as const;
const FROM = { name: "from", kind: "day", label: text("起始日", "from"), hint: text("今天或更早", "today or earlier") } as const;

export const SIZE_FIELDS: FieldsOf<Schemas["SizeInputIn"]> = [
  { name: "financial_year", kind: "whole", label: text("财务年度", "financial year"), hint: text("如 2025", "such as 2025") },
  { name: "industry_code", kind: "text", label: text("行业代码", "industry"), hint: text("两至四位数字", "two to four digits") },
  { name: "employees", kind: "whole", optional: true, label: text("从业人员", "employees"), hint: text("人", "persons") },
  { name: "revenue", kind: "money", nullable: true, label: text("营业收入", "revenue"), hint: text("元，本行业不用的可空", "yuan; empty where the industry does not use it") },
  { name: "total_assets", kind: "money", nullable: true, label: text("资产总额", "total assets"), hint: text("元，本行业不用的可空", "yuan; empty where the industry does not use it") },
  { name: "filed_on", kind: "day", label: text("填报日", "filed on"), hint: text("按当日施行的划型标准", "by the standard of this day") },
];

export const FLAG_FIELDS: FieldsOf<Schemas["FlagIn"]> = [
  { name: "kind", kind: "choice", label: text("标识", "flag"), choices: choices(FLAGS) },
  { name: "source", kind: "text", label: text("依据", "source"), hint: text("如：村委会证明；请勿填写个人信息", "who says so; no personal data") },
  FROM, UNTIL,
];

export const IDENTIFIER_FIELDS: FieldsOf<Schemas["IdentifierFiledIn"]> = [
  { name: "scheme", kind: "choice", label: text("证件种类", "document"), choices: choices(SCHEMES) },
  { name: "value", kind: "text", label: text("号码", "number"), hint: text("字母大写", "letters in upper case") },
  FROM, UNTIL,
];

export const JOBS_FIELDS: FieldsOf<Schemas["JobsIn"]> = [
  { name: "jobs", kind: "whole", label: text("就业人数", "jobs"), hint: text("人", "persons") },
  { name: "on", kind: "day", label: text("统计日", "counted on"), hint: text("今天或更早", "today or earlier") },
];

export const memberFields = (groups: readonly Choice[]): FieldsOf<Schemas["MemberIn"]> => [
  { name: "group_id", kind: "choice", label: text("关联方组", "group"), choices: groups },
  FROM, UNTIL,
];

export const REASON_FIELDS: FieldsOf<Schemas["PartyMergeUndoingIn"]> = [
  { name: "reason", kind: "words", label: text("理由", "reason"), hint: text("永久记入审计，请勿填写个人信息", "stays in the audit trail: no personal data") },
];

export const FACT_END: FieldsOf<Schemas["FactEndIn"]> = [{ name: "until", kind: "day", label: text("终止日", "end"), hint: text("不再有效的第一天", "the first day without it") }];
