// Help: what is here, how findings are to be read, and the keys.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { alive } from "../api/client";
import { Page } from "../shape/Page";
import { useWords } from "../text";
import { ShortcutTable } from "./Shortcuts";

export default function HelpPage() {
  const { t } = useWords();
  const service = useQuery({ queryKey: ["/healthz"], queryFn: ({ signal }) => alive(signal) });
  return (
    <Page title={t("帮助", "Help")}>
      <section className="prose">
        <h2>{t("这里有什么", "What is here")}</h2>
        <p>
          <Link to="/rules">{t("规则手册", "Rulebook")}</Link>
          {t("：政府性融资担保的每项规则、施行期间、条款原文与解读。", ": every rule of government-backed financing guarantees, the days it binds, its words and our reading.")}
        </p>
        <p>
          <Link to="/calculators">{t("计算器", "Calculators")}</Link>
          {t("：十三个计算器，结果与办理业务时一致，不登记任何业务。准备金底稿与奖补测算表可直接打印。", ": thirteen calculators with the answers a booking would get. The tax worksheet and the award table print on A4.")}
        </p>
        <h2>{t("登录以后", "Once logged in")}</h2>
        <p>{t("左侧是各项工作。灰色的表示当前角色不能办理，指向它即可看到原因。一个人只有一个角色，因此没有人能复核自己。", "The ways are at the left. What is grey your role may not do: point at it to see why. Each person has one role, so that nobody checks the own work.")}</p>
        <p>{t("首页是业务概览：各项指标与限额、预警、到期和等您办理的合同；选择日期可看过去某一天。录入合同时，旁边随时显示每项规则的结论；提交后由另一人审批，须例外的先批准书面例外。", "The first page shows the book against its limits, alerts, maturities and what waits for you; choose a day to see a past one. While a contract is written each rule’s finding stands beside it; a second person approves it, and grants the exceptions it needs first.")}</p>
        <p>{t("一次登录最长 12 小时；在一个窗口退出，其他窗口也随之退出。口令和二次验证在“个人账户”中修改。", "A login lasts at most 12 hours; leaving in one window leaves in all. Password and second factor are under “Your account”.")}</p>
        <p>{t("一次性链接、程序密钥和恢复码只显示一次；审计记录只增不改。", "One-time links, secrets and recovery codes are shown once; the audit trail is only added to.")}</p>
        <h2>{t("怎样看评估结论", "How to read a finding")}</h2>
        <dl className="facts">
          <dt>✓ {t("符合", "Pass")}</dt><dd>{t("可以办理。", "The business may go on.")}</dd>
          <dt>✕ {t("不得办理", "Refused")}</dt><dd>{t("法规用“不得”“禁止”，任何人不能豁免。", "The law forbids it; nobody can waive it.")}</dd>
          <dt>! {t("需书面例外", "Needs an exception")}</dt><dd>{t("法规用“原则上”，须同一机构的另一人书面批准例外。", "The law says “in principle”: a second person of the institution must approve a written exception.")}</dd>
          <dt>i {t("提示", "Advice")}</dt><dd>{t("法规用“引导”“力争”，可以办理，留有记录。", "The law encourages: the business may go on, and it is recorded.")}</dd>
        </dl>
        <p>
          <Link to="/problem-codes">{t("错误目录", "Catalogue of errors")}</Link>
          {t("：每个错误代码的含义与办法。", ": what every code of an error means, and what to do.")}
        </p>
        <h2>{t("格式", "Forms")}</h2>
        <p>{t("金额以元为单位，最多两位小数；比率写小数，0.01 即 1%；日期按北京时间。", "Amounts are yuan with at most two decimals; a rate is a decimal, 0.01 is 1%; days are days in China.")}</p>
        <h2>{t("快捷键", "Keys")}</h2>
        <ShortcutTable />
        {service.data && <p className="field-hint">{t("程序版本", "Program")} {service.data.version} · {t("中国今天", "Today in China")} {service.data.today}</p>}
      </section>
    </Page>
  );
}
