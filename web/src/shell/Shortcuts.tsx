// The keys that work everywhere; none acts while somebody types.
import { Modal } from "antd";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { text, useWords } from "../text";

const KEYS = [
  { keys: "/", what: text("搜索规则", "search the rules") },
  { keys: "g r", what: text("到规则手册", "go to the rulebook") },
  { keys: "g c", what: text("到计算器", "go to the calculators") },
  { keys: "g h", what: text("到帮助", "go to help") },
  { keys: "?", what: text("显示快捷键", "show the keys") },
];

const WAYS: Record<string, string> = { r: "/rules", c: "/calculators", h: "/help" };

export function ShortcutTable() {
  const { t } = useWords();
  return (
    <dl className="facts keys">
      {KEYS.map(({ keys, what }) => [<dt key={keys}><kbd>{keys}</kbd></dt>, <dd key={`${keys} what`}>{t(what)}</dd>])}
    </dl>
  );
}

const types = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

export function Shortcuts() {
  const { t } = useWords();
  const go = useNavigate();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let before = "";
    const press = (event: KeyboardEvent) => {
      if (types(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const way = before === "g" ? WAYS[event.key] : undefined;
      before = event.key;
      if (way) return void go(way);
      if (event.key === "?") setOpen(true);
      if (event.key === "/") {
        event.preventDefault();
        const search = document.getElementById("search");
        if (search) search.focus();
        else void Promise.resolve(go("/rules")).then(() => setTimeout(() => document.getElementById("search")?.focus(), 300));
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [go]);
  return (
    <Modal title={t("快捷键", "Keys")} open={open} onCancel={() => setOpen(false)} footer={null}>
      <ShortcutTable />
    </Modal>
  );
}
