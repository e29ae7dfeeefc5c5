// What is shown once and never again: a link, a secret, recovery codes; copied or printed before one goes on.
import { Button } from "antd";
import { useRef, useState, type ReactNode } from "react";
import { useWords } from "../text";
import { Unsaved } from "./Unsaved";

interface Props {
  title: string;
  lead: ReactNode;
  /** Each with what it is called. */
  secrets: { label: string; value: string }[];
  /** The word on the button that puts it away. */
  word?: string;
  /** What whoever leaves without it would have to do. */
  otherwise: string;
  done: () => void;
}

export function Once({ title, lead, secrets, word, otherwise, done }: Props) {
  const { t } = useWords();
  const kept = useRef(false);
  const put = () => {
    kept.current = true;
    done();
  };
  return (
    <section className="once" aria-label={title}>
      <h2>{title}</h2>
      <p>{lead}</p>
      <dl>
        {secrets.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <code className="secret">{value}</code>
              <Copy value={value} what={label} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="warning">{t("离开本页后不再显示，也无法找回。", "Once you leave this page it is never shown again, and nobody can find it.")}</p>
      <div className="actions no-print">
        <Button type="primary" onClick={put}>{word ?? t("我已保存", "I have kept it")}</Button>
        <Button onClick={() => window.print()}>{t("打印", "Print")}</Button>
      </div>
      <Unsaved when={() => !kept.current} title={t(`${title}还在屏幕上`, `Still on the screen: ${title}`)} detail={otherwise} />
    </section>
  );
}

/** Copies a text; where the browser has no clipboard (plain http) it selects it instead. */
export function Copy({ value, what }: { value: string; what: string }) {
  const { t } = useWords();
  const [said, setSaid] = useState("");
  const copy = (event: React.MouseEvent<HTMLElement>) => {
    const code = event.currentTarget.parentElement?.querySelector("code");
    const select = () => {
      if (code) getSelection()?.selectAllChildren(code);
      setSaid(t("已选中，请按 Ctrl+C 复制", "selected: press Ctrl+C"));
    };
    if (!("clipboard" in navigator)) return select();
    navigator.clipboard.writeText(value).then(() => setSaid(t("已复制", "copied")), select);
  };
  return (
    <>
      <Button size="small" className="no-print" aria-label={t(`复制${what}`, `Copy ${what}`)} onClick={copy}>{t("复制", "Copy")}</Button>
      <span className="said no-print" role="status">{said}</span>
    </>
  );
}
