// The registers of an institution: what everybody refers to, what limits it, and what it files.
import { answered, own, versioned, type Schemas } from "../api/client";
import { listed } from "../api/pages";
import { choices, type FieldsOf } from "../shape/form/field";
import { text, type Text } from "../text";
import { KINDS } from "../words";
import { AgreementTerms } from "./AgreementTerms";
import type { AnyRegister, Register } from "./describe";
import { CLAUSE, datedColumns, datedFacts, DOCUMENT, FROM, money, part, share, UNTIL, VERIFIED, yuan } from "./parts";

type S = Schemas;
type Named<Values extends string> = Record<Values, Text>;

/** The general rules that a product of the national fund may replace, each by a parameter of its own. */
const REPLACEABLE = {
  "fee.cap": text("担保费率上限", "cap of the fee"), "refee.cap": text("再担保费率上限", "cap of the re-guarantee fee"), "risk.bank": text("银行分险下限", "least share of the bank"),
  "risk.provincial": text("省级分险下限", "least provincial share"), "risk.national": text("国家基金分险上限", "largest national share"), "startup.cap": text("创业担保贷款额度", "caps of start-up loans"),
};
const PRODUCT_KINDS: Named<S["ProductKind"]> = { regular: text("一般业务", "regular"), batch: text("批量担保", "batch"), plan: text("专项计划", "plan"), startup: text("创业担保贷款", "start-up loans") };
const PAYOUT_DEFINITIONS: Named<S["PayoutDefinition"]> = { institution: text("按机构", "of the institution"), batch: text("按批量", "of the batch") };
const CONFIRMATION_KINDS: Named<S["ConfirmationKind"]> = { mainly_small: text("主要为小微企业和农业、农村、农民服务", "mainly serves small enterprises and agriculture"), technology_linkage: text("科技创新担保与股权投资联动", "technology guarantee with equity linkage") };
const PERIODS: Named<S["Period"]> = { monthly: text("月报", "monthly"), quarterly: text("季报", "quarterly"), half_year: text("半年报", "half-yearly"), yearly: text("年报", "yearly") };
const LIMIT_RULES: Named<S["LimitRule"]> = {
  small_agri_share: text("支小支农占比下限", "least small-and-agri share"), small_ticket_share: text("单户 500 万元及以下占比下限", "least small-ticket share"),
  fee_up_to_small_ticket: text("单户 500 万元及以下担保费率上限", "highest fee up to 5,000,000 yuan"), fee_above_small_ticket: text("单户 500 万元以上担保费率上限", "highest fee above 5,000,000 yuan"),
  reguarantee_fee_up_to_small_ticket: text("单户 500 万元及以下再担保费率上限", "highest re-guarantee fee up to 5,000,000 yuan"), reguarantee_fee_above_small_ticket: text("单户 500 万元以上再担保费率上限", "highest re-guarantee fee above 5,000,000 yuan"),
  bank_share: text("银行分险比例下限", "least share of the bank"), single_client: text("单户集中度上限", "highest concentration on a client"), related_group: text("关联方集中度上限", "highest concentration on a group"),
  leverage: text("放大倍数上限", "highest multiple"), top_ten_clients: text("前十大客户占比上限", "highest share of the ten largest clients"), region: text("单一地区占比上限", "highest share of a region"), industry: text("单一行业占比上限", "highest share of an industry"),
};

const register = <In, Row extends { id: string }>(described: Register<In, Row>) => described as unknown as AnyRegister;

