// The text of one document with its marks.

let current = null;
let picked = null;
/** The drawn marks, by piece. */
let elements = [];
let list = "stance";

function drawHead(doc) {
  const facts = new Map(doc.facts);
  const by = ["Publication", "Date", "Author"].map((key) => facts.get(key)).filter(Boolean);
  put($("head"),
    el("h2", { dir: "auto", class: doc.title ? null : "path" }, title(doc)),
    el("p", { class: "by" }, by.flatMap((fact) => [bdi(fact), " · "]), doc.sentiment ? ["sentiment ", valence(doc.sentiment)] : "no sentiment"),
    doc.error && el("p", { class: "warning" }, el("strong", {}, "Failed. "), bdi(doc.error)),
    doc.notes.map((note) => el("p", { class: "warning" }, note)),
    el("details", {}, el("summary", {}, "All that is known about it"),
      el("dl", {}, [["Id", doc.id], ...doc.facts].map(([key, value]) => [el("dt", {}, bdi(key)), el("dd", {}, bdi(value))]))),
  );
}

/** Class names of a piece; the foreign label of an entity never becomes one. */
function looks(doc, marks, mood) {
  const found = marks.map((m) => doc.marks[m]);
  const names = found.map(([kind, item]) => (kind === "entity" ? "entity " + typeClass(doc.entities[item].label) : kind));
  const polarities = new Set(found.filter(([kind]) => kind === "stance").map(([, item]) => doc.stances[item].polarity));
  if (polarities.size) names.push(polarities.size > 1 ? "mixed" : [...polarities][0]);
  if (mood) names.push("mood " + mood.label);
  if (!marks.length) names.push("plain");
  return names.join(" ");
}

function drawText(doc) {
  const on = doc.marks.map(([kind, item]) => isShown(doc, kind, item));
  let p = 0;
  elements = [];
  const piece = ([text, all]) => {
    const at = p++;
    const marks = all.filter((m) => on[m]);
    const sentence = !filter.off.has("kind mood") && all.map((m) => doc.marks[m]).find(([kind]) => kind === "sentence");
    const found = sentence && doc.sentences[sentence[1]];
    const mood = found && found.label !== "neutral" ? found : null;
    if (!marks.length && !mood) return text;
    const last = marks.findLast((m) => doc.marks[m][0] === "entity" && doc.extent.get(m)[1] === at);
    const starts = marks.filter((m) => doc.marks[m][0] !== "cue" && doc.extent.get(m)[0] === at);
    const mark = el("mark", {
      class: looks(doc, marks, mood),
      "data-p": marks.length ? at : null,
      "data-tag": last === undefined ? null : doc.entities[doc.marks[last][1]].label,
      tabindex: starts.length ? "-1" : null,
      role: starts.length ? "button" : null,
      "aria-label": starts.length ? `${text} (${starts.map((m) => describe(doc, m)).join("; ")})` : null,
    }, text);
    if (marks.length) elements[at] = mark;
    return mood ? styled(mark, { "--w": String(8 + Math.round(24 * Math.min(1, Math.abs(mood.score)))) }) : mark;
  };
  put($("text"), ...doc.paragraphs.map((pieces) => el("p", { dir: "auto" }, pieces.map(piece))));
  if (!doc.paragraphs.length) put($("text"), el("p", { class: "quiet" }, "No text."));
  highlight("picked", picked);
  markHits();
}

/** One line about a mark. */
function describe(doc, m) {
  const [kind, item] = doc.marks[m];
  if (kind === "entity") {
    const e = doc.entities[item];
    return `${e.label}: ${e.name}` + (e.citation !== null ? ", in a cited source" : "");
  }
  if (kind === "quote") return `${doc.quotes[item].kind} quotation: ${doc.quotes[item].speaker?.name ?? "speaker not known"}`;
  if (kind === "speaker") return "speaker of a quotation";
  if (kind === "cue") return "words that mark a quotation";
  if (kind === "citation") return `source: ${doc.citations[item].outlet}, ${doc.citations[item].date ?? "no date"}`;
  if (kind === "event") return `event: ${partiesIn(doc.events[item].actors)} ${doc.events[item].type.toLowerCase()} ${partiesIn(doc.events[item].recipients)}`;
  if (kind === "layer") return `${doc.layers[item].layer}: ${doc.layers[item].text}`;
  const s = doc.stances[item];
  return `${s.holder} ${SIGNS[s.polarity]} ${s.target}: ${s.polarity}`;
}

