// The figures that a tile map can show, one at a time.
import { text, type Text } from "../text";

export const FIGURES = ["ceded", "small_agri_share", "quota_use", "drift_alerts", "contracts"] as const;
export type Figure = (typeof FIGURES)[number];

export const FIGURE_NAMES: Record<Figure, Text> = {
  ceded: text("分出责任", "Liability ceded"),
  small_agri_share: text("支小支农占比", "Small-and-agri share"),
  quota_use: text("额度使用率", "Use of the quota"),
  drift_alerts: text("未解除的占比预警", "Open alerts"),
  contracts: text("在保笔数", "Contracts"),
};
