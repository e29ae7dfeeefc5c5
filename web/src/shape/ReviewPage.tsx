// A decision about something: on one side what is decided about, on the other the choices, each with what follows, and the reason.
import { Button } from "antd";
import { useId, useRef, useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { Refusal } from "../api/client";
import { newId } from "../id";
import { useWords, type Text } from "../text";
import { Barred } from "./Act";
import { Confirm } from "./Confirm";
import { Page, type PageProps } from "./Page";
import { Unsaved } from "./Unsaved";

export interface Choice<Decision extends string> {
  decision: Decision;
  title: Text;
  /** What follows from it. */
  consequences: Text[];
  danger: boolean;
  /** Whether it is decided without a reason in words. */
  wordless?: boolean;
  /** Why it cannot be decided now. */
  barred: string | null;
}

interface Props<Decision extends string> extends Omit<PageProps, "children"> {
  /** What is decided about. */
  subject: ReactNode;
  name: string;
  choices: Choice<Decision>[];
  decide: (decision: Decision, reason: string, id: string) => Promise<unknown>;
  /** Where one goes afterwards, and when one decides nothing. */
  back: string;
}

export function ReviewPage<Decision extends string>({ subject, name, choices, decide, back, ...page }: Props<Decision>) {
  const { t } = useWords();
  const go = useNavigate();
  const [decision, setDecision] = useState<Decision | null>(null);
  const [reason, setReason] = useState("");
  // As it was when it was asked about: what the service then says stays on the screen.
  const [asked, ask] = useState<Choice<Decision> | null>(null);
  const [complaint, setComplaint] = useState<string | null>(null);
  const [id, setId] = useState(newId);
  const field = useId();
  const done = useRef(false);
  // What was chosen may not be possible any more.
  const chosen = choices.find((choice) => choice.decision === decision && choice.barred === null) ?? null;
  const act = async () => {
    try {
      if (asked) await decide(asked.decision, reason.trim(), id);
      done.current = true;
      void go(back);
    } catch (error) {
      const fault = error instanceof Refusal ? error.problem.errors?.find((fault) => fault.field === "reason") : undefined;
      setComplaint(fault ? t(fault.message, fault.message_en) : null);
      // A refusal is an answer, and stays the answer to its id: another try is another act. Without one the same act is asked for again.
      if (error instanceof Refusal && error.problem.status >= 400 && error.problem.status < 500) setId(newId());
      throw error;
    }
  };
  return (
    <Page {...page}>
      <div className="beside">
        <div className="form-side">
          <form className="record-form" noValidate onSubmit={(event) => { event.preventDefault(); ask(chosen); }}>
            <fieldset className="decisions">
              <legend>{t("决定", "Decision")}</legend>
              {choices.map((choice) => choice.barred !== null ? (
                <Barred key={choice.decision} reason={choice.barred} className="decision">{t(choice.title)}</Barred>
              ) : (
                <label key={choice.decision} className="decision">
                  <input type="radio" name="decision" checked={chosen === choice} onChange={() => setDecision(choice.decision)} />
                  <span>
                    <b>{t(choice.title)}</b>
                    {choice.consequences.map((consequence) => <small key={consequence.en}>{t(consequence)}</small>)}
                  </span>
                </label>
              ))}
            </fieldset>
            {!chosen?.wordless && <div className="field">
              <label htmlFor={field}>{t("理由", "Reason")}</label>
              <textarea id={field} rows={4} value={reason} maxLength={500} aria-required="true" aria-invalid={complaint ? true : undefined} aria-describedby={`${field}-hint`} onChange={(event) => { setReason(event.target.value); setComplaint(null); }} />
              {complaint ? <p className="field-error" role="alert" id={`${field}-hint`}>{complaint}</p> : <p className="field-hint" id={`${field}-hint`}>{t("永久记入审计，请勿填写个人信息", "stays in the audit trail: no personal data")}</p>}
            </div>}
            <div className="submit">
              {chosen === null ? <Barred reason={t("请先选择决定。", "Choose a decision first.")}>{t("决定", "Decide")}</Barred> : <Button type="primary" htmlType="submit" danger={chosen.danger}>{t(chosen.title)}</Button>}
              <Button onClick={() => void go(back)}>{t("取消", "Cancel")}</Button>
            </div>
          </form>
        </div>
        <div className="answer-side">{subject}</div>
      </div>
      <Unsaved when={() => reason !== "" && !done.current} />
      {asked && (
        <Confirm title={t(`${asked.title.zh}：${name}`, `${asked.title.en}: ${name}`)} consequences={asked.consequences.map((consequence) => t(consequence))} word={t(`确认${asked.title.zh}`, asked.title.en)} danger={asked.danger} act={act} close={() => ask(null)} />
      )}
    </Page>
  );
}
