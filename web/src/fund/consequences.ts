// What follows from a decision about a filing.
import type { Schemas } from "../api/client";
import { text, type Text } from "../text";

export const consequences = (decision: Schemas["FilingDecision"]): Text[] =>
  decision === "confirmed"
    ? [
        text("本机构按分险协议承担约定的比例。", "We bear the share that was agreed on."),
        text("分出机构会看到此决定；今后仍可改为不予备案，新决定另记一笔。", "The cedent sees it. It can still be turned; the new decision is kept beside this one."),
      ]
    : [
        text("自决定之日起，原由本机构分担的部分由分出机构自行承担；不调账，不影响其他各方的比例。", "From the day of the decision the cedent bears our share itself. No money moves, and nobody else’s share changes."),
        text("理由会给分出机构看，并永久记入审计。", "The cedent reads the reason, and it stays in the audit trail."),
        text("补正后可以改为予以备案。", "It can be turned when what was wrong is mended."),
      ];
