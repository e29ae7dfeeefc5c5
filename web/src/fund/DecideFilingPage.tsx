// The fund's decision about one filing, beside what is ceded and what the rules say of it.
import { useParams } from "react-router";
import { Shares } from "../contracts/ContractFacts";
import { grouped, percent } from "../format";
import { Section } from "../shape/DetailPage";
import { FoldedFindings } from "../shape/FindingCard";
import { ReviewPage, type Choice } from "../shape/ReviewPage";
import { PageRefused, Waiting } from "../shape/States";
import { text, useWords } from "../text";
import { CessionFacts } from "./CessionPage";
import { cessionPath } from "./paths";
import { consequences } from "./consequences";
import { Decisions } from "./Decisions";
import { decideFiling, useCession, useRefreshFund } from "./useFund";
import { FILINGS } from "./words";

type Decision = "confirmed" | "refused";

export default function DecideFilingPage() {
  const { t } = useWords();
  const { cedent = "", id = "" } = useParams();
  const refresh = useRefreshFund();
  const query = useCession(cedent, id);
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  if (query.isPending) return <Waiting />;
  const whole = query.data;
  const { cession } = whole;
  const void_ = cession.last_event === "cancelled" || cession.last_event === "lapsed" ? t("合同已取消或失效，无须备案。", "The contract came to nothing: there is nothing to file.") : null;
  const barred = (decision: Decision) => void_ ?? (cession.filing === decision ? t(`此合同已是“${FILINGS[decision].zh}”。`, `It is ${FILINGS[decision].en} already.`) : null);
  const choices: Choice<Decision>[] = [
    { decision: "confirmed", title: text("予以备案", "Confirm"), danger: false, wordless: cession.filing === "pending", barred: barred("confirmed"), consequences: consequences("confirmed") },
    { decision: "refused", title: text("不予备案", "Refuse"), danger: true, barred: barred("refused"), consequences: consequences("refused") },
  ];
  return (
    <ReviewPage
      title={t(`备案决定 ${cession.number}`, `Filing of ${cession.number}`)}
      parent={{ to: "/filing-queue", title: t("待备案", "Filings that wait") }}
      lead={t(`${cession.cedent_name} · 担保 ${grouped(cession.amount)} 元，本机构分担 ${percent(cession.share)}`, `${cession.cedent_name} · ${grouped(cession.amount)} yuan, of which we bear ${percent(cession.share)}`)}
      subject={
        <>
          {whole.decisions.length > 0 && <Section title={t("此前的决定", "Decided before")}><Decisions decisions={whole.decisions} /></Section>}
          <Section title={t(`规则结论（${cession.approved_on ?? cession.start}）`, `What the rules say (${cession.approved_on ?? cession.start})`)}><FoldedFindings findings={whole.findings} /></Section>
          <Section title={t("合同事实", "Facts")}><CessionFacts whole={whole} /></Section>
          {whole.shares && <Section title={t("风险分担", "Shares of the risk")}><Shares shares={whole.shares} /></Section>}
        </>
      }
      name={cession.number}
      choices={choices}
      decide={async (decision, reason, act) => {
        await decideFiling(cession, act, decision, reason);
        await refresh();
      }}
      back={cessionPath(cession)}
    />
  );
}
