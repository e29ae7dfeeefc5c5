// The rulebook, read once: it changes only with the program.
import { useQuery } from "@tanstack/react-query";
import { listRules } from "../api/client";
import { byRule } from "./words";

export const useRules = () =>
  useQuery({ queryKey: ["/v1/rules"], queryFn: ({ signal }) => listRules(signal), staleTime: Infinity, select: byRule });
