// A list that the service keeps: filters in the address, keyset pages, a choice of columns, and all that is listed as CSV.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { Link, useLocation, useNavigate, useSearchParams } from "react-router";
import { csv, download } from "../format";
import { useWords, type Text } from "../text";
import type { Choice } from "./form/field";
import { ListPage, type PageProps } from "./Page";
import { Empty, PageRefused, Refused, Waiting } from "./States";

export interface Column<Row> {
  name: string;
  title: Text;
  /** As it stands in a file. */
  value: (row: Row) => string;
  /** As it stands in the table, when that is more than its value. */
  cell?: (row: Row) => ReactNode;
  /** Whether it is a figure, to be compared down the column. */
  figure?: boolean;
  /** Not shown until somebody chooses it. */
  hidden?: boolean;
}

export type Filter = { name: string; title: Text } & ({ kind: "choice"; choices: readonly Choice[] } | { kind: "search"; example: Text } | { kind: "day" } | { kind: "own"; input: (value: string, set: (value: string) => void) => ReactNode });

/** What the service is asked: the filters, and which page. */
export type Asked = Record<string, string | number | undefined>;

interface Props<Row> extends Omit<PageProps, "children"> {
  /** The address of the list, which also names it in the cache. */
  path: string;
  fetch: (asked: Asked, signal: AbortSignal | undefined) => Promise<{ items: Row[]; next?: string | null }>;
  columns: Column<Row>[];
  filters: Filter[];
  id: (row: Row) => string;
  /** Where a row leads; its first column is the link. */
  to?: (row: Row) => string;
  /** What to do when there is nothing yet. */
  nothing: ReactNode;
  /** Between the title and the list. */
  above?: ReactNode;
}

const PAGE = 50;
/** The longest page that the service gives, and how many of them a file takes. */
const [LONGEST, MOST] = [200, 50];

