// The parts of ECharts that a tile map needs, and no more: they come with the page that shows one.
import { CustomChart, type CustomSeriesOption } from "echarts/charts";
import { GridComponent, TooltipComponent, type GridComponentOption, type TooltipComponentOption } from "echarts/components";
import { init, use, type ComposeOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { thousandths } from "../format";
import type { Tile } from "./tiles";

use([CustomChart, GridComponent, TooltipComponent, CanvasRenderer]);

type Option = ComposeOption<CustomSeriesOption | GridComponentOption | TooltipComponentOption>;

/** A tile with what it says. */
export interface Shown extends Tile {
  name: string;
  /** The figure, short; null where nothing is ceded. */
  figure: string | null;
  /** How dark: 0 is white, 4 the darkest. */
  shade: 0 | 1 | 2 | 3 | 4;
  /** Whether a limit is broken: hatched, and marked with a sign. */
  hatched: boolean;
  /** What a pointer over it reads. */
  detail: string;
}

/** From light to dark, so that it is read without colour too; the ink on each. */
const SHADES = [["#ffffff", "#51606e"], ["#e3eef8", "#1b2733"], ["#b3d0ea", "#1b2733"], ["#2f78b7", "#ffffff"], ["#0b3a63", "#ffffff"]] as const;

const HATCH = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: -Math.PI / 4, color: "rgba(168, 7, 26, 0.5)" };

function option(tiles: Shown[], columns: number, rows: number, narrow: boolean, font: string): Option {
  const axis = (count: number) => ({ type: "category" as const, show: false, data: Array.from({ length: count }, (_, place) => String(place)) });
  return {
    animation: false,
    grid: { left: 2, right: 2, top: 2, bottom: 2 },
    xAxis: axis(columns),
    yAxis: { ...axis(rows), inverse: true },
    // Drawn, not written as HTML: the page's policy allows no styles in it.
    tooltip: { renderMode: "richText", confine: true, textStyle: { fontFamily: font, color: "#1b2733" }, formatter: (hovered) => (Array.isArray(hovered) ? "" : (tiles[hovered.dataIndex]?.detail ?? "")) },
    series: [{
      type: "custom",
      data: tiles.map(({ column, row }) => [column, row]),
      renderItem: ({ dataIndex }, api) => {
        const tile = tiles[dataIndex];
        if (!tile) return null;
        const [x = 0, y = 0] = api.coord([tile.column, tile.row]);
        const [width, height] = api.size?.([1, 1]) as number[] as [number, number];
        const [fill, ink] = SHADES[tile.shade];
        const gap = narrow ? 1 : 2;
        const empty = tile.figure === null;
        const figure = `${tile.hatched ? "! " : ""}${tile.figure}`;
        const line = (words: string, offset: number, size: number, weight: "normal" | "bold") => ({ type: "text" as const, silent: true, style: { text: words, x, y: y + offset, align: "center" as const, verticalAlign: "middle" as const, fill: empty ? "#51606e" : ink, fontSize: size, fontWeight: weight, fontFamily: font, ...(tile.hatched && !empty ? { stroke: fill, lineWidth: 3 } : {}) } });
        return {
          type: "group",
          children: [
            {
              type: "rect",
              shape: { x: x - width / 2 + gap, y: y - height / 2 + gap, width: width - 2 * gap, height: height - 2 * gap, r: 3 },
              style: { fill, stroke: empty ? "#a3adb8" : "#1b2733", lineWidth: tile.hatched ? 2 : 1, ...(empty ? { lineDash: [4, 3] } : {}), ...(tile.hatched ? { decal: HATCH } : {}) },
            },
            line(tile.name, empty ? 0 : -height * 0.17, narrow ? 11 : 15, "normal"),
            ...(empty ? [] : [line(figure, height * 0.2, Math.min(narrow ? 10.5 : 16, (width - 2 * gap) / (figure.length * 0.62)), "bold")]),
          ],
        };
      },
    }],
  };
}

/** Draws tiles into an element, again whenever its width changes; says which tile was chosen. */
export function draw(element: HTMLElement, tiles: Shown[], choose: (tile: Shown) => void): () => void {
  const columns = Math.max(...tiles.map(({ column }) => column)) + 1;
  const rows = Math.max(...tiles.map(({ row }) => row)) + 1;
  const size = () => {
    const width = element.clientWidth;
    const narrow = width / columns < 70;
    return { width, narrow, height: Math.round(rows * Math.min(78, Math.max(38, (width / columns) * (narrow ? 1.05 : 0.72)))) };
  };
  const chart = init(element, null, size());
  // A canvas inherits no font.
  const font = getComputedStyle(element).fontFamily;
  const show = () => {
    const { width, narrow, height } = size();
    chart.resize({ width, height });
    chart.setOption(option(tiles, columns, rows, narrow, font));
  };
  show();
  chart.on("click", ({ dataIndex }) => {
    const tile = tiles[dataIndex ?? -1];
    if (tile) choose(tile);
  });
  const watch = new ResizeObserver(show);
  watch.observe(element.parentElement ?? element);
  return () => {
    watch.disconnect();
    chart.dispose();
  };
}

/** How dark a share is between none and all of it. */
export const shadeOf = (share: string): Shown["shade"] => Math.min(4, Math.floor(thousandths(share, "1") / 250) + 1) as Shown["shade"];
