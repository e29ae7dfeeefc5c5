// One mapping: what it says, how it is changed, and the states it was in.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useId, useRef, useState } from "react";
import { useParams } from "react-router";
import { answered, own, versioned, type Schemas, type Versioned } from "../api/client";
import { everyPage } from "../api/pages";
import { download, moment } from "../format";
import { Act } from "../shape/Act";
import { DetailPage, Section } from "../shape/DetailPage";
import { faultsOf, useComplaints } from "../shape/form/errors";
import { Refused } from "../shape/States";
import { Unsaved } from "../shape/Unsaved";
import { useWords } from "../text";
import { fromMapping, toMapping, type MappingDraft } from "./mappingDraft";
import { MappingEditor } from "./MappingEditor";
import { useMapping } from "./useImports";

type Kept = Schemas["ImportMappingKept"];
type Version = Schemas["ImportMappingVersion"];

export default function MappingPage() {
  const { t } = useWords();
  const id = useParams()["id"] ?? "";
  const query = useMapping(id);
  return (
    <DetailPage query={query}>
      {(kept) => ({
        title: kept.data.name,
        parent: { to: "/import-mappings", title: t("映射", "Mappings") },
        lead: t(`第 ${kept.data.version} 版。修改只影响以后开始的导入。`, `Version ${kept.data.version}. A change concerns imports that begin later.`),
        children: <Form key={kept.version} kept={kept} />,
      })}
    </DetailPage>
  );
}

function Form({ kept }: { kept: Versioned<Kept> }) {
  const { t } = useWords();
  const cache = useQueryClient();
  const label = useId();
  const [name, setName] = useState(kept.data.name);
  const [draft, setDraft] = useState(() => fromMapping(kept.data.mapping));
  const clean = useRef(true);
  const form = useRef<HTMLFormElement>(null);
  const saving = useMutation({
    mutationFn: () => versioned(own.PUT("/v1/import-mappings/{id}", { params: { path: { id: kept.data.id }, header: { "if-match": kept.version } }, body: { name: name.trim(), mapping: toMapping(draft) } })),
    onSuccess: async () => {
      clean.current = true;
      await cache.invalidateQueries({ queryKey: ["/v1/import-mappings"] });
    },
  });
  const errors = useComplaints(faultsOf(saving.error));
  const change = (next: MappingDraft) => { clean.current = false; setDraft(next); };
  const takeUp = (version: Version) => {
    change(fromMapping(version.mapping));
    form.current?.scrollIntoView();
  };
  return (
    <>
    <form ref={form} className="record-form import-steps" noValidate onSubmit={(event) => { event.preventDefault(); saving.mutate(); }}>
      <div className="field">
        <label htmlFor={label}>{t("名称", "Name")}</label>
        <input id={label} value={name} maxLength={100} aria-invalid={errors.has("name") || undefined} onChange={(event) => { clean.current = false; setName(event.target.value); }} />
        {errors.get("name") && <p className="field-error" role="alert">{errors.get("name")}</p>}
      </div>
      <MappingEditor draft={draft} sheet={{ heading: columnsOf(draft), rows: [] }} errors={errors} change={change} />
      {saving.error && errors.size === 0 && <Refused error={saving.error} />}
      <div className="submit">
        <Act action="prepare_import" primary act={() => { if (!saving.isPending) saving.mutate(); }}>{t("保存为新版本", "Save as a new version")}</Act>
        <Button onClick={() => { clean.current = true; saving.reset(); setName(kept.data.name); setDraft(fromMapping(kept.data.mapping)); }}>{t("放弃修改", "Undo the changes")}</Button>
      </div>
      <Unsaved when={() => !clean.current} />
    </form>
    <Versions id={kept.data.id} present={kept.data.version} takeUp={takeUp} />
    </>
  );
}

/** The columns that a mapping names: without a file there are no others. */
function columnsOf(draft: MappingDraft): string[] {
  const fields = [...Object.values(draft.fields), draft.released.on];
  const shares = Object.values(draft.shares).flatMap((share) => [share?.column, ...((share?.one_minus_ratio ?? []) as string[])]);
  const names = [...fields.flatMap((field) => [field.column, field.or]), ...shares, ...draft.identifier.columns, draft.released.column];
  return [...new Set(names.filter((name): name is string => typeof name === "string" && name !== ""))];
}

function Versions({ id, present, takeUp }: { id: string; present: number; takeUp: (version: Version) => void }) {
  const { t } = useWords();
  const query = useQuery({ queryKey: ["/v1/import-mappings", id, "versions"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/import-mappings/{id}/versions", { params: { path: { id }, query }, signal }))) });
  return (
    <Section title={t("历史版本", "Versions")}>
      {query.error && <Refused error={query.error} again={() => void query.refetch()} />}
      <ul className="rows mapping-versions" aria-busy={query.isPending}>
        {query.data?.map((version) => (
          <li key={version.version}>
            <b>{t(`第 ${version.version} 版`, `Version ${version.version}`)}</b> <span lang="zh-CN">{version.name}</span> <time>{moment(version.stated_at)}</time>
            <span className="actions">
              <Button onClick={() => download(`${version.name}-${version.version}.toml`, "application/toml", version.file)}>{t("下载映射文件（TOML）", "Download the mapping file (TOML)")}</Button>
              {version.version !== present && <Act action="prepare_import" act={() => takeUp(version)}>{t("填入此版内容", "Fill in what it said")}</Act>}
            </span>
            <details className="folded"><summary>{t("内容", "What it said")}</summary><pre className="detail" lang="zh-CN">{version.file}</pre></details>
          </li>
        ))}
      </ul>
    </Section>
  );
}
