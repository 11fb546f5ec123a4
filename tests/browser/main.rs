//! Pages of `docmill show` in headless Chromium, opened from the disk and used as a person would.
//!
//! `cargo xtask browser` runs them where Chromium and its driver are installed. Screenshots go to `target/browser`.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod archive;
mod driver;
#[path = "../it/program.rs"]
#[expect(dead_code, reason = "this program uses a part")]
mod program;
#[path = "../../crates/formats/html/tests/common/mod.rs"]
mod sample;

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use docmill_core::OffsetUnit;
use docmill_jsonl::Record;
use serde_json::json;

use driver::Browser;
use program::{Bench, root};

/// A folder with the page of `records`.
fn page(records: &[Record], flags: &[&str]) -> (Bench, PathBuf) {
    let bench = Bench::new();
    bench.write("out.jsonl", sample::lines(records));
    bench.docmill(&[&["show", "out.jsonl", "-o", "page.html"], flags].concat()).expect(0);
    let page = bench.path("page.html");
    (bench, page)
}

/// Keeps what the browser shows for people to look at.
fn keep(browser: &Browser, name: &str) {
    let png = browser.screenshot();
    let folder = root().join("target/browser");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), png).unwrap();
}

const SHOWN: &str = "return document.getElementById('shown').textContent";

fn marked(browser: &Browser, selector: &str) -> Vec<String> {
    let script =
        format!("return [...document.querySelectorAll('#text {selector}')].map((e) => e.textContent)");
    serde_json::from_value(browser.run(&script)).unwrap()
}

#[test]
#[ignore = "needs Chromium: cargo xtask browser"]
fn an_analyst_reads_a_run() {
    let records = [
        sample::full("a.txt", OffsetUnit::Codepoint),
        sample::full("b.txt", OffsetUnit::Bytes),
        sample::failed("c.txt"),
        sample::without_text("d.txt"),
    ];
    let (_bench, page) = page(&records, &[]);
    let browser = Browser::start();
    browser.open(&page);
    archive::overview(&browser);
    archive::selection(&browser);
    archive::events(&browser);
    archive::over_time(&browser);

    browser.keys(&["2"]);
    browser.wait("return !document.getElementById('documents').hidden");
    assert_eq!(
        browser.text(SHOWN),
        "Shown: 13 of 13 names, 2 of 2 quotes, 2 of 2 sources, 5 of 5 stances, 2 of 2 events"
    );
    keep(&browser, "light.png");

    filters(&browser);
    details(&browser);
    matrix(&browser);
    dates(&browser);
    list(&browser);

    assert_eq!(browser.watched(), json!([]));
    assert_eq!(browser.requests(&page), Vec::<String>::new());
}

fn filters(browser: &Browser) {
    let chip = |text: &str| {
        let find =
            format!("[...document.querySelectorAll('.chip')].find((c) => c.textContent.includes('{text}'))");
        browser.run(&format!("for (const c of document.querySelectorAll('[data-test]')) c.removeAttribute('data-test'); {find}.dataset.test = '1'"));
        browser.click("[data-test]");
        browser.text("return document.querySelector('[data-test]').getAttribute('aria-pressed')")
    };
    let choose = |id: &str, value: &str| {
        browser.run(&format!("const s = document.getElementById('{id}'); s.value = '{value}'; s.dispatchEvent(new Event('change'))"));
    };
    assert_eq!(marked(browser, ".t-PER"), ["Zoë Tanaka", "Tanaka"]);
    assert_eq!(chip("PER"), "false");
    assert_eq!(
        browser.text(SHOWN),
        "Shown: 11 of 13 names, 2 of 2 quotes, 2 of 2 sources, 5 of 5 stances, 2 of 2 events"
    );
    assert_eq!(marked(browser, ".t-PER"), Vec::<String>::new());
    assert_eq!(chip("PER"), "true");

    // Nested and crossing evidence, cut by the names in it.
    assert_eq!(
        marked(browser, ".stance.against").concat(),
        "Veldia condemned the Marsh Union and threatened Orland with a blockade"
    );
    assert_eq!(chip("against"), "false");
    assert_eq!(
        browser.text(SHOWN),
        "Shown: 13 of 13 names, 2 of 2 quotes, 2 of 2 sources, 3 of 5 stances, 2 of 2 events"
    );
    assert_eq!(marked(browser, ".against"), Vec::<String>::new());
    chip("against");

    choose("filter-name", "Marsh Union");
    assert_eq!(marked(browser, ".entity"), ["Marsh Union", "Marsh Union", "Marsh Union", "MU"]);
    assert_eq!(
        browser.text(SHOWN),
        "Shown: 4 of 13 names, 0 of 2 quotes, 0 of 2 sources, 4 of 5 stances, 1 of 2 events"
    );
    choose("filter-name", "");

    choose("filter-speaker", "Zoë Tanaka");
    assert_eq!(
        browser.text(SHOWN),
        "Shown: 13 of 13 names, 1 of 2 quotes, 2 of 2 sources, 2 of 5 stances, 0 of 2 events"
    );
    choose("filter-speaker", "");

    choose("filter-sources", "out");
    assert_eq!(
        browser.text(SHOWN),
        "Shown: 11 of 13 names, 2 of 2 quotes, 0 of 2 sources, 5 of 5 stances, 2 of 2 events"
    );
    assert!(!marked(browser, ".entity").contains(&"Ancel Post".to_owned()));
    choose("filter-sources", "in");
    assert_eq!(marked(browser, ".entity"), ["Ancel Post", "Радио Марш"]);
    choose("filter-sources", "all");

    chip("Sentiment");
    assert!(marked(browser, ".mood.negative").concat().starts_with("Veldia condemned"));
    let tint =
        "return getComputedStyle(document.querySelector('#text .mood.negative')).getPropertyValue('--s')";
    assert!(!browser.text(tint).is_empty());
    keep(browser, "shaded.png");
    chip("Sentiment");
    assert_eq!(marked(browser, ".mood"), Vec::<String>::new());
}

