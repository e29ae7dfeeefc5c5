// The tax worksheet on paper, in the order the service gives.
import type { Schemas } from "../api/client";
import { grouped } from "../format";
import { Paper } from "../shape/Paper";
import { useWords } from "../text";
import type { ResultProps } from "./describe";

export default function ReservesPaper({ input, answer }: ResultProps<Schemas["ReservesIn"], Schemas["ReservesOut"]>) {
  const { t } = useWords();
  return (
    <>
      <p className="verdict">{answer.eligible ? t("✓ 符合税前扣除条件", "✓ Eligible for the deduction") : t("✕ 不符合税前扣除条件", "✕ Not eligible for the deduction")}</p>
      <Paper
        title={t("中小企业融资（信用）担保机构准备金企业所得税税前扣除工作底稿", "Reserves of SME guarantee institutions: income-tax worksheet")}
        basis={t("依据各行所列条款；规则见增信规则手册", "By the clauses named in each line; rules in the rulebook")}
        period={t(`纳税年度：${input.year} 年`, `Tax year ${input.year}`)}
        unit={t("单位：元", "in yuan")}
      >
        <table>
          <thead>
            <tr>
              <th>{t("行次", "Line")}</th>
              <th>{t("条款", "Clause")}</th>
              <th>{t("项目", "Item")}</th>
              <th>{t("金额", "Amount")}</th>
            </tr>
          </thead>
          <tbody>
            {answer.worksheet.map((line, place) => (
              <tr key={place}>
                <td className="number">{place + 1}</td>
                <td className="clause" lang="zh-CN">{line.clause}</td>
                <td lang="zh-CN">{line.text}</td>
                <td className="figure">{line.amount ? grouped(line.amount) : "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Paper>
    </>
  );
}
