// A thing that can be done: a link or a button, or the same disabled with the reason, which hovering, focus or a tap shows.
import { Button } from "antd";
import { useId, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { useReasons, type Action, type Reason } from "../session/useSession";

interface Props {
  /** What the role must allow. */
  action?: Action;
  /** Why it cannot be done for another reason than the role. */
  barred?: Reason;
  to?: string;
  act?: () => void;
  primary?: boolean;
  danger?: boolean;
  children: ReactNode;
}

export function Act({ action, barred = null, to, act, primary, danger, children }: Props) {
  const reason = useReasons()(action) ?? barred;
  const go = useNavigate();
  const look = { type: primary ? "primary" : "default", danger: danger ?? false } as const;
  if (reason !== null) return <Barred reason={reason}>{children}</Barred>;
  return (
    <Button {...look} {...(to === undefined ? {} : { href: to })} onClick={(event) => {
      if (to !== undefined) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void go(to);
      }
      act?.();
    }}>
      {children}
    </Button>
  );
}

/** What is there and cannot be used, with the reason. */
export function Barred({ reason, children, className = "barred-button" }: { reason: string; children: ReactNode; className?: string }) {
  const id = useId();
  return (
    <span className="barred">
      <button type="button" className={className} aria-disabled="true" aria-describedby={id}>{children}</button>
      <span className="why" role="tooltip" id={id}>{reason}</span>
    </span>
  );
}
