// For institutions without a book of their own: those that stand below them today.
import { Link } from "react-router";
import { useInstitutions } from "../institutions/useInstitutions";
import { holdsOn, useMemberships, useToday } from "../institutions/useMemberships";
import { useProfile } from "../session/useSession";
import { Section } from "../shape/DetailPage";
import { useWords } from "../text";
import { KINDS, RELATIONS, STATUSES } from "../words";

export function Below() {
  const { t } = useWords();
  const ours = useProfile().data?.data.institution.id;
  const today = useToday();
  const memberships = useMemberships().data;
  const institutions = useInstitutions().data;
  if (!today || !memberships || !institutions) return null;
  const rows = memberships.filter((membership) => membership.institution_id === ours && holdsOn(membership, today)).flatMap((membership) => {
    const institution = institutions.find(({ id }) => id === membership.member_id);
    return institution ? [{ membership, institution }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <Section title={t(`今天的下级机构（${rows.length}）`, `Below us today (${rows.length})`)}>
      <ul className="rows">
        {rows.map(({ membership, institution }) => (
          <li key={membership.id}>
            <Link to={`/institutions/${institution.id}`}>{institution.name}</Link> <span className="count">{t(KINDS[institution.kind])} · {t(RELATIONS[membership.relation])}</span> <span className={`badge status-${institution.status}`}>{t(STATUSES[institution.status])}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
