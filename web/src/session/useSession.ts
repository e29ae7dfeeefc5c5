// Who is logged in, and what that person may do.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { own, versioned, type Schemas } from "../api/client";
import { useWords } from "../text";
import { ACTIONS, ROLES } from "../words";
import { now, subscribe } from "./session";

export type Profile = Schemas["ProfileOut"];
export type Action = Schemas["Action"];

export const useSession = () => useSyncExternalStore(subscribe, now);

/** How long what somebody may do is taken as it was read, in milliseconds: the service asks itself every time. */
const FRESH_MS = 30_000;

/** The account of whoever is logged in; undefined while nobody is, or until it has been read. */
export function useProfile() {
  const { phase } = useSession();
  return useQuery({ queryKey: ["/v1/profile"], queryFn: ({ signal }) => versioned(own.GET("/v1/profile", { signal })), enabled: phase === "in", staleTime: FRESH_MS });
}

/** What was read for one person is not shown to the next. */
export function useForgetting() {
  const { phase } = useSession();
  const cache = useQueryClient();
  useEffect(() => {
    if (phase === "out") cache.removeQueries({ predicate: ({ queryKey: [path] }) => !OPEN.includes(String(path)) });
  }, [phase, cache]);
}

/** What anybody may read. */
const OPEN = ["/v1/rules", "/healthz", "/v1/regions", "calculator"];

/** Why something may not be done, in words; null when it may. */
export type Reason = string | null;

/** Says of an action why the role or the institution's state does not allow it. */
export function useReasons(): (action: Action | undefined) => Reason {
  const { t } = useWords();
  const profile = useProfile().data?.data;
  return (action) => {
    if (action === undefined) return null;
    if (!profile) return t("请先登录。", "Log in first.");
    const [what, role] = [ACTIONS[action], ROLES[profile.role]];
    if (!profile.actions.includes(action)) {
      return t(`“${role.zh}”不能${what.zh}。需要时请联系本机构管理员。`, `A person with the role “${role.en}” may not ${what.en}. Ask your administrator if you need it.`);
    }
    if (profile.stopped.includes(action)) return t(`本机构已暂停，恢复之前不能${what.zh}。`, `The institution is suspended and may not ${what.en} until it is reinstated.`);
    return null;
  };
}
