// Provinces or cities as tiles, each with its figure; the same as a table for whoever reads it by the keys or by ear.
import { useEffect, useRef } from "react";
import { Link, useNavigate } from "react-router";
import { grouped, percent } from "../format";
import { ScrollTable } from "../shape/ScrollTable";
import { useWords } from "../text";
import { draw, shadeOf, type Shown } from "./chart";
import { brief, briefShare, fourth, largest } from "./figures";
import { FIGURE_NAMES, type Figure } from "./TileMapWords";
import { cityTiles, PROVINCE_TILES } from "./tiles";
import type { Region } from "./useFund";

const below = (region: Region) => region.findings.some(({ rule, outcome }) => rule === "share.small_agri" && outcome === "advise");

function shown(region: Region, figure: Figure, most: string, t: ReturnType<typeof useWords>["t"]): Pick<Shown, "figure" | "shade" | "hatched"> {
  switch (figure) {
    case "ceded":
      return { figure: t(brief(region.ceded)), shade: fourth(region.ceded, most), hatched: false };
    case "contracts":
      return { figure: String(region.contracts), shade: fourth(String(region.contracts), most), hatched: false };
    case "drift_alerts":
      return { figure: String(region.drift_alerts), shade: 0, hatched: region.drift_alerts > 0 };
    case "small_agri_share":
      return { figure: region.small_agri_share ? briefShare(region.small_agri_share) : "–", shade: region.small_agri_share ? (below(region) ? 0 : 1) : 0, hatched: below(region) };
    case "quota_use":
      return { figure: region.quota_use ? briefShare(region.quota_use) : "–", shade: region.quota_use ? shadeOf(region.quota_use) : 0, hatched: false };
  }
}

interface Props {
  regions: Region[];
  level: "province" | "city";
  figure: Figure;
  /** Where a region leads. */
  to: (region: Region) => string;
}

export default function TileMap({ regions, level, figure, to }: Props) {
  const { t, language } = useWords();
  const go = useNavigate();
  const picture = useRef<HTMLDivElement>(null);
  const most = largest(regions.map((region) => String(region[figure] ?? "0")));
  const name = (region: Region) => region.name ?? region.code;
  const bare = level === "province" ? PROVINCE_TILES : cityTiles(regions);
  const tiles: Shown[] = bare.map((tile) => {
    const region = regions.find(({ code }) => code === tile.code);
    const short = language === "zh" ? tile.zh : tile.en;
    if (!region) return { ...tile, name: short, figure: null, shade: 0, hatched: false, detail: `${tile.zh}\n${t("没有分出业务", "nothing is ceded")}` };
    const detail = [
      name(region),
      t(`${region.cedents} 家机构，${region.contracts} 笔`, `${region.cedents} institutions, ${region.contracts} contracts`),
      t(`分出责任 ${grouped(region.ceded)} 元`, `${grouped(region.ceded)} yuan ceded`),
      t(`支小支农占比 ${region.small_agri_share ? percent(region.small_agri_share) : "–"}`, `small-and-agri ${region.small_agri_share ? percent(region.small_agri_share) : "–"}`),
      ...(region.drift_alerts > 0 ? [t(`未解除的预警 ${region.drift_alerts} 项`, `${region.drift_alerts} open alerts`)] : []),
    ].join("\n");
    return { ...tile, name: short, detail, ...shown(region, figure, most, t) };
  });
  const key = JSON.stringify(tiles);
  useEffect(() => {
    if (!picture.current || tiles.length === 0) return undefined;
    return draw(picture.current, tiles, (tile) => {
      const region = regions.find(({ code }) => code === tile.code);
      if (region) void go(to(region));
    });
  }, [key]);
  return (
    <div className="tile-map">
      <figure className="tile-picture">
        <div ref={picture} role="img" aria-label={t(`${FIGURE_NAMES[figure].zh}分布图，${regions.length} 个地区有分出业务；同样的数字见下表`, `Map of ${FIGURE_NAMES[figure].en.toLowerCase()}: ${regions.length} regions; the same figures are in the table below`)} />
        <figcaption><Legend figure={figure} /></figcaption>
      </figure>
      <ScrollTable label={t("各地区的数字", "The figures of the regions")} head={[t("地区", "Region"), t("机构", "Institutions"), t("在保笔数", "Contracts"), t("分出责任（元）", "Ceded (yuan)"), t("支小支农占比", "Small-and-agri"), t("额度使用率", "Quota used"), t("预警", "Alerts")]}>
        {regions.map((region) => (
          <tr key={region.code}>
            <th scope="row"><Link to={to(region)}><span lang="zh-CN">{name(region)}</span></Link></th>
            <td className="figure">{region.cedents}</td><td className="figure">{region.contracts}</td><td className="figure">{grouped(region.ceded)}</td>
            <td className="figure">{region.small_agri_share ? percent(region.small_agri_share) : "–"}{below(region) && <span className="warning"> !<span className="sr-only">{t("低于下限", "below its floor")}</span></span>}</td>
            <td className="figure">{region.quota_use ? percent(region.quota_use) : "–"}</td><td className="figure">{region.drift_alerts}</td>
          </tr>
        ))}
      </ScrollTable>
    </div>
  );
}

function Legend({ figure }: { figure: Figure }) {
  const { t } = useWords();
  if (figure === "small_agri_share" || figure === "drift_alerts") {
    return (
      <ul className="legend">
        <li><i className="swatch hatched" aria-hidden="true" /> {figure === "drift_alerts" ? t("! 有未解除的预警", "! alerts are open") : t("! 低于下限", "! below the floor")}</li>
        <li><i className="swatch bare" aria-hidden="true" /> {t("虚线框：没有分出业务", "dashed: nothing is ceded")}</li>
      </ul>
    );
  }
  const bounds = figure === "quota_use" ? t("由浅到深：25%、50%、75%、100%", "from light to dark: 25, 50, 75, 100 %") : t("由浅到深：最大者的四分之一、一半、四分之三、全部", "from light to dark: a fourth, half, three fourths, all of the largest");
  return (
    <ul className="legend">
      <li>{[1, 2, 3, 4].map((shade) => <i key={shade} className={`swatch shade-${shade}`} aria-hidden="true" />)} {bounds}</li>
      <li><i className="swatch bare" aria-hidden="true" /> {t("虚线框：没有分出业务", "dashed: nothing is ceded")}</li>
    </ul>
  );
}
