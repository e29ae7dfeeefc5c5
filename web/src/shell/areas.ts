// Where one can go: the ways of the navigation, the palette and the keys, each with what the role must allow.
import type { Schemas } from "../api/client";
import type { Action, Profile } from "../session/useSession";
import { text, type Text } from "../text";

export interface Way {
  to: string;
  title: Text;
  /** What is there, in a sentence. */
  what: Text;
  /** What the role must allow; without it, nothing. */
  action?: Action;
  /** Whether it concerns institutions of this kind at all. */
  concerns?: (profile: Profile) => boolean;
  /** The key after g. */
  key?: string;
  /** Answered by the service itself, not by a page. */
  outside?: boolean;
  /** What waits there for whoever may do `action`: contracts in a state, or filings; how many stands beside it. */
  queue?: Schemas["ContractState"] | "filings" | "refusals";
}

export interface Area {
  title: Text;
  /** Open to whoever is not logged in. */
  open?: boolean;
  ways: Way[];
}

/** Whether an institution guarantees anybody itself. */
export const guarantees = ({ institution }: Profile) => institution.kind === "guarantee_institution" || institution.kind === "provincial_reguarantor";

/** Whether others cede to an institution. */
export const reguarantees = ({ institution }: Profile) => institution.kind === "national_fund" || institution.kind === "provincial_reguarantor";

const kinds = (...kinds: Schemas["InstitutionKind"][]) => ({ institution }: Profile) => kinds.includes(institution.kind);

