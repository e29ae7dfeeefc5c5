// Every institution of the system.
import { answered, own } from "../api/client";
import { Act } from "../shape/Act";
import { choices } from "../shape/form/field";
import { Listing, type Column, type Filter } from "../shape/Listing";
import { useProfile } from "../session/useSession";
import { text, useWords } from "../text";
import { KINDS, STATUSES } from "../words";
import type { Institution } from "./useInstitutions";

export default function InstitutionsPage() {
  const { t } = useWords();
  const profile = useProfile().data?.data;
  const columns: Column<Institution>[] = [
    { name: "name", title: text("名称", "Name"), value: (institution) => institution.name },
    { name: "code", title: text("代码", "Code"), value: (institution) => institution.code, cell: (institution) => <code>{institution.code}</code> },
    { name: "kind", title: text("类型", "Kind"), value: (institution) => t(KINDS[institution.kind]) },
    { name: "region_code", title: text("行政区划", "Region"), value: (institution) => institution.region_code },
    { name: "status", title: text("状态", "Status"), value: (institution) => t(STATUSES[institution.status]), cell: (institution) => <span className={`badge status-${institution.status}`}>{t(STATUSES[institution.status])}</span> },
    { name: "joined_on", title: text("接纳日", "Joined"), value: (institution) => institution.joined_on },
    { name: "status_since", title: text("状态起始日", "Status since"), value: (institution) => institution.status_since, hidden: true },
    { name: "id", title: text("编号", "Id"), value: (institution) => institution.id, cell: (institution) => <code>{institution.id}</code>, hidden: true },
  ];
  const filters: Filter[] = [
    { name: "search", title: text("搜索（按 / 键）", "Search (press /)"), kind: "search", example: text("名称的一部分，或代码的开头", "part of a name, or the beginning of a code") },
    { name: "kind", title: text("类型", "Kind"), kind: "choice", choices: choices(KINDS) },
    { name: "status", title: text("状态", "Status"), kind: "choice", choices: choices(STATUSES) },
  ];
  return (
    <Listing
      path="/v1/institutions"
      title={t("机构名录", "All institutions")}
      lead={t("体系内的全部机构。由上一层机构接纳，并由其暂停、恢复或退出。", "Every institution of the system. The one above onboards it, and suspends, reinstates or withdraws it.")}
      actions={profile && profile.onboards.length > 0 && <Act action="onboard_institution" to="/institutions/new" primary>{t("接纳机构", "Onboard an institution")}</Act>}
      fetch={(query, signal) => answered(own.GET("/v1/institutions", { params: { query }, signal }))}
      columns={columns}
      filters={filters}
      id={(institution) => institution.id}
      to={(institution) => `/institutions/${institution.id}`}
      nothing={<p>{t("还没有机构。", "There are no institutions yet.")}</p>}
    />
  );
}
