// The filings that wait, the oldest first: one is decided on its own page, several together when they are alike.
import { useState } from "react";
import { answered, own } from "../api/client";
import { useToday } from "../institutions/useMemberships";
import { Act } from "../shape/Act";
import { Listing, type Column } from "../shape/Listing";
import { text, useWords } from "../text";
import { useCessionColumns, useCessionFilters } from "./columns";
import { DecideSeveral } from "./DecideSeveral";
import { daysBetween } from "./figures";
import { cessionKey, cessionPath } from "./paths";
import type { Cession } from "./useFund";

const SHOWN = ["number", "cedent", "client_kind", "amount", "share", "end"];

export default function QueuePage() {
  const { t } = useWords();
  const today = useToday();
  const [chosen, choose] = useState<ReadonlyMap<string, Cession>>(new Map());
  const [deciding, setDeciding] = useState<"confirmed" | "refused" | null>(null);
  const columns = useCessionColumns().filter(({ name }) => name !== "filing" && name !== "reason").map((column) => ({ ...column, hidden: !SHOWN.includes(column.name) }));
  const since = (row: Cession) => row.approved_on ?? row.start;
  const waits: Column<Cession> = {
    name: "waits", title: text("已等待", "Waits for"), figure: true,
    value: (row) => (today ? String(daysBetween(since(row), today)) : ""),
    cell: (row) => (today ? t(`${daysBetween(since(row), today)} 天`, `${daysBetween(since(row), today)} days`) : "…"),
  };
  const none = t("请先选择合同。", "Choose contracts first.");
  const barred = chosen.size === 0 ? none : null;
  return (
    <>
      <Listing
        path="/v1/cessions/filing-queue"
        title={t("待备案", "Filings that wait")}
        lead={t("等待本机构决定是否备案的合同，审批日最早的在前。", "Contracts that wait for our decision, the one approved first comes first.")}
        fetch={(query, signal) => answered(own.GET("/v1/cessions", { params: { query: { ...query, filing: "pending", order: "oldest" } as never }, signal }))}
        columns={[...columns.slice(0, 2), waits, ...columns.slice(2)]}
        filters={useCessionFilters()}
        id={cessionKey}
        to={(row) => `${cessionPath(row)}/decide`}
        pick={{ chosen, choose, name: (row) => row.number }}
        actions={
          <>
            <Act action="decide_filing" barred={barred} act={() => setDeciding("confirmed")} primary>{t(`予以备案（${chosen.size}）`, `Confirm (${chosen.size})`)}</Act>
            <Act action="decide_filing" barred={barred} act={() => setDeciding("refused")} danger>{t(`不予备案（${chosen.size}）`, `Refuse (${chosen.size})`)}</Act>
          </>
        }
        nothing={<p>{t("没有等待备案的合同。", "No filing waits.")}</p>}
      />
      {deciding && <DecideSeveral decision={deciding} cessions={[...chosen.values()]} close={(left) => { setDeciding(null); choose(new Map(left.map((row) => [cessionKey(row), row]))); }} />}
    </>
  );
}
