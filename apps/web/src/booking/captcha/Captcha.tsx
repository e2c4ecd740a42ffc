/**
 * hCaptcha, where the page asks for it; loaded only then. Where it cannot be loaded the guest may go on all the same:
 * is it silent for the server too, a code by email takes its place.
 */

import { useEffect, useRef, useState } from "react";
import { codeOf } from "../api/request";
import type { Page } from "../api/types";
import { useWords } from "../i18n/messages";
import { hcaptcha, type Widget } from "./hcaptcha";
import { newKey } from "../../lib/newKey";

interface Props {
  readonly page: Page;
  /** undefined: it has to be solved (again). */
  readonly onToken: (token: string | undefined) => void;
  /** Why the last booking failed: a token is good for one. */
  readonly failed: unknown;
}

export function Captcha({ page, onToken, failed }: Props) {
  if (!page.captcha) return null;
  return <Asked siteKey={page.captcha.siteKey} onToken={onToken} failed={failed} />;
}

function Asked({ siteKey, onToken, failed }: Omit<Props, "page"> & { readonly siteKey: string }) {
  const words = useWords();
  const place = useRef<HTMLDivElement>(null);
  const widget = useRef<Widget>(undefined);
  const [isDown, setDown] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isGone = false;
    const shown = place.current;
    if (!shown) return undefined;
    hcaptcha().then(
      (loaded) => {
        if (!isGone) widget.current = loaded.show(shown, siteKey, onToken);
      },
      () => {
        if (isGone) return;
        setDown(true);
        onToken(`unloaded-${newKey()}`);
      },
    );
    return () => {
      isGone = true;
      widget.current?.remove();
      widget.current = undefined;
    };
  }, [siteKey, onToken, tries]);
  useEffect(() => {
    if (codeOf(failed) === undefined) return;
    widget.current?.reset();
    onToken(undefined);
  }, [failed, onToken]);
  return (
    <div className="captcha">
      <p>{words.captchaAsk}</p>
      <div ref={place} />
      {isDown && (
        <p role="alert" className="error">
          {words.captchaDown}{" "}
          <button
            type="button"
            className="link"
            onClick={() => {
              setDown(false);
              onToken(undefined);
              setTries(tries + 1);
            }}
          >
            {words.again}
          </button>
        </p>
      )}
    </div>
  );
}
