// The steps of a form, each of them a button: where one is, and where something is wrong.
import { useWords } from "../text";

interface Props<Step extends string> {
  steps: readonly { step: Step; title: string; wrong?: string | null; disabled?: boolean }[];
  present: Step;
  to: (step: Step) => void;
}

export function Steps<Step extends string>({ steps, present, to }: Props<Step>) {
  const { t } = useWords();
  return (
    <ol className="steps" aria-label={t("步骤", "Steps")}>
      {steps.map(({ step, title, wrong, disabled }, place) => (
        <li key={step}>
          <button type="button" disabled={disabled} aria-current={step === present ? "step" : undefined} onClick={() => to(step)}>
            <span className="step-number">{place + 1}</span> {title}{wrong && <span className="step-wrong">{wrong}</span>}
          </button>
        </li>
      ))}
    </ol>
  );
}
