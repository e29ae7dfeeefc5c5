// The system's own words: what stands on the wire, and what people call it.
import type { Schemas } from "./api/client";
import { text, type Text } from "./text";

type Named<Values extends string> = Record<Values, Text>;

export const ROLES: Named<Schemas["Role"]> = {
  officer: text("业务经办", "officer"),
  approver: text("审批", "approver"),
  treasurer: text("财务", "treasurer"),
  auditor: text("审计", "auditor"),
  admin: text("管理员", "administrator"),
  reviewer: text("财政审核", "reviewer"),
  bureau_approver: text("财政批准", "bureau approver"),
  client: text("被担保人", "client"),
};

/** What each role is there for. */
export const ROLE_DUTIES: Named<Schemas["Role"]> = {
  officer: text("登记客户、合同和事项", "enters clients, contracts and events"),
  approver: text("审批他人提交的业务", "approves what another person submitted"),
  treasurer: text("登记收付款", "books receipts and payments"),
  auditor: text("查看一切，不作修改", "reads everything and changes nothing"),
  admin: text("管理用户、程序和下属机构，不经办业务", "administers people, programs and institutions, touches no business"),
  reviewer: text("审核补偿、奖补申请", "reviews claims from the treasury"),
  bureau_approver: text("批准已审核的申请", "approves what a reviewer has reviewed"),
  client: text("查看本人业务", "sees its own matters"),
};

export const KINDS: Named<Schemas["InstitutionKind"]> = {
  national_fund: text("国家融资担保基金", "national fund"),
  provincial_reguarantor: text("省级再担保机构", "provincial re-guarantor"),
  guarantee_institution: text("市县融资担保机构", "guarantee institution"),
  finance_bureau: text("财政部门", "finance bureau"),
  supervisor: text("监管部门", "supervisor"),
};

export const STATUSES: Named<Schemas["Status"]> = {
  active: text("正常", "active"),
  suspended: text("暂停", "suspended"),
  withdrawn: text("退出", "withdrawn"),
};

export const DECISIONS: Named<Schemas["Decision"]> = {
  suspended: text("暂停", "Suspend"),
  reinstated: text("恢复", "Reinstate"),
  withdrawn: text("退出", "Withdraw"),
};

export const ACCOUNT_STATUSES: Named<Schemas["AccountStatus"]> = {
  active: text("在职", "active"),
  offboarded: text("离职", "has left"),
};

export const RELATIONS: Named<Schemas["Relation"]> = {
  reguarantees: text("再担保", "re-guarantees"),
  reviews: text("审核", "reviews"),
  supervises: text("监管", "supervises"),
};

export const GRANTS: Named<Schemas["Grant"]> = {
  "institutions:read": text("查看机构和隶属关系", "read institutions and memberships"),
  "institutions:write": text("接纳、暂停、恢复、退出机构，登记隶属关系", "onboard, suspend, reinstate and withdraw institutions, state memberships"),
  "cessions:read": text("查看分入业务", "read what is ceded"),
  "filings:write": text("办理备案", "decide filings"),
  "people:read": text("查看用户和程序账户", "read users and machine clients"),
  "audit:read": text("查看审计记录", "read the audit trail"),
  "parties:read": text("查看被担保人", "read parties"),
  "parties:write": text("登记被担保人及其资料", "file parties and what is known of them"),
  "contracts:read": text("查看合同、试算", "read contracts and check drafts"),
  "contracts:write": text("录入、提交合同，登记放款和解保", "draft and submit contracts, record disbursements and releases"),
  "portfolio:read": text("查看业务组合和预警", "read the portfolio and its alerts"),
  "agreements:read": text("查看分险协议和授信额度", "read agreements and quota grants"),
  "agreements:write": text("登记分险协议和授信额度", "state agreements and grant quotas"),
  "statements:read": text("查看财务报表", "read financial statements"),
  "statements:write": text("报送财务报表", "file financial statements"),
  "investments:read": text("查看股权投资", "read equity investments"),
  "investments:write": text("登记股权投资", "register equity investments"),
  "reference:read": text("查看银行、产品、限额等基础资料", "read banks, products, limits and other reference data"),
  "reference:write": text("登记银行、产品、限额等基础资料", "state banks, products, limits and other reference data"),
};

