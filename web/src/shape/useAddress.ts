// What a page keeps in its address: filters, an order, a day, a step.
import { useNavigate, useSearchParams, type NavigateOptions } from "react-router";

/** What is to stand in the address under its names; what is empty is taken out. */
export type Changed = Record<string, string | undefined>;

/**
 * The query of the address, and how some of it is changed; unless told otherwise in place of the present step of the history.
 *
 * A change begins with what stands in the address at that moment. The router's own setter begins with what was drawn last: of two
 * changes in quick succession, or of one made while the other is being drawn, it would lose the first.
 */
export function useAddress(): [URLSearchParams, (changed: Changed, how?: NavigateOptions) => void] {
  const [address] = useSearchParams();
  const go = useNavigate();
  return [address, (changed, how) => {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changed)) {
      if (value === undefined || value === "") query.delete(name);
      else query.set(name, value);
    }
    // Drawn at once: a choice does not fall back to its former value until the page has followed.
    void go(`?${query}`, { replace: true, flushSync: true, ...how });
  }];
}