fn details(browser: &Browser) {
    let detail = || browser.text("return document.getElementById('detail').innerText");
    browser.run("document.querySelectorAll('#text .entity')[4].dataset.test = 'union'");
    browser.click("[data-test=union]");
    let shown = detail();
    for words in
        ["Marsh Union", "mentions", "direct quotation", "Zoë Tanaka", "verbal-cooperation", "reported"]
    {
        assert!(shown.to_lowercase().contains(&words.to_lowercase()), "{words} is not in {shown}");
    }
    keep(browser, "details.png");
    browser.colour_scheme("dark");
    keep(browser, "dark.png");
    browser.colour_scheme("light");

    // By keys alone: into the text, on to the second mark, its details, and out again.
    browser.keys(&["\u{E00C}"]);
    browser.run("document.getElementById('text').focus()");
    browser.keys(&["\u{E014}", "\u{E014}"]);
    assert_eq!(browser.text("return document.activeElement.textContent"), "Orland");
    assert!(browser.text("return document.getElementById('tip').textContent").starts_with("LOC"));
    browser.keys(&["\u{E007}"]);
    assert!(detail().contains("ORL"));
    browser.keys(&["\u{E00C}"]);
    assert!(detail().starts_with("Choose a mark"));

    // A line of the list leads to its place.
    browser.click("#lists-tabs [data-kind=citation]");
    browser.click("#lists li:nth-child(2) button");
    assert_eq!(marked(browser, ".picked").concat(), "Радио Марш, March 5");
    assert!(detail().contains("2021-03-05"));
}

fn matrix(browser: &Browser) {
    browser.click("#tab-matrix");
    let cells = "return [...document.querySelectorAll('.cell')].map((c) => c.getAttribute('aria-label'))";
    assert_eq!(
        browser.run(cells),
        json!([
            "Zoë Tanaka toward Marsh Union: 6 favor",
            "Veldia toward Marsh Union: 3 against",
            "Veldia toward Orland: 3 against"
        ])
    );
    browser.run("document.querySelector('.cell').focus()");
    browser.keys(&["\u{E015}"]);
    browser.keys(&["\u{E007}"]);
    let evidence = "return document.querySelector('#evidence li .evidence').textContent";
    browser.wait("return !!document.querySelector('#evidence li .evidence')");
    assert_eq!(
        browser.text(evidence),
        "Veldia condemned the Marsh Union and threatened Orland with a blockade."
    );
    let words = "return [...document.querySelectorAll('#evidence li:first-of-type mark')].map((m) => m.textContent).join('')";
    assert_eq!(browser.text(words), "Veldia condemned the Marsh Union");
    keep(browser, "matrix.png");
    browser.colour_scheme("dark");
    keep(browser, "matrix-dark.png");
    browser.colour_scheme("light");

    browser.run("[...document.querySelectorAll('#matrix .chip')].find((c) => c.textContent.includes('neutral')).click()");
    assert_eq!(browser.run("return document.querySelectorAll('.cell').length"), json!(4));
    browser.click(".cell[aria-label^='Veldia toward Orland']");
    browser.click("#evidence li:nth-child(2) a");
    browser.wait("return !document.getElementById('documents').hidden");
    browser.wait("return !!document.querySelector('.picked')");
    assert_eq!(browser.text("return location.hash"), "#d1-st3");
    assert!(marked(browser, ".picked").concat().starts_with("condemned the Marsh Union and threatened"));
    let inside = "const r = document.querySelector('.picked').getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight";
    assert_eq!(browser.run(inside), json!(true));
}

fn dates(browser: &Browser) {
    browser.click("#tab-time");
    let shown = browser.text("return document.getElementById('time-shown').textContent");
    assert_eq!(shown, "3 documents of 4; 1 document without sentiment");
    assert_eq!(browser.run("return document.querySelectorAll('#chart .dot').length"), json!(3));
    keep(browser, "time.png");
    browser.run("document.querySelector('#chart .dot').focus()");
    browser.keys(&["\u{E007}"]);
    browser.wait("return location.hash === '#d0'");
}