const AGREEMENTS = register<S["AgreementIn"], S["AgreementOut"]>({
  name: "agreements", title: text("分险协议", "Agreements"), each: text("分险协议", "agreement"), read: "read_agreements", state: "state_agreement",
  lead: text("与银行和再担保机构如何分担风险；每份合同按其中一份办理。", "How the risk is shared with the bank and the re-guarantors; every contract is booked under one."),
  barred: ({ t, me }) => (["guarantee_institution", "provincial_reguarantor"].includes(me.institution.kind) ? null : t("只有担保机构和省级再担保机构订立协议。", "Only guarantee institutions and provincial re-guarantors have agreements.")),
  nameOf: (row) => row.name,
  columns: ({ bank, institution }) => [
    { name: "number", title: text("协议编号", "Number"), value: (row) => row.number },
    { name: "name", title: text("名称", "Name"), value: (row) => row.name },
    { name: "bank", title: text("银行", "Bank"), value: (row) => bank(row.bank_id) },
    { name: "provincial", title: text("省级再担保", "Provincial"), value: (row) => institution(row.provincial_id) },
    { name: "cap", title: text("额度（元）", "Cap (yuan)"), value: (row) => row.cap ?? "", figure: true, cell: (row) => yuan(row.cap) },
    ...datedColumns<S["AgreementOut"]>(),
  ],
  filters: ({ banks }) => [{ name: "bank_id", title: text("银行", "Bank"), kind: "choice", choices: banks }, { name: "on", title: text("在此日有效", "In force on"), kind: "day" }],
  facts: (row, { bank, institution, products, t }) => [
    [text("协议编号", "Number"), row.number],
    [text("银行", "Bank"), bank(row.bank_id)],
    [text("省级再担保机构", "Provincial re-guarantor"), institution(row.provincial_id)],
    [text("国家基金", "National fund"), institution(row.national_id)],
    [text("额度（元）", "Cap (yuan)"), row.cap ? yuan(row.cap) : t("不限", "none")],
    [text("适用产品", "Products"), row.product_ids.length === 0 ? t("不限", "every one") : row.product_ids.map((id) => products.find(({ value }) => value === id)?.label.zh ?? id).join("、")],
    ...datedFacts(row),
  ],
  fields: ({ banks, products, above }) => {
    const fields: FieldsOf<S["AgreementIn"]> = [
      { name: "number", kind: "text", label: text("协议编号", "number"), hint: text("本机构内唯一", "unique here") },
      { name: "name", kind: "text", label: text("名称", "name") },
      { name: "bank_id", kind: "choice", nullable: true, label: text("合作银行", "bank"), choices: banks },
      { name: "provincial_id", kind: "choice", nullable: true, label: text("省级再担保机构", "provincial re-guarantor"), choices: above("reguarantees", "provincial_reguarantor") },
      { name: "national_id", kind: "choice", nullable: true, label: text("国家融资担保基金", "national fund"), choices: above("reguarantees", "national_fund") },
      { ...money("cap", "额度", "cap", { nullable: true }) },
      { name: "product_ids", kind: "choices", label: text("适用产品", "products"), choices: products, hint: text("不选为不限产品", "every one when none is chosen") },
      FROM, UNTIL,
    ];
    return fields;
  },
  initial: ({ today }) => ({ from: today }),
  list: listed("/v1/agreements"),
  get: (id, signal) => versioned(own.GET("/v1/agreements/{id}", { params: { path: { id } }, signal })),
  put: (body, id) => answered(own.PUT("/v1/agreements/{id}", { params: { path: { id } }, body })),
  change: (id, version, body) => answered(own.PUT("/v1/agreements/{id}", { params: { path: { id }, header: { "if-match": version } }, body })),
  More: ({ row }) => <AgreementTerms agreement={row} />,
});

const QUOTAS = register<S["QuotaGrantIn"], S["QuotaGrantOut"]>({
  name: "quota-grants", title: text("授信额度", "Quota grants"), each: text("授信额度", "quota grant"), read: "read_quota_grants", state: "grant_quota",
  lead: text("再担保机构每年给予下级机构的额度；用完后不再登记业务。", "What a re-guarantor grants an institution below it for a year; once it is used no more is booked."),
  barred: ({ t, me }) => (["provincial_reguarantor", "national_fund"].includes(me.institution.kind) ? null : t("由再担保机构授予。", "The re-guarantor grants it.")),
  othersRow: (row, { t, me }) => (row.institution_id === me.institution.id ? null : t("由授予此额度的再担保机构办理。", "The re-guarantor that grants it does this.")),
  nameOf: (row, { institution, t }) => t(`${institution(row.cedent_id)} ${row.year} 年额度`, `${institution(row.cedent_id)}, ${row.year}`),
  columns: ({ institution }) => [
    { name: "year", title: text("年度", "Year"), value: (row) => String(row.year) },
    { name: "cedent", title: text("分出机构", "Institution below"), value: (row) => institution(row.cedent_id) },
    { name: "stater", title: text("授予机构", "Granted by"), value: (row) => institution(row.institution_id) },
    { name: "granted", title: text("额度（元）", "Granted (yuan)"), value: (row) => row.granted, figure: true, cell: (row) => yuan(row.granted) },
    { name: "document", title: text("依据", "Document"), value: (row) => row.document, hidden: true },
  ],
  facts: (row, { institution }) => [
    [text("分出机构", "Institution below"), institution(row.cedent_id)], [text("授予机构", "Granted by"), institution(row.institution_id)], [text("年度", "Year"), String(row.year)],
    [text("额度（元）", "Granted (yuan)"), yuan(row.granted)], [text("依据", "Document"), row.document],
  ],
  fields: ({ below }) => {
    const fields: FieldsOf<S["QuotaGrantIn"]> = [
      { name: "cedent_id", kind: "choice", label: text("分出机构", "institution below"), choices: below("reguarantees") },
      { name: "year", kind: "whole", label: text("年度", "year") }, money("granted", "额度", "granted"), DOCUMENT,
    ];
    return fields;
  },
  initial: ({ today }) => ({ year: Number(today.slice(0, 4)) }),
  list: listed("/v1/quota-grants"),
  get: (id, signal) => versioned(own.GET("/v1/quota-grants/{id}", { params: { path: { id } }, signal })),
  put: (body, id) => answered(own.PUT("/v1/quota-grants/{id}", { params: { path: { id } }, body })),
  change: (id, version, body) => answered(own.PUT("/v1/quota-grants/{id}", { params: { path: { id }, header: { "if-match": version } }, body })),
});

