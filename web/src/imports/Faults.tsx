// What is wrong with which row: counted by column, listed row by row, and each row shown as it stands in the file.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useSearchParams } from "react-router";
import { answered, own } from "../api/client";
import { Section } from "../shape/DetailPage";
import { Refused } from "../shape/States";
import { useWords } from "../text";
import type { Import } from "./words";

const PAGE = 50;

export function Faults({ job }: { job: Import }) {
  const { t } = useWords();
  const [address, setAddress] = useSearchParams();
  const row = Number(address.get("row") ?? 0);
  const list = useInfiniteQuery({
    queryKey: ["/v1/imports", job.id, "faults"],
    queryFn: ({ pageParam, signal }) => answered(own.GET("/v1/imports/{id}/faults", { params: { path: { id: job.id }, query: { limit: PAGE, ...(pageParam === "" ? {} : { after: pageParam }) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const faults = list.data?.pages.flatMap((page) => page.items) ?? [];
  const see = (row: number) => setAddress((before) => { before.set("row", String(row)); return before; }, { replace: true });
  return (
    <>
      <Section title={t("错误统计", "What is wrong, by column")}>
        <ul className="fault-counts">
          {job.faults.map((fault) => (
            <li key={`${fault.column} ${fault.code}`}><b lang="zh-CN">{fault.column}</b> {t(fault.message, fault.message_en)} <span className="badge">{t(`${fault.rows} 行`, `${fault.rows} rows`)}</span></li>
          ))}
        </ul>
      </Section>
      <Section title={t("未导入的行", "Rows that cannot be imported")}>
        {list.error && <Refused error={list.error} again={() => void list.refetch()} />}
        <div className={row > 0 ? "fault-view" : undefined}>
          <div className="listing" aria-busy={list.isFetching}>
            <table>
              <thead><tr><th scope="col">{t("行", "Row")}</th><th scope="col">{t("栏", "Column")}</th><th scope="col">{t("错误", "Fault")}</th><th scope="col">{t("原值", "Value")}</th></tr></thead>
              <tbody>
                {faults.map((fault) => (
                  <tr key={`${fault.row} ${fault.column} ${fault.code}`} className={fault.row === row ? "seen" : undefined}>
                    <td data-title={t("行", "Row")}><button type="button" className="link-button" aria-label={t(`查看第 ${fault.row} 行`, `See row ${fault.row}`)} aria-pressed={fault.row === row} onClick={() => see(fault.row)}>{fault.row}</button></td>
                    <td data-title={t("栏", "Column")} lang="zh-CN">{fault.column}</td>
                    <td data-title={t("错误", "Fault")}>{t(fault.message, fault.message_en)}</td>
                    <td data-title={t("原值", "Value")} lang="zh-CN">{fault.value === null || fault.value === undefined ? t("（不可见）", "(not shown)") : fault.value === "" ? <span className="optional">{t("（空）", "(empty)")}</span> : <code>{fault.value}</code>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {row > 0 && <Row job={job} row={row} />}
        </div>
        {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>{t("显示更多", "Show more")}</Button>}
      </Section>
    </>
  );
}

/** A row as it stands in the file; where it is wrong it is marked and said. */
function Row({ job, row }: { job: Import; row: number }) {
  const { t } = useWords();
  const at = useRef<HTMLElement>(null);
  const query = useQuery({ queryKey: ["/v1/imports", job.id, "rows", row], queryFn: ({ signal }) => answered(own.GET("/v1/imports/{id}/rows/{row}", { params: { path: { id: job.id, row } }, signal })) });
  // Whoever asked for the row is brought to the cell.
  useEffect(() => {
    const cell = at.current?.querySelector<HTMLElement>(".faulty") ?? at.current;
    cell?.scrollIntoView({ block: "nearest" });
    at.current?.focus({ preventScroll: true });
  }, [query.data]);
  const faults = query.data?.faults ?? [];
  // An identifier may be made of several columns.
  const wrong = (column: string) => faults.filter((fault) => fault.column === column || fault.column.split(" ").includes(column));
  const placed = (column: string) => query.data?.cells?.some((cell) => cell.column === column || column.split(" ").includes(cell.column));
  return (
    <section ref={at} tabIndex={-1} className="file-row" aria-label={t(`文件第 ${row} 行`, `Row ${row} of the file`)} aria-busy={query.isPending}>
      <h3>{t(`文件第 ${row} 行`, `Row ${row} of the file`)}</h3>
      {query.error && <Refused error={query.error} />}
      {query.data && !query.data.cells && <p className="notice">{t("原文件的内容不可见，或已清除。", "What the file said may not be seen, or was forgotten.")}</p>}
      {faults.filter((fault) => !placed(fault.column)).map((fault) => <p key={fault.code} className="field-error">{fault.column && <b lang="zh-CN">{fault.column} </b>}{t(fault.message, fault.message_en)}</p>)}
      {query.data?.cells && (
        <dl className="cells">
          {query.data.cells.map((cell, place) => {
            const here = wrong(cell.column);
            return (
              <div key={place} className={here.length > 0 ? "faulty" : undefined}>
                <dt lang="zh-CN">{cell.column || "—"}</dt>
                <dd><span lang="zh-CN">{cell.value === "" ? "—" : cell.value}</span>{here.map((fault) => <small key={fault.code} className="field-error">✕ {t(fault.message, fault.message_en)}</small>)}</dd>
              </div>
            );
          })}
        </dl>
      )}
    </section>
  );
}
