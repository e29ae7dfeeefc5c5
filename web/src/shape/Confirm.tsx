// Asks before something is done that cannot be taken back, and says what follows from it.
import { useMutation } from "@tanstack/react-query";
import { Modal } from "antd";
import type { ReactNode } from "react";
import { useWords } from "../text";
import { Refused } from "./States";

interface Props {
  title: string;
  /** What follows, one sentence each. */
  consequences: readonly ReactNode[];
  /** The word on the button that does it. */
  word: string;
  danger?: boolean;
  act: () => Promise<unknown>;
  close: () => void;
}

export function Confirm({ title, consequences, word, danger = true, act, close }: Props) {
  const { t } = useWords();
  const doing = useMutation({ mutationFn: act, onSuccess: close });
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      onOk={() => doing.mutate()}
      okText={word}
      cancelText={t("取消", "Cancel")}
      okButtonProps={{ danger, loading: doing.isPending }}
      maskClosable={false}
    >
      <ul className="consequences">
        {consequences.map((consequence, place) => <li key={place}>{consequence}</li>)}
      </ul>
      {doing.error && <Refused error={doing.error} />}
    </Modal>
  );
}
