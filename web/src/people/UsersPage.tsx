// The people of the institution.
import { answered, own, type Schemas } from "../api/client";
import { Act } from "../shape/Act";
import { choices } from "../shape/form/field";
import { Listing, type Column, type Filter } from "../shape/Listing";
import { useProfile } from "../session/useSession";
import { text, useWords } from "../text";
import { ACCOUNT_STATUSES, ROLES } from "../words";

type User = Schemas["UserOut"];

export default function UsersPage() {
  const { t } = useWords();
  const roles = useProfile().data?.data.roles ?? [];
  const columns: Column<User>[] = [
    { name: "name", title: text("用户名", "User name"), value: (user) => user.name },
    { name: "display_name", title: text("姓名", "Name"), value: (user) => user.display_name },
    { name: "role", title: text("角色", "Role"), value: (user) => t(ROLES[user.role]) },
    { name: "status", title: text("状态", "Status"), value: (user) => t(ACCOUNT_STATUSES[user.status]), cell: (user) => <span className={`badge status-${user.status}`}>{t(ACCOUNT_STATUSES[user.status])}</span> },
    { name: "offboarded_on", title: text("离职日", "Left on"), value: (user) => user.offboarded_on ?? "" },
    { name: "id", title: text("编号", "Id"), value: (user) => user.id, cell: (user) => <code>{user.id}</code>, hidden: true },
  ];
  const filters: Filter[] = [
    { name: "role", title: text("角色", "Role"), kind: "choice", choices: choices(ROLES).filter(({ value }) => roles.includes(value as User["role"])) },
    { name: "status", title: text("状态", "Status"), kind: "choice", choices: choices(ACCOUNT_STATUSES) },
  ];
  return (
    <Listing
      path="/v1/users"
      title={t("用户", "Users")}
      lead={t("本机构的人员。每人一个角色，因此没有人能复核自己。", "Our people. Each has one role, so that nobody checks the own work.")}
      actions={<Act action="manage_users" to="/users/new" primary>{t("新增用户", "Add a user")}</Act>}
      fetch={(query, signal) => answered(own.GET("/v1/users", { params: { query }, signal }))}
      columns={columns}
      filters={filters}
      id={(user) => user.id}
      to={(user) => `/users/${user.id}`}
      nothing={<p>{t("还没有用户。", "There are no users yet.")}</p>}
    />
  );
}
