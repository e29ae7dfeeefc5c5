// One ceded contract as the fund may see it: facts, shares, what the rules say of the agreement, what happened, and its filing.
import { useParams } from "react-router";
import { useBanks } from "../book/lookups";
import { clientKind, EVENTS } from "../book/words";
import { Shares } from "../contracts/ContractFacts";
import { grouped, percent } from "../format";
import { Act } from "../shape/Act";
import { DetailPage, Facts, Section } from "../shape/DetailPage";
import { FoldedFindings } from "../shape/FindingCard";
import { useWords } from "../text";
import { Decisions } from "./Decisions";
import { cessionPath } from "./paths";
import { useCession, type WholeCession } from "./useFund";
import { FILINGS } from "./words";

export default function CessionPage() {
  const { t } = useWords();
  const { cedent = "", id = "" } = useParams();
  const query = useCession(cedent, id);
  return (
    <DetailPage query={query}>
      {(whole) => {
        const { cession } = whole;
        const void_ = cession.last_event === "cancelled" || cession.last_event === "lapsed";
        const barred = void_ ? t("合同已取消或失效，无须备案。", "The contract came to nothing: there is nothing to file.") : null;
        return {
          title: t(`分入合同 ${cession.number}`, `Ceded contract ${cession.number}`),
          parent: { to: `/cessions?cedent=${cedent}`, title: cession.cedent_name },
          lead: <><span className={`badge filing-${cession.filing}`}>{t(FILINGS[cession.filing])}</span> {t(`担保 ${grouped(cession.amount)} 元，本机构分担 ${percent(cession.share)}`, `${grouped(cession.amount)} yuan, of which we bear ${percent(cession.share)}`)}</>,
          actions: <><Act action="decide_filing" barred={barred} to={`${cessionPath(cession)}/decide`} primary={cession.filing === "pending"}>{cession.filing === "pending" ? t("备案决定", "Decide on the filing") : t("改变决定", "Turn the decision")}</Act><Act to={`/cedents/${cedent}`}>{t("分出机构", "The cedent")}</Act></>,
          children: (
            <div className="columns-2">
              <div>
                <Section title={t("合同事实", "Facts")}><CessionFacts whole={whole} /></Section>
                {whole.shares && <Section title={t("风险分担", "Shares of the risk")}><Shares shares={whole.shares} /></Section>}
              </div>
              <div>
                <Section title={t("备案", "Filing")}><Decisions decisions={whole.decisions} /></Section>
                <Section title={t(`规则结论（${cession.approved_on ?? cession.start}）`, `What the rules say (${cession.approved_on ?? cession.start})`)}><FoldedFindings findings={whole.findings} /></Section>
                <Section title={t("事项", "What happened")}><Events whole={whole} /></Section>
              </div>
            </div>
          ),
        };
      }}
    </DetailPage>
  );
}

export function CessionFacts({ whole: { cession, fee_recomputed } }: { whole: WholeCession }) {
  const { t } = useWords();
  const bank = useBanks().data?.find(({ id }) => id === cession.bank_id);
  const yuan = (figure: string) => t(`${grouped(figure)} 元`, `${grouped(figure)} yuan`);
  return (
    <Facts facts={[
      [t("分出机构", "Cedent"), cession.cedent_name],
      [t("合同编号", "Number"), cession.number],
      [t("最近事项", "Last event"), `${t(EVENTS[cession.last_event])} · ${cession.effective_on}`],
      [t("客户类型", "Kind of client"), t(clientKind(cession.client_kind))],
      [t("行政区划", "Region"), cession.region_code],
      [t("行业", "Industry"), cession.industry_code],
      [t("贷款银行", "Bank"), bank?.name],
      [t("借款合同编号", "Loan contract"), cession.loan_number],
      [t("担保金额", "Amount"), yuan(cession.amount)],
      [t("余额", "Outstanding"), yuan(cession.outstanding)],
      [t("本机构分担", "Our share"), percent(cession.share)],
      [t("期间", "Term"), t(`${cession.start} 至 ${cession.end}（不含）`, `${cession.start} until ${cession.end} (not included)`)],
      [t("审批日", "Approved on"), cession.approved_on ?? t("不详", "not known")],
      [t("再担保费（申报）", "Fee, as stated"), yuan(cession.fee)],
      [t("再担保费（按协议复算）", "Fee, by the agreement"), fee_recomputed ? yuan(fee_recomputed) : t("协议条款不详，不能复算", "the terms are not known")],
      [t("未分出的资料", "Not ceded"), t("客户名称、证件和本合同的其他资料只在分出机构。", "The client’s name and papers stay with the cedent.")],
    ]} />
  );
}

function Events({ whole }: { whole: WholeCession }) {
  const { t } = useWords();
  return (
    <ol className="event-line">
      {whole.events.map((event) => (
        <li key={event.id} className={`event event-${event.kind}`}>
          <p><time dateTime={event.effective_on}>{event.effective_on}</time> <b>{t(EVENTS[event.kind])}</b></p>
          <p>{t(`此后余额 ${grouped(event.outstanding)} 元`, `${grouped(event.outstanding)} yuan outstanding after it`)}</p>
        </li>
      ))}
    </ol>
  );
}
