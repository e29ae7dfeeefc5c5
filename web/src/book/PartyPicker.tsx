// Chooses a party by characters of its name: one finds what begins with it, two or more what contains them.
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { answered, own, type Schemas } from "../api/client";
import { useRested } from "../shape/useRested";
import { useWords } from "../text";
import { useParty } from "./lookups";
import { PARTY_KINDS } from "./words";

type Summary = Schemas["PartySummaryOut"];

/** How long after the last key the service is asked. */
const PAUSE_MS = 300;

/** How many are offered; whoever means another one writes more of its name. */
const OFFERED = 8;

export function searchOf(words: string): { search?: string; prefix?: string } {
  const written = words.trim();
  return written === "" ? {} : [...written.replace(/\s/g, "")].length < 2 ? { prefix: written } : { search: written };
}

interface Props {
  label: string;
  /** The id of the party chosen; empty while none is. */
  value: string;
  change: (id: string) => void;
  complaint?: string | undefined;
  optional?: boolean;
  /** A party that is not offered. */
  but?: string;
}

export function PartyPicker({ label, value, change, complaint, optional, but }: Props) {
  const { t } = useWords();
  const id = useId();
  const [words, setWords] = useState("");
  const [place, setPlace] = useState(0);
  const chosen = useParty(value).data?.data;
  const asked = useRested(words.trim(), PAUSE_MS);
  const found = useQuery({
    queryKey: ["/v1/parties", "pick", asked],
    queryFn: ({ signal }) => answered(own.GET("/v1/parties", { params: { query: { ...searchOf(asked), limit: OFFERED + 1 } }, signal })),
    enabled: asked !== "" && value === "",
  });
  const offered = (found.data?.items ?? []).filter((party) => party.id !== but).slice(0, OFFERED);
  const choose = (party: Summary | undefined) => {
    if (!party) return;
    setWords("");
    setPlace(0);
    change(party.id);
  };
  const press = (event: React.KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && offered.length > 0) {
      event.preventDefault();
      setPlace((place + step + offered.length) % offered.length);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(offered[place]);
    }
  };
  if (value !== "") {
    return (
      <div className="field picker">
        <span className="picker-label" id={`${id}-label`}>{label}</span>
        <span className="picked" aria-labelledby={`${id}-label`} role="group">
          <b>{chosen?.name ?? "…"}</b>
          <button type="button" className="link-button" onClick={() => change("")}>{t("改选", "Choose another")}</button>
        </span>
        {complaint && <p className="field-error" role="alert">{complaint}</p>}
      </div>
    );
  }
  const open = words.trim() !== "" && asked !== "" && found.data !== undefined;
  return (
    <div className="field picker">
      <label htmlFor={id}>{label}{optional && <span className="optional">{t("（可空）", " (optional)")}</span>}</label>
      <input
        id={id}
        type="search"
        role="combobox"
        autoComplete="off"
        maxLength={50}
        aria-expanded={open && offered.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && offered.length > 0 ? `${id}-${place}` : undefined}
        aria-invalid={complaint ? true : undefined}
        aria-describedby={complaint ? `${id}-error` : undefined}
        placeholder={t("名称中的两个字，或第一个字", "two characters of the name, or the first")}
        value={words}
        onChange={(event) => { setWords(event.target.value); setPlace(0); }}
        onKeyDown={press}
      />
      <div id={`${id}-list`} role="listbox" aria-label={t("找到的被担保人", "Parties found")} className="offers" hidden={!open || offered.length === 0}>
        {offered.map((party, number) => (
          <div key={party.id} id={`${id}-${number}`} role="option" aria-selected={number === place} onMouseMove={() => setPlace(number)} onClick={() => choose(party)}>
            <b>{party.name}</b> <small>{t(PARTY_KINDS[party.kind])} · {party.region_code}</small>
          </div>
        ))}
      </div>
      {open && offered.length === 0 && <p className="field-hint" role="status">{t("没有找到。", "Nothing was found.")}</p>}
      {open && found.data.items.length > OFFERED && <p className="field-hint" role="status">{t("还有更多，请多写几个字。", "There are more: write more of the name.")}</p>}
      {complaint && <p className="field-error" id={`${id}-error`} role="alert">{complaint}</p>}
    </div>
  );
}
