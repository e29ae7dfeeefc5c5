// What stands where there is nothing yet: waiting, nothing found, or a refusal with the name of its request.
import { Alert, Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { Refusal } from "../api/client";
import { useWords } from "../text";

export function Waiting() {
  const { t } = useWords();
  return (
    <main className="page" aria-busy="true" aria-label={t("正在读取", "Loading")}>
      <Skeleton active={false} paragraph={{ rows: 8 }} />
    </main>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}

/** The service's own words about a refusal, its request's name, and another try. */
export function Refused({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useWords();
  const refusal = error instanceof Refusal ? error : null;
  const problem = refusal?.problem;
  return (
    <Alert
      type="error"
      showIcon={false}
      title={problem ? t(problem.title, problem.title_en) : t("页面出错", "The page failed")}
      description={
        <>
          <p>{problem ? t(problem.detail, problem.detail_en) : t("请刷新后重试；仍不成功时请告知管理员。", "Reload and try again; if it fails again tell your administrator.")}</p>
          {refusal?.requestId && (
            <p>
              {t("请求编号", "Request")} <code>{refusal.requestId}</code>
            </p>
          )}
          {again && <Button onClick={again}>{t("重试", "Try again")}</Button>}
        </>
      }
    />
  );
}
