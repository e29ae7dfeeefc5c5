// The frame of every page: whose it is, the ways, the search, the language, and who is logged in.
import { lazy, Suspense, useEffect, useState } from "react";
import { Link, Outlet, ScrollRestoration, useLocation, useNavigation } from "react-router";
import { Waiting } from "../shape/States";
import { moment } from "../format";
import { useForgetting, useProfile, useSession } from "../session/useSession";
import mark from "../style/mark.svg";
import { useWords } from "../text";
import { KINDS } from "../words";
import { Account } from "./Account";
import { Navigation } from "./Navigation";
import { Shortcuts } from "./Shortcuts";

const palette = () => import("./Palette");
const Palette = lazy(palette);

export default function Shell() {
  const { t, language, change } = useWords();
  const session = useSession();
  const profile = useProfile().data?.data;
  const { pathname } = useLocation();
  const loading = useNavigation().state === "loading";
  const [open, setOpen] = useState(false);
  const [searching, setSearching] = useState(false);
  useForgetting();
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    // Once the page itself stands: whoever presses the keys types on at once.
    const later = setTimeout(() => void palette().catch(() => undefined), 1_000);
    return () => clearTimeout(later);
  }, []);
  const aside = session.phase !== "out";
  return (
    <>
      <a className="skip" href="#main">{t("跳到正文", "Skip to the content")}</a>
      <header className="shell no-print">
        {aside && (
          <button type="button" className="menu-button" aria-expanded={open} aria-controls="ways" aria-label={t("菜单", "Menu")} onClick={() => setOpen(!open)}>☰</button>
        )}
        <Link to="/" className="product">
          <img src={mark} alt="" width="28" height="28" /> {t("增信", "Zengxin")}
        </Link>
        {aside ? (
          <div className="whose">
            {profile && <Link to="/institution">{profile.institution.name}</Link>}
            {profile && <span className="badge">{t(KINDS[profile.institution.kind])}</span>}
          </div>
        ) : <Navigation id="ways" aside={false} />}
        <button type="button" className="search-button" onClick={() => setSearching(true)}>
          {t("搜索", "Search")} <kbd>Ctrl K</kbd>
        </button>
        <button type="button" className="language" lang={language === "zh" ? "en" : "zh-CN"} onClick={() => change(language === "zh" ? "en" : "zh")}>
          {language === "zh" ? "English" : "中文"}
        </button>
        <Account />
      </header>
      {profile?.institution.status === "suspended" && (
        <p className="banner no-print" role="status">
          {t(`本机构自 ${profile.institution.status_since} 起暂停：可以查看，不能作出决定。恢复事宜请联系批准本机构加入的机构。`, `Our institution is suspended since ${profile.institution.status_since}: its people read and decide nothing. Ask the institution that onboarded it.`)}
        </p>
      )}
      <LastMinutes />
      <div className={aside ? "with-side" : "without-side"} data-open={open} data-loading={loading} data-page={pathname}>
        {aside && <div className="side no-print"><Navigation id="ways" aside /></div>}
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </div>
      <Shortcuts search={() => setSearching(true)} />
      <Suspense>{searching && <Palette close={() => setSearching(false)} />}</Suspense>
      <ScrollRestoration />
    </>
  );
}

/** How long before its end a session says that it will end, in milliseconds. */
const LAST_MS = 10 * 60_000;

/** A session ends after a working day, whatever is done in it: whoever is writing is told in time. */
function LastMinutes() {
  const { t } = useWords();
  const session = useSession();
  const until = session.phase === "in" ? session.until.getTime() : null;
  const [last, setLast] = useState(false);
  useEffect(() => {
    setLast(false);
    if (until === null) return undefined;
    const later = setTimeout(() => setLast(true), Math.max(0, until - Date.now() - LAST_MS));
    return () => clearTimeout(later);
  }, [until === null ? null : Math.round(until / 60_000)]);
  if (!last || until === null) return null;
  return <p className="banner no-print" role="status">{t(`本次登录将于 ${moment(new Date(until)).slice(11, 16)} 结束，请保存正在填写的内容后重新登录。`, `This login ends at ${moment(new Date(until)).slice(11, 16)}: save what you are writing and log in again.`)}</p>;
}
