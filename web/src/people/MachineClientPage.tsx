// One machine client: what it may do, and its end.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { answered, own } from "../api/client";
import { newId } from "../id";
import { Act } from "../shape/Act";
import { Confirm } from "../shape/Confirm";
import { DetailPage, Facts, Section } from "../shape/DetailPage";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { GRANTS } from "../words";

export default function MachineClientPage() {
  const { t } = useWords();
  const cache = useQueryClient();
  const id = useParams()["id"] ?? "";
  const institution = useProfile().data?.data.institution;
  const [asking, setAsking] = useState(false);
  const [act] = useState(newId);
  const query = useQuery({ queryKey: ["/v1/machine-clients", id], queryFn: ({ signal }) => answered(own.GET("/v1/machine-clients/{id}", { params: { path: { id } }, signal })) });
  const revoke = async () => {
    await answered(own.PUT("/v1/machine-clients/{id}/revocations/{revocation_id}", { params: { path: { id, revocation_id: act } } }));
    await cache.invalidateQueries({ queryKey: ["/v1/machine-clients"] });
  };
  return (
    <DetailPage query={query}>
      {(client) => ({
        title: client.name,
        parent: { to: "/machine-clients", title: t("程序账户", "Machine clients") },
        lead: <span className={`badge status-${client.revoked_on ? "offboarded" : "active"}`}>{client.revoked_on ? t("已撤销", "revoked") : t("有效", "in use")}</span>,
        actions: <Act action="manage_machine_clients" barred={client.revoked_on ? t("已经撤销。", "It is revoked already.") : null} danger act={() => setAsking(true)}>{t("撤销", "Revoke")}</Act>,
        children: (
          <>
            <Section title={t("账户", "Account")}>
              <Facts facts={[
                ["client_id", <code key="id">{institution?.id.replaceAll("-", "")}.{client.id.replaceAll("-", "")}</code>],
                [t("权限", "Grants"), <ul key="grants">{client.grants.map((grant) => <li key={grant}>{t(GRANTS[grant])} <code>{grant}</code></li>)}</ul>],
                [t("撤销日", "Revoked on"), client.revoked_on],
              ]} />
              <p><Link to={`/audit?actor_id=${client.id}`}>{t("此程序的审计记录", "What this program did")}</Link></p>
            </Section>
            {asking && (
              <Confirm
                title={t(`撤销${client.name}`, `Revoke ${client.name}`)}
                consequences={[
                  t("密钥立即失效，程序的登录全部结束。", "The secret serves no longer, and the program’s logins end at once."),
                  t("不能恢复；需要时另建账户并更换密钥。", "It cannot be taken back: another client with another secret would be made."),
                  t("程序办理过的业务和审计记录保留。", "What the program did, and its audit entries, stay."),
                ]}
                word={t("撤销", "Revoke")} act={revoke} close={() => setAsking(false)}
              />
            )}
          </>
        ),
      })}
    </DetailPage>
  );
}
