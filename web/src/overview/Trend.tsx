// The book over the months: each end of a month as it was known then, today at the end, against the limits of each day.
import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { lazy, Suspense, useMemo } from "react";
import { answered, own } from "../api/client";
import { csv, download } from "../format";
import { Section } from "../shape/DetailPage";
import { ScrollTable } from "../shape/ScrollTable";
import { Refused } from "../shape/States";
import { useWords } from "../text";
import { PICTURES, type Picture, type Point } from "./trend";

const Chart = lazy(() => import("../shape/Chart"));

export function Trend() {
  const { t } = useWords();
  const query = useQuery({ queryKey: ["/v1/portfolio", "trend"], queryFn: ({ signal }) => answered(own.GET("/v1/portfolio/trend", { params: { query: {} }, signal })) });
  const points = query.data?.items ?? [];
  const title = t("近 24 个月走势", "The last 24 months");
  const lines = PICTURES.flatMap((picture) => picture.lines.map((line) => ({ ...line, picture })));
  const head = [t("日期", "Day"), ...lines.map(({ name, picture }) => `${t(picture.title)}：${t(name)}`)];
  const save = () => download("trend.csv", "text/csv", csv([head, ...points.map((point) => [point.on, ...lines.map(({ figure }) => figure(point) ?? "")])]));
  if (query.error) return <Section title={title}><Refused error={query.error} again={() => void query.refetch()} /></Section>;
  if (!query.data) return <Section title={title}><div aria-busy="true"><Skeleton active={false} paragraph={{ rows: 4 }} /></div></Section>;
  return (
    <Section title={title} actions={points.length > 1 && <Button onClick={save}>{t("下载 CSV", "Download CSV")}</Button>}>
      {points.length < 2 ? (
        <p className="count">{t("还没有过去月份的数据：每月结束后的第一天起留存月末数据，业务开始满一个月后在此显示。", "There is no past month yet: the end of each month is kept from the day after it, and shown here.")}</p>
      ) : (
        <>
          <div className="charts">
            {PICTURES.map((picture) => <Drawn key={picture.title.en} picture={picture} points={points} />)}
          </div>
          <details className="folded">
            <summary>{t(`数据表（${points.length} 个日期）`, `The figures (${points.length} days)`)}</summary>
            <ScrollTable label={t("走势数据表", "Table of the trend")} head={head}>
              {points.map((point) => (
                <tr key={point.on}>
                  <th scope="row"><time>{point.on}</time>{point.kept_at ? "" : t("（今天）", " (today)")}</th>
                  {lines.map(({ name, figure, picture }) => { const value = figure(point); return <td key={picture.title.en + name.en} className="figure">{value === null ? "—" : picture.shown(value)}</td>; })}
                </tr>
              ))}
            </ScrollTable>
            <p className="count">{t("月末数据在该月结束后留存，此后补记的事项不再改变它；承接既有业务后重新留存一次。", "The end of a month is kept once it is past, and what is recorded for it later does not change it; it is kept once more after an earlier book is taken over.")}</p>
          </details>
        </>
      )}
    </Section>
  );
}

/** A line's mark: different for each, so that they are told apart in black and white. */
const MARKS = ["circle", "rect", "triangle", "diamond"];

function Drawn({ picture, points }: { picture: Picture; points: Point[] }) {
  const { t } = useWords();
  const option = useMemo(() => {
    const named = picture.lines.map((line) => t(line.name));
    const exact = new Map(picture.lines.map((line, place) => [named[place] ?? "", points.map((point) => line.figure(point))]));
    return {
      grid: { left: 8, right: 16, top: 44, bottom: 4, containLabel: true },
      // A limit has no marks: its dashes alone stand in the legend.
      legend: { top: 0, left: 0, itemWidth: 28, type: "scroll", data: picture.lines.map((line, place) => ({ name: named[place] ?? "", ...(line.limit ? { itemStyle: { opacity: 0 } } : {}) })) },
      xAxis: { type: "category", data: points.map(({ on, kept_at }) => (kept_at ? on.slice(0, 7) : t("今天", "today"))), boundaryGap: false },
      yAxis: { type: "value", scale: true, axisLabel: { formatter: (value: number) => (picture.length("1") === 100 ? `${value}%` : String(value)) } },
      tooltip: {
        formatter: (at: { dataIndex: number; name: string }[]) => {
          const place = at[0]?.dataIndex ?? 0;
          const each = [...exact].map(([name, figures]) => { const figure = figures[place]; return figure ? `${name} ${picture.shown(figure)}` : null; });
          return [points[place]?.on, ...each.filter((line) => line !== null)].join("\n");
        },
      },
      series: picture.lines.map((line, place) => ({
        name: named[place], type: "line", step: line.limit ? "end" : false, connectNulls: false, symbol: line.limit ? "none" : MARKS[place % MARKS.length], symbolSize: 6, showSymbol: !line.limit,
        lineStyle: line.limit ? { type: "dashed", width: 2 } : { type: place > 1 ? "dotted" : "solid", width: 2 },
        data: points.map((point) => { const figure = line.figure(point); return figure === null ? null : picture.length(figure); }),
      })),
    };
  }, [picture, points, t]);
  const last = points.at(-1);
  const told = picture.lines.map((line) => { const figure = last && line.figure(last); return figure ? `${t(line.name)} ${picture.shown(figure)}` : null; }).filter((each) => each !== null);
  return (
    <figure className="trend">
      <figcaption>{t(picture.title)}</figcaption>
      <Suspense fallback={<div className="chart" aria-busy="true" />}>
        <Chart option={option} label={t(`${picture.title.zh}，${points[0]?.on} 至 ${last?.on}；今天：${told.join("，")}`, `${picture.title.en}, ${points[0]?.on} to ${last?.on}; today: ${told.join(", ")}`)} />
      </Suspense>
    </figure>
  );
}
