// A form that saves one record: the service's words at each field, a client-made id so that it is saved once, and a guard.
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { newId } from "../id";
import { useWords } from "../text";
import { emptyDraft, fromDocument, toDocument, type Draft } from "./form/document";
import { faultsOf, useComplaints } from "./form/errors";
import type { Field } from "./form/field";
import { Fields } from "./form/FieldInput";
import { Page, type PageProps } from "./Page";
import { Refused } from "./States";
import { Unsaved } from "./Unsaved";

interface FormProps<Saved> {
  fields: readonly Field[];
  /** What the form begins with; empty without. */
  initial?: object;
  /** Saves the document under an id that stays the same however often it is sent. */
  save: (document: never, id: string) => Promise<Saved>;
  /** What follows when it is saved. */
  saved: (saved: Saved) => void;
  /** The word on the button. */
  word: string;
  /** Whether the form is emptied once it is saved, because the page stays. */
  again?: boolean;
  cancel?: () => void;
  danger?: boolean;
  /** Beside the fields, as they stand. */
  children?: (draft: Draft) => ReactNode;
}

/** The form itself, where a page has more than one. */
export function RecordForm<Saved>({ fields, initial, save, saved, word, again, cancel, danger, children }: FormProps<Saved>) {
  const { t } = useWords();
  const begun = useMemo(() => (initial ? fromDocument(fields, initial) : emptyDraft(fields)), []);
  const [draft, setDraft] = useState<Draft>(begun);
  const [id, setId] = useState(() => newId());
  const clean = useRef(true);
  const form = useRef<HTMLFormElement>(null);
  const saving = useMutation({
    mutationFn: () => save(toDocument(fields, draft) as never, id),
    onSuccess: (answer) => {
      clean.current = true;
      if (again) {
        setDraft(begun);
        setId(newId());
      }
      saved(answer);
    },
  });
  // Whoever sent it goes on where it is wrong.
  useEffect(() => {
    if (saving.error) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [saving.error]);
  const faults = faultsOf(saving.error);
  const errors = useComplaints(faults);
  const placed = faults.length > 0 && faults.every((fault) => fields.some((field) => fault.field === field.name || fault.field.startsWith(`${field.name}[`)));
  const change = (next: Draft) => {
    clean.current = JSON.stringify(next) === JSON.stringify(begun);
    setDraft(next);
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  };
  return (
    <form ref={form} className="record-form" onSubmit={submit} noValidate>
      <div className="fields">
        <Fields fields={fields} draft={draft} path="" errors={errors} change={change} />
      </div>
      {children?.(draft)}
      {saving.error && !placed && <Refused error={saving.error} />}
      <div className="submit">
        <Button type="primary" htmlType="submit" danger={danger ?? false} loading={saving.isPending}>{word}</Button>
        {cancel && <Button onClick={cancel}>{t("取消", "Cancel")}</Button>}
      </div>
      <Unsaved when={() => !clean.current} />
    </form>
  );
}

/** A page that is one form. */
export function RecordPage<Saved>({ title, parent, lead, aside, ...form }: FormProps<Saved> & Omit<PageProps, "children" | "actions"> & { aside?: ReactNode }) {
  return (
    <Page title={title} {...(parent ? { parent } : {})} lead={lead}>
      <div className="beside">
        <div className="form-side"><RecordForm {...form} /></div>
        {aside && <aside className="answer-side">{aside}</aside>}
      </div>
    </Page>
  );
}
