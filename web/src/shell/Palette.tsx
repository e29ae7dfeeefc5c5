// Search over everything one may open. Each source answers what it has for the words; a new one joins SOURCES.
import { useQuery } from "@tanstack/react-query";
import { Modal } from "antd";
import { useId, useState } from "react";
import { useNavigate } from "react-router";
import { answered, own } from "../api/client";
import { searchOf } from "../book/PartyPicker";
import { CONTRACT_STATES, PARTY_KINDS } from "../book/words";
import { CALCULATORS } from "../calculators/catalogue";
import { cessionPath } from "../fund/paths";
import { FILINGS } from "../fund/words";
import { useRules } from "../rules/useRules";
import { matches } from "../rules/words";
import { useProfile, useReasons, type Action, type Profile } from "../session/useSession";
import { useRested } from "../shape/useRested";
import { text, useWords, type Text } from "../text";
import { areasFor, guarantees, reguarantees } from "./areas";

interface Found {
  to: string;
  title: string;
  what: string;
  outside?: boolean;
}

interface Source {
  title: Text;
  /** What it has for these words; for none, what is offered first. */
  useFound: (words: string) => Found[];
}

/** As many of each source as fit under one another. */
const MOST = 8;

const holds = (words: string, ...texts: string[]) => words.toLowerCase().split(/\s+/).every((word) => texts.some((text) => text.toLowerCase().includes(word)));

const PAGES: Source = {
  title: text("页面", "Pages"),
  useFound: (words) => {
    const { t } = useWords();
    const profile = useProfile().data?.data;
    const reasons = useReasons();
    const ways = areasFor(profile).flatMap((area) => area.ways).filter((way) => reasons(way.action) === null);
    const more = profile
      ? [
          ...(reasons("manage_users") === null ? [{ to: "/users/new", title: text("新增用户", "Add a user"), what: text("新增用户并发放一次性链接", "add a user and give out a link") }] : []),
          { to: "/profile", title: text("个人账户", "Your account"), what: text("姓名、口令和二次验证", "name, password and second factor") },
        ]
      : [{ to: "/login", title: text("登录", "Log in"), what: text("以机构用户身份进入", "come in as a user of an institution") }];
    return [...ways, ...more]
      .filter(({ title, what }) => holds(words, title.zh, title.en, what.zh, what.en))
      .map(({ to, title, what, ...way }) => ({ to, title: t(title), what: t(what), outside: "outside" in way && way.outside === true }));
  },
};

const CALCULATIONS: Source = {
  title: text("计算器", "Calculators"),
  useFound: (words) => {
    const { t } = useWords();
    if (words === "") return [];
    return CALCULATORS.filter(({ name, title, purpose }) => holds(words, name, title.zh, title.en, purpose.zh, purpose.en)).map(({ name, title, purpose }) => ({ to: `/calculators/${name}`, title: t(title), what: t(purpose) }));
  },
};

const RULES: Source = {
  title: text("规则", "Rules"),
  useFound: (words) => {
    const { t } = useWords();
    const rules = useRules();
    if (words === "") return [];
    return (rules.data ?? []).filter((rule) => matches(rule, words)).map(({ id, versions }) => {
      const latest = versions[versions.length - 1] ?? versions[0];
      return { to: `/rules/${id}`, title: t(latest.title, latest.title_en), what: `${id} · ${latest.document} ${latest.clause}` };
    });
  },
};

/** How long after the last key the service is asked. */
const PAUSE_MS = 250;

/** What the service is asked for, by whoever's kind of institution it concerns and whose role may read it. */
function asked<Item>(title: Text, concerns: (profile: Profile) => boolean, action: Action, path: string, fetch: (words: string, signal: AbortSignal) => Promise<{ items: Item[] }>, found: (item: Item, t: ReturnType<typeof useWords>["t"]) => Found): Source {
  return {
    title,
    useFound: (words) => {
      const { t } = useWords();
      const rested = useRested(words, PAUSE_MS, "");
      const profile = useProfile().data?.data;
      // What a role may not read is not asked for.
      const may = profile !== undefined && concerns(profile) && profile.actions.includes(action);
      const { data } = useQuery({ queryKey: [path, "palette", rested], queryFn: ({ signal }) => fetch(rested, signal), enabled: may && rested !== "" });
      return (words === "" ? [] : (data?.items ?? [])).map((item) => found(item, t));
    },
  };
}

