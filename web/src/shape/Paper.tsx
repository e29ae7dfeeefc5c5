// A table for a finance bureau: title, who fills it in, unit, lines, and places for signatures, on A4.
import type { ReactNode } from "react";
import { useWords } from "../text";

interface Props {
  title: string;
  basis: string;
  period: string;
  unit: string;
  children: ReactNode;
}

export function Paper({ title, basis, period, unit, children }: Props) {
  const { t } = useWords();
  return (
    <section className="paper" aria-label={title}>
      <h2>{title}</h2>
      <p className="paper-basis">{basis}</p>
      <div className="paper-meta">
        <span>{t("填报单位（公章）：", "Reporting unit (seal):")}<i className="blank" /></span>
        <span>{period}</span>
        <span>{unit}</span>
      </div>
      {children}
      <div className="signatures">
        {[t("单位负责人：", "Head:"), t("财务负责人：", "Finance:"), t("填表人：", "Prepared by:"), t("复核人：", "Reviewed by:"), t("日期：", "Date:")].map((role) => (
          <span key={role}>{role}<i className="blank" /></span>
        ))}
      </div>
    </section>
  );
}
