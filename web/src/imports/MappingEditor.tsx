// Which column says what: the columns of the file with what stands in them beside what the book asks for.
import { useId, type ReactNode } from "react";
import { SCHEMES } from "../book/words";
import { choices, type Choice } from "../shape/form/field";
import { text, useWords, type Text } from "../text";
import { isShare, says, type MappingDraft, type Share } from "./mappingDraft";
import { MappingFile } from "./MappingFile";
import { BEARERS, DAY_FORMATS, SECTIONS, UNITS, type MapField, type Target } from "./words";

/** A file's columns with their first values; none where a mapping is read without a file. */
export interface Sheet {
  heading: string[];
  rows: string[][];
}

interface Props {
  draft: MappingDraft;
  sheet: Sheet;
  /** What the service said, by the place in the mapping. */
  errors: ReadonlyMap<string, string>;
  change: (draft: MappingDraft) => void;
}

/** A constant is chosen where a column would be. */
const CONSTANT = " constant";

export function MappingEditor({ draft, sheet, errors, change }: Props) {
  const { t } = useWords();
  const set = (path: string) => (field: MapField) => change({ ...draft, fields: { ...draft.fields, [path]: field } });
  const shared = { sheet, errors, draft };
  return (
    <div className="mapping">
      <General draft={draft} errors={errors} change={change} />
      {SECTIONS.slice(0, 1).map((section) => <TargetsOf key={section.title.en} section={section} {...shared} set={set} />)}
      {SECTIONS.slice(1, 2).map((section) => (
        <TargetsOf key={section.title.en} section={section} {...shared} set={set}>
          <Identifier {...shared} change={change} />
        </TargetsOf>
      ))}
      <fieldset className="targets">
        <legend>{t("分险比例", "Who bears how much")}</legend>
        {errors.get("shares") && <p className="field-error" role="alert">{errors.get("shares")}</p>}
        {BEARERS.map((bearer) => <ShareOf key={bearer.role} role={bearer.role} label={bearer.label} {...shared} change={(share) => change({ ...draft, shares: { ...draft.shares, [bearer.role]: share } })} />)}
      </fieldset>
      <Released {...shared} change={change} />
      {SECTIONS.slice(2).map((section) => <TargetsOf key={section.title.en} section={section} {...shared} set={set} />)}
    </div>
  );
}

function General({ draft, errors, change }: Omit<Props, "sheet">) {
  const { t } = useWords();
  const [day, unit, form, tags] = [useId(), useId(), useId(), useId()];
  return (
    <fieldset className="targets">
      <legend>{t("整个文件", "The whole file")}</legend>
      <MappingFile read={change} />
      <div className="fields">
        <Labelled id={day} label={t("账目截至", "State as of")} complaint={errors.get("as_of")} hint={t("文件所述状态的日期，不晚于今天", "the day whose state the file tells")}>
          <input id={day} type="date" value={draft.as_of} onChange={(event) => change({ ...draft, as_of: event.target.value })} />
        </Labelled>
        <Labelled id={unit} label={t("金额单位", "Unit of amounts")} complaint={errors.get("unit")}>
          <select id={unit} value={draft.unit} onChange={(event) => change({ ...draft, unit: event.target.value as MappingDraft["unit"] })}>{choices(UNITS).map((choice) => <option key={choice.value} value={choice.value}>{t(choice.label)}</option>)}</select>
        </Labelled>
        <Labelled id={form} label={t("日期的写法", "How days are written")} complaint={errors.get("day_format")}>
          <DayFormat id={form} value={draft.day_format} change={(day_format) => change({ ...draft, day_format })} />
        </Labelled>
        <Labelled id={tags} label={`${t("标签", "Tags")}${t("（可空）", " (optional)")}`} complaint={errors.get("contract.tags")}>
          <input id={tags} value={draft.tags} onChange={(event) => change({ ...draft, tags: event.target.value })} />
        </Labelled>
      </div>
    </fieldset>
  );
}

function Labelled({ id, label, hint, complaint, children }: { id: string; label: string; hint?: string; complaint: string | undefined; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {complaint ? <p className="field-error" role="alert">{complaint}</p> : hint && <p className="field-hint">{hint}</p>}
    </div>
  );
}

