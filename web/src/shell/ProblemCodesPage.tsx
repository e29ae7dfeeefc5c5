// The catalogue of errors: every code the service can state, found by its name or its words.
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { listProblemCodes } from "../api/client";
import { ListPage } from "../shape/Page";
import { Empty, Refused, Waiting } from "../shape/States";
import { useAddress } from "../shape/useAddress";
import { useWords } from "../text";

/** Whether any of the texts holds the words, whatever their case. */
const holds = (words: string, texts: string[]) => texts.some((text) => text.toLowerCase().includes(words.trim().toLowerCase()));

export default function ProblemCodesPage() {
  const { t } = useWords();
  const codes = useQuery({ queryKey: ["/v1/problem-codes"], queryFn: ({ signal }) => listProblemCodes(signal), staleTime: Infinity });
  const [address, set] = useAddress();
  // Kept here too: an input method composes characters, which must not wait for the address.
  const [words, setWords] = useState(address.get("q") ?? "");
  const search = (value: string) => {
    setWords(value);
    set({ q: value });
  };
  if (codes.isPending) return <Waiting />;
  if (codes.error) return <main className="page" id="main"><Refused error={codes.error} again={() => void codes.refetch()} /></main>;

  const problems = codes.data.problems.filter((each) => holds(words, [each.code, String(each.status), each.title, each.title_en, each.detail, each.detail_en]));
  const fields = codes.data.fields.filter((each) => holds(words, [each.code, each.meaning, each.meaning_en]));
  return (
    <ListPage
      title={t("错误目录", "Catalogue of errors")}
      parent={{ to: "/help", title: t("帮助", "Help") }}
      lead={t("每个错误代码的含义与办法；代码供程序识别，不会改变。", "What every code of an error means and what to do; programs go by the codes, which stay as they are.")}
      filters={
        <label className="grow">
          <span>{t("搜索（按 / 键）", "Search (press /)")}</span>
          <input type="search" id="search" value={words} placeholder={t("代码、状态或词语，如：409", "a code, a status or words, such as: 409")} onChange={(event) => search(event.target.value)} />
        </label>
      }
      count={t(`${problems.length} 种错误，${fields.length} 种字段错误`, `${problems.length} errors, ${fields.length} errors of fields`)}
      empty={problems.length + fields.length > 0 ? null : (
        <Empty>
          <p>{t("没有找到这样的错误。换个词。", "No error fits. Try another word.")}</p>
          <Button onClick={() => search("")}>{t("清除条件", "Clear the conditions")}</Button>
        </Empty>
      )}
    >
      {problems.length > 0 && (
        <section className="prose">
          <h2>{t("错误", "Errors")}</h2>
          <dl className="facts">
            {problems.map((each) => (
              <div className="fact" key={each.code}>
                <dt>{each.status} <code>{each.code}</code></dt>
                <dd><strong>{t(each.title, each.title_en)}</strong> {t(each.detail, each.detail_en)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {fields.length > 0 && (
        <section className="prose">
          <h2>{t("字段错误", "Errors of fields")}</h2>
          <dl className="facts">
            {fields.map((each) => (
              <div className="fact" key={each.code}>
                <dt><code>{each.code}</code></dt>
                <dd>{t(each.meaning, each.meaning_en)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </ListPage>
  );
}
