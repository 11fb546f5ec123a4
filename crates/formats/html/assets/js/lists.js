// Lists beside the text: names, quotes, sources, stances, events.

/** A list that grows on demand: `row` makes the content of an entry. */
function paged(entries, part, row) {
  const ul = el("ul", { class: "items" });
  const more = button({ class: "action", click: () => grow() });
  const grow = () => {
    const from = ul.childElementCount;
    ul.append(...entries.slice(from, from + part).map(row));
    const rest = entries.length - ul.childElementCount;
    more.hidden = rest === 0;
    more.textContent = `Show ${Math.min(part, rest).toLocaleString("en")} more of ${rest.toLocaleString("en")}`;
  };
  grow();
  return entries.length ? [ul, more] : el("p", { class: "quiet" }, "None.");
}

/** The names of the entities that are shown, most frequent first. */
function nameEntries(doc) {
  const groups = new Map();
  for (const item of shownItems(doc, "entity")) {
    const e = doc.entities[item];
    if (!groups.has(e.name)) groups.set(e.name, { item, n: 0, moods: [] });
    const group = groups.get(e.name);
    group.n += 1;
    if (e.sentiment) group.moods.push(e.sentiment.score);
  }
  return [...groups.values()].sort((a, b) => b.n - a.n || a.item - b.item);
}
const mean = (scores) => scores.reduce((sum, score) => sum + score, 0) / scores.length;
const said = (text) => el("span", { class: "said", dir: "auto" }, text);
const rowOf = {
  entity(e, { n, moods }) {
    return [el("span", { class: "tag " + typeClass(e.label) }, e.label), " ", bdi(e.name),
      quiet(` ×${n} `, e.country && bdi(e.country), moods.length > 0 && ` · sentiment ${signed(mean(moods))}`)];
  },
  quote: (q) => [el("strong", {}, bdi(q.speaker?.name ?? "speaker not known")), quiet(" ", q.kind), said(q.content)],
  citation: (c) => [bdi(c.outlet), quiet(" ", c.date ? bdi(c.date) : "no date", c.date_inferred && " (year inferred)")],
  stance: (s) => [el("strong", {}, bdi(s.holder)), " ", sign(s.polarity), " ", el("strong", {}, bdi(s.target)),
    quiet(" ", s.modality, s.relation && " " + s.relation), said(s.evidence)],
  event: (e) => [el("span", { class: "type" }, e.type.toLowerCase()), " ", el("strong", {}, bdi(partiesIn(e.actors))), e.recipients.length > 0 && [" → ", el("strong", {}, bdi(partiesIn(e.recipients)))],
    quiet(" ", e.status, e.place && [" · ", bdi(e.place)], e.time && [" · ", bdi(e.time[0])])],
  layer: (l) => [el("strong", {}, bdi(l.layer)), quiet(" ", l.text && bdi(l.text)), said(l.facts.map(([key, value]) => `${key}: ${value}`).join(", "))],
};

function drawLists(doc) {
  if (list === "layer" && !doc.layers.length) list = "stance";
  const kind = list;
  const choose = (next) => { list = next; drawLists(current); $("lists-tabs").querySelector("[aria-selected=true]").focus(); };
  put($("lists-tabs"), kindsOf(doc).map(([other, text]) => button({
    role: "tab", "aria-selected": String(other === kind), "aria-controls": "lists", "data-kind": other, tabindex: other === kind ? "0" : "-1",
    click: () => choose(other),
  }, text, " ", el("span", { class: "count" }, shownItems(doc, other).length))));
  const entries = kind === "entity" ? nameEntries(doc) : shownItems(doc, kind).map((item) => ({ item }));
  put($("lists"), paged(entries, 200, (entry) => el("li", {},
    button({ class: "item", click: () => pickItem(kind, entry.item) }, rowOf[kind](itemsOf(doc, kind)[entry.item], entry)))));
}

function refresh() {
  const doc = current;
  drawText(doc);
  drawLists(doc);
  $("shown").textContent = "Shown: " + kindsOf(doc).map(([kind, text]) =>
    `${shownItems(doc, kind).length} of ${itemsOf(doc, kind).length} ${text.toLowerCase()}`).join(", ");
}
