/**
 * A mail as it can be looked at here. The policy for browsers forbids styles that stand in a document, and a frame has
 * that of the page around it; so they are taken out of the mail, and put back through the CSSOM, which it allows.
 * What leads elsewhere, or would be asked of another host, is left out.
 */

export interface Mail {
  /** Its elements keep their styles in `data-style`. */
  readonly html: string;
  /** What stood in `<style>`. */
  readonly styles: string;
}

const COMMENT = /<!--[\s\S]*?-->/g;
const STYLE = /<style[^>]*>([\s\S]*?)<\/style>/gi;
const TAG = /<[a-z][^>]*>/gi;
const ATTRIBUTE = /\s(style|src|srcset|background|href|action)\s*=/gi;

export function mailOf(page: string): Mail {
  const plain = page.replace(COMMENT, "");
  const styles = Array.from(plain.matchAll(STYLE), ([, sheet]) => sheet ?? "").join("\n");
  const html = plain.replace(STYLE, "").replace(TAG, (tag) => tag.replace(ATTRIBUTE, " data-$1="));
  return { html, styles };
}

/** Dresses the document of a frame that shows such a mail. */
export function dress(frame: HTMLIFrameElement, styles: string): void {
  const inside = frame.contentDocument;
  const realm = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!inside || !realm) return;
  for (const element of inside.querySelectorAll<HTMLElement>("[data-style]")) {
    element.style.cssText = element.dataset["style"] ?? "";
  }
  const sheet = new realm.CSSStyleSheet();
  sheet.replaceSync(styles);
  inside.adoptedStyleSheets = [sheet];
}
