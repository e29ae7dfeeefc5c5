// What is written, once the keys rest: so often, and no more often, the service is asked.
import { useEffect, useState } from "react";

/** `value` as it was when it last stood still for `pause` milliseconds; `first` until then. */
export function useRested<Value extends string | null>(value: Value, pause: number, first: Value = value): Value {
  const [rested, setRested] = useState(first);
  useEffect(() => {
    const later = setTimeout(() => setRested(value), pause);
    return () => clearTimeout(later);
  }, [value, pause]);
  return rested;
}