export function Listing<Row>({ path, fetch, columns, filters, id, to, nothing, actions, above, ...page }: Props<Row>) {
  const { t } = useWords();
  const [address, setAddress] = useSearchParams();
  const asked = Object.fromEntries(filters.map(({ name }) => [name, address.get(name) ?? ""] as const).filter(([, value]) => value !== ""));
  const after = address.get("after") ?? undefined;
  const query = useQuery({ queryKey: [path, "list", asked, after], queryFn: ({ signal }) => fetch({ ...asked, after, limit: PAGE }, signal), placeholderData: keepPreviousData });
  const [shown, choose] = useColumns(path, columns);
  const filtered = Object.keys(asked).length > 0;
  // A change of the filters begins with the first page.
  const set = (name: string, value: string) =>
    setAddress((before) => {
      before.delete("after");
      if (value === "") before.delete(name);
      else before.set(name, value);
      return before;
    }, { replace: true });
  const clear = () => setAddress((before) => { for (const { name } of filters) before.delete(name); before.delete("after"); return before; }, { replace: true });

  if (query.isPending) return <Waiting />;
  if (query.error && !query.data) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  const rows = query.data.items;
  return (
    <ListPage
      {...page}
      actions={<>{actions}<Export path={path} columns={columns} shown={shown} fetch={(more) => fetch({ ...asked, ...more }, undefined)} /><Columns columns={columns} shown={shown} choose={choose} /></>}
      above={above}
      filters={filters.length > 0 && filters.map((filter) => <FilterInput key={filter.name} filter={filter} value={asked[filter.name] ?? ""} set={(value) => set(filter.name, value)} />)}
      count={rows.length > 0 || after ? t(`本页 ${rows.length} 条${query.data.next ? "，后面还有" : after ? "，已是最后一页" : "，已全部列出"}`, `${rows.length} on this page${query.data.next ? ", more follow" : after ? ", the last page" : ", all there are"}`) : ""}
      empty={rows.length > 0 ? null : (
        <Empty>
          {filtered || after ? <p>{t("没有符合条件的记录。", "Nothing fits.")}</p> : nothing}
          {(filtered || after) && <Button onClick={clear}>{t("清除条件", "Clear the conditions")}</Button>}
        </Empty>
      )}
    >
      {query.error && <Refused error={query.error} again={() => void query.refetch()} />}
      <div className="listing" aria-busy={query.isFetching}>
        <table>
          <thead><tr>{shown.map((column) => <th key={column.name} scope="col" className={column.figure ? "figure" : undefined}>{t(column.title)}</th>)}</tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={id(row)}>
                {shown.map((column, place) => (
                  <td key={column.name} data-title={t(column.title)} className={column.figure ? "figure" : undefined}>
                    {place === 0 && to ? <Link to={to(row)}>{column.cell?.(row) ?? column.value(row)}</Link> : (column.cell?.(row) ?? column.value(row))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager after={after} next={query.data.next ?? null} />
    </ListPage>
  );
}

function FilterInput({ filter, value, set }: { filter: Filter; value: string; set: (value: string) => void }) {
  const { t } = useWords();
  if (filter.kind === "search") return <Search filter={filter} value={value} set={set} />;
  if (filter.kind === "own") return filter.input(value, set);
  if (filter.kind === "day") {
    return (
      <label>
        <span>{t(filter.title)}</span>
        <input type="date" value={value} onChange={(event) => set(event.target.value)} />
      </label>
    );
  }
  return (
    <label>
      <span>{t(filter.title)}</span>
      <select value={value} onChange={(event) => set(event.target.value)}>
        <option value="">{t("全部", "all")}</option>
        {filter.choices.map((choice) => <option key={choice.value} value={choice.value}>{t(choice.label)}</option>)}
      </select>
    </label>
  );
}

/** How long after the last key the service is asked. */
const PAUSE_MS = 300;

function Search({ filter, value, set }: { filter: Filter & { kind: "search" }; value: string; set: (value: string) => void }) {
  const { t } = useWords();
  // Kept here too: an input method composes characters, which must not wait for the address.
  const [words, setWords] = useState(value);
  useEffect(() => {
    if (value === "") setWords("");
  }, [value]);
  useEffect(() => {
    if (words.trim() === value) return undefined;
    const later = setTimeout(() => set(words.trim()), PAUSE_MS);
    return () => clearTimeout(later);
  }, [words]);
  return (
    <label className="grow">
      <span>{t(filter.title)}</span>
      <input type="search" id="search" value={words} maxLength={50} placeholder={t(filter.example)} onChange={(event) => setWords(event.target.value)} />
    </label>
  );
}

function Pager({ after, next }: { after: string | undefined; next: string | null }) {
  const { t } = useWords();
  const go = useNavigate();
  const { search, state } = useLocation();
  const at = (key: string | null) => {
    const query = new URLSearchParams(search);
    if (key === null) query.delete("after");
    else query.set("after", key);
    return `?${query}`;
  };
  const turned = (state as { turned?: number } | null)?.turned ?? 0;
  if (!after && !next) return null;
  return (
    <nav className="pager no-print" aria-label={t("分页", "Pages")}>
      {after && <Button onClick={() => void go(at(null))}>{t("首页", "First")}</Button>}
      {turned > 0 && <Button onClick={() => void go(-1)}>{t("上一页", "Previous")}</Button>}
      {next && <Button onClick={() => void go(at(next), { state: { turned: turned + 1 } })}>{t("下一页", "Next")}</Button>}
    </nav>
  );
}

/** Which columns are shown: a habit of this browser, not a state of the page. */
function useColumns<Row>(path: string, columns: Column<Row>[]): [Column<Row>[], (names: string[]) => void] {
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

function Columns<Row>({ columns, shown, choose }: { columns: Column<Row>[]; shown: Column<Row>[]; choose: (names: string[]) => void }) {
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

function Export<Row>({ path, columns, shown, fetch }: { path: string; columns: Column<Row>[]; shown: Column<Row>[]; fetch: (asked: Asked) => Promise<{ items: Row[]; next?: string | null }> }) {
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
