import { useEffect, useRef, useState, type RefObject } from "react";
import type { Page, ToPay } from "../api/types";
import { isDark } from "../layout/PageParts";
import { cardForm, type CardForm } from "./stripe";

const DEFAULT_RADIUS = 8; // pixels

export interface Shown {
  /** Where the form is to be. */
  readonly place: RefObject<HTMLDivElement | null>;
  /** undefined while it is loaded. */
  readonly form: CardForm | undefined;
  readonly isDown: boolean;
  readonly again: () => void;
}

/** The card form of a deposit, in the colours of the page. */
export function useCardForm(page: Page, due: ToPay, token: string): Shown {
  const place = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState<CardForm>();
  const [isDown, setDown] = useState(false);
  const [tries, setTries] = useState(0);
  const { clientSecret } = due;
  const publishableKey = page.payments?.publishableKey;
  const scriptPath = page.payments?.scriptPath;
  useEffect(() => {
    const shown = place.current;
    if (!shown || publishableKey === undefined) return undefined;
    let isGone = false;
    let made: CardForm | undefined;
    const keys = { publishableKey, scriptPath: scriptPath ?? null, clientSecret };
    cardForm(shown, keys, lookOf(page), `${location.origin}/booking/manage/${token}`).then(
      (loaded) => {
        made = loaded;
        if (isGone) loaded.remove();
        else setForm(loaded);
      },
      () => {
        if (!isGone) setDown(true);
      },
    );
    return () => {
      isGone = true;
      made?.remove();
    };
  }, [clientSecret, publishableKey, scriptPath, page, token, tries]);
  const again = () => {
    setDown(false);
    setTries(tries + 1);
  };
  return { place, form, isDown, again };
}

function lookOf({ theme, locale }: Page) {
  return {
    locale: locale.split("-")[0] ?? "auto",
    accent: theme.accent,
    radius: theme.radius ?? DEFAULT_RADIUS,
    isDark: isDark(),
  };
}
