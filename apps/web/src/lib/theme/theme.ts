/** Light or dark: as the person chose, else as the system is. */

import { create } from "zustand";
import { keep, kept } from "../kept";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = "sundial.theme";

interface Chosen {
  readonly theme: Theme;
  readonly isSystemDark: boolean;
  readonly choose: (theme: Theme) => void;
}

export const useTheme = create<Chosen>((set) => ({
  theme: THEMES.find((theme) => theme === kept(KEPT)) ?? "system",
  isSystemDark: false,
  choose: (theme) => {
    keep(KEPT, theme);
    set({ theme });
  },
}));

export function isDark({ theme, isSystemDark }: Chosen): boolean {
  return theme === "dark" || (theme === "system" && isSystemDark);
}

/** From now on the document says it, whoever changes it. */
export function showTheme(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  useTheme.subscribe((chosen) => {
    document.documentElement.dataset["theme"] = isDark(chosen) ? "dark" : "light";
  });
  const follow = () => useTheme.setState({ isSystemDark: system.matches });
  system.onchange = follow;
  follow();
}
