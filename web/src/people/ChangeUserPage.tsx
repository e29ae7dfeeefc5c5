// A user's name and role, changed.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { answered, own, versioned, type Schemas } from "../api/client";
import { RecordPage } from "../shape/RecordPage";
import { PageRefused, Waiting } from "../shape/States";
import { useProfile } from "../session/useSession";
import { useWords } from "../text";
import { userFields } from "./userForm";

export default function ChangeUserPage() {
  const { t } = useWords();
  const go = useNavigate();
  const cache = useQueryClient();
  const id = useParams()["id"] ?? "";
  const roles = useProfile().data?.data.roles ?? [];
  const query = useQuery({ queryKey: ["/v1/users", id], queryFn: ({ signal }) => versioned(own.GET("/v1/users/{id}", { params: { path: { id } }, signal })) });
  if (query.isPending) return <Waiting />;
  if (query.error) return <PageRefused error={query.error} again={() => void query.refetch()} />;
  const { data: user, version } = query.data;
  const save = (body: Schemas["UserIn"]) => answered(own.PUT("/v1/users/{id}", { params: { path: { id }, header: { "if-match": version } }, body: { ...body, name: user.name } }));
  const saved = () => {
    void cache.invalidateQueries({ queryKey: ["/v1/users"] });
    void go(`/users/${id}`);
  };
  return (
    <RecordPage
      title={t(`修改${user.display_name}`, `Change ${user.display_name}`)}
      parent={{ to: `/users/${id}`, title: user.display_name }}
      lead={t("修改角色会结束该用户的所有登录，须重新登录后按新角色办理。", "A changed role ends the user’s logins; the new role counts from the next one.")}
      fields={userFields(roles, true)}
      initial={user}
      save={save}
      saved={saved}
      word={t("保存", "Save")}
      cancel={() => void go(`/users/${id}`)}
    />
  );
}
