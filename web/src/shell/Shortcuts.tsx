// The keys that work everywhere; none acts while somebody types, but the one that opens the search.
import { Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useProfile, useReasons } from "../session/useSession";
import { text, useWords } from "../text";
import { areasFor } from "./areas";

const KEYS = [
  { keys: "Ctrl K", what: text("搜索合同、客户、页面、规则和计算器", "search contracts, clients, pages, rules and calculators") },
  { keys: "/", what: text("在本页搜索，否则全局搜索", "search this page, or everything") },
  { keys: "?", what: text("显示快捷键", "show the keys") },
];

/** The ways with a key that the reader may take. */
function useWays() {
  const profile = useProfile().data?.data;
  const reasons = useReasons();
  return areasFor(profile).flatMap((area) => area.ways).filter((way) => way.key !== undefined && reasons(way.action) === null);
}

export function ShortcutTable() {
  const { t } = useWords();
  const ways = useWays().map((way) => ({ keys: `g ${way.key}`, what: text(`到${way.title.zh}`, `go to ${way.title.en}`) }));
  return (
    <dl className="facts keys">
      {[...KEYS, ...ways].map(({ keys, what }) => <div className="fact" key={keys}><dt><kbd>{keys}</kbd></dt><dd>{t(what)}</dd></div>)}
    </dl>
  );
}

const types = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/** Whether a dialog stands before the page; one that is closed may stay in the document unseen, or fade for a moment. */
const stands = () => [...document.querySelectorAll("[role=dialog]")].some((dialog) => dialog.checkVisibility() && !dialog.matches("[class*=-leave]"));

export function Shortcuts({ search }: { search: () => void }) {
  const { t } = useWords();
  const go = useNavigate();
  const ways = useWays();
  const [open, setOpen] = useState(false);
  // Outlives the effect: a page that comes in between the two keys of a way is drawn anew.
  const before = useRef("");
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        return search();
      }
      if (types(event.target) || event.ctrlKey || event.metaKey || event.altKey || stands()) return;
      const way = before.current === "g" ? ways.find((way) => way.key === event.key) : undefined;
      before.current = event.key;
      if (way) return void go(way.to);
      if (event.key === "?") setOpen(true);
      if (event.key === "/") {
        event.preventDefault();
        const here = document.getElementById("search");
        if (here) here.focus();
        else search();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  return (
    <Modal title={t("快捷键", "Keys")} open={open} onCancel={() => setOpen(false)} footer={null}>
      <ShortcutTable />
    </Modal>
  );
}
