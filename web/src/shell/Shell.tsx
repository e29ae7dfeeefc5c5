// The frame of every page: name, ways, language. Who is logged in will stand at its end.
import { Suspense } from "react";
import { Link, NavLink, Outlet, ScrollRestoration } from "react-router";
import mark from "../style/mark.svg";
import { Waiting } from "../shape/States";
import { text, useWords } from "../text";
import { Shortcuts } from "./Shortcuts";

/** The ways of the header; those for roles join here and are shown by what the session may do. */
const WAYS = [
  { to: "/rules", title: text("规则手册", "Rulebook") },
  { to: "/calculators", title: text("计算器", "Calculators") },
  { to: "/help", title: text("帮助", "Help") },
];

export default function Shell() {
  const { t, language, change } = useWords();
  return (
    <>
      <a className="skip" href="#main">{t("跳到正文", "Skip to the content")}</a>
      <header className="shell no-print">
        <Link to="/" className="product">
          <img src={mark} alt="" width="28" height="28" /> {t("增信", "Zengxin")}
        </Link>
        <nav aria-label={t("主导航", "Main")}>
          {WAYS.map((way) => <NavLink key={way.to} to={way.to}>{t(way.title)}</NavLink>)}
          <a href="/docs/">{t("接口文档", "Interface")}</a>
        </nav>
        <button type="button" className="language" lang={language === "zh" ? "en" : "zh-CN"} onClick={() => change(language === "zh" ? "en" : "zh")}>
          {language === "zh" ? "English" : "中文"}
        </button>
      </header>
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
      <Shortcuts />
      <ScrollRestoration />
    </>
  );
}