const STATEMENT_FIGURES = [
  ["net_assets", "净资产", "net assets"], ["total_assets", "资产总额", "total assets"], ["grade1", "Ⅰ级资产", "grade Ⅰ assets"], ["grade2", "Ⅱ级资产", "grade Ⅱ assets"], ["grade3", "Ⅲ级资产", "grade Ⅲ assets"],
  ["payout_receivables", "应收代偿款", "payout receivables"], ["unearned_reserve", "未到期责任准备金", "unearned premium reserve"], ["compensation_reserve", "担保赔偿准备金", "compensation reserve"],
] as const;

const STATEMENTS = register<S["FinancialStatementIn"], S["FinancialStatementOut"]>({
  name: "financial-statements", title: text("财务报表", "Financial statements"), each: text("财务报表", "statement"), read: "read_financial_statements", state: "file_financial_statement",
  lead: text("净资产和资产分级；集中度和放大倍数按最近一份计算。更正另报一份，原件保留。", "Net assets and the grades of assets; concentration and multiple rest on the last one. A correction is another statement, the old one stays."),
  nameOf: (row, { t }) => t(`${row.as_of} 财务报表`, `Statement of ${row.as_of}`),
  columns: () => [
    { name: "as_of", title: text("报表日", "As of"), value: (row) => row.as_of },
    ...STATEMENT_FIGURES.map(([name, zh, en], place) => ({ name, title: text(`${zh}（元）`, `${en} (yuan)`), value: (row: S["FinancialStatementOut"]) => row[name], figure: true, cell: (row: S["FinancialStatementOut"]) => yuan(row[name]), hidden: place > 1 })),
    { name: "filed_on", title: text("报送日", "Filed on"), value: (row) => row.filed_on },
    { name: "corrects", title: text("更正", "Corrects"), value: (row) => row.corrects ?? "", cell: (row) => (row.corrects ? "✓" : ""), hidden: true },
  ],
  facts: (row) => [[text("报表日", "As of"), row.as_of], ...STATEMENT_FIGURES.map(([name, zh, en]): [Text, string] => [text(`${zh}（元）`, `${en} (yuan)`), yuan(row[name])]), [text("报送日", "Filed on"), row.filed_on], [text("更正的是", "Corrects"), row.corrects && <code>{row.corrects}</code>]],
  fields: () => [
    { name: "as_of", kind: "day", label: text("报表日", "as of"), hint: text("不晚于今天", "today or earlier") },
    ...STATEMENT_FIGURES.map(([name, zh, en]) => money(name, zh, en)),
    { name: "corrects", kind: "text", nullable: true, fixed: true, label: text("更正的报表", "corrects"), hint: text("从要更正的报表页面开始，自动填写", "filled in when begun from the statement to correct") },
  ],
  initial: () => ({}),
  list: listed("/v1/financial-statements"),
  get: (id, signal) => versioned(own.GET("/v1/financial-statements/{id}", { params: { path: { id } }, signal })),
  put: (body, id) => answered(own.PUT("/v1/financial-statements/{id}", { params: { path: { id } }, body })),
  corrects: { word: text("更正", "Correct it"), initial: (row) => ({ ...row, corrects: row.id }) },
});

