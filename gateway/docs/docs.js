// Shows the merged OpenAPI document. Text only ever becomes text: nothing here writes HTML.
"use strict";

const METHODS = ["get", "post", "put", "delete"];
const DEEPEST = 8;

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function resolve(api, value) {
  const path = value && value.$ref;
  return path ? path.slice(2).split("/").reduce((found, part) => found[part], api) : value;
}

function typeName(schema) {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum) return schema.enum.join(" | ");
  return [schema.type].flat().filter(Boolean).join(" | ") + (schema.format ? ` (${schema.format})` : "") || "any";
}

// The shape of a value, as an example whose leaves say which type they have.
function shape(api, given, depth = 0) {
  const schema = resolve(api, given) || {};
  if (depth > DEEPEST) return "…";
  const choice = schema.anyOf || schema.oneOf;
  if (choice) {
    const shown = choice.map((each) => shape(api, each, depth + 1));
    return shown.every((each) => typeof each === "string") ? shown.join(" | ") : shown.find((each) => typeof each !== "string");
  }
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((each) => shape(api, each, depth)));
  if (schema.type === "array") return [shape(api, schema.items, depth + 1)];
  if (schema.properties) {
    const required = new Set(schema.required || []);
    const fields = Object.entries(schema.properties);
    return Object.fromEntries(fields.map(([name, each]) => [required.has(name) ? name : `${name}?`, shape(api, each, depth + 1)]));
  }
  return typeName(schema);
}

function code(value) {
  return element("pre", { textContent: JSON.stringify(value, null, 2) });
}

function parameters(api, operation) {
  const found = (operation.parameters || []).map((each) => resolve(api, each));
  if (!found.length) return [];
  const rows = found.map((each) => element("tr", {},
    element("td", {}, element("code", { textContent: each.name + (each.required ? "" : "?") })),
    element("td", { textContent: each.in }),
    element("td", { textContent: shape(api, each.schema) }),
    element("td", { textContent: each.description || "" })));
  return [element("h3", { textContent: "Parameters" }), element("table", {}, ...rows)];
}

function body(api, operation) {
  const content = resolve(api, operation.requestBody)?.content || {};
  return Object.entries(content).flatMap(([type, each]) =>
    [element("h3", { textContent: `Body: ${type}` }), code(shape(api, each.schema))]);
}

function answers(api, operation) {
  const rows = Object.entries(operation.responses || {}).map(([status, given]) => {
    const answer = resolve(api, given);
    const json = answer.content?.["application/json"];
    return element("tr", {},
      element("td", {}, element("code", { textContent: status })),
      element("td", {}, answer.description || "", json ? code(shape(api, json.schema)) : null));
  });
  return [element("h3", { textContent: "Answers" }), element("table", {}, ...rows)];
}

function show(api, path, method, operation) {
  const inside = element("div", { className: "body" });
  const shown = element("details", {},
    element("summary", {},
      element("b", { className: `method ${method}`, textContent: method.toUpperCase() }),
      element("code", { textContent: path }),
      element("span", { textContent: operation.summary || "" })),
    inside);
  shown.dataset.words = `${method} ${path} ${operation.summary || ""} ${operation.description || ""}`.toLowerCase();
  shown.addEventListener("toggle", () => {
    if (!shown.open || inside.firstChild) return;
    const description = operation.description ? element("p", { textContent: operation.description }) : null;
    inside.append(...[description, ...parameters(api, operation), ...body(api, operation), ...answers(api, operation)].filter(Boolean));
  });
  return shown;
}

function sections(api) {
  const byTag = new Map();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((each) => item[each])) {
      const tag = item[method].tags?.[0] || "other";
      byTag.set(tag, [...(byTag.get(tag) || []), show(api, path, method, item[method])]);
    }
  }
  return [...byTag].map(([tag, operations]) => element("section", {}, element("h2", { textContent: tag }), ...operations));
}

function search(event) {
  const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const each of document.querySelectorAll("details")) {
    each.hidden = !words.every((word) => each.dataset.words.includes(word));
  }
  for (const each of document.querySelectorAll("section")) {
    each.hidden = !each.querySelector("details:not([hidden])");
  }
}

async function start() {
  const place = document.getElementById("operations");
  try {
    const answer = await fetch("/api/docs/openapi.json");
    if (!answer.ok) throw new Error(`the gateway answered ${answer.status}`);
    place.replaceChildren(...sections(await answer.json()));
    document.getElementById("search").addEventListener("input", search);
  } catch (error) {
    place.replaceChildren(element("p", { textContent: `The document could not be loaded: ${error.message}` }));
  }
}

start();
