// What the first rows of a file say by a mapping, in the service's own reading.
import type { Schemas } from "../api/client";
import { clientKind } from "../book/words";
import { grouped, percent } from "../format";
import { ScrollTable } from "../shape/ScrollTable";
import { useWords } from "../text";

export function Preview({ preview, busy }: { preview: Schemas["ImportPreview"] | null; busy: boolean }) {
  const { t } = useWords();
  if (!preview) return null;
  const faulty = preview.rows.filter((row) => row.faults.length > 0).length;
  const agreed = preview.rows.some((row) => row.reading?.agreement != null);
  const heading = [t("行", "Row"), t("合同编号", "Number"), t("客户", "Client"), t("客户类型", "Kind"), t("担保金额（元）", "Amount (yuan)"), t("起始日", "Start"), t("到期日", "End"), t("解保日", "Released"), t("银行分险", "Bank’s share"), ...(agreed ? [t("协议编号", "Agreement")] : [])];
  return (
    <section className={busy ? "preview answer fetching" : "preview answer"} aria-label={t("预览", "Preview")} aria-live="polite">
      <h3>{t(`前 ${preview.rows.length} 行的读取结果`, `What the first ${preview.rows.length} rows say`)} <small className="count">{faulty > 0 ? t(`${faulty} 行有误`, `${faulty} faulty`) : t("没有错误", "no faults")}</small></h3>
      <ScrollTable label={t("读取结果", "The reading")} head={heading}>
        {preview.rows.map(({ row, reading, faults }) => reading ? (
          <tr key={row}>
            <td className="figure">{row}</td><td lang="zh-CN">{reading.number}</td><td lang="zh-CN">{reading.client_name}</td><td>{t(clientKind(reading.client_kind))}</td>
            <td className="figure">{grouped(reading.amount)}</td><td>{reading.start}</td><td>{reading.end}</td><td>{reading.released_on ?? ""}</td><td className="figure">{reading.shares ? percent(reading.shares.bank) : t("依协议", "by the agreement")}</td>{agreed && <td lang="zh-CN">{reading.agreement}</td>}
          </tr>
        ) : (
          <tr key={row} className="faulty">
            <td className="figure">{row}</td>
            <td colSpan={heading.length - 1}>{faults.map((fault, place) => <p key={place} className="field-error">✕ <b lang="zh-CN">{fault.column}</b> {t(fault.message, fault.message_en)} {fault.value && <code lang="zh-CN">{fault.value}</code>}</p>)}</td>
          </tr>
        ))}
      </ScrollTable>
    </section>
  );
}
