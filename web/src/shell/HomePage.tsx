// The first page: for whoever is logged in what there is to do, for everybody else the rulebook.
import { lazy, Suspense, useState } from "react";
import { Link, Navigate } from "react-router";
import { Barred } from "../shape/Act";
import { Page } from "../shape/Page";
import { PageRefused, Waiting } from "../shape/States";
import { comeIn } from "../session/session";
import { useProfile, useReasons, useSession } from "../session/useSession";
import { useWords } from "../text";
import { ROLE_DUTIES, ROLES } from "../words";
import { Below } from "./Below";
import { areasFor, guarantees, reguarantees, type Way } from "./areas";

const FundHome = lazy(() => import("../fund/FundHome"));
const Overview = lazy(() => import("../overview/Overview"));

export default function HomePage() {
  const { t } = useWords();
  const session = useSession();
  const profile = useProfile();
  if (session.phase === "out") return <Navigate to="/rules" replace />;
  if (session.phase === "asking" && session.trouble !== undefined) return <PageRefused error={session.trouble} again={comeIn} />;
  if (profile.error) return <PageRefused error={profile.error} again={() => void profile.refetch()} />;
  if (profile.isPending) return <Waiting />;
  const me = profile.data.data;
  const waiting = <p className="count" aria-busy="true">…</p>;
  return (
    <Page title={t(`${me.display_name}，您好`, `Welcome, ${me.display_name}`)} lead={t(`${me.institution.name} · ${ROLES[me.role].zh}：${ROLE_DUTIES[me.role].zh}`, `${me.institution.name} · ${ROLES[me.role].en}: ${ROLE_DUTIES[me.role].en}`)}>
      {!me.second_factor && (
        <p className="notice">
          {t("您的账户尚未启用二次验证。", "Your account has no second factor yet.")} <Link to="/profile#second-factor">{t("现在启用", "Set it up")}</Link>
        </p>
      )}
      {reguarantees(me) && me.actions.includes("read_cessions") ? (
        <Suspense fallback={waiting}>
          <FundHome />
          <Below />
          {guarantees(me) && me.actions.includes("read_portfolio") && <OwnBook />}
        </Suspense>
      ) : guarantees(me) && me.actions.includes("read_portfolio") ? <Suspense fallback={waiting}><Overview /></Suspense> : (
        <>
          <Below />
          {areasFor(me).map((area) => (
            <section key={area.title.en} className="area" aria-label={t(area.title)}>
              <h2>{t(area.title)}</h2>
              <ul className="tiles">{area.ways.map((way) => <li key={way.to}><Tile way={way} /></li>)}</ul>
            </section>
          ))}
        </>
      )}
    </Page>
  );
}

/** A provincial re-guarantor's own guarantees, which are few or none: read when somebody asks, or when the address names a day. */
function OwnBook() {
  const { t } = useWords();
  const [open, setOpen] = useState(() => new URLSearchParams(location.search).has("on"));
  return (
    <details className="version own-book" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("本机构直接担保的业务", "What we guarantee ourselves")}</summary>
      {open && <Overview />}
    </details>
  );
}

function Tile({ way }: { way: Way }) {
  const { t } = useWords();
  const reason = useReasons()(way.action);
  const content = <><h3>{t(way.title)}</h3><p>{t(way.what)}</p></>;
  if (way.outside) return <a href={way.to}>{content}</a>;
  if (reason !== null) return <Barred reason={reason} className="barred-tile"><b>{t(way.title)}</b><span>{t(way.what)}</span></Barred>;
  return <Link to={way.to}>{content}</Link>;
}
