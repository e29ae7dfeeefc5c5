// A picture of figures, drawn by ECharts once it is loaded: it follows the size of its place, and is told apart without colour.
import { LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

use([LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** The console's look: the same inks as its style sheets; hatching instead of colours where areas are filled. */
const LOOK: EChartsCoreOption = {
  aria: { enabled: false, decal: { show: true } },
  animation: false,
  color: ["#0b4f8a", "#874d00", "#135200", "#51606e"],
  textStyle: { fontFamily: "inherit", color: "#1b2733" },
  // As text on the canvas: the page's policy allows no styles written into elements.
  tooltip: { trigger: "axis", renderMode: "richText" },
};

/** `label` says what is seen to whoever does not see it; the figures themselves stand in a table beside the picture. */
export default function Chart({ option, label, height = 240 }: { option: EChartsCoreOption; label: string; height?: number }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const drawn = init(place.current);
    chart.current = drawn;
    const watching = new ResizeObserver(() => drawn.resize());
    watching.observe(place.current);
    return () => {
      watching.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption({ ...LOOK, ...option, tooltip: { ...(LOOK["tooltip"] as object), ...(option["tooltip"] as object | undefined) } }, { notMerge: true });
  }, [option]);
  return <div ref={place} role="img" aria-label={label} className="chart" style={{ height }} />;
}
