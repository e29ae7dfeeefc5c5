// A page that failed: the service's words and the request's name, never a blank screen.
import { useRouteError } from "react-router";
import { Page } from "../shape/Page";
import { Refused } from "../shape/States";
import { useWords } from "../text";

export default function ErrorPage() {
  const { t } = useWords();
  return (
    <Page title={t("出错了", "Something failed")}>
      <Refused error={useRouteError()} again={() => location.reload()} />
    </Page>
  );
}
