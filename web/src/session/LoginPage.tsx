// Coming in: institution, name and password, then a code where the account asks for one.
import { Button } from "antd";
import { useEffect, useState, type FormEvent } from "react";
import { Navigate, useSearchParams } from "react-router";
import { Refusal } from "../api/client";
import { Fields } from "../shape/form/FieldInput";
import { emptyDraft, type Draft } from "../shape/form/document";
import type { FieldsOf } from "../shape/form/field";
import { Page } from "../shape/Page";
import { Refused, Waiting } from "../shape/States";
import { text, useWords } from "../text";
import type { Schemas } from "../api/client";
import { logIn } from "./session";
import { useSession } from "./useSession";

/** The institution last used on this machine; its code is no secret. */
const INSTITUTION = "zengxin.institution";

const WHO: FieldsOf<Schemas["LoginIn"]> = [
  { name: "institution_code", kind: "text", label: text("机构代码", "institution code"), autoComplete: "organization" },
  { name: "user", kind: "text", label: text("用户名", "user name"), autoComplete: "username" },
  { name: "password", kind: "password", label: text("口令", "password"), autoComplete: "current-password" },
];
const CODE: FieldsOf<Schemas["LoginIn"]> = [
  { name: "code", kind: "text", label: text("验证码", "code"), hint: text("验证器上的六位数字，或一个恢复码", "the six digits of your authenticator app, or a recovery code"), autoComplete: "one-time-code" },
];

/** An address of this console to go on to, and no other. */
const inside = (to: string | null) => (to !== null && /^\/(?![/\\])/.test(to) ? to : "/");

export default function LoginPage() {
  const { t } = useWords();
  const session = useSession();
  const [address] = useSearchParams();
  const [draft, setDraft] = useState<Draft>({ ...emptyDraft([...WHO, ...CODE]), institution_code: localStorage.getItem(INSTITUTION) ?? "" });
  const [needsCode, setNeedsCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Refusal | null>(null);
  const wait = useCountdown(error);
  const value = (name: string) => String(draft[name] ?? "");

  useEffect(() => {
    const first = needsCode ? "code" : value("institution_code") === "" ? "institution_code" : "user";
    document.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }, [needsCode]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const code = value("code").replace(/\s/g, "");
      await logIn({ institution_code: value("institution_code").trim(), user: value("user").trim(), password: value("password"), ...(code === "" ? {} : { code }) });
      localStorage.setItem(INSTITUTION, value("institution_code").trim());
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      const asksForCode = Refusal.is(refused, "code_needed");
      setNeedsCode((before) => before || asksForCode);
      setError(asksForCode && !needsCode ? null : refused);
      setBusy(false);
    }
  };
  if (session.phase === "in") return <Navigate to={inside(address.get("to"))} replace />;

  if (session.phase === "asking") return <Waiting />;
  return (
    <Page title={t("登录", "Log in")}>
      <div className="narrow">
        {session.phase === "out" && session.why === "ended" && <p className="notice" role="status">{t("登录已结束，请重新登录，之后回到原来的页面。", "Your login has ended. Log in again to go on where you were.")}</p>}
        {session.phase === "out" && session.why === "left" && <p className="notice" role="status">{t("已退出登录。", "You have left.")}</p>}
        {address.get("chosen") && <p className="notice" role="status">{t("口令已设置，请用新口令登录。", "The password is set: log in with it.")}</p>}
        <form className="record-form" onSubmit={(event) => void submit(event)} noValidate>
          <div className="fields one">
            <Fields fields={needsCode ? [...WHO.map((field) => ({ ...field, fixed: true })), ...CODE] : WHO} draft={draft} path="" errors={new Map()} change={setDraft} />
          </div>
          {error && <Refused error={error} />}
          <div className="submit">
            <Button type="primary" htmlType="submit" loading={busy} disabled={wait > 0}>
              {wait > 0 ? t(`请等待 ${wait} 秒`, `Wait ${wait} seconds`) : t("登录", "Log in")}
            </Button>
            {needsCode && <Button onClick={() => { setNeedsCode(false); setError(null); setDraft({ ...draft, code: "" }); }}>{t("换一个账户", "Another account")}</Button>}
          </div>
        </form>
        <div className="prose plain">
          <p>{t("没有账户、忘记口令或丢失验证器：请本机构管理员发放一次性链接或停用二次验证。", "No account, a forgotten password or a lost authenticator: your institution’s administrator gives out a one-time link, or removes the second factor.")}</p>
          <p>{t("规则手册和计算器不需要登录。", "The rulebook and the calculators need no login.")}</p>
        </div>
      </div>
    </Page>
  );
}

/** The seconds left until the service may be asked again. */
function useCountdown(error: Refusal | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const until = Date.now() + (error?.problem.status === 429 ? (error.wait ?? 1) : 0) * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tick();
    const ticking = setInterval(tick, 500);
    return () => clearInterval(ticking);
  }, [error]);
  return left;
}
