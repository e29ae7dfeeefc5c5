// A file brought in steps: the file, what its columns mean with what the first rows then say, and the dry run.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Upload } from "antd";
import { useId, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { answered, own, Refusal, type Schemas } from "../api/client";
import { newId } from "../id";
import { useToday } from "../institutions/useMemberships";
import { Act } from "../shape/Act";
import { faultsOf, useComplaints } from "../shape/form/errors";
import { Page } from "../shape/Page";
import { PageRefused, Refused, Waiting } from "../shape/States";
import { Steps } from "../shape/Steps";
import { Unsaved } from "../shape/Unsaved";
import { useRested } from "../shape/useRested";
import { text, useWords, type Text } from "../text";
import { begun, fromMapping, toMapping, type MappingDraft } from "./mappingDraft";
import { MappingEditor } from "./MappingEditor";
import { Preview } from "./Preview";
import { bring, useFile, useMappings, useMappingUsed } from "./useImports";

const STEPS = ["file", "mapping", "try"] as const;
type Step = (typeof STEPS)[number];

const STEP_TITLES: Record<Step, Text> = { file: text("文件", "File"), mapping: text("各栏的含义", "What the columns mean"), try: text("试运行", "Dry run") };

/** How long after the last change the service is asked. */
const PAUSE_MS = 500;

export default function NewImportPage() {
  const { t } = useWords();
  const [address, setAddress] = useSearchParams();
  const today = useToday();
  const [from, fileId, kept] = [address.get("from") ?? "", address.get("file") ?? "", address.get("mapping") ?? ""];
  const file = useFile(fileId);
  const used = useMappingUsed(from);
  const mappings = useMappings();
  if (today === undefined || (fileId !== "" && file.isPending) || (from !== "" && used.isPending) || mappings.isPending) return <Waiting />;
  const refused = file.error ?? used.error ?? mappings.error;
  if (refused) return <PageRefused error={refused} />;
  const brought = (id: string) => setAddress((before) => { before.set("file", id); before.set("step", "mapping"); return before; });
  const chosen = mappings.data?.find((mapping) => mapping.id === kept)?.mapping ?? used.data;
  return (
    <ImportSteps
      key={`${fileId} ${kept} ${from}`}
      file={file.data ?? null}
      initial={chosen ? fromMapping(chosen) : begun(file.data?.heading ?? [], today)}
      kept={mappings.data ?? []}
      brought={brought}
      title={from === "" ? t("导入文件", "Import a file") : t("上传更正后的文件", "Upload a corrected file")}
    />
  );
}

interface ImportStepsProps {
  title: string;
  file: Schemas["ImportFileGlance"] | null;
  initial: MappingDraft;
  kept: Schemas["ImportMappingKept"][];
  brought: (id: string) => void;
}

function ImportSteps({ title, file, initial, kept, brought }: ImportStepsProps) {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const [address, setAddress] = useSearchParams();
  const asked = address.get("step");
  const step: Step = file === null ? "file" : asked === "file" || asked === "try" ? asked : "mapping";
  const [draft, setDraft] = useState(initial);
  const [name, setName] = useState("");
  const [ids] = useState(() => ({ job: newId(), mapping: newId() }));
  const clean = useRef(true);
  const mapping = toMapping(draft);
  const preview = usePreview(file?.file.id ?? "", mapping, step !== "file");
  const trying = useMutation({
    mutationFn: async () => {
      if (!file) return;
      const keep = name.trim();
      if (keep !== "") await answered(own.PUT("/v1/import-mappings/{id}", { params: { path: { id: ids.mapping } }, body: { name: keep, mapping } }));
      // Kept and unchanged, it is named as what it is.
      const same = clean.current ? address.get("mapping") : null;
      const how = keep !== "" ? { mapping_id: ids.mapping } : same ? { mapping_id: same } : { mapping };
      await answered(own.PUT("/v1/imports/{id}", { params: { path: { id: ids.job } }, body: { file_id: file.file.id, ...how } }));
      clean.current = true;
      await Promise.all(["/v1/imports", "/v1/import-mappings"].map((path) => cache.invalidateQueries({ queryKey: [path] })));
      void go(`/imports/${ids.job}`);
    },
  });
  const errors = useComplaints(faultsOf(trying.error instanceof Refusal ? trying.error : preview.error));
  const change = (next: MappingDraft) => { clean.current = false; trying.reset(); setDraft(next); };
  const to = (next: Step) => setAddress((before) => { before.set("step", next); return before; });
  const choose = (id: string) => { clean.current = true; setAddress((before) => { if (id === "") before.delete("mapping"); else before.set("mapping", id); return before; }, { replace: true }); };
  const ready = preview.data !== undefined && preview.error === null;
  const barred = ready ? null : t("映射还不能使用，请先更正标出的项目。", "The mapping cannot be used yet: correct what is marked.");
  return (
    <Page title={title} parent={{ to: "/imports", title: t("既有业务导入", "Imports") }} lead={t("分三步；试运行核对全部行并按规则评估，不登记任何业务。", "Three steps; the dry run reads and judges every row and books nothing.")}>
      <div className="import-steps record-form">
        <Steps
          steps={STEPS.map((each) => ({ step: each, title: t(STEP_TITLES[each]), disabled: file === null && each !== "file", wrong: each === "mapping" && errors.size > 0 ? t(`${errors.size} 处待更正`, `${errors.size} to correct`) : null }))}
          present={step} to={to}
        />
        {step === "file" && <Drop brought={brought} />}
        {file && <FileFacts file={file} />}
        {step === "file" && file && <div className="submit"><Button type="primary" onClick={() => to("mapping")}>{t("下一步", "Next")}</Button></div>}
        {step === "mapping" && file && (
          <>
            <Kept kept={kept} value={address.get("mapping") ?? ""} choose={choose} />
            <MappingEditor draft={draft} sheet={file} errors={errors} change={change} />
            {preview.error && errors.size > 0 ? <p className="notice" role="status">{t(`还有 ${errors.size} 处待更正，更正后显示前几行的读取结果。`, `${errors.size} to correct; what the first rows say is shown then.`)}</p> : <Preview preview={preview.data ?? null} busy={preview.isFetching} />}
            {preview.error && errors.size === 0 && <Refused error={preview.error} again={() => void preview.refetch()} />}
            <div className="submit">
              <Act primary barred={barred} act={() => to("try")}>{t("下一步", "Next")}</Act>
              <Button onClick={() => to("file")}>{t("上一步", "Back")}</Button>
            </div>
          </>
        )}
        {step === "try" && file && (
          <>
            <Preview preview={preview.data ?? null} busy={preview.isFetching} />
            <Name value={name} change={setName} complaint={errors.get("name")} />
            {trying.error && !errors.has("name") && <Refused error={trying.error} />}
            <div className="submit">
              <Act primary action="prepare_import" barred={barred} act={() => { if (!trying.isPending) trying.mutate(); }}>{t("开始试运行", "Begin the dry run")}</Act>
              <Button onClick={() => to("mapping")}>{t("上一步", "Back")}</Button>
            </div>
          </>
        )}
      </div>
      <Unsaved when={() => !clean.current} />
    </Page>
  );
}

/** What the first rows say by the mapping as it stands; asked when it has not changed for a while. */
function usePreview(file: string, mapping: object, enabled: boolean) {
  const asked = useRested(JSON.stringify(mapping), PAUSE_MS);
  return useQuery({
    queryKey: ["/v1/import-files", file, "preview", asked],
    queryFn: ({ signal }) => answered(own.POST("/v1/import-files/{id}/previews", { params: { path: { id: file } }, body: JSON.parse(asked) as Schemas["ImportMapping"], signal })),
    enabled: enabled && file !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
}

function Drop({ brought }: { brought: (id: string) => void }) {
  const { t } = useWords();
  const [far, setFar] = useState<number | null>(null);
  const sending = useMutation({
    mutationFn: async (file: File) => {
      setFar(0);
      const id = newId();
      await bring(file, id, setFar);
      return id;
    },
    onSuccess: brought,
    onSettled: () => setFar(null),
  });
  return (
    <div className="drop">
      <Upload.Dragger accept=".csv,.txt,text/csv,text/plain" multiple={false} showUploadList={false} disabled={sending.isPending} beforeUpload={(file) => { sending.mutate(file); return false; }}>
        <p><b>{t("把 CSV 文件拖到这里，或点击选择", "Drop a CSV file here, or choose one")}</b></p>
        <p className="field-hint">{t("第一行为各栏名称；UTF-8 或 GB18030；电子表格请先另存为 CSV", "the first line names the columns; UTF-8 or GB 18030; save a spreadsheet as CSV first")}</p>
      </Upload.Dragger>
      {far !== null && (
        <div className="going">
          <progress aria-label={t("上传进度", "Upload")} max={1000} value={far} />
          <p role="status">{far < 1000 ? t(`正在上传 ${Math.floor(far / 10)}%`, `Uploading ${Math.floor(far / 10)} %`) : t("正在检查文件……", "The file is being checked…")}</p>
        </div>
      )}
      {sending.error && <Refused error={sending.error} />}
    </div>
  );
}

function FileFacts({ file: { file, heading } }: { file: Schemas["ImportFileGlance"] }) {
  const { t } = useWords();
  return (
    <p className="notice">
      <b lang="zh-CN">{file.name}</b> · {t(`${file.rows} 行，${heading.length} 栏`, `${file.rows} rows, ${heading.length} columns`)} · {file.encoding === "utf-8" ? "UTF-8" : "GB18030"}
      {file.forgotten_at && <> · {t("内容已清除，请重新上传", "forgotten: upload it again")}</>}
    </p>
  );
}

function Kept({ kept, value, choose }: { kept: Schemas["ImportMappingKept"][]; value: string; choose: (id: string) => void }) {
  const { t } = useWords();
  const id = useId();
  if (kept.length === 0) return null;
  return (
    <div className="field">
      <label htmlFor={id}>{t("使用已保存的映射", "A mapping that is kept")}</label>
      <select id={id} value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">{t("— 新的映射 —", "— a new one —")}</option>
        {kept.map((mapping) => <option key={mapping.id} value={mapping.id}>{mapping.name}</option>)}
      </select>
    </div>
  );
}

function Name({ value, change, complaint }: { value: string; change: (value: string) => void; complaint: string | undefined }) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t("将映射保存为", "Keep the mapping as")}<span className="optional">{t("（可空）", " (optional)")}</span></label>
      <input id={id} value={value} maxLength={100} aria-invalid={complaint ? true : undefined} onChange={(event) => change(event.target.value)} />
      {complaint ? <p className="field-error" role="alert">{complaint}</p> : <p className="field-hint">{t("以后导入同样格式的文件时可直接选用", "to be chosen when a file of the same form is imported")}</p>}
    </div>
  );
}
