// A name or a pair over time: documents, stances and events on one axis.

const series = { first: "", second: "", measure: "count" };

function drawSeriesFilters() {
  const typed = (key, words) => {
    const input = el("input", { type: "text", id: "series-" + key, list: "known-names", placeholder: "anybody", autocomplete: "off", input: () => { series[key] = input.value; drawSeries(); } });
    input.value = series[key];
    return el("label", {}, words, " ", input);
  };
  put($("series-filters"), typed("first", "Name"), typed("second", "and"),
    choice("Documents as", [option("count", "number"), option("share", "share of all")], series.measure, (value) => { series.measure = value; drawSeries(); }, "series-measure"),
    button({ class: "action", click: () => { series.first = series.second = ""; drawSeriesFilters(); drawSeries(); } }, "Anybody"));
}

/** The numbers of the names that are written so, of any kind; null for no name. */
function namesLike(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return null;
  return new Set(index.names.text.flatMap((name, n) => (name.toLowerCase() === wanted ? [n] : [])));
}

function drawSeries() {
  const [a, b] = [namesLike(series.first), namesLike(series.second)];
  const unknown = [[a, series.first], [b, series.second]].filter(([names]) => names && !names.size).map(([, text]) => `No name is “${text.trim()}”.`);
  const dated = documents.filter((d) => d.day !== null);
  if (!dated.length || unknown.length) {
    $("series-shown").textContent = unknown.join(" ") || "No document has a date.";
    return put($("series"));
  }
  const holds = (d, names) => !names || d.names.some((n) => names.has(n));
  const docs = dated.filter((d) => PARTS.outlets(d) && PARTS.cited(d) && PARTS.places(d) && PARTS.names(d));
  const naming = docs.filter((d) => holds(d, a) && holds(d, b));
  const within = new Set(docs.map((d) => d.row));
  // With a pair: from one to the other, either way. With one name: from it or toward it.
  const passes = (from, to) => {
    const is = (names, parties) => !names || parties.some((n) => names.has(n));
    return (is(a, from) && is(b, to)) || (is(a, to) && is(b, from));
  };
  const found = stances.filter((s) => within.has(s.document) && s.polarity !== "neutral" && passes([s.holder], [s.target]));
  const acts = events.filter((e) => within.has(e.document) && passes(e.actors.map(([n]) => n), e.recipients.map(([n]) => n)));
  const [from, to] = extremes(dated.map((d) => d.day));
  const scale = stretches(from, to);
  const dayOf = (entry) => documents[entry.document].day;
  const share = series.measure === "share";
  const all = binned(scale, docs.map((d) => d.day));
  const counts = binned(scale, naming.map((d) => d.day));
  const who = [series.first, series.second].map((text) => text.trim()).filter(Boolean);
  const charts = [
    { title: (who.length ? "Documents that name them" : "Documents") + (share ? ", share of all" : ""), up: share ? counts.map((n, i) => (all[i] ? n / all[i] : 0)) : counts, percent: share, look: "" },
    { title: "Stances: for above, against below", up: binned(scale, found.filter((s) => s.polarity === "favor").map(dayOf)), down: binned(scale, found.filter((s) => s.polarity === "against").map(dayOf)), look: "favor" },
    { title: "Events", up: binned(scale, acts.map(dayOf)), look: "event-bar" },
  ];
  $("series-shown").textContent = `${who.length === 2 ? who.join(" and ") + ", either way" : who[0] ?? "Anybody"}: ${plural(naming.length, "document")} of ${docs.length.toLocaleString("en")} with a date, ` +
    `${plural(found.length, "stance")}, ${plural(acts.length, "event")}; one bar a ${scale.unit}, by the date of the document. Drag to select.`;
  put($("series"), charts.map((chart) => seriesChart(scale, chart, counts)));
}

function seriesChart(scale, { title: words, up, down, percent, look }) {
  const [H, T, B] = [150, 24, 26];
  const { top, steps } = axis(Math.max(...up, ...(down ?? [0])), !percent);
  const low = down ? top : 0;
  const x = (at) => LEFT + (WIDTH - LEFT - RIGHT) * (at - scale.bins[0]) / (scale.end - scale.bins[0]);
  const y = (value) => T + (H - T - B) * (top - value) / (top + low);
  const edges = [...scale.bins, scale.end].map(x);
  const shown = down ? [...steps.filter((_, i) => i === steps.length - 1 || i === 0), -top] : steps;
  const number = (n) => (percent ? `${Math.round(100 * n)}%` : Math.abs(n).toLocaleString("en"));
  const bars = (values, kind, below) => values.map((value, i) => value > 0 && svg("rect", { class: "bar " + kind,
    x: edges[i] + 0.5, width: Math.max(edges[i + 1] - edges[i] - 1, 0.8), y: below ? y(0) : y(value), height: Math.abs(y(value) - y(0)) }));
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${H}`, tabindex: "0", role: "group", "aria-label": words + "; left and right choose, with Shift a stretch, Enter selects" },
    svg("text", { class: "title", x: LEFT, y: 14 }, words), axes(scale, x, y, shown, H - B, number), bars(up, look, false), down && bars(down, "against", true));
  const days = (i, j) => [scale.bins[i], (scale.bins[j + 1] ?? scale.end) - 1];
  const sum = (values, i, j) => values.slice(i, j + 1).reduce((total, value) => total + value, 0);
  const selectedSpan = selection.days && [Math.max(selection.days[0], scale.bins[0]), Math.min(selection.days[1] + 1, scale.end)];
  if (selectedSpan && selectedSpan[1] > selectedSpan[0]) picture.prepend(svg("rect", { class: "span", x: x(selectedSpan[0]), width: x(selectedSpan[1]) - x(selectedSpan[0]), y: T, height: H - T - B }));
  return brushable(picture, edges, T, H - B, (i, j) => (i === j ? stretchName(scale.unit, scale.bins[i]) : `${iso(days(i, j)[0])} – ${iso(days(i, j)[1])}`) + ": " +
    (percent ? (i === j ? number(up[i]) : "several") : down ? `${sum(up, i, j)} for, ${sum(down, i, j)} against` : sum(up, i, j)),
    (i, j) => {
      const next = days(i, j);
      selectDays(selection.days && selection.days[0] === next[0] && selection.days[1] === next[1] ? null : next);
    });
}
