// The size class of a party with the floors it met and missed.
import type { Schemas } from "../api/client";
import { SIZE_CLASSES } from "../calculators/words";
import { useWords } from "../text";

export function SizeGrounds({ size }: { size: Schemas["SizeInputOut"] }) {
  const { t } = useWords();
  return (
    <>
      <p><b>{t(SIZE_CLASSES[size.size])}</b> <span className="count">{t(`按 ${size.financial_year} 年指标，${size.filed_on} 填报`, `by the figures of ${size.financial_year}, filed ${size.filed_on}`)}</span></p>
      <ul className="grounds">
        {size.grounds.map((ground) => (
          <li key={`${ground.class}-${ground.indicator}`}>
            <span className="outcome-mark" aria-hidden="true">{ground.met ? "✓" : "✕"}</span>
            {t(ground.text, ground.text_en)}
          </li>
        ))}
      </ul>
    </>
  );
}
