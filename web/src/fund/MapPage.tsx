// Where the cedents are: provinces or the cities of one, as tiles with one figure at a time.
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { Page } from "../shape/Page";
import { Empty, PageRefused, Waiting } from "../shape/States";
import { useAddress } from "../shape/useAddress";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { FIGURE_NAMES, FIGURES, type Figure } from "./TileMapWords";
import { useRegions, type Region } from "./useFund";

const TileMap = lazy(() => import("./TileMap"));

/** The map by itself, for a page that has more. */
export function RegionMap({ level, province, figure }: { level: "province" | "city"; province?: string | undefined; figure: Figure }) {
  const { t } = useWords();
  const query = useRegions(level, province);
  if (query.isPending) return <p className="count" aria-busy="true">…</p>;
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  if (query.data.length === 0) return <Empty><p>{t("还没有机构分出业务。", "Nobody cedes to us yet.")}</p></Empty>;
  const to = (region: Region) => (level === "province" ? `/cedents/map?level=city&province=${region.code}&figure=${figure}` : `/cedents?region=${region.code.slice(0, 4)}`);
  return <Suspense fallback={<p className="count" aria-busy="true">…</p>}><TileMap regions={query.data} level={level} figure={figure} to={to} /></Suspense>;
}

/** Which regions a reader sees first: the fund provinces, a province its cities. */
export function useLevel(): "province" | "city" | undefined {
  const kind = useProfile().data?.data.institution.kind;
  return kind === undefined ? undefined : kind === "national_fund" ? "province" : "city";
}

export default function MapPage() {
  const { t } = useWords();
  const [address, set] = useAddress();
  const own = useLevel();
  const provinces = useRegions("province").data;
  if (!own) return <Waiting />;
  const level = address.get("level") === "city" ? "city" : address.get("level") === "province" ? "province" : own;
  const province = level === "city" ? (address.get("province") ?? undefined) : undefined;
  const figure = FIGURES.find((one) => one === address.get("figure")) ?? "ceded";
  const there = provinces?.find(({ code }) => code === province);
  return (
    <Page
      title={there ? t(`${there.name ?? there.code}的分出业务`, `What is ceded in ${there.name ?? there.code}`) : level === "province" ? t("各省分出业务", "What is ceded, by province") : t("各地市分出业务", "What is ceded, by city")}
      parent={{ to: "/cedents", title: t("分出机构", "Cedents") }}
      lead={t("按分出机构所在地汇总，只含分给本机构的合同。点一格看其中的地区或机构。", "Summed up by where the cedents are, of contracts ceded to us only. A tile leads to what is in it.")}
      actions={level === "city" && own === "province" && <Link to={`/cedents/map?figure=${figure}`}>{t("回到全国", "All provinces")}</Link>}
    >
      <search className="filters no-print">
        <label>
          <span>{t("数字", "Figure")}</span>
          <select value={figure} onChange={(event) => set({ figure: event.target.value })}>{FIGURES.map((one) => <option key={one} value={one}>{t(FIGURE_NAMES[one])}</option>)}</select>
        </label>
        {own === "province" && (
          <label>
            <span>{t("地区", "Regions")}</span>
            <select value={level === "province" ? "" : (province ?? "city")} onChange={(event) => set(event.target.value === "" ? { level: undefined, province: undefined } : { level: "city", province: event.target.value === "city" ? undefined : event.target.value })}>
              <option value="">{t("各省", "provinces")}</option>
              <option value="city">{t("各地市", "cities")}</option>
              {provinces?.map(({ code, name }) => <option key={code} value={code}>{t(`${name ?? code}各地市`, `cities of ${name ?? code}`)}</option>)}
            </select>
          </label>
        )}
      </search>
      <div className="map-body"><RegionMap level={level} province={province} figure={figure} /></div>
    </Page>
  );
}
