//! The first view, and what the selection does to the others.

use docmill_core::OffsetUnit;
use docmill_jsonl::Record;
use serde_json::json;

use crate::driver::Browser;
use crate::{keep, page, sample};

const SELECTED: &str = "return document.querySelector('#selection strong').textContent";
const ENTER: &str = "\u{E007}";
const DOWN: &str = "\u{E015}";
const RIGHT: &str = "\u{E014}";

/// Values and counts of a list.
fn facet(browser: &Browser, list: &str) -> serde_json::Value {
    browser.run(&format!(
        "return [...document.querySelectorAll('[data-list={list}] li button')].map((b) => b.textContent)"
    ))
}

/// Counts of the whole run, with lists, dates, a map, types of events.
pub fn overview(browser: &Browser) {
    assert_eq!(browser.run("return document.getElementById('archive').hidden"), json!(false));
    assert_eq!(browser.text(SELECTED), "All 4 documents");
    let totals = "return document.getElementById('totals').innerText.replace(/\\s+/g, ' ')";
    assert_eq!(browser.text(totals), "documents 4 names 5 quotes 6 events 6 stances 15 failed 1");
    assert_eq!(facet(browser, "person"), json!(["Zoë Tanaka3"]));
    assert_eq!(facet(browser, "state"), json!(["Orland3"]));
    assert_eq!(facet(browser, "outlet"), json!(["Steppe Report3", "no outlet known1"]));
    assert_eq!(facet(browser, "cited"), json!(["Ancel Post3", "Радио Марш3"]));
    let types = "return [...document.querySelectorAll('#types .bar-row')].map((b) => b.innerText.replace(/\\s+/g, ' '))";
    assert_eq!(browser.run(types), json!(["accuse 3", "threaten 3"]));
    let places = "return [...document.querySelectorAll('#map-figure [role=button]')].map((c) => c.getAttribute('aria-label'))";
    assert_eq!(
        browser.run(places),
        json!(["Orland: 3 documents (country, drawn at its middle)", "Port Ancel: 3 documents"])
    );
    // Where the coordinates are: 48 north 68 east, 12.05 south 77.04 west, in tenths of a degree.
    let centres = "return [...document.querySelectorAll('#map-figure [role=button]')].map((c) => [c.getAttribute('cx'), c.getAttribute('cy')])";
    assert_eq!(browser.run(centres), json!([["680.0", "-480.0"], ["-770.4", "120.5"]]));
    keep(browser, "archive.png");
    browser.colour_scheme("dark");
    keep(browser, "archive-dark.png");
    browser.colour_scheme("light");
}

/// One selection for all views, by mouse and by keys.
pub fn selection(browser: &Browser) {
    browser.click("[data-list=person] li button");
    assert_eq!(browser.text(SELECTED), "3 of 4 documents selected");
    browser.keys(&["2"]);
    assert_eq!(browser.text("return document.getElementById('found').textContent"), "3 of 4 documents");
    browser.keys(&["x", "1"]);
    assert_eq!(browser.text(SELECTED), "All 4 documents");

    // From the search to the list by keys.
    browser.keys(&["/", "v", "e", "l", "d"]);
    browser.wait("return document.querySelectorAll('[data-facet]').length === 1");
    browser.keys(&[DOWN, ENTER]);
    assert_eq!(browser.text(SELECTED), "3 of 4 documents selected");
    assert_eq!(browser.run("return document.activeElement.getAttribute('aria-pressed')"), json!("true"));
    browser.keys(&["x"]);
    browser.run(
        "const s = document.getElementById('facet-search'); s.value = ''; s.dispatchEvent(new Event('input'))",
    );

    // A bar of the axis of time, and a place, by keys.
    browser.run("document.getElementById('timeline-picture').focus()");
    browser.keys(&[RIGHT, ENTER]);
    assert_eq!(browser.text(SELECTED), "3 of 4 documents selected");
    let chip = "return document.querySelector('#selection .chip').innerText";
    assert_eq!(browser.text(chip), "date 2021-03-08 – 2021-03-08 ×");
    browser.click("#selection .chip");
    browser.run("document.querySelector('#map-figure [role=button]').focus()");
    browser.keys(&[RIGHT, ENTER]);
    assert_eq!(browser.text(chip), "map Port Ancel ×");
    browser.keys(&["x"]);
    // A place by the mouse.
    browser.click("#map-figure [aria-label^='Port Ancel']");
    assert_eq!(browser.text(chip), "map Port Ancel ×");
    browser.keys(&["x"]);
    assert_eq!(browser.text(SELECTED), "All 4 documents");
}

