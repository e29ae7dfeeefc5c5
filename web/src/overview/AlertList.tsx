// The drift alerts that are open: which share fell below its floor, when, and to what.
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { leadsTo } from "../rules/words";
import { text, useWords } from "../text";
import { MEASURES } from "./measures";

/** `whole` says that the shares are of the whole book of an institution that shows a part of it. */
export function AlertList({ alerts, heading, whole = false }: { alerts: readonly Omit<Schemas["DriftAlertOut"], "institution_id">[]; heading: ReactNode; whole?: boolean }) {
  const { t } = useWords();
  if (alerts.length === 0) return null;
  return (
    <section className="alerts" aria-label={t("占比预警", "Drift alerts")}>
      {heading}
      <ul>
        {alerts.map(({ id, rule, raised_on: on, measured, limit }) => {
          const measure = MEASURES[rule];
          const shown = (figure: string) => t(measure?.shown(figure) ?? text(figure, figure));
          return <li key={id}>! <Link to={leadsTo(rule)}>{t(measure?.label ?? text(rule, rule))}</Link> {t(`${whole ? "全部业务于 " : ""}${on} 降至 ${shown(measured)}，下限 ${shown(limit)}`, `${whole ? "of its whole book " : ""}fell to ${shown(measured)} on ${on}; the floor is ${shown(limit)}`)}</li>;
        })}
      </ul>
    </section>
  );
}