const LIMITS = register<S["LocalLimitIn"], S["LocalLimitOut"]>({
  name: "local-limits", title: text("自定限额", "Local limits"), each: text("限额", "limit"), read: "read_local_limits", state: "state_local_limit",
  lead: text("本机构或再担保机构另定的、不宽于法规的限额。", "Limits of our own, or of the re-guarantor, that are no looser than the law."),
  barred: ({ t, me }) => (["guarantee_institution", "provincial_reguarantor", "national_fund"].includes(me.institution.kind) ? null : t("由担保机构或其再担保机构登记。", "A guarantee institution, or its re-guarantor, states them.")),
  othersRow: (row, { t, me }) => (row.institution_id === me.institution.id ? null : t("由登记此限额的机构办理。", "The institution that stated it does this.")),
  nameOf: (row, { t }) => t(LIMIT_RULES[row.rule]),
  columns: ({ t, institution }) => [
    { name: "rule", title: text("事项", "What"), value: (row) => t(LIMIT_RULES[row.rule]) },
    { name: "value", title: text("限额", "Limit"), value: (row) => row.value, figure: true, cell: (row) => (row.rule === "leverage" ? t(`${row.value} 倍`, `${row.value} times`) : part(row.value)) },
    { name: "key_code", title: text("地区或行业", "Region or industry"), value: (row) => row.key_code ?? "" },
    { name: "member", title: text("受约束机构", "Binds"), value: (row) => institution(row.member_id) },
    { name: "stater", title: text("登记机构", "Stated by"), value: (row) => institution(row.institution_id) },
    ...datedColumns<S["LocalLimitOut"]>(),
  ],
  filters: () => [{ name: "on", title: text("在此日有效", "In force on"), kind: "day" }],
  facts: (row, { t, institution }) => [
    [text("事项", "What"), t(LIMIT_RULES[row.rule])], [text("限额", "Limit"), row.rule === "leverage" ? t(`${row.value} 倍`, `${row.value} times`) : part(row.value)], [text("地区或行业", "Region or industry"), row.key_code],
    [text("受约束机构", "Binds"), institution(row.member_id)], [text("登记机构", "Stated by"), institution(row.institution_id)], [text("依据", "Document"), row.document], ...datedFacts(row),
  ],
  fields: ({ me, below }) => {
    const fields: FieldsOf<S["LocalLimitIn"]> = [
      { name: "rule", kind: "choice", label: text("事项", "what"), choices: choices(LIMIT_RULES) },
      { name: "member_id", kind: "choice", label: text("受约束机构", "binds"), choices: [{ value: me.institution.id, label: text(me.institution.name, me.institution.name) }, ...below("reguarantees")] },
      { name: "value", kind: "rate", label: text("限额", "limit"), hint: text("小数：0.05 即 5%；倍数写 8", "a decimal: 0.05 is 5%; a multiple as 8") },
      { name: "key_code", kind: "text", nullable: true, label: text("地区或行业代码", "region or industry"), hint: text("仅地区、行业占比用；空着为每一个", "for those two only; every one without") },
      DOCUMENT, FROM, UNTIL,
    ];
    return fields;
  },
  initial: ({ today, me }) => ({ from: today, member_id: me.institution.id }),
  list: listed("/v1/local-limits"),
  get: (id, signal) => versioned(own.GET("/v1/local-limits/{id}", { params: { path: { id } }, signal })),
  put: (body, id) => answered(own.PUT("/v1/local-limits/{id}", { params: { path: { id } }, body })),
  end: (id, version, body) => answered(own.PUT("/v1/local-limits/{id}/end", { params: { path: { id }, header: { "if-match": version } }, body })),
});

/** Rows that everybody reads are stated by the fund and the provinces. */
const forEverybody: AnyRegister["barred"] = ({ t, me }) => (["national_fund", "provincial_reguarantor"].includes(me.institution.kind) ? null : t("由国家基金和省级再担保机构登记。", "The national fund and the provincial re-guarantors state them."));
/** What whoever bears risk may state. */
const forRiskBearers: AnyRegister["barred"] = ({ t, me }) => (["national_fund", "provincial_reguarantor", "guarantee_institution"].includes(me.institution.kind) ? null : t("由担保机构、省级再担保机构和国家基金登记。", "Guarantee institutions, provincial re-guarantors and the national fund state them."));
const statersRow = (row: { institution_id: string }, { t, me }: Parameters<NonNullable<AnyRegister["barred"]>>[0]) => (row.institution_id === me.institution.id ? null : t("由登记它的机构办理。", "The institution that stated it does this."));

