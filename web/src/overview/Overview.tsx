// The institution's book at a glance: its shares against their limits, what waits, what is due; of today or of a past day (?on=).
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { useQueue } from "../book/lookups";
import { grouped } from "../format";
import { useRefusedFilings } from "../fund/useFund";
import { useImportsToDecide } from "../imports/useImports";
import { useToday } from "../institutions/useMemberships";
import { Figures, Section, type Figure } from "../shape/DetailPage";
import { FoldedFindings } from "../shape/FindingCard";
import { ScrollTable } from "../shape/ScrollTable";
import { Refused } from "../shape/States";
import { useAddress } from "../shape/useAddress";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { AlertList } from "./AlertList";
import { FindingGauge } from "./FindingGauge";
import { MEASURES } from "./measures";
import { Trend } from "./Trend";

type Portfolio = Schemas["Portfolio"];

export default function Overview() {
  const { t } = useWords();
  const today = useToday();
  const [address, change] = useAddress();
  const on = address.get("on") ?? "";
  const query = useQuery({ queryKey: ["/v1/portfolio", on], queryFn: ({ signal }) => answered(own.GET("/v1/portfolio", { params: { query: on === "" ? {} : { on } }, signal })), placeholderData: keepPreviousData });
  const set = (day: string) => change({ on: day === today ? "" : day });
  const data = query.error ? undefined : query.data;
  return (
    <section className="overview" aria-label={t("业务概览", "Overview")} aria-busy={query.isFetching && data === undefined}>
      <header className="section-head">
        <h2>{data ? t(`${data.on} 的业务概览`, `The book on ${data.on}`) : t("业务概览", "Overview")}</h2>
        <label className="as-of no-print">
          <span>{t("看哪一天", "As of")}</span>
          <input type="date" value={on === "" ? (today ?? "") : on} max={today} onChange={(event) => set(event.target.value)} />
        </label>
      </header>
      {query.error && <Refused error={query.error} again={() => void query.refetch()} />}
      {data && <Book portfolio={data} past={on !== ""} />}
    </section>
  );
}

function Book({ portfolio, past }: { portfolio: Portfolio; past: boolean }) {
  const { t } = useWords();
  const { balance, new_business: fresh, liability } = portfolio;
  const gauged = portfolio.findings.filter((finding) => MEASURES[finding.rule] && finding.measured && finding.limit);
  const rest = portfolio.findings.filter((finding) => !gauged.includes(finding));
  const yuan = t("元", "yuan");
  const figures: Figure[] = [
    [t("在保余额", "In force"), grouped(balance.outstanding), yuan], [t("已审批未放款", "Committed"), grouped(balance.committed), yuan], [t("担保责任余额", "Liability balance"), grouped(liability.balance), yuan],
    [t(`${fresh.year} 年新增`, `New in ${fresh.year}`), grouped(fresh.amount), yuan],
    [t("在保户数", "Clients"), balance.clients, t(`户，其中支小支农 ${balance.small_agri_clients} 户`, `of which ${balance.small_agri_clients} small-and-agri`)],
    [t("本年新增笔数、书面例外", "New contracts, exceptions"), fresh.contracts, t(`笔，例外 ${portfolio.exceptions_granted} 项`, `contracts, ${portfolio.exceptions_granted} exceptions`)],
  ];
  return (
    <>
      {!past && <Waits />}
      <AlertList alerts={portfolio.open_alerts} heading={<h3><Link to="/drift-alerts?open=true">{t("占比预警", "Drift alerts")}</Link></h3>} />
      <Figures figures={figures} />
      <div className="gauges" role="group" aria-label={t("指标与限额", "Measures against their limits")}>
        {gauged.map((finding) => <FindingGauge key={finding.rule} finding={finding} name={finding.rule === "limit.single" ? portfolio.largest_client?.name : finding.rule === "limit.group" ? portfolio.largest_group?.name : undefined} />)}
      </div>
      {!past && <Trend />}
      <Maturities portfolio={portfolio} past={past} />
      <details className="folded">
        <summary>{t(`其他 ${rest.length} 项结论（含不能计算的）`, `${rest.length} other findings, also those that cannot be formed`)}</summary>
        <FoldedFindings findings={rest} />
      </details>
    </>
  );
}

