// What is asked about an institution.
import type { Schemas } from "../api/client";
import { choices, type Choice, type FieldsOf } from "../shape/form/field";
import { text } from "../text";
import { KINDS } from "../words";

/** The fields of an institution of one of these kinds; `known` when it is there already. */
export function institutionFields(kinds: readonly Schemas["InstitutionKind"][], known: boolean, regions: readonly Choice[]): FieldsOf<Schemas["InstitutionIn"]> {
  return [
    { name: "code", kind: "text", label: text("机构代码", "code"), hint: text("登录用，之后不能修改，如 jiangnan-danbao", "its people log in with it; it does not change, such as jiangnan-danbao"), fixed: known },
    { name: "name", kind: "text", label: text("机构名称", "name"), hint: text("营业执照或批准文件上的全称", "the full name of its licence") },
    { name: "kind", kind: "choice", label: text("机构类型", "kind"), choices: choices(KINDS).filter(({ value }) => known || kinds.includes(value as Schemas["InstitutionKind"])), fixed: known },
    { name: "region_code", kind: "text", label: text("行政区划代码", "region code"), hint: text("六位，输入地名可查找", "six digits; write a name to find it"), offers: regions },
  ];
}
