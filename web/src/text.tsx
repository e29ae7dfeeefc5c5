// Chinese first, English by a switch: both sentences stand side by side where they are used, so neither is forgotten.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";

export type Language = "zh" | "en";

/** One sentence in both languages. */
export interface Text {
  zh: string;
  en: string;
}

export const text = (zh: string, en: string): Text => ({ zh, en });

interface Words {
  language: Language;
  /** The sentence in the reader's language. */
  t: (zh: string | Text, en?: string) => string;
  change: (language: Language) => void;
}

const KEY = "zengxin.language";
const Context = createContext<Words | null>(null);

/** `?lang=` in the address wins, then the last choice on this machine; a language is no secret. */
function first(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(KEY);
  return asked === "en" ? "en" : "zh";
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(first);
  useEffect(() => {
    localStorage.setItem(KEY, language);
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  const words = useMemo<Words>(
    () => ({
      language,
      t: (zh, en) => (typeof zh === "string" ? (language === "zh" ? zh : (en ?? zh)) : zh[language]),
      change: setLanguage,
    }),
    [language],
  );
  return <Context value={words}>{children}</Context>;
}

export function useWords(): Words {
  const words = useContext(Context);
  if (!words) throw new Error("useWords needs a LanguageProvider around it");
  return words;
}
