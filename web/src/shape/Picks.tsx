// Rows that are chosen, to do something with several at once.
import { useWords } from "../text";

export interface Picks<Row> {
  chosen: ReadonlyMap<string, Row>;
  choose: (rows: ReadonlyMap<string, Row>) => void;
  /** What a row is called. */
  name: (row: Row) => string;
}

export function PickAll<Row>({ pick, rows, id }: { pick: Picks<Row>; rows: Row[]; id: (row: Row) => string }) {
  const { t } = useWords();
  const all = rows.length > 0 && rows.every((row) => pick.chosen.has(id(row)));
  return <th scope="col" className="pick"><input type="checkbox" aria-label={t("全选本页", "Choose the whole page")} checked={all} onChange={() => pick.choose(new Map(all ? [] : rows.map((row) => [id(row), row])))} /></th>;
}

export function PickOne<Row>({ pick, row, id }: { pick: Picks<Row>; row: Row; id: string }) {
  const { t } = useWords();
  const turn = (chosen: boolean) => pick.choose(new Map(chosen ? [...pick.chosen, [id, row]] : [...pick.chosen].filter(([other]) => other !== id)));
  return <td className="pick" data-title={t("选择", "Choose")}><input type="checkbox" aria-label={t(`选择 ${pick.name(row)}`, `Choose ${pick.name(row)}`)} checked={pick.chosen.has(id)} onChange={(event) => turn(event.target.checked)} /></td>;
}
