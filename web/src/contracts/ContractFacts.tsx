// What a contract says, in the sections in which it is entered.
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { useAgreement, useBanks, useBranches, useParty, useProducts } from "../book/lookups";
import { clientKind, CONTRACT_KINDS, EARLY_RELEASES, EXISTING_LOANS, PAYEES, PURPOSES } from "../book/words";
import { PARTIES, SIZE_CLASSES } from "../calculators/words";
import { grouped, percent } from "../format";
import { ShareBar } from "../shape/Bars";
import { Facts } from "../shape/DetailPage";
import { useWords } from "../text";
import type { Contract } from "./useContract";

export function ContractFacts({ contract }: { contract: Omit<Contract, "id" | "state" | "content_version" | "drafted_by" | "outstanding" | "client_id" | "taken_over"> & Partial<Pick<Contract, "client_id" | "taken_over">> }) {
  const { t } = useWords();
  const party = useParty(contract.party_id).data?.data;
  const client = useParty(contract.client_id ?? "").data?.data;
  const agreement = useAgreement(contract.agreement_id ?? "").data?.data;
  const bank = useBanks().data?.find(({ id }) => id === contract.bank_id);
  const branch = useBranches(contract.bank_id ?? "").data?.find(({ id }) => id === contract.branch_id);
  const product = useProducts().data?.find(({ id }) => id === contract.product?.id);
  const yuan = (figure: string) => t(`${grouped(figure)} 元`, `${grouped(figure)} yuan`);
  return (
    <Facts facts={[
      [t("被担保人", "Party"), <Link key="party" to={`/parties/${contract.party_id}`}>{party?.name ?? "…"}</Link>],
      [t("计入客户", "Counts with"), client && client.id !== contract.party_id && <Link key="client" to={`/parties/${client.id}`}>{client.name}</Link>],
      [t("分险协议", "Agreement"), contract.agreement_id && <Link key="agreement" to={`/agreements/${contract.agreement_id}`}>{agreement ? `${agreement.name} ${agreement.number}` : "…"}</Link>],
      [t("产品", "Product"), contract.product && (product?.name ?? "…")],
      [t("客户类别", "Client’s grade"), contract.client_grade],
      [t("品种", "Kind"), t(CONTRACT_KINDS[contract.kind])],
      [t("发行人评级", "Issuer’s rating"), contract.issuer_rating],
      [t("贷款银行", "Bank"), bank && <>{bank.name} {branch?.name}</>],
      [t("借款合同编号", "Loan contract"), contract.loan_number],
      [t("担保金额", "Amount"), yuan(contract.amount)],
      [t("贷款本金", "Principal"), yuan(contract.principal)],
      [t("贷款年利率", "Loan rate"), percent(contract.loan_rate)],
      [t("授信额度", "Credit line"), yuan(contract.credit_line)],
      [t("经营性贷款", "Operating loan"), contract.operating_loan ? t("是", "yes") : t("否", "no")],
      [t("该行存量贷款", "Loans at the bank"), t(EXISTING_LOANS[contract.existing_loan])],
      [t("用途", "Purpose"), t(PURPOSES[contract.purpose])],
      [t("签订日", "Signed on"), contract.signed_on],
      [t("期间", "Term"), t(`${contract.start} 至 ${contract.end}（不含）`, `${contract.start} until ${contract.end} (not included)`)],
      [t("担保费", "Fee"), contract.taken_over?.fee_known === false ? t("不详（随既有业务承接）", "not known (taken over with an earlier book)") : yuan(contract.fee)],
      [t("其他收费", "Other charges"), contract.charges.length > 0 && <ul key="charges">{contract.charges.map((charge, place) => <li key={place}>{charge.name} {yuan(charge.amount)}（{t(PAYEES[charge.payee])}）</li>)}</ul>],
      [t("新招用人数", "Hires"), contract.startup && t(`${contract.startup.hires} 人，在职 ${contract.startup.staff} 人`, `${contract.startup.hires} of ${contract.startup.staff}`)],
      [t("反担保", "Counter-guarantee"), contract.counter_guarantee],
      [t("标签", "Tags"), contract.tags.length > 0 && contract.tags.join("、")],
    ]} />
  );
}

/** Who bears how much of the risk, as a picture and in words. */
export function Shares({ shares }: { shares: Schemas["SharesOut"] }) {
  const { t } = useWords();
  const parts = (Object.keys(PARTIES) as (keyof typeof PARTIES)[]).map((name) => ({ name: t(PARTIES[name]), figure: shares[name], shown: percent(shares[name]) }));
  return <ShareBar label={t("风险分担比例", "shares of the risk")} parts={parts} />;
}

/** What an approval fixed, or would fix today. */
export function FixedFacts({ fixed }: { fixed: Schemas["FixedOut"] }) {
  const { t } = useWords();
  const yuan = (figure: string | null | undefined) => figure && t(`${grouped(figure)} 元`, `${grouped(figure)} yuan`);
  return (
    <>
      <Facts facts={[
        [t("客户类型", "Client kind"), t(clientKind(fixed.client_kind))],
        [t("企业规模", "Size class"), fixed.size && t(SIZE_CLASSES[fixed.size])],
        [t("行政区划", "Region"), fixed.region_code],
        [t("行业", "Industry"), fixed.industry_code],
        [t("省级再担保费", "Provincial fee"), yuan(fixed.provincial_fee)],
        [t("国家基金再担保费", "National fee"), yuan(fixed.national_fee)],
        [t("提前解保", "Early release"), t(EARLY_RELEASES[fixed.early_release])],
      ]} />
      <Shares shares={fixed.shares} />
    </>
  );
}
