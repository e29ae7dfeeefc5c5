// Between a mapping as it is edited and the document that the service reads; says nothing about what is right.
import type { Schemas } from "../api/client";
import { tagsOf } from "../format";
import { BEARERS, SECTIONS, type Mapping, type MapField, type Target } from "./words";

export type Share = Schemas["ImportShareMap"];

export interface MappingDraft {
  /** The characters of a file that says nothing of them itself, and what stands between its columns; not edited here. */
  written: Partial<Pick<Mapping, "encoding" | "delimiter">>;
  as_of: string;
  unit: Schemas["ImportUnit"];
  day_format: string;
  tags: string;
  /** The fields by their places. */
  fields: Record<string, MapField>;
  identifier: { scheme: Schemas["IdentifierScheme"]; columns: string[]; separator: string };
  shares: Partial<Record<string, Share>>;
  released: { column: string; values: string[]; on: MapField };
}

const TARGETS: readonly Target[] = SECTIONS.flatMap((section) => section.targets);

/** Whether a field says anything yet. */
export const says = (field: MapField | undefined) => field?.column != null || field?.constant != null;

export const isShare = (share: Share | undefined) => share !== undefined && (share.rest === true || share.column != null || share.constant != null || share.one_minus_ratio != null);

/** A mapping that says nothing but what the names of the columns say by themselves. */
export function begun(heading: readonly string[], today: string): MappingDraft {
  // A unit stands in brackets behind the name.
  const named = (called: readonly string[]) => heading.find((name) => called.includes(name.replace(/[（(].*$/, "").trim()));
  const fields = Object.fromEntries(TARGETS.map((target) => {
    const column = named(target.called);
    if (column === undefined) return [target.path, {}];
    return [target.path, { column, ...(target.kind === "amount" && /万/.test(column) ? { unit: "wan" as const } : {}) }];
  }));
  if (says(fields["contract.end"])) fields["contract.months"] = {};
  const code = named(["统一社会信用代码", "社会信用代码"]);
  const number = named(["身份证号", "身份证号码", "公民身份号码"]);
  const bank = named(BEARERS[0]?.called ?? []);
  const [state, on] = [named(["状态", "合同状态"]), named(["解保日", "解除日"])];
  return {
    written: {}, as_of: today, unit: "yuan", day_format: "%Y-%m-%d", tags: "", fields,
    identifier: { scheme: code === undefined && number !== undefined ? "resident_id" : "uscc", columns: [code ?? number].filter((name) => name !== undefined), separator: "" },
    shares: bank === undefined ? {} : { bank: { column: bank }, institution: { rest: true } },
    released: { column: state ?? "", values: [], on: on === undefined ? {} : { column: on } },
  };
}

export function fromMapping(mapping: Mapping): MappingDraft {
  const at = (path: string): MapField => {
    const [group = "", name = ""] = path.split(".");
    const found = (mapping as unknown as Record<string, Record<string, MapField | null> | null | undefined>)[group];
    return found?.[name] ?? {};
  };
  const { encoding, delimiter, released } = mapping;
  return {
    written: { encoding, delimiter },
    as_of: mapping.as_of, unit: mapping.unit ?? "yuan", day_format: mapping.day_format, tags: (mapping.contract.tags ?? []).join(" "),
    fields: Object.fromEntries(TARGETS.map(({ path }) => [path, at(path)])),
    identifier: { scheme: mapping.client.identifier.scheme, columns: mapping.client.identifier.columns, separator: mapping.client.identifier.separator ?? "" },
    shares: Object.fromEntries(BEARERS.map(({ role }) => [role, mapping.shares?.[role] ?? undefined])),
    released: { column: released?.column ?? "", values: released?.values ?? [], on: released?.on ?? {} },
  };
}

/** The document; what is missing is sent as it stands, and the service says so. */
export function toMapping(draft: MappingDraft): Mapping {
  const group = (name: string) => {
    const of = TARGETS.filter(({ path }) => path.startsWith(`${name}.`));
    return Object.fromEntries(of.map((target) => [target, draft.fields[target.path] ?? {}] as const).filter(([target, field]) => !target.optional || says(field)).map(([target, field]) => [target.path.slice(name.length + 1), field]));
  };
  const charged = group("charged_off");
  const shares = Object.fromEntries(BEARERS.flatMap(({ role }) => (isShare(draft.shares[role]) ? [[role, draft.shares[role]] as const] : [])));
  return {
    ...draft.written, as_of: draft.as_of, unit: draft.unit, day_format: draft.day_format,
    contract: { ...group("contract"), tags: tagsOf(draft.tags) },
    client: { ...group("client"), identifier: draft.identifier },
    // Left out, the terms of the agreement say who bears how much.
    ...(Object.keys(shares).length === 0 ? {} : { shares }),
    ...(draft.released.column === "" ? {} : { released: { column: draft.released.column, values: draft.released.values, ...(says(draft.released.on) ? { on: draft.released.on } : {}) } }),
    ...(Object.keys(charged).length === 0 ? {} : { charged_off: { amount: {}, on: {}, ...charged } }),
  } as unknown as Mapping;
}
