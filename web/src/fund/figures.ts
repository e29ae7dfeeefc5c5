// Figures of what is ceded, made short enough for a tile, and the days that something has waited: nothing is decided here.
import { percent, thousandths, units } from "../format";
import { text, type Text } from "../text";

const round = (money: string, unit: bigint) => (units(money) * 10n + (unit * 10_000_000_000n) / 2n) / (unit * 10_000_000_000n);

/** An amount in its largest unit with at most one decimal, half up: "123456789.00" as 1.2亿, "45000.00" as 4.5万. */
export function brief(money: string): Text {
  const tenths = (unit: bigint) => {
    const value = round(money, unit).toString().padStart(2, "0");
    const decimal = value.slice(-1);
    return `${value.slice(0, -1)}${decimal === "0" ? "" : `.${decimal}`}`;
  };
  if (money.startsWith("-")) {
    const positive = brief(money.slice(1));
    return text(`-${positive.zh}`, `-${positive.en}`);
  }
  // What would round up to a hundred million is said in it.
  const zh = round(money, 10_000n) >= 100_000n ? `${tenths(100_000_000n)}亿` : round(money, 1n) >= 100_000n ? `${tenths(10_000n)}万` : tenths(1n);
  const en = round(money, 1_000n) >= 10_000n ? `${tenths(1_000_000n)}m` : round(money, 1n) >= 10_000n ? `${tenths(1_000n)}k` : tenths(1n);
  return text(zh, en);
}

/** A share with one decimal at most, cut and not rounded, so that 79.99 % does not read as 80 %. */
export const briefShare = (share: string): string => percent(share).replace(/(\.\d)\d+%$/, "$1%").replace(".0%", "%");

/** Which fourth of the largest a figure lies in, 1 to 4; 0 of nothing. */
export function fourth(figure: string, largest: string): 0 | 1 | 2 | 3 | 4 {
  const part = thousandths(figure, largest);
  return (units(figure) <= 0n ? 0 : Math.min(4, Math.floor(part / 250) + 1)) as 0 | 1 | 2 | 3 | 4;
}

/** The largest of some figures. */
export const largest = (figures: string[]): string => figures.reduce((most, figure) => (units(figure) > units(most) ? figure : most), "0");

/** The days from one to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
