// One cedent as the fund sees it: its shares against their limits, quota, fees, alerts, and what its contracts are about.
import { Link, useParams } from "react-router";
import type { Schemas } from "../api/client";
import { clientKind } from "../book/words";
import { grouped, isZero, percent } from "../format";
import { AlertList } from "../overview/AlertList";
import { Act } from "../shape/Act";
import { DetailPage, Figures, Section } from "../shape/DetailPage";
import { FoldedFindings } from "../shape/FindingCard";
import { ScrollTable } from "../shape/ScrollTable";
import { useWords } from "../text";
import { CededGauges, QuotaBar } from "./Gauges";
import { useCedent, type Cedent } from "./useFund";
import { DIMENSIONS } from "./words";

type Slice = Schemas["CededSliceOut"];

export default function CedentPage() {
  const { t } = useWords();
  const id = useParams()["id"] ?? "";
  const query = useCedent(id);
  return (
    <DetailPage query={query}>
      {({ cedent, slices, alerts }) => ({
        title: cedent.name,
        parent: { to: "/cedents", title: t("分出机构", "Cedents") },
        lead: <>{cedent.province_name && cedent.province_id !== cedent.institution_id && <>{cedent.province_name} · </>}{t(`${cedent.contracts} 笔合同，分出责任 ${grouped(cedent.ceded)} 元`, `${cedent.contracts} contracts, ${grouped(cedent.ceded)} yuan ceded`)}</>,
        actions: <><Act to={`/cessions?cedent=${id}`} primary>{t("分出合同", "Its contracts")}</Act><Act to={`/cessions?cedent=${id}&filing=pending`}>{t("待备案", "To be filed")}</Act><Act action="read_institutions" to={`/institutions/${id}`}>{t("机构资料", "The institution")}</Act></>,
        children: (
          <div className="overview">
            <AlertList alerts={alerts} whole heading={<h2>{t("占比预警", "Drift alerts")}</h2>} />
            <Sums cedent={cedent} />
            <CededGauges findings={cedent.findings}><QuotaGauge cedent={cedent} /></CededGauges>
            {cedent.findings.some(({ measured }) => !measured) && <FoldedFindings findings={cedent.findings.filter(({ measured }) => !measured)} />}
            <Section title={t("再担保费", "Re-guarantee fees")}><Fees cedent={cedent} /></Section>
            <Section title={t("业务构成", "What it is about")}>
              {slices.length === 0 ? <p className="count">{t("没有在保的分出合同。", "No ceded contract has anything outstanding.")}</p> : (
                <div className="slices">{(Object.keys(DIMENSIONS) as Slice["dimension"][]).map((dimension) => <Slices key={dimension} dimension={dimension} slices={slices.filter((slice) => slice.dimension === dimension)} cedent={cedent} />)}</div>
              )}
            </Section>
          </div>
        ),
      })}
    </DetailPage>
  );
}

function Sums({ cedent }: { cedent: Cedent }) {
  const { t } = useWords();
  const yuan = t("元", "yuan");
  return (
    <Figures figures={[
      [t("分出责任", "Ceded"), grouped(cedent.ceded), yuan],
      [t("在保余额（合同全额）", "Outstanding, at the whole amount"), grouped(cedent.outstanding), yuan],
      [t("笔数", "Contracts"), cedent.contracts],
      [t(`${cedent.year} 年授信额度`, `Quota of ${cedent.year}`), cedent.quota_granted && grouped(cedent.quota_granted), cedent.quota_granted ? t(`元，已用 ${grouped(cedent.quota_used)} 元`, `yuan, ${grouped(cedent.quota_used)} used`) : t("未授信", "none granted")],
    ]} />
  );
}

function QuotaGauge({ cedent }: { cedent: Cedent }) {
  const { t } = useWords();
  if (!cedent.quota_use) return null;
  return <figure className="gauge"><figcaption><span>{t(`${cedent.year} 年额度使用率`, `Use of the quota of ${cedent.year}`)}</span><b className="figure">{percent(cedent.quota_use)}</b></figcaption><QuotaBar sums={cedent} bare /></figure>;
}

function Fees({ cedent }: { cedent: Cedent }) {
  const { t } = useWords();
  const differs = cedent.fees_difference && !isZero(cedent.fees_difference);
  return (
    <>
      <p>{t(`${cedent.year} 年放款的合同，按全期计：申报 ${grouped(cedent.fees_stated)} 元，`, `Of contracts disbursed in ${cedent.year}, for their whole terms: ${grouped(cedent.fees_stated)} yuan stated, `)}{cedent.fees_recomputed ? t(`按协议条款复算 ${grouped(cedent.fees_recomputed)} 元。`, `${grouped(cedent.fees_recomputed)} yuan by the agreements.`) : t("部分合同的协议条款不详，不能复算。", "and the terms of some are not known, so it is not recomputed.")}</p>
      {differs && <p className="warning">{t(`申报与复算相差 ${grouped(cedent.fees_difference ?? "")} 元，请与分出机构核对。`, `The statement differs by ${grouped(cedent.fees_difference ?? "")} yuan: check it with the cedent.`)}</p>}
    </>
  );
}

/** As many rows of each as are read at a glance; the rest are folded. */
const SHOWN = 8;

function Slices({ dimension, slices, cedent }: { dimension: Slice["dimension"]; slices: Slice[]; cedent: Cedent }) {
  const { t } = useWords();
  const name = (slice: Slice) => (slice.key === null || slice.key === undefined ? t("不详", "not known") : dimension === "client_kind" ? t(clientKind(slice.key)) : <span lang="zh-CN">{slice.name ?? slice.key}</span>);
  const to = (slice: Slice) => (dimension === "client_kind" ? `/cessions?cedent=${cedent.institution_id}&client_kind=${slice.key}` : dimension === "region" ? `/cessions?cedent=${cedent.institution_id}&region=${slice.key?.slice(0, 4)}` : null);
  const rows = (some: Slice[], label: string) => (
    <ScrollTable label={label} head={[t(DIMENSIONS[dimension]), t("笔数", "Contracts"), t("分出责任（元）", "Ceded (yuan)")]}>
      {some.map((slice) => {
        const way = slice.key ? to(slice) : null;
        return <tr key={slice.key ?? ""}><th scope="row">{way ? <Link to={way}>{name(slice)}</Link> : name(slice)}</th><td className="figure">{slice.contracts}</td><td className="figure">{grouped(slice.ceded)}</td></tr>;
      })}
    </ScrollTable>
  );
  if (slices.length === 0) return null;
  return (
    <div>
      {rows(slices.slice(0, SHOWN), t(DIMENSIONS[dimension]))}
      {slices.length > SHOWN && <details className="folded"><summary>{t(`其余 ${slices.length - SHOWN} 项`, `${slices.length - SHOWN} more`)}</summary>{rows(slices.slice(SHOWN), t(`${DIMENSIONS[dimension].zh}（其余）`, `${DIMENSIONS[dimension].en}, the rest`))}</details>}
    </div>
  );
}