const PRODUCTS = register<S["ProductIn"], S["ProductOut"]>({
  name: "products", title: text("产品", "Products"), each: text("产品", "product"), read: "read_products", state: "state_product",
  lead: text("国家基金、省级和本机构的产品；没有写的参数按法规。", "The products of the fund, of the provinces and our own; what one leaves out the law says."),
  barred: forRiskBearers, othersRow: statersRow,
  nameOf: (row) => row.name,
  columns: ({ t, institution }) => [
    { name: "name", title: text("名称", "Name"), value: (row) => row.name },
    { name: "code", title: text("代码", "Code"), value: (row) => row.code, cell: (row) => <code>{row.code}</code> },
    { name: "kind", title: text("类别", "Kind"), value: (row) => t(PRODUCT_KINDS[row.kind]) },
    { name: "client_max", title: text("单户上限（元）", "Most for a client (yuan)"), value: (row) => row.client_max ?? "", figure: true, cell: (row) => yuan(row.client_max) },
    { name: "fee_max", title: text("担保费率上限", "Highest fee"), value: (row) => row.fee_max ?? "", cell: (row) => part(row.fee_max) },
    { name: "stater", title: text("登记机构", "Stated by"), value: (row) => institution(row.institution_id) },
    ...datedColumns<S["ProductOut"]>(),
  ],
  filters: () => [{ name: "on", title: text("在此日有效", "In force on"), kind: "day" }],
  facts: (row, { t, institution }) => [
    [text("代码", "Code"), <code key="code">{row.code}</code>], [text("类别", "Kind"), t(PRODUCT_KINDS[row.kind])], [text("登记机构", "Stated by"), institution(row.institution_id)],
    [text("单户上限（元）", "Most for a client (yuan)"), yuan(row.client_max)], [text("担保费率上限", "Highest fee"), part(row.fee_max)], [text("再担保费率上限", "Highest re-guarantee fee"), part(row.reguarantee_fee_max)],
    [text("银行分险下限", "Least share of the bank"), part(row.bank_min)], [text("省级分险下限", "Least provincial share"), part(row.provincial_min)],
    [text("国家基金分险上限", "Largest national share"), row.national_max.map(({ grade, share }) => `${grade} ${part(share)}`).join("、")],
    [text("个人创业担保贷款上限（元）", "Largest start-up loan to a person (yuan)"), yuan(row.startup_person_max)], [text("小微企业创业担保贷款上限（元）", "Largest start-up loan to a small enterprise (yuan)"), yuan(row.startup_enterprise_max)],
    [text("代偿率上限", "Highest payout rate"), row.payout_rate_cap && `${part(row.payout_rate_cap)}${row.payout_definition ? `（${t(PAYOUT_DEFINITIONS[row.payout_definition])}）` : ""}`],
    [text("替代的规则", "Rules replaced"), row.replaces_rules.join("、")], [text("依据", "Document"), `${row.document} ${row.clause}`], [text("已核对原文", "Clause read"), row.verified ? t("是", "yes") : t("否", "no")], ...datedFacts(row),
  ],
  fields: ({ me }) => {
    // Nobody else may replace a rule.
    const replaces: FieldsOf<S["ProductIn"]> = me.institution.kind === "national_fund" ? [{ name: "replaces_rules", kind: "choices", label: text("替代的一般规则", "rules replaced"), choices: choices(REPLACEABLE) }] : [];
    const fields: FieldsOf<S["ProductIn"]> = [
      { name: "code", kind: "text", label: text("代码", "code") }, { name: "name", kind: "text", label: text("名称", "name") }, { name: "kind", kind: "choice", label: text("类别", "kind"), choices: choices(PRODUCT_KINDS) },
      money("client_max", "单户上限", "most for a client", { nullable: true }), share("fee_max", "担保费率上限", "highest fee"), share("reguarantee_fee_max", "再担保费率上限", "highest re-guarantee fee"),
      share("bank_min", "银行分险下限", "least share of the bank"), share("provincial_min", "省级分险下限", "least provincial share"), share("payout_rate_cap", "代偿率上限", "highest payout rate"),
      { name: "payout_definition", kind: "choice", nullable: true, label: text("代偿率口径", "payout rate"), choices: choices(PAYOUT_DEFINITIONS) },
      { name: "national_max", kind: "list", label: text("国家基金分险上限", "largest national share"), each: text("档次", "grade"), fields: [{ name: "grade", kind: "text", label: text("客户类别", "grade") }, { name: "share", kind: "rate", label: text("上限", "largest share") }] },
      money("startup_person_max", "个人创业担保贷款上限", "largest start-up loan to a person", { nullable: true, hint: text("元；仅此类产品填写", "yuan; for products of this kind") }),
      money("startup_enterprise_max", "小微企业创业担保贷款上限", "largest start-up loan to a small enterprise", { nullable: true, hint: text("元；仅此类产品填写", "yuan; for products of this kind") }),
      ...replaces,
      DOCUMENT, CLAUSE, VERIFIED, FROM, UNTIL,
    ];
    return fields;
  },
  initial: ({ today }) => ({ from: today, national_max: [], replaces_rules: [] }),
  list: listed("/v1/products"),
  get: (id, signal) => versioned(own.GET("/v1/products/{id}", { params: { path: { id } }, signal })),
  put: (body, id) => answered(own.PUT("/v1/products/{id}", { params: { path: { id } }, body })),
  end: (id, version, body) => answered(own.PUT("/v1/products/{id}/end", { params: { path: { id }, header: { "if-match": version } }, body })),
});

