// A new row of a register, one that takes the place of another (?corrects=), or a changed one.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate, useParams, useSearchParams } from "react-router";
import { RecordPage } from "../shape/RecordPage";
import { PageRefused, Waiting } from "../shape/States";
import NotFoundPage from "../shell/NotFoundPage";
import { Page } from "../shape/Page";
import { useWords } from "../text";
import { registerNamed } from "./catalogue";
import type { AnyRegister, Around } from "./describe";
import { useAround } from "./useAround";

export default function RegisterFormPage() {
  const register = registerNamed(useLocation().pathname.split("/")[1]);
  const around = useAround();
  if (!register) return <NotFoundPage />;
  if (!around) return <Waiting />;
  return <RowForm register={register} around={around} />;
}

function RowForm({ register, around }: { register: AnyRegister; around: Around }) {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const [address] = useSearchParams();
  const changed = useParams()["id"];
  const known = changed ?? address.get("corrects") ?? "";
  const query = useQuery({ queryKey: [`/v1/${register.name}`, known], queryFn: ({ signal }) => register.get(known, signal), enabled: known !== "" });
  const barred = register.barred?.(around) ?? null;
  if (barred !== null) return <Page title={t("无权办理", "Not allowed")} lead={barred}>{null}</Page>;
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  if (known !== "" && !query.data) return <Waiting />;
  const row = query.data?.data;
  const initial = row === undefined ? register.initial(around) : changed ? row : (register.corrects?.initial(row as never) ?? {});
  const back = known === "" ? `/${register.name}` : `/${register.name}/${known}`;
  const save = (body: never, id: string) => (changed && register.change ? register.change(changed, query.data?.version ?? "", body) : register.put(body, id));
  return (
    <RecordPage
      title={changed ? t(`修改${register.each.zh}`, `Change the ${register.each.en}`) : t(`登记${register.each.zh}`, `New ${register.each.en}`)}
      parent={{ to: `/${register.name}`, title: t(register.title) }}
      lead={t(register.lead)}
      fields={register.fields(around)}
      initial={initial}
      save={save}
      saved={(saved) => { void cache.invalidateQueries({ queryKey: [`/v1/${register.name}`] }); void go(`/${register.name}/${saved.id}`); }}
      word={t("保存", "Save")}
      cancel={() => void go(back)}
    />
  );
}
