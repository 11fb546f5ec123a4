/*
 * The page's script. The index and the documents stand in data blocks; a document is parsed when it is wanted, and only
 * the selected one is drawn. Files share one scope.
 *
 * Foreign strings go into text nodes and attribute values, through `el` and `svg`, and nowhere else. They are never keys
 * of plain objects (`__proto__`), class names, ids or addresses.
 */
const $ = (id) => document.getElementById(id);

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
/** Puts children in the place of what an element held. */
const put = (element, ...children) => { element.replaceChildren(); return fill(element, {}, children); };
const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
const bdi = (text) => el("bdi", {}, text);
const button = (attributes, ...children) => el("button", { type: "button", ...attributes }, ...children);
/** Sets custom properties: the policy forbids style attributes, not the style object. */
function styled(element, properties) {
  for (const [key, value] of Object.entries(properties)) element.style.setProperty(key, value);
  return element;
}
const option = (value, text) => el("option", { value }, text);
const plural = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const signed = (score) => (score > 0 ? "+" : score < 0 ? "−" : "") + Math.abs(score).toFixed(2);
const quiet = (...children) => el("span", { class: "quiet" }, children);
const SIGNS = { favor: "+", against: "−", neutral: "·" };
const valence = (v) => v && el("span", { class: "valence " + v.label }, `${v.label} ${signed(v.score)}`);
const sign = (polarity) => el("span", { class: "sign " + polarity, "aria-label": polarity }, SIGNS[polarity]);
const title = (entry) => entry.title || entry.id;
/** Counts by key, most frequent first, then by name. */
function counted(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
/** One tab stop for a group; arrow keys go on from there. */
function roving(group, selector, steps) {
  group.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const items = step && [...group.querySelectorAll(selector)];
    if (!items || !items.length || event.target.matches("select, input")) return;
    event.preventDefault();
    const at = items.indexOf(document.activeElement);
    const next = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + step, 0), items.length - 1)];
    next.focus();
  });
}
