// The names of the people and programs of the institution, by their ids.
import { useQuery } from "@tanstack/react-query";
import { answered, own } from "../api/client";
import { everyPage } from "../api/pages";
import type { Choice } from "../shape/form/field";

/** Everybody who could have done something here. */
export function useActors(): { pending: boolean; name: (id: string) => string | undefined; choices: Choice[]; link: (id: string) => string | undefined } {
  const { data = [], isPending } = useQuery({
    queryKey: ["/v1/users", "actors"],
    queryFn: async ({ signal }) => {
      const users = await everyPage((query) => answered(own.GET("/v1/users", { params: { query }, signal })));
      const clients = await everyPage((query) => answered(own.GET("/v1/machine-clients", { params: { query }, signal })));
      return [
        ...users.map((user) => ({ id: user.id, name: user.display_name, more: user.name, link: `/users/${user.id}` })),
        ...clients.map((client) => ({ id: client.id, name: client.name, more: "API", link: `/machine-clients/${client.id}` })),
      ];
    },
    staleTime: 60_000,
  });
  const found = (id: string) => data.find((actor) => actor.id === id);
  return {
    pending: isPending,
    name: (id) => found(id)?.name,
    link: (id) => found(id)?.link,
    choices: data.map(({ id, name, more }) => ({ value: id, label: { zh: `${name}（${more}）`, en: `${name} (${more})` } })),
  };
}
