import { Keyboard, Search } from "lucide-react";
import { lazy, Suspense, useCallback, useState } from "react";
import { createPortal } from "react-dom";
import { IconButton } from "../../components/Button";
import { useWords } from "../../lib/i18n/locale";
import { useKeyPresses } from "../../lib/keys/listen";
import type { Screen } from "./commands";
import { commandWords } from "./words";

const CommandMenu = lazy(() => import("./CommandMenu"));
const KeysSheet = lazy(() => import("./KeysSheet"));

type Shown = "menu" | "keys";

/** The command menu (Ctrl or Cmd K, or /) and the sheet of keys (?), with the buttons that open them. */
export function Commands({ screens }: { readonly screens: readonly Screen[] }) {
  const words = useWords(commandWords);
  const [shown, setShown] = useState<Shown>();
  const close = useCallback(() => setShown(undefined), []);
  useKeyPresses(
    useCallback(({ key }: KeyboardEvent) => opener({ "/": "menu", "?": "keys" }, key, setShown), []),
    useCallback(({ key }: KeyboardEvent) => opener({ k: "menu" }, key.toLowerCase(), setShown), []),
  );
  return (
    <>
      <IconButton
        label={words.menu}
        icon={<Search />}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setShown("menu")}
      />
      <IconButton
        className="shell__keys"
        label={words.sheet}
        icon={<Keyboard />}
        aria-keyshortcuts="?"
        onClick={() => setShown("keys")}
      />
      {createPortal(
        <Suspense>
          {shown === "menu" && <CommandMenu screens={screens} onClose={close} onKeys={() => setShown("keys")} />}
          {shown === "keys" && <KeysSheet onClose={close} />}
        </Suspense>,
        document.body, // they are not of the header that the buttons are in
      )}
    </>
  );
}

function opener(all: Readonly<Record<string, Shown>>, key: string, show: (shown: Shown) => void) {
  const shown = all[key];
  return shown && (() => show(shown));
}
