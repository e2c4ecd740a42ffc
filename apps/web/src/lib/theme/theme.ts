/** Light or dark: as the person chose, else as the system is. */

import { create } from "zustand";
import { keep, kept } from "../kept";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = "sundial.theme";

interface Chosen {
  readonly theme: Theme;
  readonly choose: (theme: Theme) => void;
}

export const useTheme = create<Chosen>((set) => ({
  theme: THEMES.find((theme) => theme === kept(KEPT)) ?? "system",
  choose: (theme) => {
    keep(KEPT, theme);
    set({ theme });
    showTheme(theme);
  },
}));

/** Says it in the document, and follows the system where that is to decide. */
export function showTheme(theme: Theme): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    document.documentElement.dataset["theme"] = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
  };
  dark.onchange = theme === "system" ? show : null;
  show();
}
