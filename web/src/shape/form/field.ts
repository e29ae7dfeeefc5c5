// What a form is made from: its fields, each with its label and what may stand in it.
import type { Text } from "../../text";

export interface Choice {
  value: string;
  label: Text;
}

interface Common {
  label: Text;
  hint?: Text;
  /** Left empty it is sent as null. */
  nullable?: boolean;
  /** Left empty it is not sent. */
  optional?: boolean;
  /** It was chosen once and stays. */
  fixed?: boolean;
  /** What the browser may fill in. */
  autoComplete?: string;
  /** What may be meant, offered while somebody types. */
  offers?: readonly Choice[];
}

export type Field = Common & { name: string } & (
    | { kind: "money" | "rate" | "day" | "text" | "words" | "password" | "whole" | "flag" }
    | { kind: "choice"; choices: readonly Choice[] }
    | { kind: "choices"; choices: readonly Choice[]; open?: boolean }
    | { kind: "group"; fields: Field[] }
    | { kind: "list"; fields: Field[]; each: Text }
    /** A list of single values. */
    | { kind: "values"; each: Text }
  );

/** Fields of the document `In`, each name checked against its type. */
export type FieldsOf<In> = (Field & { name: keyof In & string })[];

/** Every value of an enumeration, in the order written: a missing or unknown one does not compile. */
export const choices = <Values extends string>(named: Record<Values, Text>): Choice[] =>
  Object.entries<Text>(named).map(([value, label]) => ({ value, label }));
