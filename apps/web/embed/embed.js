// Sundial's booking page on any site: docs/how-to/embed.md. Sent as it stands, with at most 5 kB.
(() => {
  "use strict";
  if (window.Sundial) return;
  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const arabic = document.documentElement.lang.startsWith("ar");
  const words = arabic ? { book: "احجز الآن", close: "إغلاق" } : { book: "Book now", close: "Close" };
  const shown = new Map(); // of each frame: what is to be done with what it says

  const addressOf = (slug) => `${home}/booking/${encodeURIComponent(slug)}`;
  const titleOf = (owner) => owner.dataset.sundialTitle || words.book;

  function element(name, style, fields) {
    const made = Object.assign(document.createElement(name), fields);
    made.style.cssText = style; // an attribute may be refused by the site's policy
    return made;
  }

  // A frame that may not be shown here never tells its height, and what was there before stays.
  function frameOf(slug, mode, owner, told) {
    const frame = element("iframe", "display:block;width:100%;height:0;border:0", {
      title: titleOf(owner),
      allow: "payment",
      src: `${addressOf(slug)}?embed=${mode}`,
      onload: () => frame.contentWindow.postMessage({ type: "sundial:hello" }, home),
    });
    shown.set(frame, ({ type, height, booking }) => {
      if (type === "sundial:height" && height > 0 && height < 5e4) told(type, `${Math.ceil(height)}px`);
      if (type === "sundial:close") told(type);
      if (type === "sundial:booked")
        owner.dispatchEvent(new CustomEvent(type, { bubbles: true, detail: booking }));
    });
    return frame;
  }

  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== home || !data) return;
    for (const [frame, told] of shown) if (frame.contentWindow === source) told(data);
  });

  function inline(place) {
    if (place.querySelector("iframe")) return;
    const frame = frameOf(place.dataset.sundial, "inline", place, (type, height) => {
      if (!height) return;
      frame.style.height = height;
      while (place.firstChild !== frame) place.firstChild.remove();
    });
    place.append(frame);
  }

  function open(slug, opener = script) {
    const dialog = element(
      "dialog",
      "width:min(48rem,100vw);height:min(60rem,100dvh);max-width:none;max-height:none;box-sizing:border-box;" +
        "padding:0;border:0;border-radius:12px;background:#f7fafc;color:#1a202c",
      { onclick: ({ target }) => target === dialog && dialog.close() },
    );
    dialog.setAttribute("aria-label", titleOf(opener));
    const close = element(
      "button",
      "align-self:end;width:44px;height:44px;border:0;background:none;color:inherit;font:24px sans-serif",
      { type: "button", textContent: "×", onclick: () => dialog.close() },
    );
    close.setAttribute("aria-label", words.close);
    const fields = { href: addressOf(slug), target: "_blank", rel: "noopener", textContent: words.book };
    const link = element("a", "margin:1rem;color:inherit", fields);
    const frame = frameOf(slug, "popup", opener, (type, height) => {
      if (!height) return dialog.close();
      link.remove();
      frame.style.cssText += ";flex:1;padding:0 1rem;box-sizing:border-box";
    });
    dialog.onclose = () => {
      shown.delete(frame);
      dialog.remove();
      opener.focus();
    };
    const inside = element("div", "display:flex;flex-direction:column;height:100%");
    inside.append(close, link, frame);
    dialog.append(inside);
    document.body.append(dialog);
    dialog.showModal();
  }

  function floating(place) {
    const { sundialFloating, sundialLabel, sundialColor } = place.dataset;
    const button = element(
      "button",
      "position:fixed;inset-block-end:1.5rem;inset-inline-end:1.5rem;z-index:99999;height:48px;padding:0 1.5rem;" +
        "border:0;border-radius:24px;background:#276749;color:#fff;font:600 1rem system-ui",
      { type: "button", textContent: sundialLabel || words.book },
    );
    if (sundialColor) button.style.background = sundialColor;
    Object.assign(button.dataset, { sundialPopup: sundialFloating, sundialTitle: titleOf(place) });
    delete place.dataset.sundialFloating;
    document.body.append(button);
  }

  function mount() {
    const each = (name, act) => document.querySelectorAll(`[data-sundial${name}]`).forEach(act);
    each("", inline);
    each("-floating", floating);
    each("-popup", (one) => one.setAttribute("aria-haspopup", "dialog"));
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-sundial-popup]");
    if (!opener || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(opener.dataset.sundialPopup, opener);
  });

  window.Sundial = { mount, open };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount);
  else mount();
})();
