// A list that the service keeps: filters in the address, keyset pages, a choice of columns, and all that is listed as CSV.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { grouped } from "../format";
import { useWords, type Text } from "../text";
import { FilterInput } from "./Filters";
import type { Choice } from "./form/field";
import { Columns, Export, useColumns } from "./ListTools";
import { ListPage, type PageProps } from "./Page";
import { PickAll, PickOne, type Picks } from "./Picks";
import { Empty, PageRefused, Refused, Waiting } from "./States";
import { useAddress } from "./useAddress";
import { Views } from "./Views";

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
  /** The name of its order, when the service keeps one. */
  order?: string;
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
  /** The order when nobody has chosen one. */
  order?: string;
  /** How many there are in all, as far as the service counts. */
  count?: (asked: Asked, signal: AbortSignal | undefined) => Promise<{ count: number; more: boolean }>;
  /** Under which name its filters, order and columns are kept, when somebody keeps them. */
  views?: string;
  /** Rows can be chosen, of whichever pages and filters. */
  pick?: Picks<Row>;
}

const PAGE = 50;

export function Listing<Row>({ path, fetch, columns, filters, id, to, nothing, actions, above, order, count, views, pick, ...page }: Props<Row>) {
  const { t } = useWords();
  const [address, change] = useAddress();
  const sort = address.get("sort") ?? "";
  const sought = Object.fromEntries(filters.map(({ name }) => [name, address.get(name) ?? ""] as const).filter(([, value]) => value !== ""));
  const asked = { ...sought, ...(sort || order ? { sort: sort || order } : {}) };
  const after = address.get("after") ?? undefined;
  const all = useQuery({ queryKey: [path, "count", asked], queryFn: ({ signal }) => count?.(asked, signal), placeholderData: keepPreviousData, enabled: count !== undefined }).data;
  const query = useQuery({ queryKey: [path, "list", asked, after], queryFn: ({ signal }) => fetch({ ...asked, after, limit: PAGE }, signal), placeholderData: keepPreviousData });
  const [shown, choose] = useColumns(path, columns);
  const filtered = Object.keys(sought).length > 0;
  // A change of the filters begins with the first page.
  const set = (name: string, value: string) => change({ after: "", [name]: value });
  const clear = () => change({ ...Object.fromEntries(filters.map(({ name }) => [name, ""])), after: "", view: "" });

  if (query.isPending) return <Waiting />;
  if (query.error && !query.data) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  const rows = query.data.items;
  return (
    <ListPage
      {...page}
      actions={<>{actions}<Export path={path} columns={columns} shown={shown} fetch={(more) => fetch({ ...asked, ...more }, undefined)} /><Columns columns={columns} shown={shown} choose={choose} /></>}
      above={<>{above}{views && <Views list={views} columns={columns.map(({ name }) => name)} shown={shown.map(({ name }) => name)} choose={choose} />}</>}
      filters={filters.length > 0 && <>{filters.map((filter) => <FilterInput key={filter.name} filter={filter} value={sought[filter.name] ?? ""} set={(value) => set(filter.name, value)} />)}<OrderChoice columns={columns} sort={sort || order || ""} set={(next) => set("sort", next)} /></>}
      count={rows.length > 0 || after ? (all ? t(`共 ${grouped(String(all.count))}${all.more ? " 条以上" : " 条"}；`, `${grouped(String(all.count))}${all.more ? " and more" : ""} in all; `) : "") + t(`本页 ${rows.length} 条${query.data.next ? "，后面还有" : after ? "，已是最后一页" : "，已全部列出"}`, `${rows.length} on this page${query.data.next ? ", more follow" : after ? ", the last page" : ", all there are"}`) : ""}
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
          <thead><tr>{pick && <PickAll pick={pick} rows={rows} id={id} />}{shown.map((column) => <Heading key={column.name} column={column} sort={sort || order || ""} set={(next) => set("sort", next)} />)}</tr></thead>
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

/** A heading by which one orders, where the service keeps the order: upwards, downwards, and as it was. */
function Heading<Row>({ column, sort, set }: { column: Column<Row>; sort: string; set: (sort: string) => void }) {
  const { t } = useWords();
  const figure = column.figure ? "figure" : undefined;
  if (!column.order) return <th scope="col" className={figure}>{t(column.title)}</th>;
  const [up, down] = [column.order, `-${column.order}`];
  // Of figures the largest are looked for first.
  const [first, second] = column.figure ? [down, up] : [up, down];
  const next = sort === first ? second : sort === second ? "" : first;
  return (
    <th scope="col" className={figure} aria-sort={sort === up ? "ascending" : sort === down ? "descending" : undefined}>
      <button type="button" className="sort" onClick={() => set(next)}>
        {t(column.title)} <span aria-hidden="true">{sort === up ? "▲" : sort === down ? "▼" : "↕"}</span>
      </button>
    </th>
  );
}

/** The same as a choice, for a screen too narrow for headings. */
function OrderChoice<Row>({ columns, sort, set }: { columns: Column<Row>[]; sort: string; set: (sort: string) => void }) {
  const { t } = useWords();
  const ordered = columns.flatMap(({ order, title }) => (order ? [{ order, title }] : []));
  if (ordered.length === 0) return null;
  return (
    <label className="order-choice">
      <span>{t("排序", "Order")}</span>
      <select value={sort} onChange={(event) => set(event.target.value)}>
        <option value="">{t("不限", "as it comes")}</option>
        {ordered.flatMap(({ order, title }) => [
          <option key={`-${order}`} value={`-${order}`}>{t(`${title.zh}：由大到小`, `${title.en}: largest first`)}</option>,
          <option key={order} value={order}>{t(`${title.zh}：由小到大`, `${title.en}: smallest first`)}</option>,
        ])}
      </select>
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
