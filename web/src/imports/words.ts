// The words of imports: where they stand, and what a mapping has to say.
import type { Schemas } from "../api/client";
import { CONTRACT_KINDS, PARTY_KINDS, PURPOSES } from "../book/words";
import { CLIENT_KINDS } from "../calculators/words";
import { choices, type Choice } from "../shape/form/field";
import { text, type Text } from "../text";

export type Import = Schemas["Import"];
export type Mapping = Schemas["ImportMapping"];
export type MapField = Schemas["ImportField"];

export const JOB_STATES: Record<Schemas["JobState"], Text> = {
  queued: text("等待中", "waiting"),
  running: text("进行中", "under way"),
  done: text("已完成", "done"),
  failed: text("失败", "failed"),
  cancelled: text("已取消", "cancelled"),
};

/** Trial or taking over. */
export const kindOf = (job: Import): Text => (job.takes_over ? text("承接", "taking over") : text("试运行", "dry run"));

export const UNITS: Record<Schemas["ImportUnit"], Text> = { yuan: text("元", "yuan"), wan: text("万元", "10,000 yuan"), fen: text("分", "fen") };

/** Forms of a day that people use; any other may be written. */
export const DAY_FORMATS: Choice[] = [
  { value: "%Y-%m-%d", label: text("2023-12-31", "2023-12-31") },
  { value: "%Y/%m/%d", label: text("2023/12/31", "2023/12/31") },
  { value: "%Y%m%d", label: text("20231231", "20231231") },
  { value: "%Y.%m.%d", label: text("2023.12.31", "2023.12.31") },
  { value: "%Y年%m月%d日", label: text("2023年12月31日", "2023, month and day in Chinese") },
  { value: "%m/%d/%Y", label: text("12/31/2023", "12/31/2023") },
  { value: "%d-%b-%y", label: text("31-Dec-23", "31-Dec-23") },
];

export interface Target {
  /** Where it stands in the mapping. */
  path: string;
  label: Text;
  hint?: Text;
  kind: "text" | "amount" | "day" | "whole" | "code" | "choice";
  choices?: readonly Choice[];
  /** Whether a file may do without. */
  optional?: boolean;
  /** What columns are called that say this. */
  called: readonly string[];
}

const YES_NO: Choice[] = [{ value: "true", label: text("是", "yes") }, { value: "false", label: text("否", "no") }];

export const SECTIONS: { title: Text; targets: Target[] }[] = [
  {
    title: text("合同", "The contract"),
    targets: [
      { path: "contract.number", kind: "text", label: text("合同编号", "Contract number"), hint: text("再次导入时按编号识别", "by it a row is known again"), called: ["合同编号", "担保合同编号", "合同号"] },
      { path: "contract.amount", kind: "amount", label: text("担保金额", "Guaranteed amount"), called: ["担保金额", "担保额"] },
      { path: "contract.start", kind: "day", label: text("起始日", "First day"), called: ["起始日", "放款日", "担保起始日"] },
      { path: "contract.end", kind: "day", label: text("到期日", "End"), hint: text("到期日与期限填一项", "either this or the term"), optional: true, called: ["到期日", "担保到期日"] },
      { path: "contract.months", kind: "whole", label: text("期限（月）", "Term in months"), optional: true, called: ["期限（月）", "担保期限"] },
      { path: "contract.principal", kind: "amount", label: text("贷款本金", "Principal of the loan"), hint: text("不填时等于担保金额", "the guaranteed amount without"), optional: true, called: ["贷款本金", "贷款金额"] },
      { path: "contract.fee", kind: "amount", label: text("担保费", "Fee"), hint: text("不填时视为未知，收费规则不评估", "unknown without, and the rules on fees are not assessed"), optional: true, called: ["担保费", "保费"] },
      { path: "contract.kind", kind: "choice", choices: choices(CONTRACT_KINDS), label: text("担保品种", "Kind of guarantee"), hint: text("不填时为借款类担保", "a loan without"), optional: true, called: ["担保品种"] },
      { path: "contract.purpose", kind: "choice", choices: choices(PURPOSES), label: text("资金用途", "Purpose"), hint: text("不填时为其他", "other without"), optional: true, called: ["资金用途"] },
      { path: "contract.credit_line", kind: "amount", label: text("单户授信额度", "Credit line"), hint: text("不填时等于贷款本金", "the principal without"), optional: true, called: ["授信额度"] },
      { path: "contract.operating_loan", kind: "choice", choices: YES_NO, label: text("经营性贷款", "Operating loan"), optional: true, called: ["经营性贷款"] },
      { path: "contract.loan_number", kind: "text", label: text("贷款合同编号", "Number of the loan"), optional: true, called: ["贷款合同编号", "借款合同编号"] },
      { path: "contract.agreement", kind: "text", label: text("协议编号", "Number of the agreement"), hint: text("分险协议须先登记；不列分险比例时依其条款", "stated here beforehand; its terms say who bears how much where no shares are given"), optional: true, called: ["协议编号", "分险协议编号"] },
    ],
  },
  {
    title: text("客户", "The client"),
    targets: [
      { path: "client.name", kind: "text", label: text("客户名称", "Name"), called: ["客户名称", "被担保人", "企业名称"] },
      { path: "client.legal_form", kind: "choice", choices: choices(PARTY_KINDS), label: text("主体类型", "Legal form"), called: ["主体类型"] },
      { path: "client.kind", kind: "choice", choices: CLIENT_KINDS, label: text("客户类型", "Kind of client"), hint: text("按申报登记，标注为“申报”", "kept as declared"), called: ["客户类型", "企业规模"] },
      { path: "client.region", kind: "code", label: text("地区", "Region"), hint: text("六位行政区划代码", "six digits of the region"), called: ["地区", "行政区划"] },
      { path: "client.industry", kind: "code", label: text("行业", "Industry"), hint: text("门类字母或两位大类代码", "a section’s letter or a division’s two digits"), called: ["行业大类", "行业", "行业代码"] },
    ],
  },
  {
    title: text("核销", "Charge-offs"),
    targets: [
      { path: "charged_off.amount", kind: "amount", label: text("核销本金", "Principal charged off"), optional: true, called: ["核销本金", "核销金额"] },
      { path: "charged_off.on", kind: "day", label: text("核销日", "Day of the charge-off"), optional: true, called: ["核销日"] },
    ],
  },
];

/** Who may bear a part of the risk, in the order of the law. */
export const BEARERS: { role: keyof Schemas["ImportSharesMap"]; label: Text; called: readonly string[] }[] = [
  { role: "bank", label: text("银行", "Bank"), called: ["银行分担比例", "银行分险比例"] },
  { role: "institution", label: text("担保机构", "Guarantee institution"), called: ["担保机构分险比例"] },
  { role: "provincial", label: text("省级再担保机构", "Provincial re-guarantor"), called: ["省级分险比例"] },
  { role: "national", label: text("国家融资担保基金", "National fund"), called: ["国担基金分险比例"] },
  { role: "local_finance", label: text("地方财政", "Local treasury"), called: ["地方财政分险比例"] },
  { role: "other", label: text("其他", "Others"), called: [] },
];
