// The page at /dev/inbox: what has arrived, newest first, looked at as mail, as text and as it was sent.
"use strict";
const CHANNELS = { email: "Email", sms: "SMS", whatsapp: "WhatsApp" };
const EVERY_MS = 2000;
const find = (id) => document.getElementById(id);
let items = [];
let chosen = null;
let view = "html";

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function time(at) {
  const day = new Date(at);
  const today = new Date().toDateString() === day.toDateString();
  return day.toLocaleString([], today ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" });
}

function wanted() {
  const words = find("to").value.trim().toLowerCase();
  return items.filter((each) => [each.to, each.subject, each.text].some((part) => (part || "").toLowerCase().includes(words)));
}

function line(each) {
  const badge = element("span", { className: `channel ${each.channel}`, textContent: CHANNELS[each.channel] });
  const button = element("button", { type: "button" },
    element("span", { className: "who", textContent: each.to }),
    element("span", { className: "when", textContent: time(each.at) }),
    element("span", { className: "what", dir: "auto" }, badge, each.subject || (each.text || "").slice(0, 90)));
  button.setAttribute("aria-current", String(chosen !== null && chosen.id === each.id));
  button.addEventListener("click", () => choose(each));
  return element("li", {}, button);
}

function list() {
  find("list").replaceChildren(...wanted().map(line));
  find("nothing").hidden = chosen !== null;
  find("nothing").textContent = items.length ? "Choose a message." : "Nothing has arrived yet. Book an appointment for a customer with an email address or a phone number.";
}

function attachment(each) {
  const bytes = Uint8Array.from(atob(each.content), (character) => character.charCodeAt(0));
  const href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const name = each.name || "calendar.ics";
  return element("li", {}, element("a", { href, download: name, title: each.type, textContent: `${name} (${bytes.length} bytes)` }));
}

function choose(each) {
  chosen = each;
  view = each.html === null ? "text" : view === "text" ? "html" : view;
  find("shown").hidden = false;
  find("subject").textContent = each.subject || CHANNELS[each.channel];
  find("addressee").textContent = each.to;
  find("at").textContent = new Date(each.at).toLocaleString();
  find("attachments").replaceChildren(...each.attachments.filter((one) => one.name).map(attachment));
  look();
  list();
}

async function look() {
  const isMail = chosen.channel === "email";
  for (const tab of document.querySelectorAll("[data-view]")) {
    tab.hidden = !isMail;
    tab.setAttribute("aria-selected", String(tab.dataset.view === view));
  }
  const asMail = isMail && (view === "html" || view === "narrow");
  find("html").hidden = !asMail;
  find("html").classList.toggle("narrow", view === "narrow");
  find("text").hidden = asMail;
  find("text").classList.toggle("speech", !isMail);
  if (asMail) {
    find("html").srcdoc = chosen.html || "";
  } else if (view === "source" && isMail) {
    find("text").textContent = await (await fetch(`/dev/inbox/messages/${chosen.id}/source`)).text();
  } else {
    find("text").textContent = chosen.text || "";
  }
}

async function refresh() {
  try {
    const found = (await (await fetch("/dev/inbox/messages")).json()).items;
    if (found.length !== items.length || (found[0] || {}).id !== (items[0] || {}).id) {
      items = found;
      list();
      if (chosen === null && items.length) choose(items[0]);
    }
  } catch {
    // The server is being started again; the next look finds it.
  }
  setTimeout(refresh, EVERY_MS);
}

for (const tab of document.querySelectorAll("[data-view]")) {
  tab.setAttribute("role", "tab");
  tab.addEventListener("click", () => { view = tab.dataset.view; look(); });
}
find("to").addEventListener("input", list);
find("clear").addEventListener("click", async () => {
  await fetch("/dev/inbox/messages", { method: "DELETE" });
  items = [];
  chosen = null;
  find("shown").hidden = true;
  list();
});
refresh();
