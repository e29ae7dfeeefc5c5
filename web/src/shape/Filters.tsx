// The filters of a list: what somebody chooses stands in the address.
import { useEffect, useState } from "react";
import { useWords } from "../text";
import type { Filter } from "./Listing";

export function FilterInput({ filter, value, set }: { filter: Filter; value: string; set: (value: string) => void }) {
  const { t } = useWords();
  if (filter.kind === "search") return <Search filter={filter} value={value} set={set} />;
  if (filter.kind === "own") return filter.input(value, set);
  if (filter.kind === "day") {
    return (
      <label>
        <span>{t(filter.title)}</span>
        <input type="date" value={value} onChange={(event) => set(event.target.value)} />
      </label>
    );
  }
  return (
    <label>
      <span>{t(filter.title)}</span>
      <select value={value} onChange={(event) => set(event.target.value)}>
        <option value="">{t("全部", "all")}</option>
        {filter.choices.map((choice) => <option key={choice.value} value={choice.value}>{t(choice.label)}</option>)}
      </select>
    </label>
  );
}

/** How long after the last key the service is asked. */
const PAUSE_MS = 300;

function Search({ filter, value, set }: { filter: Filter & { kind: "search" }; value: string; set: (value: string) => void }) {
  const { t } = useWords();
  // Kept here too: an input method composes characters, which must not wait for the address.
  const [words, setWords] = useState(value);
  useEffect(() => {
    if (value === "") setWords("");
  }, [value]);
  useEffect(() => {
    if (words.trim() === value) return undefined;
    const later = setTimeout(() => set(words.trim()), PAUSE_MS);
    return () => clearTimeout(later);
  }, [words]);
  return (
    <label className="grow">
      <span>{t(filter.title)}</span>
      <input type="search" id="search" value={words} maxLength={50} placeholder={t(filter.example)} onChange={(event) => setWords(event.target.value)} />
    </label>
  );
}
