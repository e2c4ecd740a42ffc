import { Languages, Moon, Sun } from "lucide-react";
import { useSpoken, useWords } from "../lib/i18n/locale";
import { useTheme } from "../lib/theme/theme";
import { Button, IconButton } from "./Button";
import { componentWords } from "./words";

/** The language, said in itself, and light or dark. */
export function Preferences() {
  const words = useWords(componentWords);
  const { locale, speak } = useSpoken();
  const { theme, choose } = useTheme();
  const other = locale === "en" ? "ar" : "en";
  const isDark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  return (
    <div className="preferences">
      <Button kind="quiet" icon={<Languages />} lang={other} onClick={() => speak(other)}>
        {other === "ar" ? "العربية" : "English"}
      </Button>
      <IconButton
        label={isDark ? words.light : words.dark}
        icon={isDark ? <Sun /> : <Moon />}
        onClick={() => choose(isDark ? "light" : "dark")}
      />
    </div>
  );
}
