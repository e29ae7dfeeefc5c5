// There is no such page: what to do instead.
import { Link } from "react-router";
import { Page } from "../shape/Page";
import { useWords } from "../text";

export default function NotFoundPage() {
  const { t } = useWords();
  return (
    <Page title={t("没有这个页面", "No such page")} lead={t("请核对地址，或从下面继续。", "Check the address, or go on from here.")}>
      <ul className="ways">
        <li><Link to="/rules">{t("规则手册", "Rulebook")}</Link></li>
        <li><Link to="/calculators">{t("计算器", "Calculators")}</Link></li>
        <li><Link to="/help">{t("帮助", "Help")}</Link></li>
      </ul>
    </Page>
  );
}
