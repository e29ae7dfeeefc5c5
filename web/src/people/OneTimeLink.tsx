// A one-time link as it is handed over: the whole address, shown once.
import { Once } from "../shape/Once";
import { useWords } from "../text";

/** The address to open; the link stands behind #, so that no server sees it. */
const address = (link: string) => `${location.origin}/password#${encodeURIComponent(link)}`;

export function OneTimeLink({ link, who, login, done }: { link: string; who: string; login: string; done: () => void }) {
  const { t } = useWords();
  return (
    <Once
      title={t(`${who}的一次性链接`, `One-time link for ${who}`)}
      lead={t("请当面或通过可靠的渠道交给本人。本人打开链接设置口令，72 小时内有效，只能使用一次；此前发放的链接已失效。", "Hand it to the person, or send it by a way you trust. It serves once, for 72 hours, to choose a password; links given out before serve no longer.")}
      secrets={[{ label: t("登录账户", "Account"), value: login }, { label: t("一次性链接", "One-time link"), value: address(link) }]}
      otherwise={t("离开后不再显示。未保存时只能另发一个。", "It is not shown again: another one would have to be given out.")}
      done={done}
    />
  );
}
