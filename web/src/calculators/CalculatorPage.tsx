// One calculator: its form, and beside it what the service answers while it is filled in.
import { useQuery } from "@tanstack/react-query";
import { Button, Spin } from "antd";
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useParams } from "react-router";
import { calculate, Refusal } from "../api/client";
import { csv, download, grouped, percent, plain } from "../format";
import { Findings } from "../shape/FindingCard";
import { emptyDraft, fromDocument, isComplete, toDocument, type Draft } from "../shape/form/document";
import { faultsOf, useComplaints } from "../shape/form/errors";
import { Fields } from "../shape/form/FieldInput";
import { FormPage } from "../shape/Page";
import { Empty, Refused } from "../shape/States";
import NotFoundPage from "../shell/NotFoundPage";
import { useWords } from "../text";
import { calculatorNamed } from "./catalogue";
import type { Calculator, Figure } from "./describe";
import { JsonPanel } from "./JsonPanel";

/** How long after the last key the service is asked. */
const PAUSE_MS = 400;

export default function CalculatorPage() {
  const calculator = calculatorNamed(useParams()["name"]);
  return calculator ? <Sheet key={calculator.name} calculator={calculator} /> : <NotFoundPage />;
}

/** A link carries its document behind #, which no browser sends to a server. */
function fromLink(): unknown {
  const [, written] = location.hash.split("#in=");
  try {
    return written ? JSON.parse(decodeURIComponent(written)) : null;
  } catch {
    return null;
  }
}

function Sheet({ calculator }: { calculator: Calculator }) {
  const { t } = useWords();
  const { fields } = calculator;
  const [draft, setDraft] = useState<Draft>(() => {
    const linked = fromLink();
    return linked ? fromDocument(fields, linked) : emptyDraft(fields);
  });
  const [asked, setAsked] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const written = useMemo(() => JSON.stringify(toDocument(fields, draft)), [fields, draft]);

  useEffect(() => {
    // Once somebody has asked, every change is answered; before that only a form without gaps.
    if (asked === null && !isComplete(fields, draft)) return undefined;
    const later = setTimeout(() => setAsked(written), PAUSE_MS);
    return () => clearTimeout(later);
  }, [asked, draft, fields, written]);

  const query = useQuery({
    queryKey: ["calculator", calculator.name, asked],
    queryFn: ({ signal }) => calculate(calculator.name, JSON.parse(asked ?? "{}"), signal),
    enabled: asked !== null,
    placeholderData: (before) => before,
    retry: false,
  });
  const refusal = query.error instanceof Refusal ? query.error : null;
  const errors = useComplaints(faultsOf(refusal));
  const fill = (document: unknown) => setDraft(fromDocument(fields, document));
  const clear = () => {
    setDraft(emptyDraft(fields));
    setAsked(null);
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (asked === written) void query.refetch();
    else setAsked(written);
  };
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>("details:not([open]) [role=alert]")?.closest("details")?.setAttribute("open", "");
  }, [refusal]);
  const answer = query.error || asked === null ? undefined : query.data;

  return (
    <FormPage
      title={t(calculator.title)}
      parent={{ to: "/calculators", title: t("计算器", "Calculators") }}
      lead={`${t(calculator.purpose)} · ${t(calculator.basis)}`}
      actions={
        <>
          <Button onClick={() => fill(calculator.example)}>{t("填入示例", "Fill in an example")}</Button>
          <Button onClick={clear}>{t("清空", "Clear")}</Button>
        </>
      }
      form={
        <form ref={form} onSubmit={submit} noValidate>
          <div className="fields">
            <Fields fields={fields} draft={draft} path="" errors={errors} change={setDraft} />
          </div>
          <div className="submit no-print">
            <Button type="primary" htmlType="submit">{t("计算", "Calculate")}</Button>
            <JsonPanel written={written} fill={fill} />
          </div>
        </form>
      }
      answer={
        <section aria-label={t("结果", "Result")} aria-live="polite" className={query.isFetching ? "answer fetching" : "answer"}>
          {asked === null && <Empty>{t("填写表单，或点“填入示例”，结果即时显示。", "Fill in the form, or take the example: the result appears at once.")}</Empty>}
          {asked !== null && query.isPending && <Spin />}
          {query.error && <Refused error={query.error} {...(refusal?.problem.errors?.length ? {} : { again: () => void query.refetch() })} />}
          {answer !== undefined && <Answer calculator={calculator} input={JSON.parse(asked ?? "{}")} answer={answer} />}
        </section>
      }
    />
  );
}

function shown(figure: Figure, value: unknown): string {
  if (value === null || value === undefined) return "—";
  const written = String(value);
  switch (figure.kind) {
    case "money":
      return grouped(written);
    case "rate":
      return percent(written);
    default:
      return plain(written);
  }
}

function Answer({ calculator, input, answer }: { calculator: Calculator; input: unknown; answer: unknown }) {
  const { t } = useWords();
  const values = answer as Record<string, unknown>;
  const unit = { money: t("元", "yuan"), rate: "", multiple: t("倍", "times"), days: t("天", "days") };
  const Picture = calculator.Picture;
  const save = () => {
    const rows = calculator.figures.map((figure) => [t(figure.label), figure.name, String(values[figure.name] ?? "")]);
    const lines = Object.entries(values).flatMap(([name, value]) => (Array.isArray(value) && typeof value[0] === "object" ? tableOf(name, value) : []));
    download(`${calculator.name}.csv`, "text/csv", csv([...rows, ...lines]));
  };
  return (
    <>
      {calculator.figures.length > 0 && (
        <dl className="figures">
          {calculator.figures.map((figure) => (
            <div key={figure.name}>
              <dt>{t(figure.label)}</dt>
              <dd>
                {shown(figure, values[figure.name])}
                {values[figure.name] !== null && <small> {unit[figure.kind]}</small>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="actions answer-actions no-print">
        <Button onClick={() => download(`${calculator.name}.json`, "application/json", JSON.stringify(answer, null, 2))}>{t("下载 JSON", "Download JSON")}</Button>
        <Button onClick={save}>{t("下载 CSV", "Download CSV")}</Button>
        <Button onClick={() => window.print()}>{t("打印", "Print")}</Button>
      </div>
      <Suspense fallback={<Spin />}>{Picture && <Picture input={input as never} answer={answer as never} />}</Suspense>
      <Findings findings={calculator.findings(answer as never)} />
    </>
  );
}

/** A list of an answer as rows below its own heading. */
function tableOf(name: string, list: unknown[]): string[][] {
  const columns = Object.keys(list[0] as object);
  return [[], [name], columns, ...list.map((row) => columns.map((column) => String((row as Record<string, unknown>)[column] ?? "")))];
}
