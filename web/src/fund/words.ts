// The words of what is ceded: filings, figures that cedents are ranked by, and by what sums are told apart.
import type { Schemas } from "../api/client";
import type { paths } from "../api/schema.gen";
import { text, type Text } from "../text";

type Asked<Path extends keyof paths> = NonNullable<paths[Path] extends { get: { parameters: { query?: infer Query } } } ? Query : never>;
export type Attention = NonNullable<Asked<"/v1/cedents">["only"]>;
export type FilingState = Schemas["CessionOut"]["filing"];

export const FILINGS: Record<FilingState, Text> = {
  pending: text("待备案", "to be decided"),
  confirmed: text("已备案", "confirmed"),
  refused: text("不予备案", "refused"),
  not_needed: text("无须备案", "not needed"),
};

export const ATTENTIONS: Record<Attention, Text> = {
  below_limit: text("占比低于下限", "a share below its floor"),
  drift_alert: text("有未解除的占比预警", "an alert of its shares is open"),
};

export const DIMENSIONS: Record<Schemas["CededSliceOut"]["dimension"], Text> = {
  client_kind: text("按客户类型", "By kind of client"),
  region: text("按地市", "By city"),
  industry: text("按行业", "By industry"),
  bank: text("按银行", "By bank"),
};
