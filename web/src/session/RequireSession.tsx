// The pages of people who are logged in: others log in first and come back, and a role that may not is told so without asking.
import { Link, Navigate, Outlet, useLocation, useMatches } from "react-router";
import { Page } from "../shape/Page";
import { PageRefused, Waiting } from "../shape/States";
import { useWords } from "../text";
import { comeIn } from "./session";
import { useProfile, useReasons, useSession, type Action } from "./useSession";

export default function RequireSession() {
  const session = useSession();
  const profile = useProfile();
  const reasons = useReasons();
  const { pathname, search } = useLocation();
  const needed = useMatches().map(({ handle }) => (handle as { needs?: Action } | undefined)?.needs).find((needs) => needs !== undefined);
  if (session.phase === "out") {
    // Who left goes nowhere in particular; who was stopped comes back.
    const to = session.why === "left" ? "" : `?to=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/login${to}`} replace />;
  }
  if (session.phase === "asking" && session.trouble !== undefined) return <PageRefused error={session.trouble} again={comeIn} />;
  if (profile.error) return <PageRefused error={profile.error} again={() => void profile.refetch()} />;
  if (session.phase === "asking" || profile.isPending) return <Waiting />;
  const reason = reasons(needed);
  if (reason !== null) return <NotAllowed reason={reason} />;
  return <Outlet />;
}

function NotAllowed({ reason }: { reason: string }) {
  const { t } = useWords();
  return (
    <Page title={t("无权查看", "Not allowed")} lead={reason}>
      <ul className="ways">
        <li><Link to="/">{t("回到首页", "To the first page")}</Link></li>
        <li><Link to="/help">{t("帮助", "Help")}</Link></li>
      </ul>
    </Page>
  );
}
