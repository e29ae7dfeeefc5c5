// The first page of a re-guarantor: what waits, the sums of what is ceded, where it lies, and who needs attention.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { answered, own } from "../api/client";
import { grouped, percent } from "../format";
import { Figures, Section } from "../shape/DetailPage";
import { Refused } from "../shape/States";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { CededGauges } from "./Gauges";
import { RegionMap, useLevel } from "./MapPage";
import { useRegions, useWaitingFilings, type Cedent } from "./useFund";

export default function FundHome() {
  const { t } = useWords();
  const me = useProfile().data?.data;
  const level = useLevel();
  const whole = useRegions("all");
  const decides = me?.actions.includes("decide_filing") ?? false;
  const waiting = useWaitingFilings(true);
  const sums = whole.data?.[0];
  const yuan = t("元", "yuan");
  return (
    <div className="fund-home">
      <Section title={decides ? t("等我办理", "Waiting for me") : t("等待备案", "Waiting to be filed")}>
        {waiting ? <ul className="waits"><li><Link to="/filing-queue"><b>{waiting}</b> {t("份合同待备案", "contracts to be filed")}</Link></li></ul> : <p className="count">{t("没有等待备案的合同。", "No filing waits.")}</p>}
      </Section>
      {whole.error && <Refused error={whole.error} again={() => void whole.refetch()} />}
      {sums && (
        <section aria-label={t("分出业务合计", "What is ceded to us")} className="overview">
          <h2>{t("分出业务合计", "What is ceded to us")}</h2>
          <Figures figures={[
            [t("分出责任", "Ceded"), grouped(sums.ceded), yuan],
            [t("在保余额（合同全额）", "Outstanding, at the whole amount"), grouped(sums.outstanding), yuan],
            [t("分出机构、合同", "Institutions, contracts"), sums.cedents, t(`家，${sums.contracts} 笔`, `institutions, ${sums.contracts} contracts`)],
            [t(`${sums.year} 年再担保费（申报）`, `Fees of ${sums.year}, as stated`), grouped(sums.fees_stated), yuan],
          ]} />
          <CededGauges findings={sums.findings} />
        </section>
      )}
      <Attention />
      {level && (
        <Section title={level === "province" ? t("各省分出责任", "Ceded, by province") : t("各地市分出责任", "Ceded, by city")} actions={<Link to="/cedents/map">{t("看其他数字", "Other figures")}</Link>}>
          <RegionMap level={level} figure="ceded" />
        </Section>
      )}
    </div>
  );
}

/** Those with an open alert or a share below its floor, the most alerts first. */
function Attention() {
  const { t } = useWords();
  const query = useQuery({
    queryKey: ["/v1/cedents", "attention"],
    queryFn: async ({ signal }) => {
      const asked = (only: "drift_alert" | "below_limit") => answered(own.GET("/v1/cedents", { params: { query: { only, sort: "drift_alerts", limit: 5 } }, signal }));
      const [alerts, below] = await Promise.all([asked("drift_alert"), asked("below_limit")]);
      const rows = new Map([...alerts.items, ...below.items].map((row) => [row.institution_id, row]));
      return { rows: [...rows.values()], more: Boolean(alerts.next ?? below.next) };
    },
  });
  const why = (row: Cedent) => [
    ...row.findings.filter(({ outcome }) => outcome === "advise").map(({ rule, measured }) => (rule === "share.small_ticket" ? t(`500 万元及以下占比 ${percent(measured ?? "")}`, `small tickets ${percent(measured ?? "")}`) : t(`支小支农占比 ${percent(measured ?? "")}`, `small-and-agri share ${percent(measured ?? "")}`))),
    ...(row.drift_alerts > 0 ? [t(`未解除的预警 ${row.drift_alerts} 项`, `${row.drift_alerts} open alerts`)] : []),
  ].join("，");
  if (!query.data) return null;
  return (
    <Section title={t("须关注的机构", "Needing attention")} actions={<Link to="/cedents?sort=-drift_alerts">{t("全部分出机构", "All cedents")}</Link>}>
      {query.data.rows.length === 0 ? <p className="count">{t("没有占比低于下限或有预警的机构。", "No share is below its floor and no alert is open.")}</p> : (
        <ul className="rows">{query.data.rows.map((row) => <li key={row.institution_id}><span className="warning">!</span> <Link to={`/cedents/${row.institution_id}`}>{row.name}</Link> <span className="count">{why(row)}</span></li>)}</ul>
      )}
      {query.data.more && <p className="count">{t("还有更多，见分出机构列表。", "There are more, see the list of cedents.")}</p>}
    </Section>
  );
}
