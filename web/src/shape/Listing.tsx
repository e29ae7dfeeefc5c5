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
  /** The word by which the service puts the list in the order of this column. */
  sort?: string;
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
  /** The column whose order the list has when nobody has chosen one, the largest first. */
  sorted?: string;
  /** Rows can be chosen, to do something with several at once. */
  pick?: Pick<Row>;
}

/** Which rows are chosen, of the page that is shown. */
export interface Pick<Row> {
  chosen: ReadonlyMap<string, Row>;
  choose: (rows: ReadonlyMap<string, Row>) => void;
  /** What a row is called. */
  name: (row: Row) => string;
}

const PAGE = 50;
/** The longest page that the service gives, and how many of them a file takes. */
const [LONGEST, MOST] = [200, 50];

export function Listing<Row>({ path, fetch, columns, filters, id, to, nothing, actions, above, sorted, pick, ...page }: Props<Row>) {
  const { t } = useWords();
  const [address, setAddress] = useSearchParams();
  const asked = Object.fromEntries(filters.map(({ name }) => [name, address.get(name) ?? ""] as const).filter(([, value]) => value !== ""));
  const by = { sort: address.get("sort") ?? "", order: address.get("order") ?? "" };
  const order = Object.fromEntries(Object.entries(by).filter(([, value]) => sorted !== undefined && value !== ""));
  const after = address.get("after") ?? undefined;
  const query = useQuery({ queryKey: [path, "list", asked, order, after], queryFn: ({ signal }) => fetch({ ...asked, ...order, after, limit: PAGE }, signal), placeholderData: keepPreviousData });
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
  const sortBy = (name: string, ascending: boolean) =>
    setAddress((before) => {
      before.delete("after");
      before.set("sort", name);
      if (ascending) before.set("order", "ascending");
      else before.delete("order");
      return before;
    }, { replace: true });
  const clear = () => setAddress((before) => { for (const { name } of filters) before.delete(name); before.delete("after"); return before; }, { replace: true });

  if (query.isPending) return <Waiting />;
  if (query.error && !query.data) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  const rows = query.data.items;
  const sorting: Sorting | null = sorted === undefined ? null : { by: by.sort === "" ? sorted : by.sort, ascending: by.order === "ascending", set: sortBy };
  return (
    <ListPage
      {...page}
      actions={<>{actions}<Export path={path} columns={columns} shown={shown} fetch={(more) => fetch({ ...asked, ...order, ...more }, undefined)} /><Columns columns={columns} shown={shown} choose={choose} /></>}
      above={above}
      filters={(filters.length > 0 || sorting) && <>{filters.map((filter) => <FilterInput key={filter.name} filter={filter} value={asked[filter.name] ?? ""} set={(value) => set(filter.name, value)} />)}{sorting && <SortInput sorting={sorting} columns={columns} />}</>}
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
          <thead><tr>{pick && <PickAll pick={pick} rows={rows} id={id} />}{shown.map((column) => <Head key={column.name} column={column} sorting={sorting} />)}</tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={id(row)}>
                {pick && <PickOne pick={pick} row={row} id={id(row)} />}
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

interface Sorting {
  by: string;
  ascending: boolean;
  set: (by: string, ascending: boolean) => void;
}

/** The name of a column; where the service can put the list in its order, a button that does. */
function Head<Row>({ column, sorting }: { column: Column<Row>; sorting: Sorting | null }) {
  const { t } = useWords();
  const { sort } = column;
  const look = column.figure ? "figure" : undefined;
  if (!sorting || sort === undefined) return <th scope="col" className={look}>{t(column.title)}</th>;
  const here = sorting.by === sort;
  const turn = () => sorting.set(sort, here && !sorting.ascending);
  return (
    <th scope="col" className={look} aria-sort={here ? (sorting.ascending ? "ascending" : "descending") : undefined}>
      <button type="button" className="sort" onClick={turn}>{t(column.title)}<span aria-hidden="true">{here ? (sorting.ascending ? " ▲" : " ▼") : ""}</span></button>
    </th>
  );
}

/** The same as a choice, for a screen that has no heads. */
function SortInput<Row>({ sorting, columns }: { sorting: Sorting; columns: Column<Row>[] }) {
  const { t } = useWords();
  return (
    <>
      <label>
        <span>{t("排序", "Ranked by")}</span>
        <select value={sorting.by} onChange={(event) => sorting.set(event.target.value, sorting.ascending)}>
          {columns.filter(({ sort }) => sort !== undefined).map(({ sort, title }) => <option key={sort} value={sort}>{t(title)}</option>)}
        </select>
      </label>
      <label>
        <span>{t("顺序", "Order")}</span>
        <select value={sorting.ascending ? "ascending" : ""} onChange={(event) => sorting.set(sorting.by, event.target.value === "ascending")}>
          <option value="">{t("由大到小", "largest first")}</option>
          <option value="ascending">{t("由小到大", "smallest first")}</option>
        </select>
      </label>
    </>
  );
}

function PickAll<Row>({ pick, rows, id }: { pick: Pick<Row>; rows: Row[]; id: (row: Row) => string }) {
  const { t } = useWords();
  const all = rows.length > 0 && rows.every((row) => pick.chosen.has(id(row)));
  return <th scope="col" className="pick"><input type="checkbox" aria-label={t("全选本页", "Choose the whole page")} checked={all} onChange={() => pick.choose(new Map(all ? [] : rows.map((row) => [id(row), row])))} /></th>;
}

function PickOne<Row>({ pick, row, id }: { pick: Pick<Row>; row: Row; id: string }) {
  const { t } = useWords();
  const turn = (chosen: boolean) => pick.choose(new Map(chosen ? [...pick.chosen, [id, row]] : [...pick.chosen].filter(([other]) => other !== id)));
  return <td className="pick" data-title={t("选择", "Choose")}><input type="checkbox" aria-label={t(`选择 ${pick.name(row)}`, `Choose ${pick.name(row)}`)} checked={pick.chosen.has(id)} onChange={(event) => turn(event.target.checked)} /></td>;
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
