/** hCaptcha's script: https://docs.hcaptcha.com/configuration, explicit rendering. */

import { isDark } from "../layout/PageParts";
import { loadScript } from "../loadScript";

const ADDRESS = "https://js.hcaptcha.com/1/api.js?render=explicit&recaptchacompat=off&hl=";

interface Api {
  render(
    place: HTMLElement,
    how: {
      sitekey: string;
      theme: "light" | "dark";
      callback: (token: string) => void;
      "expired-callback": () => void;
      "error-callback": () => void;
    },
  ): string;
  reset(id: string): void;
  remove(id: string): void;
}

declare global {
  interface Window {
    hcaptcha?: Api;
  }
}

export interface Widget {
  readonly reset: () => void;
  readonly remove: () => void;
}

export interface Hcaptcha {
  /** Tells the token when it is solved, and undefined when it is not any more. */
  show(place: HTMLElement, siteKey: string, told: (token: string | undefined) => void): Widget;
}

/** Rejects when it cannot be loaded. */
export async function hcaptcha(): Promise<Hcaptcha> {
  await loadScript(ADDRESS + (document.documentElement.lang.split("-")[0] ?? ""));
  const api = window.hcaptcha;
  if (!api) throw new Error("hCaptcha is not there");
  return {
    show: (place, siteKey, told) => {
      const gone = () => {
        told(undefined);
      };
      const id = api.render(place, {
        sitekey: siteKey,
        theme: isDark() ? "dark" : "light",
        callback: told,
        "expired-callback": gone,
        "error-callback": gone,
      });
      return {
        reset: () => {
          api.reset(id);
        },
        remove: () => {
          api.remove(id);
        },
      };
    },
  };
}