function DayFormat({ id, value, change, inherit }: { id?: string; value: string; change: (value: string) => void; inherit?: string }) {
  const { t } = useWords();
  const list = useId();
  return (
    <>
      <input id={id} list={list} value={value} aria-label={id ? undefined : t("日期的写法", "How days are written")} placeholder={inherit} onChange={(event) => change(event.target.value)} />
      <datalist id={list}>{DAY_FORMATS.map((format) => <option key={format.value} value={format.value}>{t(format.label)}</option>)}</datalist>
    </>
  );
}

type Shared = Pick<Props, "sheet" | "errors" | "draft">;

function TargetsOf({ section, set, children, ...shared }: Shared & { section: { title: Text; targets: Target[] }; set: (path: string) => (field: MapField) => void; children?: ReactNode }) {
  const { t } = useWords();
  return (
    <fieldset className="targets">
      <legend>{t(section.title)}</legend>
      {section.targets.map((target) => <TargetOf key={target.path} target={target} field={shared.draft.fields[target.path] ?? {}} {...shared} change={set(target.path)} />)}
      {children}
    </fieldset>
  );
}

/** What the book asks for, where it stands in the file, and what more is to be said of it. */
function Row({ id, label, optional = false, hint, source, more }: { id: string; label: Text; optional?: boolean | undefined; hint?: Text | undefined; source: ReactNode; more: ReactNode }) {
  const { t } = useWords();
  return (
    <div className="target" role="group" aria-labelledby={`${id}-label`}>
      <div className="target-name">
        <label htmlFor={id} id={`${id}-label`}>{t(label)}{optional && <span className="optional">{t("（可空）", " (optional)")}</span>}</label>
        {hint && <p className="field-hint">{t(hint)}</p>}
      </div>
      <div className="target-source">{source}</div>
      <div className="target-more">{more}</div>
    </div>
  );
}

/** What stands in a column in the first rows, each once. */
function samples(sheet: Sheet, column: string | null | undefined): string[] {
  const place = sheet.heading.indexOf(column ?? "");
  return place < 0 ? [] : [...new Set(sheet.rows.map((row) => row[place] ?? "").filter((value) => value !== ""))];
}

function Samples({ sheet, column }: { sheet: Sheet; column: string | null | undefined }) {
  const { t } = useWords();
  const found = samples(sheet, column);
  // Without a file nothing is known of what stands in it.
  if (sheet.rows.length === 0) return null;
  return <p className="samples" lang="zh-CN">{found.length > 0 ? <>{t("例：", "e.g. ")}{found.slice(0, 3).join("｜")}</> : column ? t("前几行为空", "empty in the first rows") : ""}</p>;
}

/** Everything said about a place and what stands below it. */
const complaints = (errors: ReadonlyMap<string, string>, path: string) => [...errors].filter(([field]) => field === path || field.startsWith(`${path}.`));

function Complaints({ errors, path }: { errors: ReadonlyMap<string, string>; path: string }) {
  return complaints(errors, path).map(([field, words]) => <p key={field} className="field-error" role="alert">{field.startsWith(`${path}.values.`) && <b lang="zh-CN">{field.slice(path.length + 8)}：</b>}{words}</p>);
}

function Source({ id, sheet, value, change, optional, constant = true, invalid }: { id: string; sheet: Sheet; value: string; change: (value: string) => void; optional: boolean; constant?: boolean; invalid: boolean }) {
  const { t } = useWords();
  const known = sheet.heading.filter((name) => name !== "");
  return (
    <select id={id} value={value} aria-invalid={invalid || undefined} onChange={(event) => change(event.target.value)}>
      <option value="">{optional ? t("— 文件中没有 —", "— not in the file —") : t("请选择栏", "Choose a column")}</option>
      {value !== "" && value !== CONSTANT && !known.includes(value) && <option value={value}>{value}</option>}
      {known.map((name) => <option key={name} value={name}>{name}</option>)}
      {constant && <option value={CONSTANT}>{t("固定值", "The same for every row")}</option>}
    </select>
  );
}

