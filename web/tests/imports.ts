// Imports made through the interface: one with errors, one without, and a mapping that is kept.
import { loginOf, unique } from "./demo";
import { newId, Person } from "./desk";
import { corrected, ledger } from "./ledger";

const field = (column: string, more: object = {}) => ({ column, ...more });
const legalForms = { 企业: "enterprise", 个体工商户: "individual_business", 农民专业合作社: "cooperative" };
const kinds = { 小微企业: "small_micro_enterprise", 个体工商户: "individual_business", 新型农业经营主体: "new_agri_entity", 中型企业: "medium", 大型企业: "large" };

/** How the example is read. */
export const mapping = {
  as_of: "2023-12-31", unit: "yuan", day_format: "%Y/%m/%d",
  contract: { number: field("合同编号"), amount: field("担保金额（万元）", { unit: "wan" }), principal: field("贷款本金（万元）", { unit: "wan" }), fee: field("担保费（元）"), start: field("起始日"), end: field("到期日"), tags: ["旧台账"] },
  client: { name: field("客户名称"), legal_form: field("主体类型", { values: legalForms }), kind: field("客户类型", { values: kinds }), region: field("地区"), industry: field("行业大类"), identifier: { scheme: "uscc", columns: ["统一社会信用代码"] } },
  shares: { bank: field("银行分担比例"), institution: { rest: true } },
  released: { column: "状态", values: ["已解保"], on: field("解保日") },
  charged_off: { amount: field("核销本金（元）"), on: field("核销日") },
};

interface Job {
  id: string;
  state: string;
}

/** A ledger with errors and one without, both tried at 临湖, and the mapping that they were read by. */
export async function brought(): Promise<{ faulty: { file: string; id: string }; whole: { file: string; id: string }; mapping: string }> {
  const officer = await Person.with(loginOf("linhu", "officer"));
  const [mark, kept] = [unique("旧"), newId()];
  await officer.put(`/v1/import-mappings/${kept}`, { name: unique("示例台账"), mapping });
  const tried = async (name: string, text: string) => {
    const [file, id] = [newId(), newId()];
    await officer.bring(`/v1/import-files/${file}?name=${encodeURIComponent(name)}`, text);
    await officer.put(`/v1/imports/${id}`, { file_id: file, mapping_id: kept });
    for (;;) {
      const { state } = await officer.get<Job>(`/v1/imports/${id}`);
      if (state === "done") return { file, id };
      if (state !== "queued" && state !== "running") throw new Error(`${name}: ${state}`);
      await new Promise((resume) => setTimeout(resume, 200));
    }
  };
  return { faulty: await tried("示例台账.csv", ledger(mark)), whole: await tried("示例台账-更正.csv", corrected(mark)), mapping: kept };
}