/** What can be done, as it follows “may not”. */
export const ACTIONS: Named<Schemas["Action"]> = {
  log_in: text("登录", "log in"),
  refresh_session: text("延续登录", "continue a login"),
  log_in_machine: text("程序登录", "log in as a program"),
  redeem_link: text("用一次性链接设置口令", "choose a password by a link"),
  initialise: text("建立首个机构", "make the first institution"),
  verify_audit: text("校验审计记录", "verify the audit trail"),
  log_out: text("退出登录", "log out"),
  read_profile: text("查看本人账户", "read the own account"),
  change_profile: text("修改本人资料", "change the own account"),
  change_password: text("修改本人口令", "change the own password"),
  enrol_second_factor: text("启用二次验证", "set up a second factor"),
  read_institutions: text("查看机构", "read institutions"),
  onboard_institution: text("接纳或更正机构", "onboard or correct institutions"),
  decide_institution: text("暂停、恢复或退出机构", "suspend, reinstate or withdraw institutions"),
  appoint_administrator: text("指定首任管理员", "appoint a first administrator"),
  read_memberships: text("查看隶属关系", "read memberships"),
  state_membership: text("登记隶属关系", "state memberships"),
  read_users: text("查看用户", "read users"),
  manage_users: text("管理用户", "manage users"),
  offboard_user: text("办理离职", "offboard users"),
  read_machine_clients: text("查看程序账户", "read machine clients"),
  manage_machine_clients: text("管理程序账户", "manage machine clients"),
  read_audit: text("查看审计记录", "read the audit trail"),
  read_contracts: text("查看合同", "read contracts"),
  draft_contract: text("录入合同", "draft contracts"),
  submit_contract: text("提交或撤回合同", "submit or withdraw contracts"),
  decide_contract: text("审批合同", "decide on contracts"),
  grant_exception: text("批准书面例外", "grant exceptions"),
  disburse_contract: text("登记放款", "record disbursements"),
  release_contract: text("登记解保或取消", "record releases and cancellations"),
  correct_contract: text("冲正", "reverse what was recorded in error"),
  evaluate_contract: text("重新评估合同", "judge contracts again"),
  keep_month_ends: text("留存月末数据", "keep the ends of months"),
  read_views: text("查看视图", "read views"),
  save_view: text("保存视图", "keep views"),
  lapse_contracts: text("使逾期未放款的审批失效", "let approvals lapse"),
  read_portfolio: text("查看业务组合", "read the portfolio"),
  read_cessions: text("查看分入业务", "read what is ceded"),
  decide_filing: text("办理备案", "decide filings"),
  apply_filing: text("采纳备案决定", "apply filing decisions"),
  read_imports: text("查看导入", "read imports"),
  prepare_import: text("上传和试运行台账", "bring and try an earlier book"),
  import_book: text("承接既有业务", "take over an earlier book"),
  cancel_import: text("取消导入", "cancel imports"),
  work_imports: text("执行导入任务", "do the imports that wait"),
  reconcile: text("核对账目", "recount the book"),
  read_parties: text("查看被担保人", "read parties"),
  write_parties: text("登记被担保人", "file parties"),
  merge_parties: text("合并被担保人", "merge parties"),
  disclose_identifier: text("查看完整证件号码", "see identifiers in full"),
  read_agreements: text("查看分险协议", "read agreements"),
  state_agreement: text("登记分险协议", "state agreements"),
  read_quota_grants: text("查看授信额度", "read quota grants"),
  grant_quota: text("授予额度", "grant quotas"),
  read_financial_statements: text("查看财务报表", "read financial statements"),
  file_financial_statement: text("报送财务报表", "file financial statements"),
  read_local_limits: text("查看限额", "read limits"),
  state_local_limit: text("登记限额", "state limits"),
  read_confirmations: text("查看监管确认", "read the supervisors’ confirmations"),
  state_confirmation: text("登记监管确认", "state confirmations"),
  read_investments: text("查看股权投资", "read equity investments"),
  register_investment: text("登记股权投资", "register equity investments"),
  read_banks: text("查看银行", "read banks"),
  state_bank: text("登记银行", "state banks"),
  state_bank_branch: text("登记银行网点", "state branches of banks"),
  read_products: text("查看产品", "read products"),
  state_product: text("登记产品", "state products"),
  read_deadlines: text("查看报送期限", "read the deadlines of reports"),
  state_deadline: text("登记报送期限", "state deadlines"),
};

export const OUTCOMES: Named<"done" | "refused"> = {
  done: text("已办理", "done"),
  refused: text("被拒绝", "refused"),
};