function TargetOf({ target, field, sheet, errors, draft, change }: Shared & { target: Target; field: MapField; change: (field: MapField) => void }) {
  const { t } = useWords();
  const id = useId();
  const source = field.column ?? (field.constant != null ? CONSTANT : "");
  const pick = (value: string) => {
    if (value === "") change({});
    else if (value === CONSTANT) change({ constant: "" });
    else change({ ...field, column: value, constant: null });
  };
  const found = complaints(errors, target.path);
  return (
    <Row id={id} label={target.label} optional={target.optional} hint={target.hint}
      source={<>
        <Source id={id} sheet={sheet} value={source} change={pick} optional={target.optional === true} invalid={found.length > 0} />
        {field.constant != null && <Constant target={target} value={field.constant} change={(constant) => change({ constant })} />}
        {field.column != null && <Samples sheet={sheet} column={field.column} />}
        <Complaints errors={errors} path={target.path} />
      </>}
      more={<>
        {field.column != null && target.kind === "amount" && (
          <select aria-label={t(`${target.label.zh}的单位`, `Unit of ${target.label.en}`)} value={field.unit ?? ""} onChange={(event) => change({ ...field, unit: event.target.value === "" ? null : (event.target.value as MappingDraft["unit"]) })}>
            <option value="">{t(`同全文件（${UNITS[draft.unit].zh}）`, `as the file (${UNITS[draft.unit].en})`)}</option>
            {choices(UNITS).map((choice) => <option key={choice.value} value={choice.value}>{t(choice.label)}</option>)}
          </select>
        )}
        {field.column != null && target.kind === "day" && <DayFormat value={field.format ?? ""} inherit={draft.day_format} change={(format) => change({ ...field, format: format === "" ? null : format })} />}
        {field.column != null && target.choices && <Meanings target={target} field={field} offered={target.choices} sheet={sheet} change={change} />}
        {field.column != null && (
          <details className="folded">
            <summary>{t("更多", "More")}</summary>
            <div className="fields">
              <Fallback sheet={sheet} value={field.or ?? ""} change={(or) => change({ ...field, or: or === "" ? null : or })} />
              {target.kind === "code" && <Prefix value={field.prefix ?? null} change={(prefix) => change({ ...field, prefix })} />}
            </div>
            {target.kind === "code" && <Meanings target={target} field={field} sheet={sheet} change={change} />}
          </details>
        )}
      </>}
    />
  );
}

function Constant({ target, value, change }: { target: Target; value: string; change: (value: string) => void }) {
  const { t } = useWords();
  const label = t(`${target.label.zh}的固定值`, `${target.label.en} of every row`);
  if (!target.choices) return <input aria-label={label} value={value} onChange={(event) => change(event.target.value)} />;
  return (
    <select aria-label={label} value={value} onChange={(event) => change(event.target.value)}>
      <option value="">{t("请选择", "Choose")}</option>
      {target.choices.map((choice) => <option key={choice.value} value={choice.value}>{t(choice.label)}</option>)}
    </select>
  );
}

function Fallback({ sheet, value, change }: { sheet: Sheet; value: string; change: (value: string) => void }) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t("此栏为空时改用", "When it is empty")}</label>
      <Source id={id} sheet={sheet} value={value} change={change} optional constant={false} invalid={false} />
    </div>
  );
}

function Prefix({ value, change }: { value: number | null; change: (value: number | null) => void }) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t("只取前几个字符", "Only the first characters")}</label>
      <input id={id} type="number" min={1} max={20} value={value ?? ""} onChange={(event) => change(event.target.value === "" ? null : Number(event.target.value))} />
    </div>
  );
}

