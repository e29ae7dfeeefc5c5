// What is measured of a book, in words; which of its findings is which, and on what side of the limit it must be.
import { percent, plain } from "../format";
import { text, type Text } from "../text";

export interface Measure {
  label: Text;
  side: "floor" | "cap";
  shown: (figure: string) => Text;
}

const share = (figure: string): Text => text(percent(figure), percent(figure));
const times = (figure: string): Text => text(`${plain(figure)} 倍`, `${plain(figure)} times`);
const measure = (zh: string, en: string, side: Measure["side"], shown = share): Measure => ({ label: text(zh, en), side, shown });

/** By the rule's id. */
export const MEASURES: Record<string, Measure> = {
  "share.small_agri": measure("支小支农金额占比", "Small-and-agri share", "floor"),
  "share.small_ticket": measure("其中单户 500 万元及以下占比", "Small tickets among it", "floor"),
  "share.clients": measure("支小支农户数占比", "Small-and-agri clients", "floor"),
  "fee.average": measure("平均担保费率", "Average fee of a year", "cap"),
  "limit.leverage": measure("放大倍数", "Multiple of net assets", "cap", times),
  "limit.single": measure("最大单户集中度", "Concentration: one client", "cap"),
  "limit.group": measure("最大关联方集中度", "Concentration: one group", "cap"),
  "asset.grade1": measure("Ⅰ级资产占比", "Grade Ⅰ assets", "floor"),
  "asset.grade12": measure("Ⅰ级、Ⅱ级资产合计占比", "Grades Ⅰ and Ⅱ", "floor"),
  "asset.grade3": measure("Ⅲ级资产占比", "Grade Ⅲ assets", "cap"),
};
