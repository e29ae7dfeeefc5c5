// What a contract says, in the sections in which it is entered.
import type { ReactNode } from "react";
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

export type Content = Schemas["ContractContent"];

/** One thing that a content says, and the fields it stands in. */
export interface ContentFact {
  fields: (keyof Content)[];
  label: string;
  value: ReactNode;
}

/** What a content says, in the order in which it is entered; the same things of every content. */
export function useContentFacts(content: Content, feeKnown = true): ContentFact[] {
  const { t } = useWords();
  const party = useParty(content.party_id).data?.data;
  const agreement = useAgreement(content.agreement_id ?? "").data?.data;
  const bank = useBanks().data?.find(({ id }) => id === content.bank_id);
  const branch = useBranches(content.bank_id ?? "").data?.find(({ id }) => id === content.branch_id);
  const product = useProducts().data?.find(({ id }) => id === content.product?.id);
  const yuan = (figure: string) => t(`${grouped(figure)} 元`, `${grouped(figure)} yuan`);
  const fact = (fields: (keyof Content)[], label: string, value: ReactNode): ContentFact => ({ fields, label, value });
  return [
    fact(["number"], t("合同编号", "Number"), content.number),
    fact(["party_id"], t("被担保人", "Party"), <Link to={`/parties/${content.party_id}`}>{party?.name ?? "…"}</Link>),
    fact(["agreement_id"], t("分险协议", "Agreement"), content.agreement_id && <Link to={`/agreements/${content.agreement_id}`}>{agreement ? `${agreement.name} ${agreement.number}` : "…"}</Link>),
    fact(["product"], t("产品", "Product"), content.product && (product?.name ?? "…")),
    fact(["client_grade"], t("客户类别", "Client’s grade"), content.client_grade),
    fact(["kind"], t("品种", "Kind"), t(CONTRACT_KINDS[content.kind])),
    fact(["issuer_rating"], t("发行人评级", "Issuer’s rating"), content.issuer_rating),
    fact(["bank_id", "branch_id"], t("贷款银行", "Bank"), bank && <>{bank.name} {branch?.name}</>),
    fact(["loan_number"], t("借款合同编号", "Loan contract"), content.loan_number),
    fact(["amount"], t("担保金额", "Amount"), yuan(content.amount)),
    fact(["principal"], t("贷款本金", "Principal"), yuan(content.principal)),
    fact(["loan_rate"], t("贷款年利率", "Loan rate"), percent(content.loan_rate)),
    fact(["credit_line"], t("授信额度", "Credit line"), yuan(content.credit_line)),
    fact(["operating_loan"], t("经营性贷款", "Operating loan"), content.operating_loan ? t("是", "yes") : t("否", "no")),
    fact(["existing_loan"], t("该行存量贷款", "Loans at the bank"), t(EXISTING_LOANS[content.existing_loan])),
    fact(["purpose"], t("用途", "Purpose"), t(PURPOSES[content.purpose])),
    fact(["signed_on"], t("签订日", "Signed on"), content.signed_on),
    fact(["start", "end"], t("期间", "Term"), t(`${content.start} 至 ${content.end}（不含）`, `${content.start} until ${content.end} (not included)`)),
    fact(["fee"], t("担保费", "Fee"), feeKnown ? yuan(content.fee) : t("不详（随既有业务承接）", "not known (taken over with an earlier book)")),
    fact(["charges"], t("其他收费", "Other charges"), content.charges.length > 0 && <ul>{content.charges.map((charge, place) => <li key={place}>{charge.name} {yuan(charge.amount)}（{t(PAYEES[charge.payee])}）</li>)}</ul>),
    fact(["startup"], t("新招用人数", "Hires"), content.startup && t(`${content.startup.hires} 人，在职 ${content.startup.staff} 人`, `${content.startup.hires} of ${content.startup.staff}`)),
    fact(["counter_guarantee"], t("反担保", "Counter-guarantee"), content.counter_guarantee),
    fact(["tags"], t("标签", "Tags"), content.tags.length > 0 && content.tags.join("、")),
  ];
}

/** A content with what is known around it. */
export function ContractFacts({ contract }: { contract: Content & Partial<Pick<Contract, "client_id" | "taken_over">> }) {
  const { t } = useWords();
  const client = useParty(contract.client_id ?? "").data?.data;
  const facts = useContentFacts(contract, contract.taken_over?.fee_known !== false).filter(({ fields }) => fields[0] !== "number").map(({ label, value }) => [label, value] as [string, ReactNode]);
  const counted: [string, ReactNode] = [t("计入客户", "Counts with"), client && client.id !== contract.party_id && <Link to={`/parties/${client.id}`}>{client.name}</Link>];
  return <Facts facts={[...facts.slice(0, 1), counted, ...facts.slice(1)]} />;
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
