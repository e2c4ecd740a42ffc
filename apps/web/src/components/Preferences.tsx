import { Languages, Moon, Sun } from "lucide-react";
import { useSpoken, useWords } from "../lib/i18n/locale";
import { isDark, useTheme } from "../lib/theme/theme";
import { Button, IconButton } from "./Button";
import { componentWords } from "./words";

/** The language, said in itself, and light or dark. */
export function Preferences() {
  const words = useWords(componentWords);
  const { locale, speak } = useSpoken();
  const choose = useTheme((chosen) => chosen.choose);
  const dark = useTheme(isDark);
  const other = locale === "en" ? "ar" : "en";
  return (
    <div className="preferences">
      <Button kind="quiet" icon={<Languages />} lang={other} onClick={() => speak(other)}>
        {other === "ar" ? "العربية" : "English"}
      </Button>
      <IconButton
        label={dark ? words.light : words.dark}
        icon={dark ? <Sun /> : <Moon />}
        onClick={() => choose(dark ? "light" : "dark")}
      />
    </div>
  );
}
