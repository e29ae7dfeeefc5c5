// The thirteen calculators, each described once.
import { lazy } from "react";
import { text } from "../text";
import { describe, type Calculator } from "./describe";
import {
  AMOUNT, CLIENT, CLIENT_KIND, CLIENT_KINDS, CLIENT_TOTAL, END, GUARANTEE_KINDS, IDENTIFIER_KINDS, INDUSTRIES, ON, REGIONS, SHARES,
  START, flag, money,
} from "./words";

const pictures = () => import("./pictures");
const IdentifierPicture = lazy(async () => ({ default: (await pictures()).IdentifierPicture }));
const SizePicture = lazy(async () => ({ default: (await pictures()).SizePicture }));
const RiskPicture = lazy(async () => ({ default: (await pictures()).RiskPicture }));
const SplitPicture = lazy(async () => ({ default: (await pictures()).SplitPicture }));
const PayoutPicture = lazy(async () => ({ default: (await pictures()).PayoutPicture }));
const PortfolioPicture = lazy(async () => ({ default: (await pictures()).PortfolioPicture }));
const VatPicture = lazy(async () => ({ default: (await pictures()).VatPicture }));
const ReservesPaper = lazy(() => import("./ReservesPaper"));
const AwardPaper = lazy(() => import("./AwardPaper"));

const six = text("国办发〔2019〕6号", "State Council Office 2019 no. 6");
const shares = { bank: "0.2", institution: "0.4", provincial: "0.2", national: "0.2" };

