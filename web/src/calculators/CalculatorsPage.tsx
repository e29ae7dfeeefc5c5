// The thirteen calculators, each with what it answers and the document it rests on.
import { Link } from "react-router";
import { Page } from "../shape/Page";
import { useWords } from "../text";
import { CALCULATORS } from "./catalogue";

export default function CalculatorsPage() {
  const { t } = useWords();
  return (
    <Page title={t("计算器", "Calculators")} lead={t("任何人可用，不登记任何业务；与办理业务时使用同一套规则。", "For anybody; nothing is booked. The same rules decide a booking.")}>
      <ul className="tiles">
        {CALCULATORS.map((calculator) => (
          <li key={calculator.name}>
            <Link to={`/calculators/${calculator.name}`}>
              <h2>{t(calculator.title)}</h2>
              <p>{t(calculator.purpose)}</p>
              <p className="basis">
                {t(calculator.basis)}
                {calculator.paper && <span className="badge">{t("可打印 A4", "prints on A4")}</span>}
              </p>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
