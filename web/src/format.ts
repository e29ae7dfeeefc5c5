// Figures made readable as strings: money never becomes a JavaScript number.

/** "1234567.80" as "1,234,567.80". */
export function grouped(figure: string): string {
  const [, sign = "", whole = "", rest = ""] = /^(-?)(\d+)(.*)$/.exec(figure) ?? [];
  return whole === "" ? figure : `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest}`;
}

/** "0.009973" as "0.9973 %": the point moves, nothing is rounded. */
export function percent(rate: string): string {
  const [, sign = "", whole = "", decimals = ""] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(rate) ?? [];
  if (whole === "") return rate;
  const padded = decimals.padEnd(2, "0");
  const shifted = (whole + padded.slice(0, 2)).replace(/^0+(?=\d)/, "");
  const rest = padded.slice(2).replace(/0+$/, "");
  return `${sign}${shifted}${rest === "" ? "" : `.${rest}`}%`;
}

/** "2.500000" as "2.5". */
export function plain(figure: string): string {
  return figure.includes(".") ? figure.replace(/0+$/, "").replace(/\.$/, "") : figure;
}

/** Whether a figure is nothing: "0", "-0.00". */
export const isZero = (figure: string): boolean => /^-?0+(\.0+)?$/.test(figure);

/** A decimal string as whole ten-billionths, for lengths in pictures. */
export function units(figure: string): bigint {
  const [, sign = "", whole = "0", decimals = ""] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(figure) ?? [];
  const value = BigInt(whole + decimals.slice(0, 10).padEnd(10, "0"));
  return sign === "-" ? -value : value;
}

/** The length of `part` of `whole` in thousandths, for a picture. */
export function thousandths(part: string, whole: string): number {
  const all = units(whole);
  return all === 0n ? 0 : Number((units(part) * 1000n) / all);
}

/** The sum of decimal strings as ten-billionths written as a decimal string, for the whole of a picture. */
export function wholeOf(parts: string[]): string {
  const sum = parts.reduce((sum, part) => sum + units(part), 0n).toString().padStart(11, "0");
  return `${sum.slice(0, -10)}.${sum.slice(-10)}`;
}

/** Tags as people write them: apart by spaces or commas. */
export const tagsOf = (written: string): string[] => written.split(/[\s,，、]+/).filter((tag) => tag !== "");

/** Rows as CSV that Excel opens in Chinese: with a byte order mark, quoted where needed, formulas defused. */
export function csv(rows: string[][]): string {
  const cell = (value: string) => {
    const safe = /^[=+@\t\r]|^-(?!\d)/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Has the browser save a file. */
export function save(name: string, content: Blob) {
  const address = URL.createObjectURL(content);
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

/** The same of text. */
export const download = (name: string, type: string, content: string) => save(name, new Blob([content], { type: `${type};charset=utf-8` }));

const MOMENT = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" });

/** "2026-01-31T02:00:00Z" as "2026-01-31 10:00:00", the time in China. */
export const moment = (at: string | Date) => MOMENT.format(typeof at === "string" ? new Date(at) : at);
