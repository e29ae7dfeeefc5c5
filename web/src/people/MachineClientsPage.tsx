// The programs that work with the system for the institution.
import { answered, own, type Schemas } from "../api/client";
import { Act } from "../shape/Act";
import { Listing, type Column } from "../shape/Listing";
import { text, useWords } from "../text";
import { GRANTS } from "../words";

type Client = Schemas["MachineClientOut"];

export default function MachineClientsPage() {
  const { t } = useWords();
  const state = (client: Client) => (client.revoked_on ? t(`${client.revoked_on} 撤销`, `revoked ${client.revoked_on}`) : t("有效", "in use"));
  const columns: Column<Client>[] = [
    { name: "name", title: text("名称", "Name"), value: (client) => client.name },
    { name: "grants", title: text("权限", "Grants"), value: (client) => client.grants.map((grant) => t(GRANTS[grant])).join(t("；", "; ")) },
    { name: "revoked_on", title: text("状态", "Status"), value: state, cell: (client) => <span className={`badge status-${client.revoked_on ? "offboarded" : "active"}`}>{state(client)}</span> },
    { name: "id", title: text("编号", "Id"), value: (client) => client.id, cell: (client) => <code>{client.id}</code>, hidden: true },
  ];
  const add = <Act action="manage_machine_clients" to="/machine-clients/new" primary>{t("新增程序账户", "Add a machine client")}</Act>;
  return (
    <Listing
      path="/v1/machine-clients"
      title={t("程序账户", "Machine clients")}
      lead={t("业务系统等程序以自己的账户和权限使用接口。", "Programs use the interface with an account and grants of their own.")}
      actions={add}
      fetch={(query, signal) => answered(own.GET("/v1/machine-clients", { params: { query }, signal }))}
      columns={columns}
      filters={[]}
      id={(client) => client.id}
      to={(client) => `/machine-clients/${client.id}`}
      nothing={<p>{t("还没有程序账户。需要让业务系统接入时，由管理员新增。", "There are no machine clients yet. An administrator adds one when a program is to be connected.")}</p>}
    />
  );
}
