// The fields of a form, each with its label, its hint and the service's words about it.
import { Button } from "antd";
import { useId } from "react";
import { useWords } from "../../text";
import { emptyDraft, inside, type Draft, type Value } from "./document";
import type { Field } from "./field";

interface Props {
  fields: readonly Field[];
  draft: Draft;
  path: string;
  /** What the service said, by the path of the field. */
  errors: ReadonlyMap<string, string>;
  change: (draft: Draft) => void;
}

export function Fields({ fields, draft, path, errors, change }: Props) {
  return fields.map((field) => (
    <FieldInput
      key={field.name}
      field={field}
      value={draft[field.name] ?? ""}
      path={inside(path, field.name)}
      errors={errors}
      change={(value) => change({ ...draft, [field.name]: value })}
    />
  ));
}

interface InputProps {
  field: Field;
  value: Value;
  path: string;
  errors: ReadonlyMap<string, string>;
  change: (value: Value) => void;
}

function FieldInput(props: InputProps) {
  switch (props.field.kind) {
    case "group":
      return <Group {...props} field={props.field} />;
    case "list":
      return <List {...props} field={props.field} />;
    case "values":
      return <Values {...props} field={props.field} />;
    case "choices":
      return <Choices {...props} field={props.field} />;
    case "flag":
      return <Flag {...props} />;
    default:
      return <Single {...props} />;
  }
}

type Of<Kind extends Field["kind"]> = InputProps & { field: Extract<Field, { kind: Kind }> };

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function Complaint({ id, words }: { id: string; words: string | undefined }) {
  return words ? (
    <p className="field-error" id={`${id}-error`} role="alert">
      {words}
    </p>
  ) : null;
}

function Single({ field, value, path, errors, change }: InputProps) {
  const { t } = useWords();
  const complaint = errors.get(path);
  // A page may have two forms with a field of one name.
  const id = useId();
  const shared = {
    id,
    name: path,
    value: typeof value === "string" ? value : "",
    "aria-invalid": complaint ? true : undefined,
    "aria-describedby": complaint ? `${id}-error` : field.hint ? `${id}-hint` : undefined,
    "aria-required": !field.nullable && !field.optional,
    disabled: field.fixed,
  } as const;
  const figure = field.kind === "money" || field.kind === "rate" || field.kind === "whole";
  const offers = field.offers && field.offers.length > 0 ? `${id}-offers` : undefined;
  return (
    <div className={`field field-${field.kind}`}>
      <label htmlFor={id}>
        {capital(t(field.label))}
        {(field.nullable || field.optional) && <span className="optional">{t("（可空）", " (optional)")}</span>}
      </label>
      {field.kind === "choice" ? (
        <select {...shared} onChange={(event) => change(event.target.value)}>
          <option value="">{t("请选择", "Choose")}</option>
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {t(choice.label)}
            </option>
          ))}
        </select>
      ) : field.kind === "words" ? (
        <textarea {...shared} rows={3} onChange={(event) => change(event.target.value)} />
      ) : (
        <input
          {...shared}
          type={field.kind === "day" ? "date" : field.kind === "password" ? "password" : "text"}
          inputMode={figure ? "decimal" : undefined}
          autoComplete={field.autoComplete ?? "off"}
          list={offers}
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => change(event.target.value)}
        />
      )}
      {offers && (
        <datalist id={offers}>
          {field.offers?.map((offer) => <option key={offer.value} value={offer.value}>{t(offer.label)}</option>)}
        </datalist>
      )}
      <Complaint id={id} words={complaint} />
      {!complaint && field.hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {t(field.hint)}
        </p>
      )}
    </div>
  );
}

function Flag({ field, value, path, errors, change }: InputProps) {
  const { t } = useWords();
  return (
    <div className="field field-flag">
      <label>
        <input type="checkbox" checked={value === true} onChange={(event) => change(event.target.checked)} />
        <span>{capital(t(field.label))}</span>
      </label>
      {field.hint && <p className="field-hint">{t(field.hint)}</p>}
      <Complaint id={path} words={errors.get(path)} />
    </div>
  );
}

