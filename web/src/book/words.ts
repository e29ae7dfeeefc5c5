// The trade's words: what stands on the wire about clients and contracts, and what people call it.
import type { Schemas } from "../api/client";
import { CLIENT_KINDS } from "../calculators/words";
import { text, type Text } from "../text";

type Named<Values extends string> = Record<Values, Text>;

export const CONTRACT_STATES: Named<Schemas["ContractState"]> = {
  draft: text("草稿", "draft"),
  submitted: text("待审批", "waiting for approval"),
  approved: text("已审批", "approved"),
  in_force: text("在保", "in force"),
  released: text("已解保", "released"),
  rejected: text("已退回", "sent back"),
  withdrawn: text("已撤回", "withdrawn"),
  cancelled: text("已取消", "cancelled"),
  lapsed: text("已失效", "lapsed"),
};

export const EVENTS: Named<Schemas["EventKind"]> = {
  submitted: text("提交审批", "submitted"),
  withdrawn: text("撤回", "withdrawn"),
  rejected: text("退回", "sent back"),
  refused: text("规则不予通过", "refused by a rule"),
  approved: text("审批通过", "approved"),
  cancelled: text("取消", "cancelled"),
  lapsed: text("逾期未放款，失效", "lapsed: not disbursed in time"),
  disbursed: text("放款，进入在保", "disbursed, in force"),
  released: text("解保", "released"),
  release_reversed: text("冲正解保", "release reversed"),
  evaluated: text("重新评估", "judged again"),
  taken_over: text("随既有业务承接", "taken over with an earlier book"),
  filing_applied: text("采纳备案决定", "filing decision applied"),
};

export const VERDICTS: Named<Schemas["Verdict"]> = {
  bookable: text("可以办理", "It can be booked"),
  needs_exception: text("须先批准书面例外", "A written exception is needed first"),
  refused: text("不得办理", "It is refused"),
};

export const CONTRACT_KINDS: Named<Schemas["ContractKind"]> = {
  loan: text("借款类担保", "loan"),
  bond: text("发行债券担保", "bond"),
  housing: text("住房置业担保", "housing"),
  other: text("其他融资担保", "other financing"),
  non_financing: text("非融资担保", "not of a financing"),
};

export const PURPOSES: Named<Schemas["Purpose"]> = {
  working_capital: text("流动资金", "working capital"),
  equipment: text("购置设备", "equipment"),
  research: text("研究开发", "research and development"),
  agriculture: text("农业生产", "agriculture"),
  start_up: text("创业", "starting up"),
  construction: text("工程建设", "construction"),
  government_bond: text("政府债券", "government bond"),
  other: text("其他", "other"),
};

export const EXISTING_LOANS: Named<Schemas["ExistingLoan"]> = {
  none: text("没有存量贷款", "none"),
  examined: text("有，已严格审核", "yes, strictly examined"),
  not_examined: text("有，未专门审核", "yes, not examined"),
};

export const PAYEES: Named<Schemas["Payee"]> = {
  bank: text("银行", "bank"),
  institution: text("担保机构", "guarantee institution"),
  reguarantor: text("再担保机构", "re-guarantor"),
  third_party: text("第三方", "third party"),
};

export const EARLY_RELEASES: Named<Schemas["EarlyRelease"]> = {
  none: text("不退担保费", "nothing is refunded"),
  pro_rata: text("按剩余天数退担保费", "refunded by the days left"),
  carry_over: text("按剩余天数结转至后续合同", "carried to a following contract by the days left"),
};

export const PARTY_KINDS: Named<Schemas["PartyKind"]> = {
  enterprise: text("企业", "enterprise"),
  individual_business: text("个体工商户", "individual business"),
  natural_person: text("自然人", "natural person"),
  cooperative: text("农民专业合作社", "farmers’ cooperative"),
  other_organisation: text("其他组织", "other organisation"),
};

export const PARTY_STATUSES: Named<Schemas["PartyStatus"]> = {
  active: text("正常", "active"),
  merged: text("已并入", "merged"),
};

export const FLAGS: Named<Schemas["FlagKind"]> = {
  government_platform: text("政府融资平台", "government financing platform"),
  state_capital_platform: text("国有资本投资运营平台", "state capital platform"),
  real_estate: text("房地产", "real estate"),
  financial_services: text("金融业", "financial services"),
  investment_management: text("投资、资产管理", "investment management"),
  blacklist: text("失信被执行人或黑名单", "on a blacklist"),
  controlling_shareholder: text("控股股东、实际控制人", "controlling shareholder"),
  related_party: text("其他关联方", "other related party"),
  first_loan_declared: text("声明首次贷款", "declares a first loan"),
  strategic_emerging: text("战略性新兴产业", "strategic emerging industry"),
  new_agri_entity: text("新型农业经营主体", "new agricultural entity"),
  farmer: text("农户", "farmer"),
  small_business_owner: text("小微企业主", "owner of a small business"),
};

export const SCHEMES: Named<Schemas["IdentifierScheme"]> = {
  uscc: text("统一社会信用代码", "unified social credit code"),
  resident_id: text("公民身份号码", "resident identity number"),
  lei: text("全球法人识别编码", "legal entity identifier"),
  other: text("其他证件", "other document"),
};

/** The words of a client kind. */
export const clientKind = (kind: string): Text => CLIENT_KINDS.find(({ value }) => value === kind)?.label ?? text(kind, kind);
