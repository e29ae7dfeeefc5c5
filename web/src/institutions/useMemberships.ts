// The memberships in which the reader's institution is above or below.
import { useQuery } from "@tanstack/react-query";
import { alive, answered, own, type Schemas } from "../api/client";
import { everyPage } from "../api/pages";

export type Membership = Schemas["MembershipOut"];

/** All of them: as many as an institution has neighbours. */
export const useMemberships = (wanted = true) =>
  useQuery({ queryKey: ["/v1/memberships", "every"], queryFn: ({ signal }) => everyPage((query) => answered(own.GET("/v1/memberships", { params: { query }, signal }))), enabled: wanted });

/** Today in China, as the service has it. */
export const useToday = () => useQuery({ queryKey: ["/healthz"], queryFn: ({ signal }) => alive(signal), staleTime: 60_000 }).data?.today;

/** Whether what is dated holds on a day; the day of its end is the first without it. */
export const holdsOn = ({ from, until }: { from: string; until?: string | null }, day: string) => from <= day && (!until || day < until);
