// What the registers need to know of the rest: who, when, and the names behind ids.
import { named, useBanks, useProducts } from "../book/lookups";
import { useInstitutions } from "../institutions/useInstitutions";
import { holdsOn, useMemberships, useToday } from "../institutions/useMemberships";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import type { Around } from "./describe";

export function useAround(): Around | null {
  const { t } = useWords();
  const me = useProfile().data?.data;
  const today = useToday();
  // What the role may not read is not asked for: its names are left out.
  const [readsInstitutions, readsMemberships] = [me?.actions.includes("read_institutions") ?? false, me?.actions.includes("read_memberships") ?? false];
  const [known, related] = [useInstitutions(readsInstitutions).data, useMemberships(readsMemberships).data];
  const institutions = readsInstitutions ? known : [];
  const memberships = readsMemberships ? related : [];
  const banks = useBanks().data;
  const products = useProducts().data;
  if (!me || !today || !institutions || !memberships || !banks || !products) return null;
  const ours = me.institution.id;
  const choice = (id: string) => named(institutions.filter((institution) => institution.id === id));
  const held = memberships.filter((membership) => holdsOn(membership, today));
  return {
    t, today, me,
    institution: (id) => (id ? (institutions.find((institution) => institution.id === id)?.name ?? "") : ""),
    bank: (id) => (id ? (banks.find((bank) => bank.id === id)?.name ?? "") : ""),
    banks: named(banks.filter((bank) => holdsOn(bank, today))),
    products: named(products.filter((product) => holdsOn(product, today))),
    above: (relation, kind) => {
      const direct = held.filter((membership) => membership.member_id === ours && membership.relation === relation).map((membership) => membership.institution_id);
      // Whoever stands above the one above is not among our memberships: those of that kind are offered, and the service says which.
      const those = institutions.filter((institution) => institution.kind === kind && (kind === "national_fund" || direct.includes(institution.id)));
      return named(those);
    },
    below: (relation) => held.filter((membership) => membership.institution_id === ours && membership.relation === relation).flatMap((membership) => choice(membership.member_id)),
  };
}
