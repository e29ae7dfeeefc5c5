// Keeps what somebody has written from being lost by leaving the page.
import { Modal } from "antd";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { now } from "../session/session";
import { useWords } from "../text";

export function Unsaved({ when, title, detail }: { when: () => boolean; title?: string; detail?: string }) {
  const { t } = useWords();
  // Whoever was logged out cannot save any more.
  const blocker = useBlocker(({ currentLocation, nextLocation }) => when() && now().phase !== "out" && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (when()) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [when]);
  if (blocker.state !== "blocked") return null;
  return (
    <Modal
      open
      title={title ?? t("有未保存的修改", "There are unsaved changes")}
      onCancel={() => blocker.reset()}
      onOk={() => blocker.proceed()}
      okText={t("放弃并离开", "Leave without them")}
      cancelText={t("留在本页", "Stay here")}
      okButtonProps={{ danger: true }}
      maskClosable={false}
    >
      {detail ?? t("离开后，本页填写的内容不会保存。", "What was filled in here is not kept once you leave.")}
    </Modal>
  );
}
