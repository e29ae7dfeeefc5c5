// Where a ceded contract is shown: an id alone names a contract at its cedent only.
import type { Cession } from "./useFund";

type Named = Pick<Cession, "cedent_id" | "contract_id">;

export const cessionPath = ({ cedent_id, contract_id }: Named) => `/cessions/${cedent_id}/${contract_id}`;

/** What tells it from every other one in a list. */
export const cessionKey = ({ cedent_id, contract_id }: Named) => `${cedent_id}.${contract_id}`;
