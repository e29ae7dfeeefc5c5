// The ways, in a row for whoever is not logged in, in areas at the side for whoever is.
import { NavLink, useLocation } from "react-router";
import { Barred } from "../shape/Act";
import { useProfile, useReasons } from "../session/useSession";
import { useWords } from "../text";
import { areasFor, type Way } from "./areas";

export function Navigation({ id, aside }: { id: string; aside: boolean }) {
  const { t } = useWords();
  const profile = useProfile().data?.data;
  const areas = areasFor(profile);
  return (
    <nav id={id} className={aside ? "side-nav" : "row-nav"} aria-label={t("主导航", "Main")}>
      {areas.map((area) => aside ? (
        <section key={area.title.en}>
          <h2>{t(area.title)}</h2>
          <ul>{area.ways.map((way) => <li key={way.to}><WayLink way={way} /></li>)}</ul>
        </section>
      ) : area.ways.map((way) => <WayLink key={way.to} way={way} />))}
    </nav>
  );
}

function WayLink({ way }: { way: Way }) {
  const { t } = useWords();
  const reason = useReasons()(way.action);
  const { pathname } = useLocation();
  if (way.outside) return <a href={way.to}>{t(way.title)}</a>;
  if (reason !== null) return <Barred reason={reason} className="barred-way">{t(way.title)}</Barred>;
  // A way below another is not shown as both.
  return <NavLink to={way.to} end={way.to === "/institutions" && pathname === "/institutions/new"}>{t(way.title)}</NavLink>;
}
