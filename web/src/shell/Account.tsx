// Who is logged in, and the way out.
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";
import { leave } from "../session/session";
import { useProfile, useSession } from "../session/useSession";
import { useWords } from "../text";
import { ROLES } from "../words";

export function Account() {
  const { t } = useWords();
  const session = useSession();
  const profile = useProfile().data?.data;
  const { pathname } = useLocation();
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => menu.current?.removeAttribute("open"), [pathname]);
  if (session.phase === "out") return pathname === "/login" ? null : <Link className="log-in" to={`/login?to=${encodeURIComponent(pathname)}`}>{t("登录", "Log in")}</Link>;
  if (!profile) return null;
  return (
    <details className="account" ref={menu}>
      <summary aria-label={t(`账户：${profile.display_name}，${ROLES[profile.role].zh}`, `Account: ${profile.display_name}, ${ROLES[profile.role].en}`)}>
        <b>{profile.display_name}</b> <span className="badge">{t(ROLES[profile.role])}</span>
      </summary>
      <div className="account-menu">
        <p>{profile.institution.name}<br /><code>{profile.institution.code} / {profile.name}</code></p>
        <Link to="/profile">{t("个人账户", "Your account")}</Link>
        <Button onClick={() => void leave()}>{t("退出登录", "Log out")}</Button>
      </div>
    </details>
  );
}
