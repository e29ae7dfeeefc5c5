// Decides several filings alike, one after another: each is a decision of its own, and one that fails holds up no other.
import { Modal } from "antd";
import { useId, useRef, useState } from "react";
import { Refusal, type Schemas } from "../api/client";
import { newId } from "../id";
import { useWords } from "../text";
import { consequences } from "./consequences";
import { decideFiling, useRefreshFund, type Cession } from "./useFund";

interface Props {
  decision: Schemas["FilingDecision"];
  cessions: Cession[];
  /** With those that could not be decided. */
  close: (left: Cession[]) => void;
}

export function DecideSeveral({ decision, cessions, close }: Props) {
  const { t } = useWords();
  const refresh = useRefreshFund();
  const field = useId();
  // The same ids however often it is tried.
  const acts = useRef(new Map(cessions.map((cession) => [cession.contract_id, newId()])));
  const [reason, setReason] = useState("");
  const [complaint, setComplaint] = useState(false);
  const [state, setState] = useState<{ at: number; failed: [Cession, string][]; done: boolean } | null>(null);
  const refusing = decision === "refused";
  const act = async () => {
    if (refusing && reason.trim() === "") {
      setComplaint(true);
      document.getElementById(field)?.focus();
      return;
    }
    const failed: [Cession, string][] = [];
    for (const [at, cession] of cessions.entries()) {
      setState({ at, failed: [...failed], done: false });
      try {
        await decideFiling(cession, acts.current.get(cession.contract_id) ?? newId(), decision, reason.trim());
      } catch (error) {
        const problem = error instanceof Refusal ? error.problem : null;
        const fault = problem?.errors?.[0];
        failed.push([cession, fault ? t(fault.message, fault.message_en) : problem ? t(problem.detail, problem.detail_en) : t("页面出错", "the page failed")]);
      }
    }
    await refresh();
    if (failed.length === 0) close([]);
    else setState({ at: cessions.length, failed, done: true });
  };
  const word = refusing ? t("不予备案", "Refuse") : t("予以备案", "Confirm");
  const left = () => (state?.done ? state.failed.map(([cession]) => cession) : cessions);
  return (
    <Modal
      open
      title={t(`${word}：${cessions.length} 份合同`, `${word}: ${cessions.length} contracts`)}
      onCancel={() => close(left())}
      onOk={() => (state?.done ? close(left()) : void act())}
      okText={state?.done ? t("关闭", "Close") : t(`确认${word}`, word)}
      cancelText={t("取消", "Cancel")}
      cancelButtonProps={{ disabled: state !== null }}
      okButtonProps={{ danger: refusing, loading: state !== null && !state.done }}
      closable={state === null || state.done}
      keyboard={state === null || state.done}
      maskClosable={false}
    >
      {state === null ? (
        <>
          <ul className="consequences">{consequences(decision).map((consequence) => <li key={consequence.en}>{t(consequence)}</li>)}</ul>
          <p className="count">{cessions.slice(0, 6).map(({ number }) => number).join("、")}{cessions.length > 6 && t(`等 ${cessions.length} 份`, ` and ${cessions.length - 6} more`)}</p>
          <div className="field">
            <label htmlFor={field}>{t("理由", "Reason")}{!refusing && <span className="optional">{t("（可空）", " (optional)")}</span>}</label>
            <textarea id={field} rows={3} value={reason} maxLength={500} aria-required={refusing} aria-invalid={complaint ? true : undefined} aria-describedby={`${field}-hint`} onChange={(event) => { setReason(event.target.value); setComplaint(false); }} />
            {complaint ? <p className="field-error" role="alert" id={`${field}-hint`}>{t("不予备案须说明理由，分出机构会看到。", "A refusal has a reason, which the cedents will see.")}</p> : <p className="field-hint" id={`${field}-hint`}>{t("每份合同记同样的理由；请勿填写个人信息", "the same for each contract; no personal data")}</p>}
          </div>
        </>
      ) : (
        <div role="status">
          <p>{state.done ? t(`已决定 ${cessions.length - state.failed.length} 份，${state.failed.length} 份没有办成：`, `${cessions.length - state.failed.length} decided, ${state.failed.length} not:`) : t(`正在办理第 ${state.at + 1} 份，共 ${cessions.length} 份`, `${state.at + 1} of ${cessions.length}`)}</p>
          {state.failed.length > 0 && <ul className="consequences">{state.failed.map(([cession, why]) => <li key={cession.contract_id}>{cession.number}: {why}</li>)}</ul>}
        </div>
      )}
    </Modal>
  );
}