/** The elements of a mark: pieces are drawn in order, plain ones without an element. */
const elementsOf = (m) => {
  const [first, last] = current.extent.get(m) ?? [1, 0];
  return elements.slice(first, last + 1).filter(Boolean);
};
const lit = { picked: [], hot: [] };
function highlight(look, m) {
  for (const element of lit[look]) element.classList.remove(look);
  lit[look] = m === null ? [] : elementsOf(m);
  for (const element of lit[look]) element.classList.add(look);
}
/** Marks of a piece that are shown, innermost first. */
const marksAt = (element) => current.pieces[Number(element.dataset.p)][1].filter((m) => isShown(current, ...current.marks[m])).reverse();

/** Selects a mark: shows its card, lights it up, and brings it into view if it was chosen elsewhere. */
function pick(m, marks = [m], scroll = true) {
  picked = m;
  highlight("picked", m);
  put($("detail"), ...marks.map((mark) => card(current, ...current.marks[mark])));
  if (scroll) elementsOf(m)[0]?.scrollIntoView({ block: "center" });
}
function pickItem(kind, item) {
  const m = current.markOf.get(kind + item);
  if (m !== undefined) pick(m);
  else put($("detail"), card(current, kind, item));
}
function letGo() {
  picked = null;
  highlight("picked", null);
  put($("detail"), el("p", { class: "quiet" }, "Choose a mark in the text, or a line below."));
}
function spotlight(name) {
  filter.name = filter.name === name ? "" : name;
  $("filter-name").value = filter.name;
  refresh();
}

/** The document that was asked for last, with or without its text. */
let wanted = null;

/** Opens a document; `place` is a mark that must be seen, as kind and item. */
function open(n, place) {
  wanted = n;
  markCurrent(n);
  if (current?.n !== n) {
    const doc = load(n);
    if (!doc) return withoutDocument(n, withoutText());
    current = doc;
    filter.name = filter.speaker = "";
    drawHead(current);
    drawFilters(current);
    letGo();
    refresh();
    $("reader").scrollTop = 0;
  }
  if (place && place[1] < itemsOf(current, place[0]).length) {
    // Chosen in another view: it must be visible here, whatever was filtered before.
    filter.off.delete("kind " + place[0]);
    if (place[0] === "stance") filter.off.delete("polarity " + current.stances[place[1]].polarity);
    filter.name = filter.speaker = "";
    drawFilters(current);
    refresh();
    pickItem(...place);
  }
}

/** What is known of a document whose text is not there. */
function withoutDocument(n, why) {
  const d = documents[n];
  current = null;
  elements = [];
  put($("filters"));
  $("shown").textContent = "";
  put($("head"), el("h2", { dir: "auto", class: d.title ? null : "path" }, title(d)),
    el("p", { class: "by" }, [d.outlet, d.date].filter(Boolean).flatMap((fact) => [bdi(fact), " · "]), d.sentiment ? ["sentiment ", valence(d.sentiment)] : "no sentiment"));
  put($("text"), why, el("p", { class: "quiet" }, `${plural(d.names.length, "name")}, ${plural(d.quotes, "quote")}, ${plural(d.stances, "stance")}, ${plural(d.events, "event")}`),
    el("p", { dir: "auto" }, d.names.map((name, i) => [i > 0 && ", ", bdi(nameOf(name))])));
  put($("detail"));
  put($("lists-tabs"));
  put($("lists"));
}

function markCurrent(n) {
  for (const link of $("list").querySelectorAll('[aria-current="true"]')) link.setAttribute("aria-current", "false");
  const link = $("list").querySelector(`[data-n="${n}"]`);
  link?.setAttribute("aria-current", "true");
  link?.scrollIntoView({ block: "nearest" });
}