/** What each value of a column means: what stands in the first rows, and what was said before. */
function Meanings({ target, field, sheet, offered, change }: { target: Target; field: MapField; sheet: Sheet; offered?: readonly Choice[]; change: (field: MapField) => void }) {
  const { t } = useWords();
  const known = field.values ?? {};
  const values = [...new Set([...Object.keys(known), ...samples(sheet, field.column).filter((value) => offered !== undefined && !offered.some((choice) => choice.value === value))])];
  const set = (value: string, meaning: string | null) => {
    const next = Object.fromEntries(Object.entries({ ...known, [value]: meaning }).filter(([, meaning]) => meaning !== null)) as Record<string, string>;
    change({ ...field, values: Object.keys(next).length === 0 ? null : next });
  };
  const add = (value: string) => { if (value !== "") set(value, known[value] ?? ""); };
  return (
    <div className="meanings" role="group" aria-label={t(`${target.label.zh}：各值的含义`, `${target.label.en}: what each value means`)}>
      {values.map((value) => (
        <label key={value}>
          <span lang="zh-CN">{value} →</span>
          {offered ? (
            <select aria-label={t(`“${value}”的含义`, `meaning of “${value}”`)} value={known[value] ?? ""} onChange={(event) => set(value, event.target.value === "" ? null : event.target.value)}>
              <option value="">{t("未说明", "not said")}</option>
              {offered.map((choice) => <option key={choice.value} value={choice.value}>{t(choice.label)}</option>)}
            </select>
          ) : <input aria-label={t(`“${value}”的含义`, `meaning of “${value}”`)} value={known[value] ?? ""} onChange={(event) => set(value, event.target.value)} />}
        </label>
      ))}
      <label>
        <span>{t("另加一个值", "Another value")}</span>
        <input aria-label={t(`${target.label.zh}：另加一个值`, `${target.label.en}: another value`)} onBlur={(event) => { add(event.target.value.trim()); event.target.value = ""; }} onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); event.currentTarget.blur(); } }} />
      </label>
    </div>
  );
}

function Identifier({ draft, sheet, errors, change }: Props) {
  const { t } = useWords();
  const [scheme, first] = [useId(), useId()];
  const { identifier } = draft;
  const set = (more: Partial<MappingDraft["identifier"]>) => change({ ...draft, identifier: { ...identifier, ...more } });
  const columns = identifier.columns.length === 0 ? [""] : identifier.columns;
  return (
    <Row id={first} label={text("证件号码", "Identifier")} hint={text("按它识别同一客户；没有号码时可用名称加邮编等多栏", "by it a client is known again; several columns where there is no number")}
      source={<>
        {columns.map((column, place) => (
          <Source key={place} id={place === 0 ? first : `${first}-${place}`} sheet={sheet} value={column} constant={false} optional={place > 0} invalid={complaints(errors, "client.identifier").length > 0}
            change={(value) => set({ columns: columns.map((each, other) => (other === place ? value : each)).filter((each) => each !== "") })} />
        ))}
        {columns.length === 1 && <Samples sheet={sheet} column={columns[0]} />}
        <Complaints errors={errors} path="client.identifier" />
      </>}
      more={<>
        <select id={scheme} aria-label={t("证件种类", "Kind of identifier")} value={identifier.scheme} onChange={(event) => set({ scheme: event.target.value as MappingDraft["identifier"]["scheme"] })}>
          {choices(SCHEMES).map((choice) => <option key={choice.value} value={choice.value}>{t(choice.label)}</option>)}
        </select>
        {columns.every((column) => column !== "") && <button type="button" className="link-button" onClick={() => set({ columns: [...columns, sheet.heading.find((name) => name !== "" && !columns.includes(name)) ?? ""].filter((each) => each !== "") })}>{t("再加一栏", "Add a column")}</button>}
        {columns.length > 1 && <input aria-label={t("各栏之间的分隔", "What stands between the columns")} placeholder="|" value={identifier.separator} onChange={(event) => set({ separator: event.target.value })} />}
      </>}
    />
  );
}

type Form = "none" | "column" | "constant" | "ratio" | "rest";

const formOf = (share: Share | undefined): Form => (!isShare(share) ? "none" : share?.rest ? "rest" : share?.column != null ? "column" : share?.constant != null ? "constant" : "ratio");

