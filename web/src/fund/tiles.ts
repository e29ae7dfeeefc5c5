// Where each province stands in the tile map: one tile each, roughly as they lie to one another. Cities stand in the order of their codes.

/** By the first two digits of GB/T 2260: row and column from the north-west, and a short name in both languages. */
const PROVINCES: Record<string, [row: number, column: number, zh: string, en: string]> = {
  "23": [0, 8, "黑龙江", "HLJ"],
  "15": [1, 5, "内蒙古", "NM"],
  "22": [1, 8, "吉林", "JL"],
  "65": [2, 0, "新疆", "XJ"],
  "11": [2, 6, "北京", "BJ"],
  "12": [2, 7, "天津", "TJ"],
  "21": [2, 8, "辽宁", "LN"],
  "63": [3, 1, "青海", "QH"],
  "62": [3, 2, "甘肃", "GS"],
  "64": [3, 3, "宁夏", "NX"],
  "61": [3, 4, "陕西", "SN"],
  "14": [3, 5, "山西", "SX"],
  "13": [3, 6, "河北", "HE"],
  "37": [3, 7, "山东", "SD"],
  "54": [4, 0, "西藏", "XZ"],
  "51": [4, 2, "四川", "SC"],
  "50": [4, 3, "重庆", "CQ"],
  "42": [4, 4, "湖北", "HB"],
  "41": [4, 5, "河南", "HA"],
  "34": [4, 6, "安徽", "AH"],
  "32": [4, 7, "江苏", "JS"],
  "31": [4, 8, "上海", "SH"],
  "53": [5, 2, "云南", "YN"],
  "52": [5, 3, "贵州", "GZ"],
  "43": [5, 4, "湖南", "HN"],
  "36": [5, 5, "江西", "JX"],
  "33": [5, 7, "浙江", "ZJ"],
  "45": [6, 3, "广西", "GX"],
  "44": [6, 4, "广东", "GD"],
  "35": [6, 6, "福建", "FJ"],
  "71": [6, 8, "台湾", "TW"],
  "46": [7, 3, "海南", "HI"],
  "82": [7, 4, "澳门", "MO"],
  "81": [7, 5, "香港", "HK"],
};

export interface Tile {
  code: string;
  row: number;
  column: number;
  zh: string;
  en: string;
}

/** A tile for every province, also where nothing is ceded: the shape is what is recognised. */
export const PROVINCE_TILES: Tile[] = Object.entries(PROVINCES).map(([digits, [row, column, zh, en]]) => ({ code: `${digits}0000`, row, column, zh, en }));

/** What people call a city without the word for it: 杭州市 is 杭州. */
const short = (name: string) => (name.length > 2 ? name.replace(/(市|地区|盟)$/, "") : name);

/** Tiles for cities: rows as wide as the number of them asks for, at least four. */
export function cityTiles(cities: { code: string; name?: string | null }[]): Tile[] {
  const width = Math.max(4, Math.min(9, Math.ceil(Math.sqrt(cities.length * 2))));
  const sorted = [...cities].sort((a, b) => (a.code < b.code ? -1 : 1));
  return sorted.map(({ code, name }, place) => {
    const shown = name ? short(name) : code;
    return { code, row: Math.floor(place / width), column: place % width, zh: shown, en: shown };
  });
}
