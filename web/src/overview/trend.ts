// Which figures of the months are shown together, and how.
import type { Schemas } from "../api/client";
import { grouped, percent, plain } from "../format";
import { text, type Text } from "../text";

export type Point = Schemas["TrendPoint"];

/** One line: its figure of a point, and how people read it. */
export interface Line {
  name: Text;
  figure: (point: Point) => string | null;
  /** Drawn dashed and in steps: it holds until it is changed. */
  limit?: boolean;
}

export interface Picture {
  title: Text;
  lines: Line[];
  shown: (figure: string) => string;
  /** The figure as a length; nothing is reckoned with it. */
  length: (figure: string) => number;
}

const measure = (rule: string, of: "measured" | "limit") => (point: Point) => point.measures.find((each) => each.rule === rule)?.[of] ?? null;
const line = (zh: string, en: string, rule: string): Line => ({ name: text(zh, en), figure: measure(rule, "measured") });
const limit = (zh: string, en: string, rule: string): Line => ({ name: text(zh, en), figure: measure(rule, "limit"), limit: true });
const hundredfold = (figure: string) => Number(figure) * 100;

export const PICTURES: Picture[] = [
  {
    title: text("支小支农占比", "Small-and-agri shares"), shown: percent, length: hundredfold,
    lines: [
      line("支小支农", "small-and-agri", "share.small_agri"), limit("支小支农下限", "its floor", "share.small_agri"),
      line("其中 500 万元及以下", "small tickets among it", "share.small_ticket"), limit("500 万元及以下下限", "floor of small tickets", "share.small_ticket"),
    ],
  },
  {
    title: text("放大倍数", "Multiple of net assets"), shown: plain, length: Number,
    lines: [line("放大倍数", "multiple", "limit.leverage"), limit("上限", "cap", "limit.leverage")],
  },
  {
    title: text("平均担保费率", "Average fee of the year"), shown: percent, length: hundredfold,
    lines: [line("当年平均", "average of the year", "fee.average"), limit("上限", "cap", "fee.average")],
  },
  {
    title: text("余额（万元）", "Balances (10,000 yuan)"), shown: (figure) => `${grouped(figure)} 元`, length: (figure) => Number(figure) / 10_000,
    lines: [
      { name: text("在保及已审批", "all"), figure: (point) => point.total },
      { name: text("支小支农", "small-and-agri"), figure: (point) => point.small_agri },
      { name: text("担保责任余额", "liability balance"), figure: (point) => point.liability_balance },
    ],
  },
];
