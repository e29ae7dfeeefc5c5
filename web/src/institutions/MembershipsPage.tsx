// The tree around the reader's institution: who stands above it, and whom it stands above, on a day.
import { Link } from "react-router";
import { Act } from "../shape/Act";
import { ListPage } from "../shape/Page";
import { Empty, PageRefused, Waiting } from "../shape/States";
import { useAddress } from "../shape/useAddress";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { KINDS, RELATIONS, STATUSES } from "../words";
import { useInstitutions, type Institution } from "./useInstitutions";
import { holdsOn, useMemberships, useToday, type Membership } from "./useMemberships";

export default function MembershipsPage() {
  const { t } = useWords();
  const profile = useProfile().data?.data;
  const memberships = useMemberships();
  const institutions = useInstitutions();
  const today = useToday();
  const [address, set] = useAddress();
  const day = address.get("on") ?? today ?? "";
  const all = address.get("all") === "true";
  const error = memberships.error ?? institutions.error;
  if (error) return <PageRefused error={error} again={() => { void memberships.refetch(); void institutions.refetch(); }} />;
  if (!memberships.data || !institutions.data || !profile || day === "") return <Waiting />;
  const named = new Map(institutions.data.map((institution) => [institution.id, institution]));
  const shown = memberships.data.filter((membership) => all || holdsOn(membership, day));
  const me = profile.institution;
  const above = shown.filter((membership) => membership.member_id === me.id);
  const below = shown.filter((membership) => membership.institution_id === me.id);
  return (
    <ListPage
      title={t("隶属关系", "Memberships")}
      lead={t("上级机构登记它为谁再担保、审核或监管谁；每项关系有起止日。", "The institution above states whom it re-guarantees, reviews or supervises; each has its days.")}
      actions={profile.relations.length > 0 && <Act action="state_membership" to="/memberships/new" primary>{t("登记隶属关系", "State a membership")}</Act>}
      filters={
        <>
          <label><span>{t("某日的关系", "As of")}</span><input type="date" value={day} disabled={all} onChange={(event) => set({ on: event.target.value })} /></label>
          <label className="check"><input type="checkbox" checked={all} onChange={(event) => set({ all: event.target.checked ? "true" : "" })} /> {t("包括已终止和未开始的", "those ended or not begun too")}</label>
        </>
      }
      count={t(`${shown.length} 项关系${all ? "" : `于 ${day} 有效`}`, `${shown.length} ${all ? "in all" : `on ${day}`}`)}
      empty={shown.length > 0 ? null : (
        <Empty>
          <p>{t("没有符合条件的隶属关系。", "No membership fits.")}</p>
          {memberships.data.length === 0 && <p>{profile.relations.length > 0 ? t("登记本机构为谁再担保、审核或监管谁，下级机构才能开展相应业务。", "State whom our institution stands above, so that business between you can begin.") : t("由上级机构登记。", "The institution above states it.")}</p>}
        </Empty>
      )}
    >
      <div className="tree">
        {above.length > 0 && <Branch title={t("上级", "Above us")} memberships={above} end={(membership) => named.get(membership.institution_id)} day={day} verb={(membership) => t(`${RELATIONS[membership.relation].zh}本机构`, `${RELATIONS[membership.relation].en} us`)} />}
        <p className="tree-self"><b>{me.name}</b> <span className="badge">{t(KINDS[me.kind])}</span> {t("本机构", "our institution")}</p>
        {below.length > 0 && <Branch title={t("下级", "Below us")} memberships={below} end={(membership) => named.get(membership.member_id)} day={day} verb={(membership) => t(`由本机构${RELATIONS[membership.relation].zh}`, `we ${RELATIONS[membership.relation].en.replace(/s$/, "")} it`)} />}
      </div>
    </ListPage>
  );
}

interface BranchProps {
  title: string;
  memberships: Membership[];
  end: (membership: Membership) => Institution | undefined;
  verb: (membership: Membership) => string;
  day: string;
}

function Branch({ title, memberships, end, verb, day }: BranchProps) {
  const { t } = useWords();
  const place = (membership: Membership) => end(membership)?.region_code ?? "";
  const sorted = [...memberships].sort((a, b) => place(a).localeCompare(place(b)) || a.from.localeCompare(b.from));
  return (
    <section aria-label={title} className="branch">
      <h2>{title}</h2>
      <ul>
        {sorted.map((membership) => {
          const other = end(membership);
          return (
            <li key={membership.id} data-holds={holdsOn(membership, day)}>
              <Link to={`/memberships/${membership.id}`}>{other?.name ?? membership.id}</Link>{" "}
              {other && <span className="badge">{t(KINDS[other.kind])}</span>}{" "}
              {other && other.status !== "active" && <span className={`badge status-${other.status}`}>{t(STATUSES[other.status])}</span>}
              <span className="count">{verb(membership)} · {membership.from} – {membership.until ?? t("至今", "now")}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
