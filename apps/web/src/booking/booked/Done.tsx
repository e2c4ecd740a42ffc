/** It is booked: what, when and with whom, what was paid and what is still to be paid, and where to go from here. */

import type { Managed, Page } from "../api/types";
import { embedding } from "../flow/address";
import type { Flow } from "../flow/useFlow";
import { useWords } from "../i18n/messages";
import { Icon } from "../layout/Icon";
import { inNewTab } from "../layout/PageParts";
import { useHeadingFocus } from "../layout/useHeadingFocus";
import { Calendars } from "./Calendars";
import { Facts } from "./Facts";
import { stateOf } from "./phase";
import { Share } from "./Share";

interface Props {
  readonly managed: Managed;
  readonly token: string;
  readonly page: Page;
  readonly flow: Flow;
}

export function Done({ managed, token, page, flow }: Props) {
  const words = useWords();
  const state = stateOf(managed);
  const isMade = state === "booked" || state === "requested";
  const heading = useHeadingFocus("done", true);
  return (
    <>
      {isMade && (
        <span className="mark">
          <Icon name="check" />
        </span>
      )}
      <h2 id="done" ref={heading} tabIndex={-1}>
        {words[state]}
      </h2>
      {isMade && <p>{state === "requested" ? words.requestedWhy(page.businessName) : words.bookedWhy}</p>}
      {page.confirmationText.trim() !== "" && isMade && (
        <p className="text" dir="auto">
          {page.confirmationText}
        </p>
      )}
      <Facts managed={managed} page={page} />
      {isMade && <Calendars managed={managed} token={token} page={page} />}
      <div className="links">
        <a className="button" href={`/booking/manage/${token}`} {...inNewTab()}>
          {words.manage}
        </a>
        <Share page={page} />
        <button type="button" className="button" onClick={flow.again}>
          {words.bookAnother}
        </button>
        <CloseDialog />
      </div>
    </>
  );
}

/** In a dialog of another site, which frame.js asks to close. */
function CloseDialog() {
  const words = useWords();
  if (window.parent === window || embedding() !== "popup") return null;
  const close = () => {
    dispatchEvent(new Event("sundial:close"));
  };
  return (
    <button type="button" className="button" onClick={close}>
      {words.close}
    </button>
  );
}
