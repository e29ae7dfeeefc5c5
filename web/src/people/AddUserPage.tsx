// A new user, and the link by which the person chooses a password.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { answered, own, type Schemas } from "../api/client";
import { newId } from "../id";
import { Page } from "../shape/Page";
import { RecordPage } from "../shape/RecordPage";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { OneTimeLink } from "./OneTimeLink";
import { userFields } from "./userForm";

interface Added {
  user: Schemas["UserOut"];
  link: string | null;
}

export default function AddUserPage() {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const profile = useProfile().data?.data;
  const [added, setAdded] = useState<Added | null>(null);
  const [linkId] = useState(newId);
  const parent = { to: "/users", title: t("用户", "Users") };
  const save = async (body: Schemas["UserIn"], id: string): Promise<Added> => {
    const user = await answered(own.PUT("/v1/users/{id}", { params: { path: { id } }, body }));
    const { link } = await answered(own.PUT("/v1/users/{id}/links/{link_id}", { params: { path: { id, link_id: linkId } } }));
    return { user, link: link ?? null };
  };
  const saved = (answer: Added) => {
    void cache.invalidateQueries({ queryKey: ["/v1/users"] });
    // The answer with the link was lost: the user's page gives out another.
    if (answer.link === null) void go(`/users/${answer.user.id}`);
    else setAdded(answer);
  };
  if (added?.link) {
    return (
      <Page title={t("用户已新增", "The user is added")} parent={parent}>
        <OneTimeLink link={added.link} who={added.user.display_name} login={`${profile?.institution.code} / ${added.user.name}`} done={() => void go(`/users/${added.user.id}`)} />
      </Page>
    );
  }
  return (
    <RecordPage
      title={t("新增用户", "Add a user")}
      parent={parent}
      lead={t("保存后得到一个一次性链接，由本人设置口令；管理员不知道任何人的口令。", "Saving gives a one-time link by which the person chooses a password; an administrator knows nobody’s.")}
      fields={userFields(profile?.roles ?? [], false)}
      save={save}
      saved={saved}
      word={t("新增并发放链接", "Add and give out a link")}
      cancel={() => void go("/users")}
    />
  );
}