/** So many days after a day. */
const later = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** What waits for the reader. */
function Waits() {
  const { t } = useWords();
  const me = useProfile().data?.data;
  const may = (action: Schemas["Action"]) => me?.actions.includes(action) ?? false;
  const queues: [Schemas["ContractState"], string | null, string][] = [
    ["submitted", useQueue("submitted", may("decide_contract")), t("待审批", "to be approved")],
    ["rejected", useQueue("rejected", may("draft_contract")), t("被退回，待修改", "sent back, to be revised")],
    ["draft", useQueue("draft", may("draft_contract")), t("草稿，待提交", "drafts to be submitted")],
    ["approved", useQueue("approved", may("disburse_contract")), t("已审批，待放款", "approved, to be disbursed")],
  ];
  const waiting = queues.filter(([, count]) => count !== null);
  const refusals = useRefusedFilings(may("apply_filing"));
  const imports = useImportsToDecide(may("import_book"));
  if (!may("decide_contract") && !may("draft_contract")) return null;
  return (
    <Section title={t("等我办理", "Waiting for me")}>
      {waiting.length === 0 && !refusals && !imports ? <p className="count">{t("没有等您办理的合同。", "No contract waits for you.")}</p> : (
        <ul className="waits">
          {waiting.map(([state, count, words]) => <li key={state}><Link to={`/contracts?state=${state}`}><b>{count}</b> {words}</Link></li>)}
          {refusals && <li><Link to="/filings?state=refused&applied=false"><b>{refusals}</b> {t("不予备案，待采纳", "filings refused, to be applied")}</Link></li>}
          {imports && <li><Link to="/imports?to_decide=true"><b>{imports}</b> {t("既有业务已试运行，待承接", "earlier books tried, to be taken over")}</Link></li>}
        </ul>
      )}
    </Section>
  );
}

function Maturities({ portfolio: { maturities, on }, past }: { portfolio: Portfolio; past: boolean }) {
  const { t } = useWords();
  const ends = (from: number | null, until: number) => `/contracts?${from === null ? "" : `due_from=${later(on, from)}&`}due_until=${later(on, until)}&sort=end`;
  const spans: [string, Schemas["SumOut"], string][] = [
    [t("已到期未解保", "Overdue"), maturities.overdue, ends(null, -1)], [t("30 日内到期", "Within 30 days"), maturities.within_30_days, ends(0, 30)], [t("90 日内", "Within 90 days"), maturities.within_90_days, ends(0, 90)], [t("180 日内", "Within 180 days"), maturities.within_180_days, ends(0, 180)],
  ];
  return (
    <Section title={t("到期情况", "Maturities")}>
      <ScrollTable label={t("到期情况表", "Table of maturities")} head={[t("期间", "Span"), t("笔数", "Contracts"), t("余额（元）", "Outstanding (yuan)")]}>
        {spans.map(([label, sum, to]) => <tr key={label}><th scope="row">{past || sum.contracts === 0 ? label : <Link to={to}>{label}</Link>}</th><td className="figure">{sum.contracts}</td><td className="figure">{grouped(sum.outstanding)}</td></tr>)}
      </ScrollTable>
      {maturities.next.length > 0 && (
        <details className="folded">
          <summary>{t(`最近到期的 ${maturities.next.length} 笔`, `The next ${maturities.next.length}`)}</summary>
          <ul className="rows">{maturities.next.map((ending) => <li key={ending.contract_id}><time>{ending.end}</time> <Link to={`/contracts/${ending.contract_id}`}>{ending.number}</Link> <span className="count">{t(`余额 ${grouped(ending.outstanding)} 元`, `${grouped(ending.outstanding)} yuan`)}</span></li>)}</ul>
        </details>
      )}
    </Section>
  );
}
