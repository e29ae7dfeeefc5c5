// What is known of an institution.
import { Link } from "react-router";
import { Facts } from "../shape/DetailPage";
import { useWords } from "../text";
import { KINDS, STATUSES } from "../words";
import { useInstitution, useRegionName, type Institution } from "./useInstitutions";

export function InstitutionFacts({ institution }: { institution: Institution }) {
  const { t } = useWords();
  const first = institution.onboarded_by === institution.id;
  const above = useInstitution(first ? "" : institution.onboarded_by).data?.data;
  return (
    <Facts facts={[
      [t("机构代码", "Code"), <code key="code">{institution.code}</code>],
      [t("类型", "Kind"), t(KINDS[institution.kind])],
      [t("行政区划", "Region"), useRegionName(institution.region_code)],
      [t("状态", "Status"), <span key="status"><span className={`badge status-${institution.status}`}>{t(STATUSES[institution.status])}</span> {t(`自 ${institution.status_since} 起`, `since ${institution.status_since}`)}</span>],
      [t("接纳日", "Joined on"), institution.joined_on],
      [t("接纳机构", "Onboarded by"), first ? t("体系的首个机构", "the first of the system") : above ? <Link key="above" to={`/institutions/${above.id}`}>{above.name}</Link> : "…"],
      [t("编号", "Id"), <code key="id">{institution.id}</code>],
    ]} />
  );
}
