import { useState } from "react";
import type { Page } from "../api/types";
import { useWords } from "../i18n/messages";

/** Passes on the address of the page, never that of the booking. */
export function Share({ page }: { readonly page: Page }) {
  const words = useWords();
  const [isCopied, setCopied] = useState(false);
  const share = async () => {
    const url = `${location.origin}/booking/${page.slug}`;
    try {
      if ("share" in navigator) await navigator.share({ title: page.title, url });
      else await copied(url);
    } catch {
      // Whoever thinks better of it has shared nothing.
    }
  };
  const copied = async (url: string) => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  return (
    <>
      <button type="button" className="button" onClick={() => void share()}>
        {words.share}
      </button>
      <span role="status">{isCopied && words.copied}</span>
    </>
  );
}
