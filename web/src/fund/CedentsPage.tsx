// Who cedes to the fund, ranked by any figure; the national fund sees provinces and through them their institutions.
import { useSearchParams } from "react-router";
import { answered, own } from "../api/client";
import { grouped, percent } from "../format";
import { useInstitutions } from "../institutions/useInstitutions";
import { Act } from "../shape/Act";
import { choices } from "../shape/form/field";
import { Listing, type Column, type Filter } from "../shape/Listing";
import { useProfile } from "../session/useSession";
import { text, useWords } from "../text";
import { ATTENTIONS } from "./words";
import { QuotaBar, ShareGauge } from "./Gauges";
import type { Cedent } from "./useFund";

/** An order of the list as the service names it: the figure, and whether the smallest comes first. */
const ranked = (sort: string) => (sort.startsWith("-") ? { sort: sort.slice(1), order: "descending" } : { sort, order: "ascending" });

export default function CedentsPage() {
  const { t } = useWords();
  const [address] = useSearchParams();
  const national = useProfile().data?.data.institution.kind === "national_fund";
  const provinces = (useInstitutions().data ?? []).filter(({ kind }) => kind === "provincial_reguarantor");
  const byProvince = address.get("by") === "province";
  const money = (figure: string | null | undefined) => (figure ? grouped(figure) : "–");
  const columns: Column<Cedent>[] = [
    { name: "name", title: text("机构", "Institution"), value: (row) => row.name },
    { name: "province", title: text("省级再担保机构", "Provincial re-guarantor"), value: (row) => row.province_name ?? "", hidden: !national || byProvince },
    { name: "cedents", title: text("分出机构数", "Institutions"), value: (row) => String(row.cedents), figure: true, hidden: !byProvince },
    { name: "contracts", title: text("笔数", "Contracts"), value: (row) => String(row.contracts), figure: true, order: "contracts" },
    { name: "outstanding", title: text("在保余额（元）", "Outstanding (yuan)"), value: (row) => row.outstanding, cell: (row) => grouped(row.outstanding), figure: true, order: "outstanding", hidden: true },
    { name: "ceded", title: text("分出责任（元）", "Ceded (yuan)"), value: (row) => row.ceded, cell: (row) => grouped(row.ceded), figure: true, order: "ceded" },
    { name: "small_agri_share", title: text("支小支农占比", "Small-and-agri share"), value: (row) => row.small_agri_share ?? "", cell: (row) => <ShareGauge findings={row.findings} rule="share.small_agri" />, order: "small_agri_share" },
    { name: "small_ticket_share", title: text("其中 500 万元及以下（本年放款）", "Small tickets of it, begun this year"), value: (row) => row.small_ticket_share ?? "", cell: (row) => <ShareGauge findings={row.findings} rule="share.small_ticket" />, order: "small_ticket_share" },
    { name: "quota_use", title: text("额度使用率", "Use of the quota"), value: (row) => row.quota_use ?? "", cell: (row) => <QuotaBar sums={row} />, order: "quota_use" },
    { name: "drift_alerts", title: text("占比预警", "Alerts"), value: (row) => String(row.drift_alerts), cell: (row) => (row.drift_alerts > 0 ? <span className="warning">! {row.drift_alerts}</span> : "0"), figure: true, order: "drift_alerts" },
    { name: "fees_stated", title: text("本年再担保费（元，申报）", "Fees of the year, stated (yuan)"), value: (row) => row.fees_stated, cell: (row) => grouped(row.fees_stated), figure: true, order: "fees_stated" },
    { name: "fees_difference", title: text("与协议复算的差额（元）", "Above the agreements (yuan)"), value: (row) => row.fees_difference ?? "", cell: (row) => money(row.fees_difference), figure: true, hidden: true },
    { name: "quota_granted", title: text("授信额度（元）", "Quota (yuan)"), value: (row) => row.quota_granted ?? "", cell: (row) => money(row.quota_granted), figure: true, order: "quota_granted", hidden: true },
    { name: "quota_used", title: text("已用额度（元）", "Quota used (yuan)"), value: (row) => row.quota_used, cell: (row) => grouped(row.quota_used), figure: true, order: "quota_used", hidden: true },
    { name: "share_percent", title: text("支小支农占比（%）", "Small-and-agri share (%)"), value: (row) => (row.small_agri_share ? percent(row.small_agri_share) : ""), figure: true, hidden: true },
  ];
  const filters: Filter[] = [
    { name: "search", title: text("机构（按 / 键）", "Institution (press /)"), kind: "search", example: text("名称或代码的一部分", "part of the name or code") },
    ...(national ? [
      { name: "by", title: text("层级", "Layer"), kind: "choice" as const, choices: [{ value: "province", label: text("省级再担保机构", "provincial re-guarantors") }, { value: "cedent", label: text("市县机构", "institutions below them") }] },
      { name: "province", title: text("所属省级机构", "Below"), kind: "choice" as const, choices: provinces.map(({ id, name }) => ({ value: id, label: text(name, name) })) },
    ] : []),
    { name: "only", title: text("须关注", "Needing attention"), kind: "choice", choices: choices(ATTENTIONS) },
    { name: "region", title: text("区划代码", "Region code"), kind: "search", example: text("代码的开头，如 3301", "its beginning, such as 3301") },
  ];
  return (
    <Listing
      path="/v1/cedents"
      title={t("分出机构", "Cedents")}
      lead={byProvince ? t("各省级再担保机构及其下级机构分出的业务。点开一个省，看它的市县机构。", "What the provinces and the institutions below them cede. Open one to see its institutions.") : t("向本机构分出业务的机构。占比按分出责任计算，只含分给本机构的合同。", "Institutions that cede to us. Shares are of what is ceded, of contracts ceded to us only.")}
      actions={<Act to="/cedents/map">{t("分布图", "Map")}</Act>}
      fetch={({ sort, ...query }, signal) => answered(own.GET("/v1/cedents", { params: { query: { ...query, ...ranked(String(sort)) } as never }, signal }))}
      columns={columns}
      filters={filters}
      order="-ceded"
      id={(row) => row.institution_id}
      to={(row) => (byProvince ? `/cedents?province=${row.institution_id}` : `/cedents/${row.institution_id}`)}
      nothing={<p>{t("还没有机构分出业务。登记隶属关系和分险协议之后，审批通过的合同会列在这里。", "Nobody cedes to us yet. Once a membership and an agreement are stated, what is approved under it counts here.")}</p>}
    />
  );
}
