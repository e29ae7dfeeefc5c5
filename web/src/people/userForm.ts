// What is asked about a user.
import type { Schemas } from "../api/client";
import { choices, type FieldsOf } from "../shape/form/field";
import { text } from "../text";
import { ROLE_DUTIES, ROLES } from "../words";

type Role = Schemas["Role"];

/** The fields of a user at an institution with these roles; `known` when the account is there already. */
export function userFields(roles: readonly Role[], known: boolean): FieldsOf<Schemas["UserIn"]> {
  const fitting = choices(ROLES).filter(({ value }) => roles.includes(value as Role));
  return [
    { name: "name", kind: "text", label: text("用户名", "user name"), hint: text("登录用，之后不能修改，如 zhang.san", "to log in with; it does not change, such as zhang.san"), fixed: known },
    { name: "display_name", kind: "text", label: text("姓名", "name"), hint: text("他人看到的称呼", "what others call the person") },
    { name: "role", kind: "choice", label: text("角色", "role"), choices: fitting.map(({ value, label }) => ({ value, label: text(`${label.zh}：${ROLE_DUTIES[value as Role].zh}`, `${label.en}: ${ROLE_DUTIES[value as Role].en}`) })) },
  ];
}