const CONTRACTS = asked(
  text("合同", "Contracts"), guarantees, "read_contracts", "/v1/contracts",
  (number, signal) => answered(own.GET("/v1/contracts", { params: { query: { number, limit: MOST } }, signal })),
  (line, t) => ({ to: `/contracts/${line.id}`, title: line.number, what: `${line.client_name} · ${t(CONTRACT_STATES[line.state])}` }),
);

const PARTIES = asked(
  text("被担保人", "Parties"), guarantees, "read_parties", "/v1/parties",
  (name, signal) => answered(own.GET("/v1/parties", { params: { query: { ...searchOf(name), limit: MOST } }, signal })),
  (party, t) => ({ to: `/parties/${party.id}`, title: party.name, what: t(PARTY_KINDS[party.kind]) }),
);

const CEDENTS = asked(
  text("分出机构", "Cedents"), reguarantees, "read_cessions", "/v1/cedents",
  (search, signal) => answered(own.GET("/v1/cedents", { params: { query: { search, limit: MOST } }, signal })),
  (cedent, t) => ({ to: `/cedents/${cedent.institution_id}`, title: cedent.name, what: t(`${cedent.contracts} 笔分出合同`, `${cedent.contracts} ceded contracts`) }),
);

const CESSIONS = asked(
  text("分入合同", "Ceded contracts"), reguarantees, "read_cessions", "/v1/cessions",
  (number, signal) => answered(own.GET("/v1/cessions", { params: { query: { number, limit: MOST } }, signal })),
  (cession, t) => ({ to: cessionPath(cession), title: cession.number, what: `${cession.cedent_name} · ${t(FILINGS[cession.filing])}` }),
);

const SOURCES = [PAGES, CEDENTS, CESSIONS, CONTRACTS, PARTIES, CALCULATIONS, RULES];

export default function Palette({ close }: { close: () => void }) {
  const { t } = useWords();
  const go = useNavigate();
  const list = useId();
  const [written, setWritten] = useState("");
  const [place, setPlace] = useState(0);
  const words = written.trim();
  // SOURCES never changes, so the hooks are called in one order.
  const groups = SOURCES.map((source) => ({ title: source.title, found: source.useFound(words).slice(0, MOST) })).filter((group) => group.found.length > 0);
  const all = groups.flatMap((group) => group.found);
  const at = Math.min(place, all.length - 1);
  const open = (found: Found | undefined) => {
    if (!found) return;
    close();
    if (found.outside) location.assign(found.to);
    else void go(found.to);
  };
  const press = (event: React.KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && all.length > 0) {
      event.preventDefault();
      setPlace((at + step + all.length) % all.length);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(all[at]);
    }
  };
  return (
    <Modal open onCancel={close} footer={null} title={t("搜索", "Search")} className="palette" destroyOnHidden afterOpenChange={(opened) => { if (opened) document.getElementById(`${list}-words`)?.focus(); }}>
      <input
        id={`${list}-words`}
        type="search"
        role="combobox"
        autoFocus
        aria-label={t("搜索合同、客户、页面、规则和计算器", "Search contracts, clients, pages, rules and calculators")}
        aria-expanded={all.length > 0}
        aria-controls={list}
        aria-activedescendant={all.length > 0 ? `${list}-${at}` : undefined}
        autoComplete="off"
        placeholder={t("合同编号、客户名称、页面、规则，如：费率", "a number, a client, a page, a rule, such as: fee")}
        value={written}
        onChange={(event) => { setWritten(event.target.value); setPlace(0); }}
        onKeyDown={press}
      />
      <div id={list} role="listbox" aria-label={t("找到的内容", "What was found")}>
        {groups.map((group) => (
          <div key={group.title.en} role="group" aria-label={t(group.title)}>
            <p aria-hidden="true">{t(group.title)}</p>
            {group.found.map((found) => {
              const number = all.indexOf(found);
              return (
                <div key={found.to} id={`${list}-${number}`} role="option" aria-selected={number === at} onMouseMove={() => setPlace(number)} onClick={() => open(found)}>
                  <b>{found.title}</b> <small>{found.what}</small>
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {all.length === 0 && <p className="count" role="status">{t("没有找到。换个词试试。", "Nothing was found. Try another word.")}</p>}
    </Modal>
  );
}
