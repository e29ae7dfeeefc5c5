// What stands where there is nothing yet: waiting, nothing found, or a refusal with the name of its request.
import { Alert, Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { Refusal } from "../api/client";
import { useWords } from "../text";
import { Findings, STOPPING } from "./FindingCard";
import { Page } from "./Page";

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

/** A page that the service refused: named after what is in the way. */
export function PageRefused({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useWords();
  const status = error instanceof Refusal ? error.problem.status : null;
  const title = status === 403 ? t("无权查看", "Not allowed") : status === 404 ? t("没有找到", "Not found") : t("出错了", "Something failed");
  return (
    <Page title={title}>
      <Refused error={error} {...(again && status !== 403 && status !== 404 ? { again } : {})} />
      <ul className="ways">
        <li><Link to="/">{t("回到首页", "To the first page")}</Link></li>
        <li><Link to="/help">{t("帮助", "Help")}</Link></li>
      </ul>
    </Page>
  );
}

/** The service's own words about a refusal, its request's name, and another try. */
export function Refused({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useWords();
  const refusal = error instanceof Refusal ? error : null;
  const problem = refusal?.problem;
  return (
    <Alert
      type="error"
      role="alert"
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
          {problem?.findings && <Findings findings={problem.findings.filter(({ outcome }) => STOPPING.includes(outcome))} />}
          {problem?.status === 429 && refusal?.wait !== null && <p>{t(`请等待 ${refusal?.wait} 秒。`, `Wait ${refusal?.wait} seconds.`)}</p>}
          {again && <Button onClick={again}>{t("重试", "Try again")}</Button>}
        </>
      }
    />
  );
}