export const AREAS: Area[] = [
  {
    title: text("再担保", "Re-guarantee"),
    ways: [
      { to: "/cedents", title: text("分出机构", "Cedents"), what: text("谁向本机构分出业务，按限额、额度和预警排名", "who cedes to us, ranked by limits, quotas and alerts"), action: "read_cessions", concerns: reguarantees, key: "d" },
      { to: "/cedents/map", title: text("分布图", "Map"), what: text("各省、各地市分出的业务", "what is ceded by province and city"), action: "read_cessions", concerns: reguarantees },
      { to: "/cessions", title: text("分入合同", "Ceded contracts"), what: text("与本机构分险的合同", "the contracts whose risk we share"), action: "read_cessions", concerns: reguarantees, key: "f" },
      { to: "/filing-queue", title: text("待备案", "Filings that wait"), what: text("等待本机构决定是否备案的合同", "contracts that wait for our decision"), action: "read_cessions", concerns: reguarantees, queue: "filings", key: "b" },
    ],
  },
  {
    title: text("业务", "Business"),
    ways: [
      { to: "/contracts", title: text("担保合同", "Contracts"), what: text("录入、查看合同，登记放款和解保", "draft and look up contracts, record disbursements and releases"), action: "read_contracts", concerns: guarantees, key: "t" },
      { to: "/contracts?state=submitted", title: text("待审批", "To be approved"), what: text("他人提交、等待审批的合同", "contracts another person has submitted"), action: "decide_contract", concerns: guarantees, queue: "submitted", key: "q" },
      { to: "/contracts?state=rejected", title: text("被退回", "Sent back"), what: text("退回修改的合同", "contracts to be revised"), action: "draft_contract", concerns: guarantees, queue: "rejected" },
      { to: "/filings", title: text("备案结果", "Filing decisions"), what: text("再担保机构对本机构合同的备案决定", "what the upper layers decided about our contracts"), action: "read_contracts", concerns: guarantees, queue: "refusals" },
      { to: "/parties", title: text("被担保人", "Parties"), what: text("客户及其证件、规模和关联方", "clients with their identifiers, size and groups"), action: "read_parties", concerns: guarantees, key: "k" },
      { to: "/agreements", title: text("分险协议", "Agreements"), what: text("与银行和再担保机构的协议和条款", "agreements with banks and re-guarantors, and their terms"), action: "read_agreements", concerns: guarantees, key: "x" },
      { to: "/imports", title: text("既有业务导入", "Imports"), what: text("承接原有台账：试运行、更正、承接", "an earlier ledger taken over: tried, corrected, booked"), action: "read_imports", concerns: guarantees, key: "j" },
      { to: "/drift-alerts", title: text("占比预警", "Drift alerts"), what: text("不因办理业务而低于下限的占比", "shares that fell below their floor without a booking"), action: "read_portfolio", concerns: kinds("guarantee_institution", "provincial_reguarantor", "national_fund") },
    ],
  },
  {
    title: text("限额与报送", "Limits and reports"),
    ways: [
      { to: "/quota-grants", title: text("授信额度", "Quota grants"), what: text("再担保机构给予下级机构的年度额度", "what a re-guarantor grants for a year"), action: "read_quota_grants", concerns: kinds("guarantee_institution", "provincial_reguarantor", "national_fund") },
      { to: "/local-limits", title: text("自定限额", "Local limits"), what: text("不宽于法规的限额", "limits no looser than the law"), action: "read_local_limits", concerns: kinds("guarantee_institution", "provincial_reguarantor", "national_fund") },
      { to: "/financial-statements", title: text("财务报表", "Statements"), what: text("净资产和资产分级", "net assets and the grades of assets"), action: "read_financial_statements", concerns: kinds("guarantee_institution", "provincial_reguarantor", "national_fund") },
      { to: "/equity-investments", title: text("股权投资", "Investments"), what: text("本机构的股权投资", "our equity investments"), action: "read_investments", concerns: guarantees },
      { to: "/supervisor-confirmations", title: text("监管确认", "Confirmations"), what: text("监管部门确认的事项", "what the supervisor confirms"), action: "read_confirmations", concerns: kinds("guarantee_institution", "provincial_reguarantor", "supervisor") },
      { to: "/deadlines", title: text("报送期限", "Deadlines"), what: text("哪些报表在何时报给谁", "which reports are due to whom, and when"), action: "read_deadlines" },
      { to: "/products", title: text("产品", "Products"), what: text("一般业务和专项产品的参数", "what regular and special products say"), action: "read_products" },
      { to: "/banks", title: text("银行", "Banks"), what: text("合作银行", "the banks"), action: "read_banks" },
      { to: "/bank-branches", title: text("银行网点", "Bank branches"), what: text("各银行的网点", "the branches of the banks"), action: "read_banks" },
    ],
  },
  {
    title: text("机构", "Institutions"),
    ways: [
      { to: "/institution", title: text("本机构", "Our institution"), what: text("本机构的资料、状态和设置", "what is known of our institution, its state and settings"), action: "read_profile", key: "o" },
      { to: "/institutions", title: text("机构名录", "All institutions"), what: text("体系内的各类机构", "every institution of the system"), action: "read_institutions", key: "i" },
      { to: "/institutions/new", title: text("接纳机构", "Onboard"), what: text("登记一个新的下属机构", "register a new institution"), action: "onboard_institution", concerns: (profile) => profile.onboards.length > 0 },
      { to: "/memberships", title: text("隶属关系", "Memberships"), what: text("谁为谁再担保、审核或监管谁", "who re-guarantees, reviews or supervises whom"), action: "read_memberships", key: "m" },
    ],
  },
  {
    title: text("人员与程序", "People and programs"),
    ways: [
      { to: "/users", title: text("用户", "Users"), what: text("本机构的人员和角色", "our people and their roles"), action: "read_users", key: "u" },
      { to: "/machine-clients", title: text("程序账户", "Machine clients"), what: text("以接口办理业务的程序", "programs that use the interface"), action: "read_machine_clients", key: "p" },
      { to: "/audit", title: text("审计记录", "Audit trail"), what: text("谁在何时做了什么，或被拒绝了什么", "who did or was refused what, and when"), action: "read_audit", key: "a" },
    ],
  },
  {
    title: text("依据与工具", "Law and tools"),
    open: true,
    ways: [
      { to: "/rules", title: text("规则手册", "Rulebook"), what: text("每项规则、条款原文与解读", "every rule, its clause and our reading"), key: "r" },
      { to: "/calculators", title: text("计算器", "Calculators"), what: text("十三个计算器，不登记任何业务", "thirteen calculators; nothing is booked"), key: "c" },
      { to: "/help", title: text("帮助", "Help"), what: text("怎样使用、格式和快捷键", "how to use it, forms and keys"), key: "h" },
      { to: "/problem-codes", title: text("错误目录", "Catalogue of errors"), what: text("每个错误代码的含义与办法", "what every code of an error means, and what to do") },
      { to: "/docs/", title: text("接口文档", "Interface"), what: text("程序接口的说明", "the interface for programs"), outside: true },
    ],
  },
];

/** The areas that concern the reader: those open to all, and when logged in those of the own kind of institution. */
export function areasFor(profile: Profile | undefined): Area[] {
  return AREAS.filter((area) => area.open || profile).map((area) => ({ ...area, ways: area.ways.filter((way) => !way.concerns || (profile && way.concerns(profile))) })).filter((area) => area.ways.length > 0);
}
