// What most registers have in common: days, documents, and how they stand in a list.
import { grouped, percent } from "../format";
import type { Field } from "../shape/form/field";
import type { Column } from "../shape/Listing";
import { text, type Text } from "../text";

export const FROM = { name: "from", kind: "day", label: text("起始日", "from") } as const satisfies Field;
export const UNTIL = { name: "until", kind: "day", nullable: true, label: text("终止日", "until"), hint: text("不再有效的第一天", "the first day without it") } as const satisfies Field;
export const DOCUMENT = { name: "document", kind: "text", label: text("依据", "document"), hint: text("文号或批准文件", "its number, or what approved it") } as const satisfies Field;
export const CLAUSE = { name: "clause", kind: "text", label: text("条款", "clause") } as const satisfies Field;
export const VERIFIED = { name: "verified", kind: "flag", label: text("已核对原文", "the clause itself was read") } as const satisfies Field;
export const money = <Name extends string>(name: Name, zh: string, en: string, more: { nullable?: boolean; hint?: Text } = {}) => ({ name, kind: "money", label: text(zh, en), hint: text("元", "yuan"), ...more }) as const;
export const share = <Name extends string>(name: Name, zh: string, en: string, more: { nullable?: boolean } = { nullable: true }) => ({ name, kind: "rate", label: text(zh, en), hint: text("小数：0.2 即 20%", "a decimal: 0.2 is 20%"), ...more }) as const;

interface Dated {
  from: string;
  until?: string | null;
}

/** The columns of a dated row. */
export const datedColumns = <Row extends Dated>(): Column<Row>[] => [
  { name: "from", title: text("起始日", "From"), value: (row) => row.from },
  { name: "until", title: text("终止日", "Until"), value: (row) => row.until ?? "" },
];

/** The facts of a dated row. */
export const datedFacts = (row: Dated): [Text, string][] => [
  [text("起始日", "From"), row.from],
  [text("终止日（不含）", "Until (not included)"), row.until ?? "—"],
];

export const yuan = (figure: string | null | undefined) => (figure ? `${grouped(figure)}` : "");
export const part = (rate: string | null | undefined) => (rate ? percent(rate) : "");