const SEARCH = { name: "search", title: text("搜索（按 / 键）", "Search (press /)"), kind: "search", example: text("名称的一部分", "part of the name") } as const;

const BANKS = register<S["BankIn"], S["BankOut"]>({
  name: "banks", title: text("银行", "Banks"), each: text("银行", "bank"), read: "read_banks", state: "state_bank",
  lead: text("合作银行，全系统共用一份。", "The banks, one list for the whole system."),
  barred: forEverybody, othersRow: statersRow,
  nameOf: (row) => row.name,
  columns: ({ institution }) => [
    { name: "name", title: text("名称", "Name"), value: (row) => row.name }, { name: "code", title: text("代码", "Code"), value: (row) => row.code, cell: (row) => <code>{row.code}</code> },
    { name: "stater", title: text("登记机构", "Stated by"), value: (row) => institution(row.institution_id) }, ...datedColumns<S["BankOut"]>(),
  ],
  filters: () => [SEARCH, { name: "on", title: text("在此日有效", "There on"), kind: "day" }],
  facts: (row, { institution }) => [[text("代码", "Code"), <code key="code">{row.code}</code>], [text("登记机构", "Stated by"), institution(row.institution_id)], ...datedFacts(row)],
  fields: () => [{ name: "code", kind: "text", label: text("代码", "code"), hint: text("全系统唯一", "unique in the system") }, { name: "name", kind: "text", label: text("名称", "name") }, FROM, UNTIL],
  initial: ({ today }) => ({ from: today }),
  list: listed("/v1/banks"),
  get: (id, signal) => versioned(own.GET("/v1/banks/{id}", { params: { path: { id } }, signal })),
  put: (body, id) => answered(own.PUT("/v1/banks/{id}", { params: { path: { id } }, body })),
  end: (id, version, body) => answered(own.PUT("/v1/banks/{id}/end", { params: { path: { id }, header: { "if-match": version } }, body })),
});

const BRANCHES = register<S["BankBranchIn"], S["BankBranchOut"]>({
  name: "bank-branches", title: text("银行网点", "Bank branches"), each: text("网点", "branch"), read: "read_banks", state: "state_bank_branch",
  lead: text("各银行的网点，全系统共用一份。", "The branches of the banks, one list for the whole system."),
  barred: forRiskBearers, othersRow: statersRow,
  nameOf: (row) => row.name,
  columns: ({ bank, institution }) => [
    { name: "name", title: text("名称", "Name"), value: (row) => row.name }, { name: "code", title: text("代码", "Code"), value: (row) => row.code, cell: (row) => <code>{row.code}</code> },
    { name: "bank", title: text("银行", "Bank"), value: (row) => bank(row.bank_id) }, { name: "region_code", title: text("行政区划", "Region"), value: (row) => row.region_code },
    { name: "stater", title: text("登记机构", "Stated by"), value: (row) => institution(row.institution_id), hidden: true }, ...datedColumns<S["BankBranchOut"]>(),
  ],
  filters: ({ banks }) => [SEARCH, { name: "bank_id", title: text("银行", "Bank"), kind: "choice", choices: banks }],
  facts: (row, { bank, institution }) => [[text("代码", "Code"), <code key="code">{row.code}</code>], [text("银行", "Bank"), bank(row.bank_id)], [text("行政区划", "Region"), row.region_code], [text("登记机构", "Stated by"), institution(row.institution_id)], ...datedFacts(row)],
  fields: ({ banks }) => [
    { name: "bank_id", kind: "choice", label: text("所属银行", "bank"), choices: banks }, { name: "code", kind: "text", label: text("代码", "code"), hint: text("全系统唯一", "unique in the system") },
    { name: "name", kind: "text", label: text("名称", "name") }, { name: "region_code", kind: "text", label: text("行政区划代码", "region code"), hint: text("六位", "six digits") }, FROM, UNTIL,
  ],
  initial: ({ today, me }) => ({ from: today, region_code: me.institution.region_code }),
  list: listed("/v1/bank-branches"),
  get: (id, signal) => versioned(own.GET("/v1/bank-branches/{id}", { params: { path: { id } }, signal })),
  put: (body, id) => answered(own.PUT("/v1/bank-branches/{id}", { params: { path: { id } }, body })),
  end: (id, version, body) => answered(own.PUT("/v1/bank-branches/{id}/end", { params: { path: { id }, header: { "if-match": version } }, body })),
});

