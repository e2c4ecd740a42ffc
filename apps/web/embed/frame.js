// In the booking page: tells the site around it how high the page is. Does nothing where there is none.
(() => {
  "use strict";
  if (window.parent === window) return;
  const { origins } = document.currentScript.dataset;
  const allowed = new Set([location.origin, ...origins.split(" ").filter(Boolean)]);
  let site = ""; // the origin of the site around it, once it has said hello from one that may show the page

  const tell = (message) => site && parent.postMessage(message, site);
  const tellHeight = () =>
    tell({ type: "sundial:height", height: document.documentElement.getBoundingClientRect().height });

  addEventListener("message", ({ origin, source, data }) => {
    if (source !== parent || !allowed.has(origin) || data?.type !== "sundial:hello") return;
    site = origin;
    tellHeight();
  });
  new ResizeObserver(tellHeight).observe(document.documentElement);

  // Keys pressed in here do not reach the site.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) tell({ type: "sundial:close" });
  });

  addEventListener("sundial:close", () => tell({ type: "sundial:close" }));

  // The wizard says in its own window what was booked; nothing but this is told: no name, no contact, no link.
  addEventListener("sundial:booked", ({ detail }) => {
    const { appointmentId, serviceId, start, status } = detail;
    tell({ type: "sundial:booked", booking: { appointmentId, serviceId, start, status } });
  });
})();
