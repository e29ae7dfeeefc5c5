// What one does with a list: choose its columns, and take all that is listed home as CSV.
import { Button } from "antd";
import { useState } from "react";
import { csv, download } from "../format";
import { useWords } from "../text";
import type { Asked, Column } from "./Listing";
import { Refused } from "./States";

/** The longest page that the service gives, and how many of them a file takes. */
const [LONGEST, MOST] = [200, 50];

/** Which columns are shown: a habit of this browser, not a state of the page. */
export function useColumns<Row>(path: string, columns: Column<Row>[]): [Column<Row>[], (names: string[]) => void] {
  const key = `zengxin.columns${path}`;
  const [names, setNames] = useState<string[] | null>(() => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null") as string[] | null;
    } catch {
      return null;
    }
  });
  const shown = columns.filter((column, place) => place === 0 || (names ? names.includes(column.name) : !column.hidden));
  return [shown, (next) => { localStorage.setItem(key, JSON.stringify(next)); setNames(next); }];
}

export function Columns<Row>({ columns, shown, choose }: { columns: Column<Row>[]; shown: Column<Row>[]; choose: (names: string[]) => void }) {
  const { t } = useWords();
  const names = shown.map((column) => column.name);
  return (
    <details className="columns">
      <summary>{t("选择列", "Columns")}</summary>
      <div className="columns-list">
        {columns.map((column, place) => (
          <label key={column.name}>
            <input type="checkbox" disabled={place === 0} checked={names.includes(column.name)} onChange={(event) => choose(event.target.checked ? [...names, column.name] : names.filter((name) => name !== column.name))} />
            {t(column.title)}
          </label>
        ))}
      </div>
    </details>
  );
}

export function Export<Row>({ path, columns, shown, fetch }: { path: string; columns: Column<Row>[]; shown: Column<Row>[]; fetch: (asked: Asked) => Promise<{ items: Row[]; next?: string | null }> }) {
  const { t } = useWords();
  const [state, setState] = useState<{ busy: boolean; error: unknown; cut: boolean }>({ busy: false, error: null, cut: false });
  const save = async () => {
    setState({ busy: true, error: null, cut: false });
    try {
      const rows: Row[] = [];
      let after: string | undefined;
      let pages = 0;
      do {
        const page: { items: Row[]; next?: string | null } = await fetch({ after, limit: LONGEST });
        rows.push(...page.items);
        after = page.next ?? undefined;
        pages += 1;
      } while (after !== undefined && pages < MOST);
      const taken = columns.filter((column) => shown.includes(column));
      download(`${path.split("/").pop()}.csv`, "text/csv", csv([taken.map((column) => t(column.title)), ...rows.map((row) => taken.map((column) => column.value(row)))]));
      setState({ busy: false, error: null, cut: after !== undefined });
    } catch (error) {
      setState({ busy: false, error, cut: false });
    }
  };
  return (
    <>
      <Button onClick={() => void save()} loading={state.busy}>{t("导出 CSV", "Export CSV")}</Button>
      {state.cut && <span role="status">{t(`只导出了前 ${MOST * LONGEST} 条，请缩小条件。`, `Only the first ${MOST * LONGEST} were taken: narrow the conditions.`)}</span>}
      {state.error !== null && <Refused error={state.error} />}
    </>
  );
}
