// What is marked in a text, and what is not.

const KINDS = [["entity", "Names"], ["quote", "Quotes"], ["citation", "Sources"], ["stance", "Stances"], ["event", "Events"], ["layer", "Other layers"]];
/** The kinds that have a filter and a list: events and layers of other people's stages only where there are some. */
const kindsOf = (doc) => KINDS.filter(([kind]) => (kind !== "layer" || doc.layers.length > 0) && (kind !== "event" || doc.events.length > 0));
const TYPES = ["PER", "ORG", "LOC", "MISC"];
const POLARITIES = ["favor", "against", "neutral"];
const typeClass = (label) => "t-" + (TYPES.includes(label) ? label : "other");
/** `off` holds what is switched off: `kind entity`, `type ORG`, `polarity favor`. */
const filter = { off: new Set(["kind mood"]), name: "", speaker: "", sources: "all" };

const shows = {
  sentence: () => false,
  entity(doc, item) {
    const e = doc.entities[item];
    return !filter.off.has("type " + e.label) && (!filter.name || e.name === filter.name) &&
      (filter.sources === "all" || (filter.sources === "in") === (e.citation !== null));
  },
  quote(doc, item) {
    const name = doc.quotes[item].speaker?.name ?? "";
    return (!filter.speaker || name === filter.speaker) && (!filter.name || name === filter.name);
  },
  citation: () => filter.sources !== "out" && !filter.name,
  stance(doc, item) {
    const s = doc.stances[item];
    return !filter.off.has("polarity " + s.polarity) && (!filter.speaker || s.holder === filter.speaker) &&
      (!filter.name || s.holder === filter.name || s.target === filter.name);
  },
  event(doc, item) {
    const e = doc.events[item];
    const names = [...e.actors, ...e.recipients].map((p) => p.name);
    return (!filter.name || names.includes(filter.name)) && (!filter.speaker || names.includes(filter.speaker));
  },
  layer: (doc, item) => !filter.off.has("layer " + doc.layers[item].layer) && !filter.name && !filter.speaker,
};
const kindOf = (kind) => (kind === "speaker" || kind === "cue" ? "quote" : kind);
function isShown(doc, kind, item) {
  kind = kindOf(kind);
  return !filter.off.has("kind " + kind) && shows[kind](doc, item);
}
const itemsOf = (doc, kind) => doc[{ entity: "entities", quote: "quotes", citation: "citations", stance: "stances", event: "events", layer: "layers" }[kind]];
const shownItems = (doc, kind) => itemsOf(doc, kind).map((_, item) => item).filter((item) => isShown(doc, kind, item));

function chip(set, key, text, count, look, changed) {
  const press = (event) => {
    if (!set.delete(key)) set.add(key);
    event.currentTarget.setAttribute("aria-pressed", String(!set.has(key)));
    changed();
  };
  return button({ class: "chip " + look, "aria-pressed": String(!set.has(key)), click: press }, text, " ",
    count !== null && el("span", { class: "count" }, count));
}
function choice(text, options, value, changed, id) {
  const select = el("select", { id, change: () => changed(select.value) }, options);
  select.value = value;
  return el("label", {}, text, " ", select);
}

function drawFilters(doc) {
  const group = (...children) => el("div", { class: "group" }, children);
  const count = (list, key) => list.filter((item) => key(item)).length;
  const labels = counted(doc.entities.map((e) => e.label));
  const speakers = counted(doc.quotes.map((q) => q.speaker?.name).filter(Boolean));
  const names = counted(doc.entities.map((e) => e.name));
  const layers = counted(doc.layers.map((l) => l.layer));
  const named = ([name, n]) => option(name, `${name} (${n})`);
  put($("filters"),
    group(kindsOf(doc).map(([kind, text]) => chip(filter.off, "kind " + kind, text, itemsOf(doc, kind).length, "k-" + kind, refresh)),
      chip(filter.off, "kind mood", "Sentiment", null, "k-mood", refresh)),
    labels.length > 0 && group(labels.map(([label, n]) => chip(filter.off, "type " + label, label, n, typeClass(label), refresh))),
    layers.length > 1 && group(layers.map(([layer, n]) => chip(filter.off, "layer " + layer, layer, n, "k-layer", refresh))),
    doc.stances.length > 0 && group(POLARITIES.map((p) =>
      chip(filter.off, "polarity " + p, [sign(p), " ", p], count(doc.stances, (s) => s.polarity === p), p, refresh))),
    choice("Name", [option("", "all"), names.map(named)], filter.name, (v) => { filter.name = v; refresh(); }, "filter-name"),
    choice("Speaker", [option("", "all"), speakers.map(named)], filter.speaker, (v) => { filter.speaker = v; refresh(); }, "filter-speaker"),
    choice("Names in sources", [option("all", "shown"), option("out", "left out"), option("in", "only those")], filter.sources,
      (v) => { filter.sources = v; refresh(); }, "filter-sources"),
  );
}
