// The first view: the archive at a glance.

function drawArchive() {
  drawTotals();
  drawFacets();
  drawTimeline();
  drawMap();
  drawTypes();
  drawPairs();
}

function drawTotals() {
  const sum = (key) => selected.reduce((total, d) => total + d[key], 0);
  const names = tally(selected, (d) => d.names).size;
  const tile = (name, value, view) => {
    const number = el("dd", {}, value.toLocaleString("en"));
    return el("div", {}, el("dt", {}, view ? el("a", { href: view }, name) : name), number);
  };
  const failed = selected.filter((d) => d.failed).length;
  const layers = sum("layers");
  put($("totals"), tile("documents", selected.length, "#documents"), tile("names", names), tile("quotes", sum("quotes")),
    tile("events", sum("events"), "#events"), tile("stances", sum("stances"), "#matrix"),
    layers > 0 && tile("items of other layers", layers), failed > 0 && tile("failed", failed));
}

/** Rows of bars: each with words, a length in percent, a number, and what choosing it does. */
function barRows(rowsOf) {
  return el("ul", { class: "bars" }, rowsOf.map(({ words, share, parts, text, click, label }) => el("li", {}, styled(
    button({ class: "bar-row", "aria-label": label, click }, el("span", { class: "value" }, words),
      el("span", { class: "track", "aria-hidden": "true" }, (parts ?? [["", share]]).map(([look, width]) => styled(el("span", { class: "fill " + look }), { "--w": String(width) }))),
      el("span", { class: "count" }, text)), {}))));
}

function drawTypes() {
  const counts = new Map();
  for (const e of events) if (isSelected(e.document)) counts.set(e.type, (counts.get(e.type) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const most = sorted[0]?.[1] ?? 1;
  put($("types"), el("figcaption", {}, el("strong", {}, "Events by type"), " (PLOVER)"),
    sorted.length ? barRows(sorted.map(([type, count]) => ({
      words: type.toLowerCase(), share: 100 * count / most, text: count.toLocaleString("en"), label: `${type}: ${plural(count, "event")}; show them`,
      click: () => { eventFilter.type = type; go("#events"); },
    }))) : el("p", { class: "quiet" }, events.length ? "None in the selected documents." : "The records hold no events."));
}

/** Pairs that most is said between. */
const PAIRS = 10;
function drawPairs() {
  const pairs = new Map();
  for (const s of stances) {
    if (!isSelected(s.document) || s.polarity === "neutral" || kindOfName(s.holder) === "unnamed" || kindOfName(s.target) === "unnamed") continue;
    const key = s.holder + " " + s.target;
    if (!pairs.has(key)) pairs.set(key, { holder: s.holder, target: s.target, favor: 0, against: 0 });
    pairs.get(key)[s.polarity] += 1;
  }
  const sorted = [...pairs.values()].sort((a, b) => b.favor + b.against - a.favor - a.against || a.holder - b.holder || a.target - b.target).slice(0, PAIRS);
  const most = sorted.length ? sorted[0].favor + sorted[0].against : 1;
  put($("pairs"), el("figcaption", {}, el("strong", {}, "For and against"), " most stances between two: ", sign("favor"), " for, ", sign("against"), " against"),
    sorted.length ? barRows(sorted.map(({ holder, target, favor, against }) => ({
      words: [bdi(nameOf(holder)), " → ", bdi(nameOf(target))], parts: [["favor", 100 * favor / most], ["against", 100 * against / most]],
      text: [favor > 0 && `+${favor}`, favor > 0 && against > 0 && " ", against > 0 && `−${against}`],
      label: `${nameOf(holder)} toward ${nameOf(target)}: ${favor} for, ${against} against; show over time`,
      click: () => { series.first = nameOf(holder); series.second = nameOf(target); go("#time"); },
    }))) : el("p", { class: "quiet" }, stances.length ? "None between names in the selected documents." : "The records hold no stances."));
}
