// Where one can go: the ways of the navigation, the palette and the keys, each with what the role must allow.
import type { Action, Profile } from "../session/useSession";
import { text, type Text } from "../text";

export interface Way {
  to: string;
  title: Text;
  /** What is there, in a sentence. */
  what: Text;
  /** What the role must allow; without it, nothing. */
  action?: Action;
  /** Whether it concerns institutions of this kind at all. */
  concerns?: (profile: Profile) => boolean;
  /** The key after g. */
  key?: string;
  /** Answered by the service itself, not by a page. */
  outside?: boolean;
}

export interface Area {
  title: Text;
  /** Open to whoever is not logged in. */
  open?: boolean;
  ways: Way[];
}

export const AREAS: Area[] = [
  {
    title: text("机构", "Institutions"),
    ways: [
      { to: "/institution", title: text("本机构", "Our institution"), what: text("本机构的资料、状态和设置", "what is known of our institution, its state and settings"), action: "read_profile", key: "o" },
      { to: "/institutions", title: text("机构名录", "All institutions"), what: text("体系内的各类机构", "every institution of the system"), action: "read_institutions", key: "i" },
      { to: "/institutions/new", title: text("接纳机构", "Onboard"), what: text("登记一个新的下属机构", "register a new institution"), action: "onboard_institution", concerns: (profile) => profile.onboards.length > 0 },
      { to: "/memberships", title: text("隶属关系", "Memberships"), what: text("谁为谁再担保、审核或监管谁", "who re-guarantees, reviews or supervises whom"), action: "read_memberships", key: "m" },
    ],
  },
  {
    title: text("人员与程序", "People and programs"),
    ways: [
      { to: "/users", title: text("用户", "Users"), what: text("本机构的人员和角色", "our people and their roles"), action: "read_users", key: "u" },
      { to: "/machine-clients", title: text("程序账户", "Machine clients"), what: text("以接口办理业务的程序", "programs that use the interface"), action: "read_machine_clients", key: "p" },
      { to: "/audit", title: text("审计记录", "Audit trail"), what: text("谁在何时做了什么，或被拒绝了什么", "who did or was refused what, and when"), action: "read_audit", key: "a" },
    ],
  },
  {
    title: text("依据与工具", "Law and tools"),
    open: true,
    ways: [
      { to: "/rules", title: text("规则手册", "Rulebook"), what: text("每项规则、条款原文与解读", "every rule, its clause and our reading"), key: "r" },
      { to: "/calculators", title: text("计算器", "Calculators"), what: text("十三个计算器，不登记任何业务", "thirteen calculators; nothing is booked"), key: "c" },
      { to: "/help", title: text("帮助", "Help"), what: text("怎样使用、格式和快捷键", "how to use it, forms and keys"), key: "h" },
      { to: "/problem-codes", title: text("错误目录", "Catalogue of errors"), what: text("每个错误代码的含义与办法", "what every code of an error means, and what to do") },
      { to: "/docs/", title: text("接口文档", "Interface"), what: text("程序接口的说明", "the interface for programs"), outside: true },
    ],
  },
];

/** The areas that concern the reader: those open to all, and when logged in those of the own kind of institution. */
export function areasFor(profile: Profile | undefined): Area[] {
  return AREAS.filter((area) => area.open || profile).map((area) => ({ ...area, ways: area.ways.filter((way) => !way.concerns || (profile && way.concerns(profile))) }));
}
