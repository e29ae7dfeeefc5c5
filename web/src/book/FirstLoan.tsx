// Whether a loan is the client's first from a bank: what the book tells beside what the client declares.
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { Facts } from "../shape/DetailPage";
import { text, useWords, type Text } from "../text";

type FirstLoan = Schemas["FirstLoanOut"];

const STANDINGS: Record<FirstLoan["standing"], Text> = {
  first: text("首贷户", "first loan"),
  undeclared: text("未声明", "not declared"),
  contradicted: text("声明与记录不符", "declared, and the book says otherwise"),
  not_first: text("非首贷户", "not the first loan"),
  not_a_loan: text("不适用", "not a bank loan"),
};

export function FirstLoanFacts({ found }: { found: FirstLoan }) {
  const { t } = useWords();
  const { standing, derived, declared, declared_source: source, declared_from: from, grounds } = found;
  return (
    <>
      {standing === "contradicted" && <p className="notice" role="note">{t(found.explanation, found.explanation_en)}</p>}
      <Facts facts={[
        [t("认定", "It comes to"), t(STANDINGS[standing])],
        [t("由本机构记录推定", "By the book"), standing !== "not_a_loan" && (derived ? t("没有此前的银行贷款", "no earlier bank loan") : t("此前已有银行贷款", "there was a bank loan before"))],
        [t("客户声明", "Declared"), standing !== "not_a_loan" && (declared ? t(`是（${source}，自 ${from} 起）`, `yes (${source}, since ${from})`) : t("没有声明", "no"))],
        [t("日期", "As of"), found.on],
      ]} />
      {grounds.length > 0 && <ul className="rows" aria-label={t("依据", "Grounds")}>{grounds.map((ground) => <li key={ground.kind}><Ground ground={ground} /></li>)}</ul>}
      {standing !== "contradicted" && <p className="count">{t(found.explanation, found.explanation_en)}</p>}
    </>
  );
}

function Ground({ ground: { kind, contract_id: contract, number, on } }: { ground: FirstLoan["grounds"][number] }) {
  const { t } = useWords();
  const link = <Link to={`/contracts/${contract}`}>{number}</Link>;
  switch (kind) {
    case "guaranteed":
      return <>{t("本机构担保的贷款已放款：", "A loan guaranteed here was disbursed: ")}{link} <span className="count">{on}</span></>;
    case "borrowed_at_a_bank":
      return <>{t("此前的合同载明有存量贷款：", "An earlier contract says it borrows at a bank: ")}{link} <span className="count">{on}</span></>;
    case "borrows_at_the_bank":
      return <>{t("本合同载明客户在该银行有存量贷款。", "The contract says that the client borrows at its bank.")}</>;
  }
}
