// What the service said is wrong with what was written, field by field.
import { Refusal, type Problem } from "../../api/client";
import { useWords } from "../../text";

export type Fault = NonNullable<Problem["errors"]>[number];

/** The faults of a refusal; none of whatever else went wrong. */
export const faultsOf = (error: unknown): Fault[] => (error instanceof Refusal ? (error.problem.errors ?? []) : []);

/** The service's words by the path of the field. */
export function useComplaints(faults: readonly Fault[]): ReadonlyMap<string, string> {
  const { t } = useWords();
  return new Map(faults.map((fault) => [fault.field, t(fault.message, fault.message_en)]));
}