const CONFIRMATIONS = register<S["ConfirmationIn"], S["ConfirmationOut"]>({
  name: "supervisor-confirmations", title: text("监管确认", "Confirmations"), each: text("监管确认", "confirmation"), read: "read_confirmations", state: "state_confirmation",
  lead: text("监管部门对机构的确认；15 倍放大倍数以此为前提。", "What a supervisor confirms of an institution; the multiple of 15 rests on it."),
  barred: ({ t, me }) => (me.institution.kind === "supervisor" ? null : t("由监管部门登记。", "The supervisor states them.")), othersRow: statersRow,
  nameOf: (row, { t, institution }) => `${institution(row.member_id)}：${t(CONFIRMATION_KINDS[row.kind])}`,
  columns: ({ t, institution }) => [
    { name: "kind", title: text("事项", "What"), value: (row) => t(CONFIRMATION_KINDS[row.kind]) }, { name: "member", title: text("被确认机构", "Institution"), value: (row) => institution(row.member_id) },
    { name: "stater", title: text("监管部门", "Supervisor"), value: (row) => institution(row.institution_id) }, { name: "document", title: text("依据", "Document"), value: (row) => row.document }, ...datedColumns<S["ConfirmationOut"]>(),
  ],
  facts: (row, { t, institution }) => [[text("事项", "What"), t(CONFIRMATION_KINDS[row.kind])], [text("被确认机构", "Institution"), institution(row.member_id)], [text("监管部门", "Supervisor"), institution(row.institution_id)], [text("依据", "Document"), row.document], ...datedFacts(row)],
  fields: ({ below }) => [{ name: "member_id", kind: "choice", label: text("被确认机构", "institution"), choices: below("supervises") }, { name: "kind", kind: "choice", label: text("事项", "what"), choices: choices(CONFIRMATION_KINDS) }, DOCUMENT, FROM, UNTIL],
  initial: ({ today }) => ({ from: today }),
  list: listed("/v1/supervisor-confirmations"),
  get: (id, signal) => versioned(own.GET("/v1/supervisor-confirmations/{id}", { params: { path: { id } }, signal })),
  put: (body, id) => answered(own.PUT("/v1/supervisor-confirmations/{id}", { params: { path: { id } }, body })),
  end: (id, version, body) => answered(own.PUT("/v1/supervisor-confirmations/{id}/end", { params: { path: { id }, header: { "if-match": version } }, body })),
});

const INVESTMENTS = register<S["EquityInvestmentIn"], S["EquityInvestmentOut"]>({
  name: "equity-investments", title: text("股权投资", "Equity investments"), each: text("股权投资", "investment"), read: "read_investments", state: "register_investment",
  lead: text("本机构的股权投资。向非融资担保机构投资原则上不得进行，投贷联动的除外。", "Our equity investments. The law forbids them in principle, but for technology guarantees with equity linkage."),
  nameOf: (row) => row.investee_name,
  columns: ({ t }) => [
    { name: "investee_name", title: text("被投资企业", "Company"), value: (row) => row.investee_name }, { name: "amount", title: text("金额（元）", "Amount (yuan)"), value: (row) => row.amount, figure: true, cell: (row) => yuan(row.amount) },
    { name: "linkage", title: text("科技创新联动", "Technology linkage"), value: (row) => (row.technology_linkage ? t("是", "yes") : t("否", "no")) }, ...datedColumns<S["EquityInvestmentOut"]>(),
  ],
  facts: (row, { t }) => [[text("金额（元）", "Amount (yuan)"), yuan(row.amount)], [text("科技创新联动", "Technology linkage"), row.technology_linkage ? t("是", "yes") : t("否", "no")], ...datedFacts(row)],
  fields: () => [{ name: "investee_name", kind: "text", label: text("被投资企业", "company") }, money("amount", "投资金额", "amount"), { name: "technology_linkage", kind: "flag", label: text("科技创新担保与股权投资联动", "technology guarantee with equity linkage") }, FROM, UNTIL],
  initial: ({ today }) => ({ from: today }),
  list: listed("/v1/equity-investments"),
  get: (id, signal) => versioned(own.GET("/v1/equity-investments/{id}", { params: { path: { id } }, signal })),
  put: (body, id) => answered(own.PUT("/v1/equity-investments/{id}", { params: { path: { id } }, body })),
  end: (id, version, body) => answered(own.PUT("/v1/equity-investments/{id}/end", { params: { path: { id }, header: { "if-match": version } }, body })),
});

