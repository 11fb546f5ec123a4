// Sentiment of each document by date.

function drawTime() {
  const dated = selected.map((d) => ({ d, n: d.row, day: d.day })).filter(({ d, day }) => d.sentiment && day !== null)
    .sort((a, b) => a.day - b.day || a.n - b.n);
  const scored = selected.filter((d) => d.sentiment).length;
  const guessed = dated.filter(({ d }) => d.guess).length;
  $("time-shown").textContent = `${plural(dated.length, "document")} of ${selected.length.toLocaleString("en")}` +
    (scored < selected.length ? `; ${plural(selected.length - scored, "document")} without sentiment` : "") +
    (scored > dated.length ? `; ${plural(scored - dated.length, "document")} without a date` : "") +
    (guessed ? `; ${guessed} dated by the latest source cited (hollow)` : "") + (dated.length >= MEANS_FROM ? "; the line is their mean by stretch of time" : "");
  const undated = selected.map((d) => ({ d, n: d.row })).filter(({ d }) => d.sentiment && d.day === null);
  drawTable([...dated, ...undated]);
  if (!dated.length) {
    return put($("chart"), el("p", { class: "note" }, scored ? "Nothing to draw: no document has a date, and none cites a dated source."
      : "Nothing to draw: the records hold no sentiment."));
  }
  const [W, H, L, R, T, B] = [1000, 420, 46, 14, 12, 34];
  const span = dated[dated.length - 1].day - dated[0].day, margin = Math.max(3, span / 50);
  const first = dated[0].day - margin, last = dated[dated.length - 1].day + margin;
  const top = dated.reduce((most, { d }) => Math.max(most, Math.ceil(5 * Math.abs(d.sentiment.score)) / 5), 0.2);
  const x = (at) => L + (W - L - R) * (at - first) / (last - first);
  const y = (score) => T + (H - T - B) * (top - score) / (2 * top);
  const lines = [-1, -0.5, 0, 0.5, 1].map((part) => part * top);
  const open = ({ n }) => go("#d" + n);
  const dot = (point, i) => svg("circle", {
    class: "dot " + point.d.sentiment.label + (point.d.guess ? " guess" : ""), cx: x(point.day).toFixed(1), cy: y(point.d.sentiment.score).toFixed(1),
    r: dated.length > 400 ? 2.5 : 5.5, tabindex: i ? "-1" : "0", role: "link", "aria-label": told(point), click: () => open(point),
    keydown: (event) => { if (event.key === "Enter") open(point); },
    pointerenter: (event) => tip(event.currentTarget, [told(point)]), pointerleave: untip, focus: (event) => tip(event.currentTarget, [told(point)]), blur: untip,
  });
  const told = ({ d }) => `${title(d)}, ${d.guess ? "about " : ""}${d.date}: ${d.sentiment.label} ${signed(d.sentiment.score)}`;
  put($("chart"), svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "group", "aria-label": "Sentiment of each document by date" },
    lines.map((score) => [svg("line", { class: score ? "grid" : "zero", x1: L, x2: W - R, y1: y(score), y2: y(score) }),
      svg("text", { x: L - 8, y: y(score) + 4, "text-anchor": "end" }, score ? signed(score) : "0")]),
    ticks(first, last).map(([at, text]) => [svg("line", { class: "grid", x1: x(at), x2: x(at), y1: H - B, y2: H - B + 6 }),
      svg("text", { x: x(at), y: H - B + 22, "text-anchor": "middle" }, text)]),
    dated.map(dot), means(dated, x, y)));
}

function drawTable(rows) {
  $("time-table").hidden = !rows.length;
  put($("time-table"), el("summary", {}, "All documents as a table"), el("table", {},
    el("thead", {}, el("tr", {}, ["Date", "Sentiment", "Document"].map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, rows.map(({ d, n }) => el("tr", {}, el("td", {}, d.guess && "≈ ", d.date ? bdi(d.date) : "no date"),
      el("td", {}, valence(d.sentiment)), el("td", {}, el("a", { href: "#d" + n }, bdi(title(d)))))))));
}

/** Documents that are enough to average. */
const MEANS_FROM = 30;
/** Mean of each of up to 40 stretches of equal length, as a line. */
function means(dated, x, y) {
  if (dated.length < MEANS_FROM) return null;
  const from = dated[0].day, width = Math.max(1, (dated[dated.length - 1].day - from + 1) / 40);
  const bins = new Map();
  for (const { d, day } of dated) {
    const bin = Math.floor((day - from) / width);
    if (!bins.has(bin)) bins.set(bin, []);
    bins.get(bin).push(d.sentiment.score);
  }
  const points = [...bins].map(([bin, scores]) => `${x(from + (bin + 0.5) * width).toFixed(1)},${y(scores.reduce((a, b) => a + b, 0) / scores.length).toFixed(1)}`);
  return [svg("polyline", { class: "mean halo", points: points.join(" ") }), svg("polyline", { class: "mean", points: points.join(" ") })];
}
