// The document behind a form, to copy, to paste back, or to hand on as a link.
import { Button } from "antd";
import { useState } from "react";
import { useWords } from "../text";

export function JsonPanel({ written, fill }: { written: string; fill: (document: unknown) => void }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [pasted, setPasted] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const pretty = JSON.stringify(JSON.parse(written), null, 2);
  const copy = async (content: string) => {
    await navigator.clipboard.writeText(content);
    setSaid(t("已复制", "Copied"));
  };
  const apply = () => {
    try {
      fill(JSON.parse(pasted ?? pretty));
      setPasted(null);
      setSaid(t("已填入", "Filled in"));
    } catch {
      setSaid(t("不是合法的 JSON，请核对。", "This is not valid JSON: check it."));
    }
  };
  return (
    <>
      <Button onClick={() => setOpen(!open)} aria-expanded={open}>JSON</Button>
      <Button onClick={() => void copy(`${location.origin}${location.pathname}#in=${encodeURIComponent(written)}`)}>{t("复制链接", "Copy link")}</Button>
      <span role="status" className="said">{said}</span>
      {open && (
        <div className="json-panel">
          <textarea aria-label={t("输入的 JSON", "The document as JSON")} rows={10} spellCheck={false} value={pasted ?? pretty} onChange={(event) => setPasted(event.target.value)} />
          <div className="actions">
            <Button onClick={() => void copy(pasted ?? pretty)}>{t("复制 JSON", "Copy JSON")}</Button>
            <Button onClick={apply}>{t("填入表单", "Put into the form")}</Button>
          </div>
        </div>
      )}
    </>
  );
}