/** The reports of 财建〔2018〕547号 三（一）; of others the code is what is known. */
const REPORTS: Record<string, Text> = { annual_progress: text("年度工作进展报告", "annual progress report"), half_year_progress: text("上半年工作进展报告", "progress report of the first half-year") };
const reportOf = (code: string): Text => REPORTS[code] ?? text(code, code);

const DEADLINES = register<S["DeadlineIn"], S["DeadlineOut"]>({
  name: "deadlines", title: text("报送期限", "Deadlines"), each: text("报送期限", "deadline"), read: "read_deadlines", state: "state_deadline",
  lead: text("哪些报表在何时报给谁。", "Which reports are due to whom, and when."),
  barred: forEverybody, othersRow: statersRow,
  nameOf: (row, { t }) => t(reportOf(row.report_code)),
  columns: ({ t }) => [
    { name: "report_code", title: text("报表", "Report"), value: (row) => t(reportOf(row.report_code)) }, { name: "period", title: text("周期", "Period"), value: (row) => t(PERIODS[row.period]) }, { name: "recipient", title: text("报送对象", "Recipient"), value: (row) => row.recipient },
    { name: "reporter", title: text("报送机构", "Reporter"), value: (row) => t(KINDS[row.reporter_kind]) }, { name: "due_on", title: text("本期期限", "Due on"), value: (row) => row.due_on ?? "" }, { name: "document", title: text("依据", "Document"), value: (row) => `${row.document} ${row.clause}`, hidden: true },
  ],
  facts: (row, { t }) => [
    [text("报表代码", "Code"), row.report_code], [text("周期", "Period"), t(PERIODS[row.period])], [text("报送对象", "Recipient"), row.recipient], [text("报送机构", "Reporter"), t(KINDS[row.reporter_kind])], [text("适用地区", "Where"), row.region_code ?? t("各地", "everywhere")],
    [text("本期", "Period that is over"), row.period_from && t(`${row.period_from} 至 ${row.period_until}（不含）`, `${row.period_from} until ${row.period_until} (not included)`)], [text("本期期限", "Due on"), row.due_on],
    [text("依据", "Document"), `${row.document} ${row.clause}`], [text("已核对原文", "Clause read"), row.verified ? t("是", "yes") : t("否", "no")], ...datedFacts(row),
  ],
  fields: () => {
    const fields: FieldsOf<S["DeadlineIn"]> = [
      { name: "report_code", kind: "text", label: text("报表代码", "report") }, { name: "period", kind: "choice", label: text("周期", "period"), choices: choices(PERIODS) }, { name: "recipient", kind: "text", label: text("报送对象", "recipient") },
      { name: "reporter_kind", kind: "choice", label: text("报送机构", "reporter"), choices: choices(KINDS) }, { name: "region_code", kind: "text", nullable: true, label: text("适用地区", "where"), hint: text("空着为各地", "everywhere without") },
      { name: "month_offset", kind: "whole", label: text("期末后第几个月", "months after the period") }, { name: "day_of_month", kind: "whole", label: text("当月几日", "day of that month") }, DOCUMENT, CLAUSE, VERIFIED, FROM, UNTIL,
    ];
    return fields;
  },
  initial: ({ today }) => ({ from: today }),
  list: listed("/v1/deadlines"),
  get: (id, signal) => versioned(own.GET("/v1/deadlines/{id}", { params: { path: { id } }, signal })),
  put: (body, id) => answered(own.PUT("/v1/deadlines/{id}", { params: { path: { id } }, body })),
  end: (id, version, body) => answered(own.PUT("/v1/deadlines/{id}/end", { params: { path: { id }, header: { "if-match": version } }, body })),
});

const REGISTERS: AnyRegister[] = [AGREEMENTS, QUOTAS, STATEMENTS, LIMITS, PRODUCTS, BANKS, BRANCHES, CONFIRMATIONS, INVESTMENTS, DEADLINES];

export const registerNamed = (name: string | undefined) => REGISTERS.find((register) => register.name === name);
