// The shares that fell below their floors without a booking, ours and those of institutions that cede to us.
import type { Schemas } from "../api/client";
import { listed } from "../api/pages";
import { useInstitutions } from "../institutions/useInstitutions";
import { leadsTo } from "../rules/words";
import { Listing, type Column, type Filter } from "../shape/Listing";
import { text, useWords } from "../text";
import { MEASURES } from "./measures";

type Alert = Schemas["DriftAlertOut"];

export default function DriftAlertsPage() {
  const { t } = useWords();
  const institutions = useInstitutions().data;
  const shown = (alert: Alert, figure: string) => t(MEASURES[alert.rule]?.shown(figure) ?? text(figure, figure));
  const columns: Column<Alert>[] = [
    { name: "rule", title: text("指标", "Measure"), value: (alert) => t(MEASURES[alert.rule]?.label ?? text(alert.rule, alert.rule)) },
    { name: "institution", title: text("机构", "Institution"), value: (alert) => institutions?.find(({ id }) => id === alert.institution_id)?.name ?? "" },
    { name: "raised_on", title: text("发生日", "Raised on"), value: (alert) => alert.raised_on },
    { name: "measured", title: text("当日占比", "Share of the day"), value: (alert) => alert.measured, cell: (alert) => shown(alert, alert.measured) },
    { name: "limit", title: text("下限", "Floor"), value: (alert) => alert.limit, cell: (alert) => shown(alert, alert.limit) },
    { name: "cleared_on", title: text("解除日", "Cleared on"), value: (alert) => alert.cleared_on ?? "", cell: (alert) => alert.cleared_on ?? <span className="badge status-suspended">{t("未解除", "open")}</span> },
  ];
  const filters: Filter[] = [{ name: "open", title: text("状态", "State"), kind: "choice", choices: [{ value: "true", label: text("未解除", "open") }, { value: "false", label: text("已解除", "cleared") }] }];
  return (
    <Listing
      path="/v1/drift-alerts"
      title={t("占比预警", "Drift alerts")}
      lead={t("不因办理业务、而因解保或合并等低于下限的占比。", "Shares that fell below their floor by a release or a merge, not by a booking.")}
      fetch={listed("/v1/drift-alerts")}
      columns={columns}
      filters={filters}
      id={(alert) => alert.id}
      to={(alert) => leadsTo(alert.rule)}
      nothing={<p>{t("没有预警。", "There are no alerts.")}</p>}
    />
  );
}
