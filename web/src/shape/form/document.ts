// Between what stands in a form and the document the service reads; says nothing about what is right.
import type { Field } from "./field";

export type Value = string | boolean | null | Value[] | Draft;
export interface Draft {
  [name: string]: Value;
}

/** The path of a field as the service names it: contracts[0].amount. */
export const inside = (parent: string, name: string | number) =>
  typeof name === "number" ? `${parent}[${name}]` : parent === "" ? name : `${parent}.${name}`;

const isDraft = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An empty form; lists begin with one row. */
export function emptyDraft(fields: readonly Field[]): Draft {
  return Object.fromEntries(fields.map((field) => [field.name, emptyValue(field)]));
}

function emptyValue(field: Field): Value {
  switch (field.kind) {
    case "flag":
      return false;
    case "choices":
    case "values":
      return [];
    case "group":
      return field.nullable ? null : emptyDraft(field.fields);
    case "list":
      return [emptyDraft(field.fields)];
    default:
      return "";
  }
}

/** A document put into the form; what the form has no place for is left out. */
export function fromDocument(fields: readonly Field[], document: unknown): Draft {
  const given = isDraft(document) ? document : {};
  return Object.fromEntries(
    fields.map((field) => {
      const value = given[field.name];
      switch (field.kind) {
        case "flag":
          return [field.name, value === true];
        case "choices":
        case "values":
          return [field.name, Array.isArray(value) ? value.map(String) : []];
        case "group":
          return [field.name, isDraft(value) || !field.nullable ? fromDocument(field.fields, value) : null];
        case "list":
          return [field.name, Array.isArray(value) ? value.map((row) => fromDocument(field.fields, row)) : []];
        default:
          return [field.name, value === null || value === undefined ? "" : String(value)];
      }
    }),
  );
}

/** The document of a form. What is missing or wrong is sent as it stands: the service says so in its own words. */
export function toDocument(fields: readonly Field[], draft: Draft): Record<string, unknown> {
  const document: Record<string, unknown> = {};
  for (const field of fields) {
    const value = documentValue(field, draft[field.name] ?? emptyValue(field));
    if (value !== undefined) document[field.name] = value;
  }
  return document;
}

function documentValue(field: Field, value: Value): unknown {
  switch (field.kind) {
    case "flag":
      return value === true;
    case "choices":
      return Array.isArray(value) && value.length === 0 && field.nullable ? null : value;
    case "values":
    // Every character of a password counts.
    case "password":
      return value;
    case "group":
      return isDraft(value) ? toDocument(field.fields, value as Draft) : null;
    case "list":
      return Array.isArray(value) ? value.map((row) => toDocument(field.fields, row as Draft)) : [];
    default: {
      const written = typeof value === "string" ? value.trim() : "";
      if (written === "") {
        if (field.nullable) return null;
        return field.optional || field.kind === "choice" || field.kind === "whole" ? undefined : "";
      }
      // A count of persons or a year, never money.
      if (field.kind === "whole" && /^\d{1,9}$/.test(written)) return Number(written);
      // People paste amounts with thousands separators; the service takes none.
      return field.kind === "money" ? written.replace(/(?<=\d)[,，](?=\d{3})/g, "") : written;
    }
  }
}

/** Whether anything that must be given is still empty: then nothing is asked yet. */
export function isComplete(fields: readonly Field[], draft: Draft): boolean {
  return fields.every((field) => {
    const value = draft[field.name] ?? null;
    if (field.kind === "flag" || field.kind === "choices") return true;
    if (field.kind === "values") return (value as string[]).every((entry) => entry.trim() !== "");
    if (field.kind === "group") return value === null ? field.nullable === true : isComplete(field.fields, value as Draft);
    if (field.kind === "list") return (value as Draft[]).every((row) => isComplete(field.fields, row));
    return field.nullable || field.optional || (typeof value === "string" && value.trim() !== "");
  });
}
