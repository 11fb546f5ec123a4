// Days and stretches of time. A day is a number: days since 1970.

/** Days since 1970 of an ISO date (a year or a month stands for its first day), or null. */
function day(date) {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(date ?? "");
  const time = parts && Date.UTC(Number(parts[1]), Number(parts[2] ?? 1) - 1, Number(parts[3] ?? 1));
  return parts && Number.isFinite(time) ? time / 864e5 : null;
}
/** Ticks of an axis of days: years, or months where years are too few. */
function ticks(from, to) {
  const span = (to - from) / 365;
  const months = span > 3 ? 12 * Math.ceil(span / 12) : span > 1 ? 3 : 1;
  const found = [];
  const first = new Date(from * 864e5);
  for (let month = Math.floor(first.getUTCMonth() / months) * months; found.length < 40; month += months) {
    const time = new Date(Date.UTC(first.getUTCFullYear(), month, 1));
    if (time / 864e5 > to) break;
    if (time / 864e5 >= from) found.push([time / 864e5, time.toISOString().slice(0, months < 12 ? 7 : 4)]);
  }
  return found;
}


/** Units of an axis of time, finest first: the first day of the stretch that holds a day, and of the one behind it. */
const UNITS = [
  ["day", (at) => at, (at) => at + 1],
  ["week", (at) => at - (((at + 3) % 7) + 7) % 7, (at) => at + 7],
  ["month", (at) => monthStart(at, 1), (at) => monthStart(at, 1, 1)],
  ["quarter", (at) => monthStart(at, 3), (at) => monthStart(at, 3, 3)],
  ["year", (at) => monthStart(at, 12), (at) => monthStart(at, 12, 12)],
  ["decade", (at) => monthStart(at, 120), (at) => monthStart(at, 120, 120)],
];
/** The first day of the block of `months` months that holds a day, or of one `further` months on. */
function monthStart(at, months, further = 0) {
  const date = new Date(at * 864e5);
  const month = 12 * date.getUTCFullYear() + date.getUTCMonth();
  const start = new Date(0);
  start.setUTCFullYear(0, Math.floor(month / months) * months + further, 1);
  return start / 864e5;
}
/** Stretches of equal name that cover `from` to `to`: the finest unit with at most `most` of them. */
function stretches(from, to, most = 90) {
  for (const [unit, start, next] of UNITS) {
    const bins = [];
    for (let at = start(from); at <= to && bins.length <= most; at = next(at)) bins.push(at);
    if (bins.length <= most || unit === "decade") return { unit, bins, end: next(bins[bins.length - 1]) };
  }
}
const iso = (at) => new Date(at * 864e5).toISOString().slice(0, 10);
/** A stretch in words: `2014`, `2014-03`, `2014-03-05`. */
const stretchName = (unit, at) => iso(at).slice(0, unit === "year" || unit === "decade" ? 4 : unit === "month" || unit === "quarter" ? 7 : 10) +
  ({ week: " (week)", quarter: " (quarter)", decade: "s" }[unit] ?? "");
