// What people would rather look at than read: shares, parts and floors of an answer.
import type { Schemas } from "../api/client";
import { grouped, percent } from "../format";
import { LimitBar, ShareBar, type Part } from "../shape/Bars";
import { useWords } from "../text";
import type { ResultProps } from "./describe";
import { PARTIES, SIZE_CLASSES } from "./words";

type PartyName = keyof typeof PARTIES;
const NAMES = Object.keys(PARTIES) as PartyName[];

function useParts() {
  const { t } = useWords();
  return (figures: Partial<Record<PartyName, string | null>>, shown: (figure: string) => string): Part[] =>
    NAMES.flatMap((name) => {
      const figure = figures[name];
      return figure ? [{ name: t(PARTIES[name]), figure, shown: shown(figure) }] : [];
    });
}

export function RiskPicture({ input }: ResultProps<Schemas["RiskIn"], Schemas["RiskOut"]>) {
  const { t } = useWords();
  return <ShareBar label={t("风险分担", "shares of the risk")} parts={useParts()(input.shares, percent)} />;
}

export function SplitPicture({ answer }: ResultProps<Schemas["SplitIn"], Schemas["SplitOut"]>) {
  const { t } = useWords();
  return <ShareBar label={t("各方金额", "parts")} parts={useParts()(answer.parts, grouped)} />;
}

export function PayoutPicture({ input, answer }: ResultProps<Schemas["PayoutIn"], Schemas["PayoutOut"]>) {
  const { t } = useWords();
  const parts = useParts();
  const given = NAMES.filter((name) => answer.net[name] !== undefined);
  return (
    <>
      <ShareBar label={t("各方净承担", "net of each party")} parts={parts(answer.net, grouped)} />
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t("分配表", "Settlement table")}>
        <table>
          <thead>
            <tr>
              <th>{t("元", "yuan")}</th>
              {given.map((name) => <th key={name}>{t(PARTIES[name])}</th>)}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th>{t("应承担", "due")}</th>
              {given.map((name) => (
                <td key={name} className="figure">
                  {name === "bank" ? grouped(answer.bank) : name === "institution" ? "—" : grouped(answer.dues[name] ?? "—")}
                </td>
              ))}
            </tr>
            {answer.recovered.map((row, place) => (
              <tr key={place}>
                <th>
                  {t("追偿", "recovery")} {place + 1}：{grouped(String(input.recoveries[place] ?? ""))}
                </th>
                {given.map((name) => <td key={name} className="figure">{grouped(row[name] ?? "—")}</td>)}
              </tr>
            ))}
            <tr className="total">
              <th>{t("净承担", "net")}</th>
              {given.map((name) => <td key={name} className="figure">{grouped(answer.net[name] ?? "—")}</td>)}
            </tr>
          </tbody>
        </table>
      </div>
    </>
  );
}

export function PortfolioPicture({ answer }: ResultProps<Schemas["PortfolioIn"], Schemas["CalculatorPortfolioOut"]>) {
  const { t } = useWords();
  const measures: [string, string | null | undefined][] = [
    ["share.small_agri", answer.small_agri_share],
    ["share.small_ticket", answer.small_ticket_share],
    ["share.clients", answer.client_share],
  ];
  const labels: Record<string, string> = {
    "share.small_agri": t("支小支农占比", "small-and-agri share"),
    "share.small_ticket": t("单户 500 万元及以下占比", "small-ticket share"),
    "share.clients": t("户数占比", "share of the clients"),
  };
  return measures.map(([rule, measured]) => {
    const limit = answer.findings.find((finding) => finding.rule === rule)?.limit;
    return measured && limit ? (
      <LimitBar key={rule} label={labels[rule] ?? rule} figure={measured} shown={percent(measured)} limit={limit} limitShown={t(`下限 ${percent(limit)}`, `floor ${percent(limit)}`)} />
    ) : null;
  });
}

export function VatPicture({ answer }: ResultProps<Schemas["VatIn"], Schemas["VatOut"]>) {
  const { t } = useWords();
  const parts = [
    { name: t("免税", "exempt"), figure: answer.exempt, shown: grouped(answer.exempt) },
    { name: t("应税", "taxable"), figure: answer.taxable, shown: grouped(answer.taxable) },
  ];
  return <ShareBar label={t("担保费", "fees")} parts={parts} />;
}

export function SizePicture({ answer }: ResultProps<Schemas["SizeIn"], Schemas["SizeOut"]>) {
  const { t } = useWords();
  return (
    <>
      <p className="verdict">{t(SIZE_CLASSES[answer.size])}</p>
      <ul className="grounds">
        {answer.grounds.map((ground) => (
          <li key={`${ground.class}-${ground.indicator}`}>
            <span className="outcome-mark" aria-hidden="true">{ground.met ? "✓" : "✕"}</span>
            {t(ground.text, ground.text_en)}
          </li>
        ))}
      </ul>
    </>
  );
}

export function IdentifierPicture({ answer }: ResultProps<Schemas["IdentifierIn"], Schemas["CalculatorIdentifierOut"]>) {
  const { t } = useWords();
  return (
    <>
      <p className="verdict">{answer.valid ? t("✓ 校验通过", "✓ Valid") : t("✕ 未通过校验", "✕ Not valid")}</p>
      {answer.reason && <p>{answer.reason}</p>}
    </>
  );
}
