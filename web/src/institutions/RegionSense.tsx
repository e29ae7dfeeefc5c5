// Says which region a code is, while it is written.
import { useEffect } from "react";
import type { Choice } from "../shape/form/field";
import { useWords } from "../text";

/** How long after the last key the service is asked. */
const PAUSE_MS = 300;

export function RegionSense({ code, regions, look }: { code: string; regions: readonly Choice[]; look: (code: string) => void }) {
  const { t } = useWords();
  useEffect(() => {
    const later = setTimeout(() => look(code), PAUSE_MS);
    return () => clearTimeout(later);
  }, [code, look]);
  const name = regions.find(({ value }) => value === code)?.label.zh;
  return name ? <p className="said" role="status">{t(`${code} 即${name}`, `${code} is ${name}`)}</p> : null;
}
