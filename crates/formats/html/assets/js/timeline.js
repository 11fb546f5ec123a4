// Documents by date, as bars that can be brushed.

/** On a phone, a picture has fewer units, so that its words can be read. */
const PHONE = innerWidth < 700;
const WIDTH = PHONE ? 430 : 1000, LEFT = PHONE ? 36 : 46, RIGHT = 12;

/** A round number above `most`, and the steps of an axis from 0 to it. */
function axis(most, whole = true) {
  const rough = Math.max(most, whole ? 1 : 0.01) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const fine = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough * 0.999);
  const step = whole ? Math.max(1, fine) : fine;
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  return { top: count * step, steps: Array.from({ length: count + 1 }, (_, i) => i * step) };
}

/** Lines and numbers of the axes: `y` maps a value to its height. */
function axes({ unit, bins, end }, x, y, steps, bottom, format = (n) => n.toLocaleString("en")) {
  const places = ticks(bins[0], end - 1);
  return [
    steps.map((step) => [svg("line", { class: step ? "grid" : "zero", x1: LEFT, x2: WIDTH - RIGHT, y1: y(step), y2: y(step) }),
      svg("text", { x: LEFT - 8, y: y(step) + 4, "text-anchor": "end" }, format(step))]),
    (places.length ? places : [[bins[0], iso(bins[0])]]).map(([at, text]) => [svg("line", { class: "grid", x1: x(at), x2: x(at), y1: bottom, y2: bottom + 5 }),
      svg("text", { x: Math.min(Math.max(x(at), LEFT + 20), WIDTH - RIGHT - 20), y: bottom + 19, "text-anchor": "middle" }, text)]),
  ];
}

function drawTimeline() {
  const all = documents.filter((d) => d.day !== null);
  const caption = el("figcaption", {}, el("strong", {}, "Documents by date"));
  if (!all.length) return put($("timeline"), caption, el("p", { class: "quiet" }, "No document has a date."));
  const [from, to] = extremes(all.map((d) => d.day));
  const scale = stretches(from, to);
  const counts = binned(scale, passing("days").filter((d) => d.day !== null).map((d) => d.day));
  const totals = binned(scale, all.map((d) => d.day));
  const [H, T, B] = [170, 8, 26];
  const { top, steps } = axis(Math.max(...totals));
  const x = (at) => LEFT + (WIDTH - LEFT - RIGHT) * (at - scale.bins[0]) / (scale.end - scale.bins[0]);
  const y = (count) => T + (H - T - B) * (1 - count / top);
  const edges = [...scale.bins, scale.end].map(x);
  const chosen = (at) => !selection.days || (at >= selection.days[0] && at <= selection.days[1]);
  const bar = (count, i, look) => count > 0 && svg("rect", {
    class: look + (chosen(scale.bins[i]) ? "" : " out"), x: edges[i] + 0.5, width: Math.max(edges[i + 1] - edges[i] - 1, 0.8), y: y(count), height: y(0) - y(count),
  });
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${H}`, tabindex: "0", role: "group", id: "timeline-picture",
    "aria-label": `Documents by ${scale.unit}; left and right choose, with Shift a stretch, Enter selects` },
    axes(scale, x, y, steps, H - B), totals.map((count, i) => bar(count, i, "bar all")), counts.map((count, i) => bar(count, i, "bar")));
  const daysOf = (a, b) => [scale.bins[a], (scale.bins[b + 1] ?? scale.end) - 1];
  brushable(picture, edges, T, H - B, (a, b) => {
    const n = counts.slice(a, b + 1).reduce((sum, count) => sum + count, 0);
    return (a === b ? stretchName(scale.unit, scale.bins[a]) : `${iso(daysOf(a, b)[0])} – ${iso(daysOf(a, b)[1])}`) + `: ${plural(n, "document")}`;
  }, (a, b) => {
    const days = daysOf(a, b);
    selectDays(selection.days && selection.days[0] === days[0] && selection.days[1] === days[1] ? null : days);
    $("timeline-picture")?.focus({ preventScroll: true });
  });
  const bound = (label, i) => {
    const input = el("input", { type: "text", "aria-label": label + ", as 2014-03-05", placeholder: iso(i ? to : from), size: 11, inputmode: "numeric", autocomplete: "off", change: () => {
      const days = selection.days ? [...selection.days] : [from, to];
      days[i] = day(input.value) ?? [from, to][i];
      selectDays(days[0] <= days[1] ? days : [days[1], days[0]]);
    } });
    input.value = selection.days ? iso(selection.days[i]) : "";
    return input;
  };
  const undated = documents.length - all.length, guessed = all.filter((d) => d.guess).length, coarse = all.filter((d) => d.date.length < 10).length;
  put($("timeline"), caption);
  fill(caption, {}, [` one bar a ${scale.unit}; drag over bars to select. `, el("span", { class: "range" }, bound("First day", 0), " – ", bound("Last day", 1))]);
  fill($("timeline"), {}, [picture, el("p", { class: "quiet" }, isSelective() && [el("span", { class: "swatch bar" }), " selected but for the date ", el("span", { class: "swatch bar all" }), " all. "],
    [undated && `${plural(undated, "document")} without a date`, guessed && `${guessed} dated by the latest source cited`, coarse && `${coarse} dated to a month or year stand at its first day`].filter(Boolean).join("; "))]);
}

function extremes(days) {
  let [from, to] = [Infinity, -Infinity];
  for (const at of days) { if (at < from) from = at; if (at > to) to = at; }
  return [from, to];
}
/** How many days fall into each stretch. */
function binned({ bins }, days, weight = () => 1) {
  const counts = new Array(bins.length).fill(0);
  days.forEach((at, i) => {
    let [low, high] = [0, bins.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (bins[middle] <= at) low = middle;
      else high = middle - 1;
    }
    counts[low] += weight(i);
  });
  return counts;
}
