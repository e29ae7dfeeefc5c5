import { describe, expect, it } from "vitest";
import { brief, briefShare, daysBetween, fourth, largest } from "./figures";
import { cityTiles, PROVINCE_TILES } from "./tiles";

describe("an amount on a tile", () => {
  it("is in its largest unit, half up", () => {
    expect(brief("123456789.00").zh).toBe("1.2亿");
    expect(brief("125000000.00").zh).toBe("1.3亿");
    expect(brief("45000.00").zh).toBe("4.5万");
    expect(brief("20000.00").zh).toBe("2万");
    expect(brief("9999.94").zh).toBe("9999.9");
    expect(brief("0.00").zh).toBe("0");
    expect(brief("-45000.00").zh).toBe("-4.5万");
  });
  it("is said in the next unit where it would round up to it", () => {
    expect(brief("9999.95").zh).toBe("1万");
    expect(brief("99999499.99").zh).toBe("9999.9万");
    expect(brief("99999500.00").zh).toBe("1亿");
    expect(brief("1234567.00").en).toBe("1.2m");
    expect(brief("1500.00").en).toBe("1.5k");
  });
});

describe("a share on a tile", () => {
  it("is cut and not rounded, so that what is below a limit reads as below it", () => {
    expect(briefShare("0.799999")).toBe("79.9%");
    expect(briefShare("0.800000")).toBe("80%");
    expect(briefShare("0.800500")).toBe("80%");
    expect(briefShare("1.000000")).toBe("100%");
  });
});

describe("the shade of a tile", () => {
  it("is the fourth of the largest that the figure lies in", () => {
    const most = largest(["100.00", "400.00", "-1.00"]);
    expect(most).toBe("400.00");
    expect(["0.00", "0.01", "99.99", "100.00", "399.99", "400.00"].map((figure) => fourth(figure, most))).toEqual([0, 1, 1, 2, 4, 4]);
    expect(fourth("0.00", largest([]))).toBe(0);
  });
});

describe("what waits", () => {
  it("waits as many days as lie between, across a leap day", () => {
    expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
    expect(daysBetween("2026-03-01", "2026-03-01")).toBe(0);
  });
});

describe("the tile map", () => {
  it("has one place for each of the 34 provinces", () => {
    expect(PROVINCE_TILES).toHaveLength(34);
    expect(new Set(PROVINCE_TILES.map(({ row, column }) => `${row}.${column}`)).size).toBe(34);
    expect(new Set(PROVINCE_TILES.map(({ zh }) => zh)).size).toBe(34);
    expect(new Set(PROVINCE_TILES.map(({ en }) => en)).size).toBe(34);
  });
  it("has cities in the order of their codes, at least four to a row", () => {
    const tiles = cityTiles([{ code: "330500", name: "湖州市" }, { code: "330100", name: "杭州市" }, { code: "330200", name: null }, { code: "330300", name: "温州市" }, { code: "330400", name: "嘉兴市" }]);
    expect(tiles.map(({ zh, row, column }) => [zh, row, column])).toEqual([["杭州", 0, 0], ["330200", 0, 1], ["温州", 0, 2], ["嘉兴", 0, 3], ["湖州", 1, 0]]);
  });
});
