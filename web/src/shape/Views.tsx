// Views of a list under names: its filters, order and columns, kept by the service for whoever keeps them, or for all colleagues.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { everyPage } from "../api/pages";
import { useProfile } from "../session/useSession";
import { text, useWords } from "../text";
import type { FieldsOf } from "./form/field";
import { RecordForm } from "./RecordPage";
import { Refused } from "./States";
import { useAddress } from "./useAddress";

type View = Schemas["SavedViewOut"];

const FIELDS: FieldsOf<Schemas["SavedViewIn"]> = [
  { name: "name", kind: "text", label: text("名称", "name"), hint: text("如：下月到期", "such as: due next month") },
  { name: "shared", kind: "flag", label: text("与本机构同事共享", "shared with colleagues") },
];

/** What of an address a view keeps: not which page, nor which view. */
function kept(address: URLSearchParams): string {
  const query = new URLSearchParams(address);
  for (const name of ["after", "view"]) query.delete(name);
  query.sort();
  return query.toString();
}

const change = (view: View, changed: Partial<View>) => {
  const { list, name, query, columns, shared, removed } = { ...view, ...changed };
  return answered(own.PUT("/v1/saved-views/{id}", { params: { path: { id: view.id }, header: { "if-match": `"${view.version}"` } }, body: { list, name, query, columns, shared, removed } }));
};

export function Views({ list, columns, shown, choose }: { list: string; columns: string[]; shown: string[]; choose: (names: string[]) => void }) {
  const { t } = useWords();
  const me = useProfile().data?.data.id;
  const cache = useQueryClient();
  const [address, setAddress] = useAddress();
  const navigate = useNavigate();
  const query = useQuery({ queryKey: ["/v1/saved-views", list], queryFn: ({ signal }) => everyPage((page) => answered(own.GET("/v1/saved-views", { params: { query: { ...page, list } }, signal }))) });
  const [asking, ask] = useState<"keep" | "rename" | null>(null);
  const [gone, setGone] = useState<View | null>(null);
  const refresh = () => cache.invalidateQueries({ queryKey: ["/v1/saved-views", list] });
  const views = query.data ?? [];
  const chosen = views.find(({ id }) => id === address.get("view"));
  const go = (view: View | undefined) => {
    const next = new URLSearchParams(view?.query ?? "");
    if (view) next.set("view", view.id);
    if (view && view.columns.length > 0) choose(view.columns.filter((name) => columns.includes(name)));
    void navigate(`?${next}`, { flushSync: true });
  };
  // A link may name the view alone.
  const alone = chosen !== undefined && kept(address) === "" && chosen.query !== "";
  useEffect(() => {
    if (alone) go(chosen);
  }, [alone]);
  const changing = useMutation({ mutationFn: ({ view, changed }: { view: View; changed: Partial<View> }) => change(view, changed), onSuccess: refresh });
  const mine = chosen !== undefined && chosen.owner_id === me;
  const differs = chosen !== undefined && (kept(new URLSearchParams(chosen.query)) !== kept(address) || (chosen.columns.length > 0 && chosen.columns.join() !== shown.join()));
  const present = { query: kept(address), columns: shown };
  const keep = (body: { name: string; shared: boolean }, id: string) =>
    asking === "rename" && chosen ? change(chosen, body) : answered(own.PUT("/v1/saved-views/{id}", { params: { path: { id } }, body: { list, ...present, ...body, removed: false } }));
  const saved = async (view: View) => {
    await refresh();
    ask(null);
    setGone(null);
    setAddress({ view: view.id });
  };
  const remove = (view: View) => changing.mutate({ view, changed: { removed: true } }, { onSuccess: (removed) => { setGone(removed); go(undefined); } });
  const bringBack = (view: View) => changing.mutate({ view, changed: { removed: false } }, { onSuccess: async (back) => { setGone(null); await refresh(); go(back); } });
  const choices = (title: string, some: View[]) => some.length > 0 && <optgroup label={title}>{some.map((view) => <option key={view.id} value={view.id}>{view.name}</option>)}</optgroup>;
  return (
    <section className="views no-print" aria-label={t("视图", "Views")}>
      <label>
        <span>{t("视图", "View")}</span>
        <select value={chosen?.id ?? ""} onChange={(event) => go(views.find(({ id }) => id === event.target.value))}>
          <option value="">{t("全部（未选视图）", "all (no view)")}</option>
          {choices(t("我的", "mine"), views.filter(({ owner_id }) => owner_id === me))}
          {choices(t("同事共享", "shared by colleagues"), views.filter(({ owner_id }) => owner_id !== me))}
        </select>
      </label>
      <Button onClick={() => ask("keep")}>{t("保存为视图", "Keep as a view")}</Button>
      {mine && differs && <Button onClick={() => changing.mutate({ view: chosen, changed: present })}>{t("更新此视图", "Update this view")}</Button>}
      {mine && <Button onClick={() => ask("rename")}>{t("改名或共享", "Rename or share")}</Button>}
      {mine && <Button danger onClick={() => remove(chosen)}>{t("删除视图", "Remove the view")}</Button>}
      {differs && <span className="count">{t("条件、排序或列与视图不同", "differs from the view")}</span>}
      {gone && <p role="status">{t(`已删除视图“${gone.name}”。`, `The view “${gone.name}” is removed.`)} <button type="button" className="link-button" onClick={() => bringBack(gone)}>{t("撤销", "Undo")}</button></p>}
      {query.data && address.get("view") && !chosen && !gone && <p role="status">{t("没有这个视图，或已被删除。", "There is no such view, or it was removed.")}</p>}
      {changing.error && <Refused error={changing.error} />}
      {query.error && <Refused error={query.error} again={() => void query.refetch()} />}
      {asking && <RecordForm key={asking === "rename" ? chosen?.id : asking} fields={FIELDS} initial={asking === "rename" && chosen ? { name: chosen.name, shared: chosen.shared } : { name: "", shared: false }} save={keep} saved={(view: View) => void saved(view)} word={asking === "rename" ? t("保存", "Save") : t("保存视图", "Keep the view")} cancel={() => ask(null)} />}
    </section>
  );
}