export const CALCULATORS: Calculator[] = [
  describe("fee", {
    title: text("担保费率", "Guarantee fee"),
    purpose: text("年化担保费率是否在上限之内", "whether the annual guarantee fee rate keeps to its cap"),
    basis: six,
    fields: [ON, CLIENT_KIND, AMOUNT, CLIENT_TOTAL, START, END, money("fee", "担保费", "guarantee fee", text("元，整个期间", "yuan, for the whole term"))],
    example: { on: "2024-01-01", client_kind: "small_micro_enterprise", amount: "1000000.00", client_total: "5000000.00", start: "2024-01-01", end: "2025-01-01", fee: "10000.00" },
    figures: [{ name: "annual_rate", label: text("年化担保费率", "annualised fee rate"), kind: "rate" }, { name: "days", label: text("担保天数", "days of the term"), kind: "days" }],
    findings: (answer) => [answer.finding],
  }),
  describe("refee", {
    title: text("再担保费率", "Re-guarantee fee"),
    purpose: text("再担保费率是否在上限之内", "whether the re-guarantee fee rate keeps to its cap"),
    basis: six,
    fields: [ON, AMOUNT, CLIENT_TOTAL, { name: "share", kind: "rate", label: text("分险比例", "share of the risk"), hint: text("0.2 即 20%", "0.2 is 20%") }, START, END, money("fee", "再担保费", "re-guarantee fee", text("元，整个期间", "yuan, for the whole term"))],
    example: { on: "2024-01-01", amount: "1000000.00", client_total: "1000000.00", share: "0.2", start: "2024-01-01", end: "2025-01-01", fee: "600.00" },
    figures: [{ name: "annual_rate", label: text("年化再担保费率", "annualised rate"), kind: "rate" }, { name: "risk_borne", label: text("承担风险金额", "risk borne"), kind: "money" }],
    findings: (answer) => [answer.finding],
  }),
  describe("risk", {
    title: text("风险分担比例", "Risk shares"),
    purpose: text("银行、国家、省级是否承担应有的份额", "whether bank, national fund and province bear what they should"),
    basis: six,
    fields: [ON, flag("bank_loan", "银行贷款担保", "guarantees a bank loan", text("债券担保不勾选", "leave off for bonds")), SHARES],
    example: { on: "2024-01-01", bank_loan: true, shares },
    findings: (answer) => answer.findings,
    Picture: RiskPicture,
  }),
  describe("split", {
    title: text("按比例分摊", "Split by shares"),
    purpose: text("一笔金额按比例分摊到分", "an amount split by the shares, to the fen"),
    basis: text("算术", "arithmetic"),
    fields: [money("amount", "金额", "amount"), SHARES],
    example: { amount: "1000000.01", shares },
    Picture: SplitPicture,
  }),
  describe("payout", {
    title: text("代偿与追偿", "Payout and recovery"),
    purpose: text("损失与追偿由各方如何承担", "how the parties bear a loss and share its recoveries"),
    basis: six,
    fields: [money("loss", "贷款损失", "loss of the loan"), { name: "recoveries", kind: "values", label: text("追偿", "recoveries"), hint: text("元，每次一行", "yuan, one a line"), each: text("追偿", "recovery") }, SHARES],
    example: { loss: "600000.00", recoveries: ["100000.00", "33333.33"], shares },
    figures: [{ name: "institution_pays_bank", label: text("担保机构先行代偿", "institution pays the bank"), kind: "money" }, { name: "bank", label: text("银行承担", "the bank’s part"), kind: "money" }],
    Picture: PayoutPicture,
  }),
  describe("portfolio", {
    title: text("业务占比", "Shares of a book"),
    purpose: text("支小支农 80%、单户 500 万元及以下 50%", "the 80% small-and-agri and the 50% small-ticket share"),
    basis: six,
    fields: [
      ON,
      { name: "contracts", kind: "list", label: text("在保合同", "contracts in force"), each: text("合同", "contract"), fields: [CLIENT, CLIENT_KIND, AMOUNT] },
      { name: "candidate", kind: "group", nullable: true, label: text("拟办理合同", "contract about to be booked"), fields: [CLIENT, CLIENT_KIND, AMOUNT] },
    ],
    example: {
      on: "2024-01-01",
      contracts: [
        { client: "青禾家庭农场", client_kind: "new_agri_entity", amount: "3000000.00" },
        { client: "临江机械有限公司", client_kind: "small_micro_enterprise", amount: "5000000.00" },
        { client: "东港重工股份", client_kind: "large", amount: "2000000.00" },
      ],
      candidate: { client: "北岭物流集团", client_kind: "medium", amount: "1000000.00" },
    },
    figures: [
      { name: "total", label: text("担保总额", "total"), kind: "money" },
      { name: "small_agri", label: text("支小支农金额", "small-and-agri amount"), kind: "money" },
      { name: "small_agri_share", label: text("支小支农占比", "small-and-agri share"), kind: "rate" },
      { name: "small_ticket_share", label: text("单户 500 万元及以下占比", "small-ticket share"), kind: "rate" },
      { name: "client_share", label: text("支小支农户数占比", "share of the clients"), kind: "rate" },
    ],
    findings: (answer) => answer.findings,
    Picture: PortfolioPicture,
  }),
  describe("liability", {
    title: text("担保责任余额", "Liability balance"),
    purpose: text("放大倍数与单户、关联方集中度", "leverage multiple and concentration"),
    basis: text("国务院令第683号", "State Council Order 683"),
    fields: [
      ON,
      { ...money("net_assets", "净资产", "net assets", text("元，可空，可为负", "yuan, may be empty or negative")), nullable: true },
      flag("mainly_small", "已确认主要服务小微和三农", "confirmed as mainly serving small and agri", text("倍数上限 15 倍", "the multiple may reach 15")),
      {
        name: "items", kind: "list", label: text("在保业务", "guarantees in force"), each: text("业务", "guarantee"),
        fields: [CLIENT, { name: "group", kind: "text", label: text("关联方", "related group"), nullable: true, hint: text("可空", "may be empty") }, { name: "kind", kind: "choice", label: text("担保种类", "kind"), choices: GUARANTEE_KINDS }, CLIENT_KIND, { name: "issuer_rating", kind: "text", label: text("发行人评级", "issuer rating"), nullable: true, hint: text("债券，可空", "bonds, may be empty") }, money("outstanding", "在保余额", "outstanding")],
      },
    ],
    example: {
      on: "2024-01-01", net_assets: "100000000.00", mainly_small: true,
      items: [
        { client: "临江机械有限公司", group: "临江系", kind: "loan", client_kind: "small_micro_enterprise", issuer_rating: null, outstanding: "9000000.00" },
        { client: "临江铸造有限公司", group: "临江系", kind: "loan", client_kind: "small_micro_enterprise", issuer_rating: null, outstanding: "8000000.00" },
        { client: "海湾交通投资", group: null, kind: "bond", client_kind: "large", issuer_rating: "AA+", outstanding: "20000000.00" },
      ],
    },
    figures: [{ name: "liability_balance", label: text("担保责任余额", "liability balance"), kind: "money" }, { name: "multiple", label: text("放大倍数", "leverage multiple"), kind: "multiple" }],
    findings: (answer) => answer.findings,
  }),
  describe("annualise", {
    title: text("年化担保额与费率", "Annualised amount"),
    purpose: text("年化担保额与年化担保费率", "annualised amount and fee rate of contracts"),
    basis: text("财建〔2018〕547号", "Ministry of Finance 2018 no. 547"),
    fields: [{
      name: "contracts", kind: "list", label: text("合同", "contracts"), each: text("合同", "contract"),
      fields: [AMOUNT, START, END, { name: "released_on", kind: "day", label: text("解保日", "released on"), nullable: true, hint: text("未解保可空", "empty while in force") }, money("fee", "担保费", "fee")],
    }],
    example: { contracts: [{ amount: "1000000.00", start: "2018-01-01", end: "2019-01-01", released_on: null, fee: "10000.00" }, { amount: "3000000.00", start: "2018-07-01", end: "2019-07-01", released_on: "2018-12-31", fee: "22500.00" }] },
    figures: [
      { name: "annualised_amount", label: text("年化担保额", "annualised amount"), kind: "money" },
      { name: "fee", label: text("担保费", "fees"), kind: "money" },
      { name: "annual_rate", label: text("年化担保费率", "annualised fee rate"), kind: "rate" },
    ],
  }),
  describe("size", {
    title: text("企业划型", "Size class"),
    purpose: text("按行业划分大中小微", "large, medium, small or micro by industry"),
    basis: text("工信部联企业〔2011〕300号", "MIIT 2011 no. 300"),
    fields: [
      ON,
      { name: "industry", kind: "choice", label: text("行业", "industry"), choices: INDUSTRIES },
      { name: "employees", kind: "whole", label: text("从业人员", "employees"), nullable: true, hint: text("人；行业不用的指标可空", "persons; empty where the industry ignores it") },
      { ...money("revenue", "营业收入", "revenue"), nullable: true },
      { ...money("total_assets", "资产总额", "total assets"), nullable: true },
    ],
    example: { on: "2024-01-01", industry: "industry", employees: 120, revenue: "19999999.99", total_assets: null },
    Picture: SizePicture,
  }),
  describe("identifier", {
    title: text("证件号码核验", "Identifier check"),
    purpose: text("信用代码、身份号码、LEI 校验", "credit code, resident number, LEI"),
    basis: text("GB 32100、GB 11643、ISO 17442", "GB 32100, GB 11643, ISO 17442"),
    fields: [{ name: "kind", kind: "choice", label: text("证件种类", "kind"), choices: IDENTIFIER_KINDS }, { name: "value", kind: "text", label: text("号码", "number") }, { ...ON, label: text("核验日", "day of the check"), optional: true, hint: text("缺省为今天", "today when empty") }],
    example: { kind: "uscc", value: "91350100M000100Y43" },
    Picture: IdentifierPicture,
  }),
  describe("reserves", {
    title: text("准备金税前扣除", "Reserves and income tax"),
    purpose: text("准备金税前扣除工作底稿，可打印", "worksheet of the deductible reserves, for paper"),
    basis: text("财税〔2017〕22号", "Ministry of Finance tax 2017 no. 22"),
    paper: true,
    fields: [
      { name: "year", kind: "whole", label: text("纳税年度", "tax year") },
      flag("complies_with_measures", "符合《融资性担保公司管理暂行办法》", "complies with the measures of 2010"),
      flag("licensed", "持有经营许可证", "holds the licence"),
      flag("other_conditions_met", "符合其他条件", "other conditions are met"),
      money("sme_volume", "中小企业业务发生额", "volume for small and medium enterprises"),
      money("total_volume", "担保业务发生总额", "whole volume"),
      money("sme_fee", "中小企业担保费", "their fees"),
      money("sme_annualised", "中小企业年化担保额", "their annualised amount"),
      { name: "benchmark_rate", kind: "rate", label: text("同期贷款基准利率", "benchmark lending rate"), hint: text("0.0435 即 4.35%", "0.0435 is 4.35%") },
      money("liability_balance", "年末担保责任余额", "year-end liability balance"),
      money("fee_income", "当年担保费收入", "fee income of the year"),
      money("accrued_compensation", "当年计提担保赔偿准备", "compensation reserve accrued"),
      money("accrued_unearned", "当年计提未到期责任准备", "unearned premium reserve accrued"),
      money("prior_compensation", "上年已扣除担保赔偿准备", "last year’s deducted compensation reserve"),
      money("prior_unearned", "上年已扣除未到期责任准备", "last year’s deducted unearned premium reserve"),
      money("payout_loss", "代偿损失", "payout losses"),
    ],
    example: {
      year: 2019, complies_with_measures: true, licensed: true, other_conditions_met: true, sme_volume: "700000000.00", total_volume: "1000000000.00", sme_fee: "7000000.00", sme_annualised: "700000000.00", benchmark_rate: "0.0435",
      liability_balance: "1234567890.00", fee_income: "9876543.20", accrued_compensation: "15000000.00", accrued_unearned: "5000000.00", prior_compensation: "10000000.00", prior_unearned: "4000000.00", payout_loss: "12500000.00",
    },
    figures: [
      { name: "deductible_compensation", label: text("准予扣除的担保赔偿准备", "deductible compensation reserve"), kind: "money" },
      { name: "deductible_unearned", label: text("准予扣除的未到期责任准备", "deductible unearned premium reserve"), kind: "money" },
      { name: "loss_offset", label: text("冲减准备的代偿损失", "loss offset against the reserve"), kind: "money" },
      { name: "loss_direct", label: text("据实扣除的代偿损失", "loss deducted directly"), kind: "money" },
      { name: "reversal_income", label: text("转为当期收入", "reversed to income"), kind: "money" },
      { name: "add_back_compensation", label: text("调增：担保赔偿准备", "added back: compensation"), kind: "money" },
      { name: "add_back_unearned", label: text("调增：未到期责任准备", "added back: unearned"), kind: "money" },
    ],
    findings: (answer) => answer.conditions,
    Picture: ReservesPaper,
  }),
  describe("award", {
    title: text("降费奖补", "Fee-reduction award"),
    purpose: text("2018–2020 年降费奖补资金测算表，可打印", "the award of 2018–2020 unit by unit, for paper"),
    basis: text("财建〔2018〕547号", "Ministry of Finance 2018 no. 547"),
    paper: true,
    fields: [
      { name: "year", kind: "whole", label: text("年度", "year"), hint: text("2018、2019 或 2020", "2018, 2019 or 2020") },
      money("budget", "年度资金", "budget"),
      {
        name: "units", kind: "list", label: text("省份（含计划单列市）", "units"), each: text("省份", "unit"),
        fields: [{ name: "code", kind: "text", label: text("省份", "unit") }, { name: "region", kind: "choice", label: text("区域", "region"), choices: REGIONS }, money("annualised_amount", "年化担保额", "annualised amount"), money("fee", "担保费", "fee")],
      },
    ],
    example: {
      year: 2018, budget: "3000000000.00",
      units: [
        { code: "江苏", region: "east", annualised_amount: "65000000000.00", fee: "780000000.00" },
        { code: "浙江", region: "east", annualised_amount: "58000000000.00", fee: "580000000.00" },
        { code: "广东", region: "east", annualised_amount: "41000000000.00", fee: "697000000.00" },
        { code: "安徽", region: "central", annualised_amount: "52000000000.00", fee: "520000000.00" },
        { code: "湖南", region: "central", annualised_amount: "23000000000.00", fee: "414000000.00" },
        { code: "河南", region: "central", annualised_amount: "31000000000.00", fee: "465000000.00" },
        { code: "四川", region: "west", annualised_amount: "36000000000.00", fee: "540000000.00" },
        { code: "重庆", region: "west", annualised_amount: "28000000000.00", fee: "504000000.00" },
        { code: "云南", region: "west", annualised_amount: "9000000000.00", fee: "90000000.00" },
      ],
    },
    figures: [
      { name: "national_rate", label: text("全国平均年化担保费率", "national average rate"), kind: "rate" },
      { name: "fixed_total", label: text("定额奖励合计", "fixed part"), kind: "money" },
      { name: "factor_total", label: text("因素法资金", "factor part"), kind: "money" },
    ],
    Picture: AwardPaper,
  }),
  describe("vat", {
    title: text("担保费免征增值税", "VAT exemption"),
    purpose: text("哪些担保费免征增值税", "which guarantee fees are exempt"),
    basis: text("财税〔2017〕90号等", "Ministry of Finance tax 2017 no. 90 and later"),
    fields: [ON, {
      name: "items", kind: "list", label: text("担保费", "fees"), each: text("担保费", "fee"),
      fields: [CLIENT_KIND, money("fee", "担保费", "fee"), { name: "underlying_kinds", kind: "choices", nullable: true, label: text("再担保：原担保客户类型", "re-guarantee: underlying client kinds"), hint: text("直接担保不勾选", "none for a direct guarantee"), choices: CLIENT_KINDS }],
    }],
    example: { on: "2024-01-01", items: [{ client_kind: "farmer", fee: "100.00", underlying_kinds: null }, { client_kind: "medium", fee: "50.00", underlying_kinds: null }] },
    figures: [{ name: "exempt", label: text("免税", "exempt"), kind: "money" }, { name: "taxable", label: text("应税", "taxable"), kind: "money" }],
    findings: (answer) => [answer.finding],
    Picture: VatPicture,
  }),
];

export const calculatorNamed = (name: string | undefined) => CALCULATORS.find((calculator) => calculator.name === name);