fn list(browser: &Browser) {
    browser.keys(&["j", "j"]);
    browser.wait("return location.hash === '#d2'");
    assert!(browser.text("return document.getElementById('head').innerText").contains("the text is binary"));
    let found = "return document.getElementById('found').textContent";
    browser.keys(&["/", "c", ".", "t", "x", "t"]);
    browser.wait("return document.querySelectorAll('#list a').length === 1");
    assert_eq!(browser.text(found), "1 of 4 documents");
    browser.run("const s = document.getElementById('search'); s.value = 'blockade'; s.dispatchEvent(new Event('input'))");
    assert_eq!(browser.text(found), "0 of 4 documents");
    browser.click("#search-texts");
    browser.wait("return document.getElementById('found').textContent === '3 of 4 documents'");
}

#[test]
#[ignore = "needs Chromium: cargo xtask browser"]
fn hostile_records_do_nothing() {
    let mut records = vec![sample::full("ordinary", OffsetUnit::Codepoint)];
    records.extend(sample::HOSTILE.iter().enumerate().map(|(i, text)| sample::hostile(i, text)));
    let (_bench, page) = page(&records, &[]);
    let browser = Browser::start();
    browser.open(&page);
    let elements = "return [...document.querySelectorAll('img, svg:not(.chart svg), iframe, object, embed, link, base, form, [src], [style*=url], script:not([type])')].length";
    // The page's own script.
    assert_eq!(browser.run(elements), json!(1));
    for (i, hostile) in sample::HOSTILE.iter().enumerate() {
        browser.run(&format!("location.hash = '#d{}'", i + 1));
        browser.wait(&format!(
            "return document.querySelector('#list [aria-current=true]')?.dataset.n === '{}'",
            i + 1
        ));
        // Every list, every card, every tip.
        browser.run(
            "for (const tab of [...document.querySelectorAll('#lists-tabs button')].map((b) => b.dataset.kind)) {
                document.querySelector(`#lists-tabs [data-kind=${tab}]`).click();
                for (const row of document.querySelectorAll('#lists button')) row.click();
            }
            for (const mark of document.querySelectorAll('#text mark')) {
                mark.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
                mark.click();
            }
            document.querySelector('#head details').open = true",
        );
        if i < 4 {
            assert_eq!(browser.text("return document.querySelector('#head h2').textContent"), *hostile);
            assert_eq!(marked(&browser, "mark")[0], *hostile);
        }
        assert_eq!(browser.run(elements), json!(1));
        assert_eq!(
            browser.run("return document.querySelectorAll('[onload], [onerror], [onmouseover]').length"),
            json!(0)
        );
    }
    keep(&browser, "hostile.png");
    browser.click("#tab-matrix");
    browser.run("for (const cell of document.querySelectorAll('.cell')) cell.click()");
    browser.click("#tab-time");
    assert_eq!(browser.run("return document.querySelectorAll('script:not([type])').length"), json!(1));
    assert_eq!(browser.run("return ({}).polluted ?? null"), json!(null));
    assert_eq!(browser.watched(), json!([]));
    assert_eq!(browser.requests(&page), Vec::<String>::new());
}

#[test]
#[ignore = "needs Chromium: cargo xtask browser"]
fn two_thousand_documents_are_quick() {
    let (bench, page) = page(&sample::large(2_010), &["--max-documents", "2000"]);
    let browser = Browser::start();
    let start = Instant::now();
    browser.open(&page);
    let opened = start.elapsed();
    let painted = browser.run("return performance.getEntriesByType('paint')[0].startTime").as_f64().unwrap();
    let total = "return document.querySelector('#totals dd').textContent";
    assert_eq!(browser.text(total), "2,010");
    browser.run("location.hash = '#documents'");
    browser.wait("return document.querySelectorAll('#list a').length > 0");
    let note = browser.text("return document.getElementById('note').textContent");
    assert_eq!(
        note,
        "All documents are counted; the texts of 2,000 of them are in this page, a sample (--max-documents)."
    );
    assert_eq!(browser.run("return document.querySelectorAll('#list a').length"), json!(2000));
    // The selected document only.
    assert_eq!(browser.run("return document.querySelectorAll('#text p').length"), json!(3));
    let start = Instant::now();
    browser.run("location.hash = '#d1999'");
    browser.wait("return document.querySelector('#head h2').textContent === 'Report number 1999'");
    let chosen = start.elapsed();
    let start = Instant::now();
    browser.click("#tab-matrix");
    browser.wait("return document.querySelectorAll('.cell').length === 3");
    let matrix = start.elapsed();
    browser.click("#tab-time");
    browser.wait("return document.querySelectorAll('#chart .dot').length === 2010");
    keep(&browser, "time-2000.png");
    let size = fs::metadata(bench.path("page.html")).unwrap().len() / 1_000_000;
    eprintln!(
        "2,000 documents, {size} MB: painted after {painted:.0} ms, opened in {opened:?}, a document in {chosen:?}, the matrix in {matrix:?}"
    );
    // Generous: a busy machine, an unoptimized test. What is meant is: not a minute.
    assert!(painted < 8000.0 && opened.as_secs() < 15 && chosen.as_secs() < 3 && matrix.as_secs() < 5);
    assert_eq!(browser.watched(), json!([]));
}