function Choices({ field, value, path, errors, change }: Of<"choices">) {
  const { t } = useWords();
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const toggle = (name: string, on: boolean) => change(on ? [...chosen, name] : chosen.filter((other) => other !== name));
  return (
    <details className="field field-choices" open={field.open || chosen.length > 0}>
      <summary>
        {capital(t(field.label))}
        {chosen.length > 0 && `（${chosen.length}）`}
      </summary>
      {field.hint && <p className="field-hint">{t(field.hint)}</p>}
      <div className="choices">
        {field.choices.map((choice) => (
          <label key={choice.value}>
            <input type="checkbox" checked={chosen.includes(choice.value)} onChange={(event) => toggle(choice.value, event.target.checked)} />
            <span>{t(choice.label)}</span>
          </label>
        ))}
      </div>
      <Complaint id={path} words={errors.get(path)} />
    </details>
  );
}

function Values({ field, value, path, errors, change }: Of<"values">) {
  const { t } = useWords();
  const entries = Array.isArray(value) ? (value as string[]) : [];
  return (
    <fieldset className="field-list">
      <legend>
        {capital(t(field.label))} <span className="optional">{field.hint && t(field.hint)}</span>
      </legend>
      <Complaint id={path} words={errors.get(path)} />
      {entries.map((entry, place) => (
        <div className="value-row" key={place}>
          <Single
            field={{ kind: "money", name: String(place), label: { zh: `${field.each.zh} ${place + 1}`, en: `${field.each.en} ${place + 1}` } }}
            value={entry}
            path={inside(path, place)}
            errors={errors}
            change={(changed) => change(entries.map((other, at) => (at === place ? (changed as string) : other)))}
          />
          <Remove what={`${t(field.each)} ${place + 1}`} act={() => change(entries.filter((_, at) => at !== place))} />
        </div>
      ))}
      <Add what={t(field.each)} act={() => change([...entries, ""])} />
    </fieldset>
  );
}

function Group({ field, value, path, errors, change }: Of<"group">) {
  const { t } = useWords();
  const given = typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  return (
    <fieldset className="field-group">
      <legend>
        {capital(t(field.label))} <span className="optional">{field.hint && t(field.hint)}</span>
      </legend>
      <Complaint id={path} words={errors.get(path)} />
      {given ? <div className="fields"><Fields fields={field.fields} draft={given} path={path} errors={errors} change={change} /></div> : null}
      {field.nullable &&
        (given ? <Button className="no-print" onClick={() => change(null)}>{t(`删除${t(field.label)}`, `Remove ${t(field.label)}`)}</Button> : <Add what={t(field.label)} act={() => change(emptyDraft(field.fields))} />)}
    </fieldset>
  );
}

function List({ field, value, path, errors, change }: Of<"list">) {
  const { t } = useWords();
  const rows = Array.isArray(value) ? (value as Draft[]) : [];
  const hasMoney = field.fields.some((inner) => inner.kind === "money");
  return (
    <fieldset className="field-list">
      <legend>
        {capital(t(field.label))} <span className="optional">{t(`${rows.length} 行${hasMoney ? "，金额单位：元" : ""}`, `${rows.length}${hasMoney ? ", amounts in yuan" : ""}`)}</span>
      </legend>
      <Complaint id={path} words={errors.get(path)} />
      {rows.map((row, place) => (
        <div className="list-row" key={place} role="group" aria-label={`${t(field.each)} ${place + 1}`}>
          <span className="row-number">{place + 1}</span>
          <div className="fields">
            <Fields fields={field.fields} draft={row} path={inside(path, place)} errors={errors} change={(changed) => change(rows.map((other, at) => (at === place ? changed : other)))} />
          </div>
          <Remove what={`${t(field.each)} ${place + 1}`} act={() => change(rows.filter((_, at) => at !== place))} />
        </div>
      ))}
      <Add what={t(field.each)} act={() => change([...rows, emptyDraft(field.fields)])} />
    </fieldset>
  );
}

function Add({ what, act }: { what: string; act: () => void }) {
  const { t } = useWords();
  return (
    <Button type="dashed" className="no-print" onClick={act}>
      {t(`＋ 添加${what}`, `+ Add ${what}`)}
    </Button>
  );
}

function Remove({ what, act }: { what: string; act: () => void }) {
  const { t } = useWords();
  return (
    <Button type="text" className="remove no-print" aria-label={t(`删除${what}`, `Remove ${what}`)} onClick={act}>
      ✕
    </Button>
  );
}