/// The table of events: filters, order, and the way to the text.
pub fn events(browser: &Browser) {
    let shown = || browser.text("return document.getElementById('events-shown').textContent.split(';')[0]");
    browser.click("#types .bar-row");
    assert_eq!(shown(), "Shown: 3 of 6 events");
    let row = "return document.querySelector('#event-table tbody tr').innerText.replace(/\\s+/g, ' ')";
    assert_eq!(
        browser.text(row),
        "≈ 2021-03-08 accuse happened Veldia condemned Marsh Union Port Ancel 0.75 Orland’s minister praises the Marsh Union"
    );
    keep(browser, "events.png");
    browser.click("#event-filters .action");
    assert_eq!(shown(), "Shown: 6 of 6 events");
    // `/` goes to the first filter that takes words.
    browser.keys(&["/"]);
    assert_eq!(browser.text("return document.activeElement.id"), "event-actor");
    browser.keys(&["v", "e", "l"]);
    assert_eq!(shown(), "Shown: 6 of 6 events");
    browser.keys(&["x"]);
    assert_eq!(shown(), "Shown: 0 of 6 events");
    browser.click("#event-filters .action");
    browser.run("const s = document.getElementById('event-recipient'); s.value = 'orl'; s.dispatchEvent(new Event('input'))");
    assert_eq!(shown(), "Shown: 3 of 6 events");
    browser.click("#event-filters .action");
    browser.click("[data-order=type]");
    browser.click("[data-order=type]");
    let types =
        "return [...document.querySelectorAll('#event-table .type')].map((t) => t.textContent).join(' ')";
    assert_eq!(browser.text(types), "threaten threaten threaten accuse accuse accuse");
    browser.click("#event-table tbody tr:nth-child(2) a");
    browser.wait("return !!document.querySelector('.picked')");
    assert_eq!(browser.text("return location.hash"), "#d1-ev1");
    assert_eq!(crate::marked(browser, ".picked").concat(), "threatened");
    let card = browser.text("return document.getElementById('detail').innerText.replace(/\\s+/g, ' ')");
    assert!(card.contains("who Veldia word threatened to whom Orland"), "{card}");
}

/// A pair over time, with a brush.
pub fn over_time(browser: &Browser) {
    browser.keys(&["5", "/"]);
    assert_eq!(browser.text("return document.activeElement.id"), "series-first");
    for (id, name) in [("first", "veldia"), ("second", "Orland")] {
        browser.run(&format!(
            "const s = document.getElementById('series-{id}'); s.value = '{name}'; s.dispatchEvent(new Event('input'))"
        ));
    }
    let shown = browser.text("return document.getElementById('series-shown').textContent");
    assert!(
        shown.starts_with("veldia and Orland, either way: 3 documents of 3 with a date, 3 stances, 3 events"),
        "{shown}"
    );
    let bars =
        "return [...document.querySelectorAll('#series svg')].map((s) => s.querySelectorAll('.bar').length)";
    assert_eq!(browser.run(bars), json!([1, 1, 1]));
    // Against stands below the zero line.
    let below = "const s = document.querySelectorAll('#series svg')[1]; return s.querySelector('.bar.against').y.baseVal.value === s.querySelector('.zero').y1.baseVal.value";
    assert_eq!(browser.run(below), json!(true));
    keep(browser, "series.png");
    browser.run("document.activeElement.blur(); document.querySelector('#series svg').focus()");
    browser.keys(&[RIGHT, ENTER]);
    assert_eq!(browser.text(SELECTED), "3 of 4 documents selected");
    browser.run("document.activeElement.blur()");
    browser.keys(&["x"]);
    browser.run("const s = document.getElementById('series-first'); s.value = 'Nobody'; s.dispatchEvent(new Event('input'))");
    assert_eq!(
        browser.text("return document.getElementById('series-shown').textContent"),
        "No name is “Nobody”."
    );
}

