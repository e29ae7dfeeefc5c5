// The ways, in a row for whoever is not logged in, in areas at the side for whoever is.
import { Link, NavLink, useLocation } from "react-router";
import { useQueue } from "../book/lookups";
import { useRefusedFilings, useWaitingFilings } from "../fund/useFund";
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
  const { pathname, search } = useLocation();
  if (way.outside) return <a href={way.to}>{t(way.title)}</a>;
  if (reason !== null) return <Barred reason={reason} className="barred-way">{t(way.title)}</Barred>;
  // A way below another, or the same with other conditions, is not shown as both.
  const [path, conditions] = way.to.split("?");
  const asked = new URLSearchParams(conditions).get("state");
  const here = pathname === path && new URLSearchParams(search).get("state") === asked;
  if (path === "/contracts") {
    const within = asked === null && pathname.startsWith("/contracts/");
    return <Link to={way.to} className={here || within ? "active" : ""} aria-current={here ? "page" : undefined}>{t(way.title)}{way.queue && <QueueCount queue={way.queue} />}</Link>;
  }
  const beside = (way.to === "/institutions" && pathname === "/institutions/new") || (way.to === "/cedents" && pathname === "/cedents/map");
  return <NavLink to={way.to} end={beside}>{t(way.title)}{way.queue && <QueueCount queue={way.queue} />}</NavLink>;
}

function QueueCount({ queue }: { queue: NonNullable<Way["queue"]> }) {
  const { t } = useWords();
  const filings = useWaitingFilings(queue === "filings");
  const refusals = useRefusedFilings(queue === "refusals");
  const contracts = useQueue(queue === "filings" || queue === "refusals" ? "submitted" : queue, queue !== "filings" && queue !== "refusals");
  const count = queue === "filings" ? filings : queue === "refusals" ? refusals : contracts;
  return count && <span className="queue-count" aria-label={t(`${count} 份`, `${count} of them`)}>{count}</span>;
}
