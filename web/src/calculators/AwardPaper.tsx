// The award table on paper: every unit with its rank, tier and sums, and the totals the service gives.
import type { Schemas } from "../api/client";
import { grouped, percent, thousandths } from "../format";
import { Paper } from "../shape/Paper";
import { useWords } from "../text";
import type { ResultProps } from "./describe";
import { REGION_NAMES } from "./words";

const REGION_ORDER = ["east", "central", "west"] as const;

export default function AwardPaper({ input, answer }: ResultProps<Schemas["AwardIn"], Schemas["AwardOut"]>) {
  const { t } = useWords();
  return (
    <Paper
      title={t("小微企业融资担保业务降费奖补资金测算表", "Fee-reduction award for small-enterprise guarantees")}
      basis={t("依据财建〔2018〕547号 二（二）", "By 财建〔2018〕547号 二（二）")}
      period={t(`年度：${input.year} 年`, `Year ${input.year}`)}
      unit={t("单位：元", "in yuan")}
    >
      <p className="paper-note">
        {t("区域中位数（年化担保额）：", "Regional medians of the annualised amount: ")}
        {REGION_ORDER.map((region) => `${t(REGION_NAMES[region])} ${grouped(answer.medians[region] ?? "—")}`).join(t("；", "; "))}
        {t("。全国平均费率 ", ". National average rate ")}
        {percent(answer.national_rate)}
      </p>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t("奖补资金测算", "Award table")}>
        <table>
          <thead>
            <tr>
              <th>{t("省份", "Unit")}</th>
              <th>{t("区域", "Region")}</th>
              <th>{t("年化担保额", "Annualised amount")}</th>
              <th>{t("费率", "Rate")}</th>
              <th>{t("位次", "Rank")}</th>
              <th>{t("档次", "Tier")}</th>
              <th>{t("定额奖励", "Fixed")}</th>
              <th>{t("因素法", "Factor")}</th>
              <th>{t("合计", "Total")}</th>
            </tr>
          </thead>
          <tbody>
            {answer.units.map((unit, place) => {
              const given = input.units[place];
              return (
                <tr key={unit.code}>
                  <td>{unit.code}</td>
                  <td>{given ? t(REGION_NAMES[given.region]) : ""}</td>
                  <td className="figure">{grouped(String(given?.annualised_amount ?? ""))}</td>
                  <td className="figure">{unit.fee_rate ? percent(unit.fee_rate) : "—"}</td>
                  <td className="number">{unit.rank}</td>
                  <td className="number">{unit.tier ?? "—"}</td>
                  <td className="figure">{grouped(unit.fixed)}</td>
                  <td className="figure">{grouped(unit.factor)}</td>
                  <td className="figure">
                    {grouped(unit.total)}
                    <svg className="tiny-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                      <rect width={thousandths(unit.total, input.budget)} height="10" fill="var(--ink-strong)" />
                    </svg>
                  </td>
                </tr>
              );
            })}
            <tr className="total">
              <td colSpan={6}>{t("合计（定额奖励、因素法资金）", "Totals (fixed part, factor part)")}</td>
              <td className="figure">{grouped(answer.fixed_total)}</td>
              <td className="figure">{grouped(answer.factor_total)}</td>
              <td />
            </tr>
          </tbody>
        </table>
      </div>
    </Paper>
  );
}