#[test]
#[ignore = "needs Chromium: cargo xtask browser"]
fn all_documents_count_whose_texts_are_not_there() {
    let records: Vec<Record> =
        (0..30).map(|i| sample::full(&format!("{i:02}.txt"), OffsetUnit::Codepoint)).collect();
    let (_bench, page) = page(&records, &["--max-documents", "3"]);
    let browser = Browser::start();
    browser.open(&page);
    assert_eq!(facet(&browser, "person"), json!(["Zoë Tanaka30"]));
    browser.keys(&["4"]);
    let cells = "return [...document.querySelectorAll('.cell')].map((c) => c.getAttribute('aria-label'))[0]";
    assert_eq!(browser.text(cells), "Zoë Tanaka toward Marsh Union: 60 favor");
    browser.keys(&["3"]);
    assert_eq!(browser.run("return document.querySelectorAll('#event-table tbody tr').length"), json!(60));
    browser.keys(&["2"]);
    assert_eq!(browser.run("return document.querySelectorAll('#list a:not(.absent)').length"), json!(3));
    browser.click("#list a.absent");
    browser.wait("return document.getElementById('text').innerText.includes('not in this page')");
    assert!(browser.text("return document.getElementById('text').innerText").contains("Zoë Tanaka"));
    browser.click("#list a:not(.absent)");
    browser.wait("return document.querySelectorAll('#text mark').length > 10");
    assert_eq!(browser.watched(), json!([]));
    assert_eq!(browser.requests(&page), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium: cargo xtask browser"]
fn a_search_shows_its_hits() {
    let records = [sample::full("a.txt", OffsetUnit::Codepoint), sample::failed("b.txt")];
    let (_bench, page) = page(&records, &[]);
    let browser = Browser::start();
    browser.open(&page);
    browser.keys(&["2"]);
    browser.click("#search-texts");
    browser.run("document.activeElement.blur()");
    browser.keys(&["/", "b", "l", "o", "c", "k"]);
    browser.wait("return document.querySelectorAll('#list a').length === 1");
    assert_eq!(browser.text("return document.querySelector('#list .snippet mark').textContent"), "block");
    let hits = "return [...(CSS.highlights.get('hits') ?? [])].map((range) => range.toString())";
    assert_eq!(browser.run(hits), json!(["block"]));
    keep(&browser, "search.png");
    assert_eq!(browser.watched(), json!([]));
}

#[test]
#[ignore = "needs Chromium: cargo xtask browser"]
fn a_phone_shows_every_view() {
    let mut records = sample::large(60);
    records.push(sample::hostile(3, sample::HOSTILE[0]));
    let (_bench, page) = page(&records, &[]);
    let browser = Browser::start();
    browser.phone(true);
    browser.open(&page);
    for view in ["archive", "documents", "events", "matrix", "time"] {
        browser.run(&format!("location.hash = '#{view}'"));
        browser.wait(&format!("return !document.getElementById('{view}').hidden"));
        let wide = "return document.documentElement.scrollWidth";
        assert_eq!(browser.run(wide), json!(390), "{view} is wider than the window");
        keep(&browser, &format!("phone-{view}.png"));
    }
    browser.run("location.hash = '#archive'");
    browser.click("[data-list=person] li button");
    assert_eq!(browser.text(SELECTED), "60 of 61 documents selected");
    assert_eq!(browser.watched(), json!([]));
}
