// The example of an earlier ledger, with numbers of its own, so that it can be taken over more than once.
import { readFileSync } from "node:fs";

/** The ledger with eight rows that are wrong. */
export const ledger = (mark: string) => readFileSync("../examples/books/ledger.csv", "utf8").replaceAll("旧-", `${mark}-`);

const CORRECTIONS: [wrong: string, right: string][] = [
  ["300,300,,2020/7/1", "300,300,30000,2020/7/1"],
  ["2022/2/28,2022/2/29", "2022/2/28,2023/2/28"],
  ["91330100000000001Z", "91330100000000001C"],
  ["1.23456789,1.23456789", "1.23,1.23"],
  ["-012,老陈五金店,个体工商户,91330100000000005Q,个体工商户,330300,52,20,20,2000,2022", "-017,老陈五金店,个体工商户,91330100000000005Q,个体工商户,330300,52,20,20,2000,2022"],
  ["2022/9/1,2022/9/1", "2022/9/1,2023/9/1"],
  [",未知,", ",大型企业,"],
  ["50,40,5000", "50,50,5000"],
];

/** The same with all of them put right. */
export const corrected = (mark: string) => CORRECTIONS.reduce((text, [wrong, right]) => {
  if (!text.includes(wrong)) throw new Error(`the ledger has no ${wrong}`);
  return text.replace(wrong, right);
}, ledger(mark));
