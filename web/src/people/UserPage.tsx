// One user: who it is, and what an administrator may do about the account.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { answered, own, versioned } from "../api/client";
import { newId } from "../id";
import { Act } from "../shape/Act";
import { Confirm } from "../shape/Confirm";
import { DetailPage, Facts, Section } from "../shape/DetailPage";
import { Refused } from "../shape/States";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { ACCOUNT_STATUSES, ROLE_DUTIES, ROLES } from "../words";
import { OneTimeLink } from "./OneTimeLink";

export default function UserPage() {
  const { t } = useWords();
  const cache = useQueryClient();
  const id = useParams()["id"] ?? "";
  const me = useProfile().data?.data;
  const [asking, setAsking] = useState<"link" | "factor" | "offboard" | null>(null);
  const [act, setAct] = useState(newId);
  const [link, setLink] = useState<string | null>(null);
  const query = useQuery({ queryKey: ["/v1/users", id], queryFn: ({ signal }) => versioned(own.GET("/v1/users/{id}", { params: { path: { id } }, signal })) });
  const ask = (what: typeof asking) => {
    setAct(newId());
    setAsking(what);
  };
  const path = { id };
  const issue = useMutation({
    mutationFn: () => answered(own.PUT("/v1/users/{id}/links/{link_id}", { params: { path: { id, link_id: act } } })),
    onSuccess: (answer) => setLink(answer.link ?? null),
  });
  const refresh = () => cache.invalidateQueries({ queryKey: ["/v1/users"] });
  return (
    <DetailPage query={query}>
      {({ data: user }) => {
        const left = user.status === "offboarded" ? t("该用户已离职。", "The user has left.") : null;
        const oneself = me?.id === user.id ? t("不能修改或停用自己的账户，请由另一位管理员办理。", "Nobody changes or ends the own account: another administrator does.") : null;
        return {
          title: user.display_name,
          parent: { to: "/users", title: t("用户", "Users") },
          lead: <span className={`badge status-${user.status}`}>{t(ACCOUNT_STATUSES[user.status])}</span>,
          actions: (
            <>
              <Act action="manage_users" barred={left ?? oneself} to={`/users/${id}/change`}>{t("修改", "Change")}</Act>
              <Act action="manage_users" barred={left} act={() => ask("link")}>{t("发放一次性链接", "Give out a link")}</Act>
              <Act action="manage_users" barred={left ?? oneself} act={() => ask("factor")}>{t("停用二次验证", "Remove second factor")}</Act>
              <Act action="offboard_user" barred={left ?? oneself} danger act={() => ask("offboard")}>{t("办理离职", "Offboard")}</Act>
            </>
          ),
          children: (
            <>
              {link && <OneTimeLink link={link} who={user.display_name} login={`${me?.institution.code} / ${user.name}`} done={() => setLink(null)} />}
              {issue.error && <Refused error={issue.error} />}
              <Section title={t("账户", "Account")}>
                <Facts facts={[
                  [t("登录账户", "Logs in as"), <code key="login">{me?.institution.code} / {user.name}</code>],
                  [t("角色", "Role"), t(`${ROLES[user.role].zh}：${ROLE_DUTIES[user.role].zh}`, `${ROLES[user.role].en}: ${ROLE_DUTIES[user.role].en}`)],
                  [t("离职日", "Left on"), user.offboarded_on],
                  [t("编号", "Id"), <code key="id">{user.id}</code>],
                ]} />
                <p><Link to={`/audit?actor_id=${user.id}`}>{t("此人的审计记录", "What this person did")}</Link></p>
              </Section>
              {asking === "link" && (
                <Confirm
                  title={t(`为${user.display_name}发放一次性链接`, `Give ${user.display_name} a one-time link`)}
                  consequences={[
                    t("此前发放而未使用的链接立即失效。", "A link given out before and not used serves no longer."),
                    t("本人以链接设置新口令时，原口令失效，所有登录结束。", "Once a password is chosen by it, the old one and every login end."),
                  ]}
                  word={t("发放", "Give out")} danger={false}
                  act={() => issue.mutateAsync()} close={() => setAsking(null)}
                />
              )}
              {asking === "factor" && (
                <Confirm
                  title={t(`停用${user.display_name}的二次验证`, `Remove ${user.display_name}’s second factor`)}
                  consequences={[
                    t("此后只凭口令即可登录，直到本人重新启用。", "From now on the password alone lets the person in, until a new one is set up."),
                    t("恢复码全部失效。", "The recovery codes serve no longer."),
                    t("请先确认是本人提出。", "Make sure that it is the person who asks."),
                  ]}
                  word={t("停用", "Remove")}
                  act={() => answered(own.DELETE("/v1/users/{id}/second-factor", { params: { path } }))} close={() => setAsking(null)}
                />
              )}
              {asking === "offboard" && (
                <Confirm
                  title={t(`为${user.display_name}办理离职`, `Offboard ${user.display_name}`)}
                  consequences={[
                    t("账户自今天起停用，不能恢复；此人再来须另建账户。", "The account ends today for good; should the person come back, another is made."),
                    t("此人的所有登录立即结束，未使用的链接失效。", "Every login of the person ends at once, and unused links serve no longer."),
                    t("此人办理过的业务和审计记录保留。", "What the person did, and its audit entries, stay."),
                  ]}
                  word={t("办理离职", "Offboard")}
                  act={async () => {
                    await answered(own.PUT("/v1/users/{id}/offboardings/{offboarding_id}", { params: { path: { id, offboarding_id: act } } }));
                    await refresh();
                  }}
                  close={() => setAsking(null)}
                />
              )}
            </>
          ),
        };
      }}
    </DetailPage>
  );
}
