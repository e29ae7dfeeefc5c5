// One row of a register, and what may be done with it.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useParams } from "react-router";
import { Act } from "../shape/Act";
import { DetailPage, Facts, Section } from "../shape/DetailPage";
import { RecordForm } from "../shape/RecordPage";
import { Waiting } from "../shape/States";
import NotFoundPage from "../shell/NotFoundPage";
import { useWords } from "../text";
import { registerNamed } from "./catalogue";
import type { AnyRegister, Around } from "./describe";
import { UNTIL } from "./parts";
import { useAround } from "./useAround";

export default function RegisterRowPage() {
  const register = registerNamed(useLocation().pathname.split("/")[1]);
  const around = useAround();
  if (!register) return <NotFoundPage />;
  if (!around) return <Waiting />;
  return <Row register={register} around={around} />;
}

function Row({ register, around }: { register: AnyRegister; around: Around }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const id = useParams()["id"] ?? "";
  const [ending, setEnding] = useState(false);
  const query = useQuery({ queryKey: [`/v1/${register.name}`, id], queryFn: ({ signal }) => register.get(id, signal) });
  const { end, change, corrects, More } = register;
  return (
    <DetailPage query={query}>
      {({ data: row, version }) => {
        const barred = register.othersRow?.(row as never, around) ?? register.barred?.(around) ?? null;
        const save = (body: { until?: string | null }) => (end ? end(id, version, body) : Promise.reject(new Error("it has no end")));
        return {
          title: register.nameOf(row as never, around),
          parent: { to: `/${register.name}`, title: t(register.title) },
          actions: (
            <>
              {change && <Act action={register.state} barred={barred} to={`/${register.name}/${id}/change`}>{t("修改", "Change")}</Act>}
              {corrects && <Act action={register.state} barred={barred} to={`/${register.name}/new?corrects=${id}`}>{t(corrects.word)}</Act>}
              {end && !ending && <Act action={register.state} barred={barred} act={() => setEnding(true)}>{t("修改终止日", "Change the end")}</Act>}
            </>
          ),
          children: (
            <>
              <Section title={t(register.each)}>
                <Facts facts={[...register.facts(row as never, around).map(([label, value]): [string, typeof value] => [t(label), value]), [t("编号", "Id"), <code key="id">{row.id}</code>]]} />
              </Section>
              {ending && (
                <Section title={t("修改终止日", "Change the end")}>
                  <RecordForm fields={[UNTIL]} initial={row} save={save} saved={() => { void cache.invalidateQueries({ queryKey: [`/v1/${register.name}`] }); setEnding(false); }} word={t("保存终止日", "Save the end")} cancel={() => setEnding(false)} />
                </Section>
              )}
              {More && <More row={row as never} />}
            </>
          ),
        };
      }}
    </DetailPage>
  );
}
