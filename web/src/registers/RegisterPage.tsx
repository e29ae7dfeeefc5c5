// A register as a list.
import { useLocation } from "react-router";
import { Act } from "../shape/Act";
import { Listing } from "../shape/Listing";
import { Waiting } from "../shape/States";
import NotFoundPage from "../shell/NotFoundPage";
import { useWords } from "../text";
import { registerNamed } from "./catalogue";
import { useAround } from "./useAround";

export default function RegisterPage() {
  const { t } = useWords();
  const name = useLocation().pathname.split("/")[1];
  const register = registerNamed(name);
  const around = useAround();
  if (!register) return <NotFoundPage />;
  if (!around) return <Waiting />;
  return (
    <Listing
      key={register.name}
      path={`/v1/${register.name}`}
      title={t(register.title)}
      lead={t(register.lead)}
      actions={<Act action={register.state} barred={register.barred?.(around) ?? null} to={`/${register.name}/new`} primary>{t(`登记${register.each.zh}`, `New ${register.each.en}`)}</Act>}
      fetch={register.list}
      columns={register.columns(around)}
      filters={register.filters?.(around) ?? []}
      id={(row) => row.id}
      to={(row) => `/${register.name}/${row.id}`}
      nothing={<p>{t("还没有登记。", "There are none yet.")}</p>}
    />
  );
}
