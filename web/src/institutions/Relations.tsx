// How one institution stands to the reader's own.
import { Link } from "react-router";
import { Empty, Refused } from "../shape/States";
import { useWords } from "../text";
import { RELATIONS } from "../words";
import { useMemberships } from "./useMemberships";

export function Relations({ of }: { of: string }) {
  const { t } = useWords();
  const memberships = useMemberships();
  if (memberships.error) return <Refused error={memberships.error} />;
  const found = (memberships.data ?? []).filter((membership) => membership.institution_id === of || membership.member_id === of);
  if (found.length === 0) return <Empty>{memberships.isPending ? t("正在读取…", "Loading…") : t("没有与本机构的隶属关系。", "No membership with our institution.")}</Empty>;
  return (
    <ul>
      {found.map((membership) => (
        <li key={membership.id}>
          <Link to={`/memberships/${membership.id}`}>
            {membership.institution_id === of ? t(`${RELATIONS[membership.relation].zh}本机构`, `${RELATIONS[membership.relation].en} our institution`) : t(`由本机构${RELATIONS[membership.relation].zh}`, `our institution ${RELATIONS[membership.relation].en} it`)}
          </Link>{" "}
          <span className="count">{membership.from} – {membership.until ?? t("至今", "now")}</span>
        </li>
      ))}
    </ul>
  );
}