function ShareOf({ role, label, sheet, draft, errors, change }: Shared & { role: string; label: Text; change: (share: Share | undefined) => void }) {
  const { t } = useWords();
  const id = useId();
  const share = draft.shares[role];
  const form = formOf(share);
  const first = sheet.heading.find((name) => name !== "") ?? "";
  const pick = (form: Form) => change(form === "none" ? undefined : form === "rest" ? { rest: true } : form === "column" ? { column: first } : form === "constant" ? { constant: "" } : { one_minus_ratio: [first, first] });
  const column = (value: string, set: (value: string) => void, name: string) => (
    <select aria-label={name} value={value} onChange={(event) => set(event.target.value)}>
      {!sheet.heading.includes(value) && <option value={value}>{value}</option>}
      {sheet.heading.filter((name) => name !== "").map((name) => <option key={name} value={name}>{name}</option>)}
    </select>
  );
  const [part = "", whole = ""] = (share?.one_minus_ratio ?? []) as string[];
  return (
    <Row id={id} label={label}
      source={<>
        <select id={id} value={form} onChange={(event) => pick(event.target.value as Form)}>
          <option value="none">{t("不承担", "bears nothing")}</option>
          <option value="column">{t("按栏中的比例", "a share in a column")}</option>
          <option value="constant">{t("固定比例", "the same share in every row")}</option>
          <option value="ratio">{t("1 − 一栏 ÷ 另一栏", "1 − a column ÷ another")}</option>
          <option value="rest">{t("承担其余", "what the others leave")}</option>
        </select>
        {form === "column" && <Samples sheet={sheet} column={share?.column} />}
        <Complaints errors={errors} path={`shares.${role}`} />
      </>}
      more={<>
        {form === "column" && column(share?.column ?? "", (value) => change({ column: value }), t(`${label.zh}：栏`, `${label.en}: column`))}
        {form === "constant" && <input aria-label={t(`${label.zh}：比例`, `${label.en}: share`)} placeholder="20%" value={share?.constant ?? ""} onChange={(event) => change({ constant: event.target.value })} />}
        {form === "ratio" && <>{column(part, (value) => change({ one_minus_ratio: [value, whole] }), t("分子", "the part"))}{column(whole, (value) => change({ one_minus_ratio: [part, value] }), t("分母", "the whole"))}</>}
      </>}
    />
  );
}

/** By which values of which column it is known that a contract has ended. */
function Released({ draft, sheet, errors, change }: Props) {
  const { t } = useWords();
  const [id, on] = [useId(), useId()];
  const { released } = draft;
  const set = (more: Partial<MappingDraft["released"]>) => change({ ...draft, released: { ...released, ...more } });
  const values = [...new Set([...released.values, ...samples(sheet, released.column)])];
  return (
    <fieldset className="targets">
      <legend>{t("解保", "Release")}</legend>
      <Row id={id} label={text("合同状态", "State")} optional hint={text("不填时全部视为在保", "every contract is in force without")}
        source={<>
          <Source id={id} sheet={sheet} value={released.column} constant={false} optional invalid={complaints(errors, "released").length > 0} change={(column) => set({ column, values: [] })} />
          <Complaints errors={errors} path="released" />
        </>}
        more={<div className="meanings">
          {released.column !== "" && values.map((value) => (
            <label key={value} className="one-line">
              <input type="checkbox" checked={released.values.includes(value)} onChange={(event) => set({ values: event.target.checked ? [...released.values, value] : released.values.filter((each) => each !== value) })} />
              <span>{t("“", "“")}<span lang="zh-CN">{value}</span>{t("”表示已解保", "” says that it was released")}</span>
            </label>
          ))}
        </div>}
      />
      {released.column !== "" && (
        <Row id={on} label={text("解保日", "Day of the release")} optional hint={text("不填时取到期日或账目截至日，以较早者为准", "without, the agreed end or the day of the file, whichever is earlier")}
          source={<><Source id={on} sheet={sheet} value={released.on.column ?? ""} constant={false} optional invalid={false} change={(column) => set({ on: column === "" ? {} : { ...released.on, column } })} />{says(released.on) && <Samples sheet={sheet} column={released.on.column} />}</>}
          more={says(released.on) && <DayFormat value={released.on.format ?? ""} inherit={draft.day_format} change={(format) => set({ on: { ...released.on, format: format === "" ? null : format } })} />}
        />
      )}
    </fieldset>
  );
}
