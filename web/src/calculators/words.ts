// The trade's terms for what the calculators choose from, Chinese and English.
import type { Schemas } from "../api/client";
import { choices, type Field } from "../shape/form/field";
import { text, type Text } from "../text";

type Named<Values extends string> = Record<Values, Text>;

export const CLIENT_KINDS = choices<Schemas["ClientKindIn"]>({
  small_micro_enterprise: text("小微企业", "small or micro enterprise"),
  individual_business: text("个体工商户", "individual business"),
  small_business_owner: text("小微企业主", "owner of a small business"),
  farmer: text("农户", "farmer"),
  new_agri_entity: text("新型农业经营主体", "new agricultural entity"),
  strategic_emerging: text("战略性新兴产业企业（非小微）", "strategic emerging industry (not small)"),
  medium: text("中型企业", "medium enterprise"),
  large: text("大型企业", "large enterprise"),
  other: text("其他", "other"),
});

export const INDUSTRIES = choices<Schemas["IndustryIn"]>({
  agriculture: text("农、林、牧、渔业", "agriculture, forestry, fishing"),
  industry: text("工业", "industry"),
  construction: text("建筑业", "construction"),
  wholesale: text("批发业", "wholesale"),
  retail: text("零售业", "retail"),
  transport: text("交通运输业", "transport"),
  warehousing: text("仓储业", "warehousing"),
  postal: text("邮政业", "postal"),
  accommodation: text("住宿业", "accommodation"),
  catering: text("餐饮业", "catering"),
  information_transmission: text("信息传输业", "information transmission"),
  software: text("软件和信息技术服务业", "software and IT services"),
  real_estate: text("房地产开发经营", "real estate development"),
  property_management: text("物业管理", "property management"),
  leasing_business: text("租赁和商务服务业", "leasing and business services"),
  other: text("其他未列明行业", "other industries"),
});

export const GUARANTEE_KINDS = choices<Schemas["GuaranteeKindIn"]>({
  loan: text("借款类担保", "loan"),
  bond: text("发行债券担保", "bond"),
  housing: text("住房置业担保", "housing"),
  other: text("其他融资担保", "other"),
});

export const IDENTIFIER_KINDS = choices<Schemas["IdentifierKindIn"]>({
  uscc: text("统一社会信用代码", "unified social credit code"),
  resident_id: text("公民身份号码", "resident identity number"),
});

export const REGION_NAMES: Named<Schemas["RegionIn"]> = {
  east: text("东部", "east"),
  central: text("中部", "central"),
  west: text("西部", "west"),
};
export const REGIONS = choices(REGION_NAMES);

export const SIZE_CLASSES: Named<Schemas["SizeOutClass"]> = {
  large: text("大型", "large"),
  medium: text("中型", "medium"),
  small: text("小型", "small"),
  micro: text("微型", "micro"),
};

/** Who bears risk, in the order of the law. */
export const PARTIES = {
  bank: text("银行", "bank"),
  institution: text("担保机构", "guarantee institution"),
  provincial: text("省级再担保机构", "provincial re-guarantor"),
  national: text("国家融资担保基金", "national fund"),
  local_finance: text("地方财政", "local finance"),
  other: text("其他方", "other party"),
} satisfies Named<keyof Schemas["SharesIn"]>;

const share = (name: keyof typeof PARTIES, optional = false) =>
  ({ name, label: PARTIES[name], kind: "rate", optional }) as const;

export const SHARES = {
  name: "shares",
  kind: "group",
  label: text("风险分担比例", "shares of the risk"),
  hint: text("小数：0.2 即 20%", "decimals: 0.2 is 20%"),
  fields: [share("bank"), share("institution"), share("provincial"), share("national"), share("local_finance", true), share("other", true)],
} as const satisfies Field;

const YUAN = text("元", "yuan");

export const ON = { name: "on", kind: "day", label: text("判断日", "day judged"), hint: text("按当日施行的规则判断", "judged by the rules in force that day") } as const;
export const AMOUNT = { name: "amount", kind: "money", label: text("担保金额", "guaranteed amount"), hint: YUAN } as const;
export const CLIENT_KIND = { name: "client_kind", kind: "choice", label: text("客户类型", "client kind"), choices: CLIENT_KINDS } as const;
export const CLIENT = { name: "client", kind: "text", label: text("客户", "client") } as const;
export const CLIENT_TOTAL = { name: "client_total", kind: "money", label: text("单户担保金额", "client’s total"), hint: text("元，含本合同", "yuan, this contract included") } as const;
export const START = { name: "start", kind: "day", label: text("起始日", "start") } as const;
export const END = { name: "end", kind: "day", label: text("到期日", "end") } as const;
export const money = <N extends string>(name: N, zh: string, en: string, hint?: Text) =>
  ({ name, kind: "money", label: text(zh, en), hint: hint ?? YUAN }) as const;
export const flag = <N extends string>(name: N, zh: string, en: string, hint?: Text) =>
  ({ name, kind: "flag", label: text(zh, en), hint }) as const;
