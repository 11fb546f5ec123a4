//! Web pages, mail, web archives, Parquet files.

use super::build::{cut, gzip};
use super::{Case, Fails, Text, case, fails, read};

pub fn cases() -> Vec<Case> {
    [pages(), mails(), web_archives(), parquet()].into_iter().flatten().collect()
}

fn pages() -> Vec<Case> {
    vec![
        read("deep.html", format!("{}Osh waits.", "<div>".repeat(100_000)), "Osh waits."),
        read("deep-by-slashes.html", format!("{}Osh waits.", "<x/>".repeat(100_000)), "Osh waits."),
        read("ends-of-nothing.html", "Osh waits. <b>x</i>".repeat(5000), "Osh waits."),
        fails("endless.html", "x<p>".repeat(250_000), "a page of more than 400000 elements"),
        fails("script-only.html", "<html><script>alert(1)</script>", "a page without text"),
        fails("empty.html", "", "the file is empty"),
        read("never-closed.html", "<p>Osh <b>waits <i>for <a href='x>rain", "Osh waits for"),
        read("brackets.html", format!("<p>Osh waits. {}", "<".repeat(100_000)), "Osh waits."),
        read("misnested.html", "<p>Osh <b>waits<p></b></i></table> for <td>rain.", "Osh"),
        read("lying-charset.html", "<meta charset=utf-16><p>Душанбе waits.", "Душанбе waits."),
        read("unknown-charset.html", b"<meta charset=x-none><p>A caf\xe9 in Osh.".to_vec(), "A café in Osh."),
        read("zero.html", "<p>\0Osh waits.", "Osh waits."),
        read("entities.html", "<p>Osh &amp; Herat &#x110000; &#xD800; &nosuch; wait.", "Osh & Herat"),
    ]
}

fn mails() -> Vec<Case> {
    let nested = (0..200).fold(String::from("Content-Type: text/plain\r\n\r\nOsh."), |inner, i| {
        format!("Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n{inner}\r\n--b{i}--\r\n")
    });
    let nested = format!("Subject: deep\r\n{nested}");
    let one = "From a@b Tue Sep 20 08:00:00 2005\nSubject: One\n\nOsh.\n\n";
    vec![
        fails("no-header.eml", "", "the file is empty"),
        fails("no-text.eml", "Subject: x\r\n\r\n", "without text"),
        fails(
            "picture.eml",
            "Subject: x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO",
            "without text",
        ),
        read(
            "broken-base64.eml",
            "Subject: x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nT3NoIHdh!!\r\n",
            "T3NoIHdh!!",
        ),
        read(
            "unknown-charset.eml",
            "Subject: x\r\nContent-Type: text/plain; charset=x-none\r\n\r\nOsh.",
            "Osh.",
        ),
        read(
            "boundary-missing.eml",
            "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nOsh.",
            "Osh.",
        ),
        case("nested.eml", nested, &[("", Text("Osh."))]),
        fails("none.mbox", "No mail at all.\n", "not a mailbox"),
        case(
            "cut.mbox",
            format!("{one}From c@d Tue Sep 20 09:00:00 2005\nSubject: Two\n"),
            &[("#1", Text("Osh.")), ("#2", Fails("without text"))],
        ),
        case(
            "long.mbox",
            format!("{one}From c@d 09:00:00\nSubject: Two\n\n{}\n\n{one}", "a\n".repeat(1 << 20)),
            &[("#1", Text("Osh.")), ("#2", Fails("input.max_bytes")), ("#3", Text("Osh."))],
        ),
    ]
}

fn web_archives() -> Vec<Case> {
    let record = |length: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    let page = |body: &str| format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
    let good = page("<p>Osh waits.");
    let good = record(&good.len().to_string(), &good);
    let sized = |block: &str| record(&block.len().to_string(), block);
    let after = |bad: &str| format!("{bad}{good}");
    let zeros = gzip(good.as_bytes());
    vec![
        case(
            "cut.warc",
            cut(good.as_bytes(), good.len() - 12),
            &[("#1", Fails("ends early")), ("#2", Fails("ends early"))],
        ),
        case("cut-in-header.warc", cut(good.as_bytes(), 40), &[("#1", Fails("ends early"))]),
        case(
            "length-missing.warc",
            after(&record("", "x")),
            &[("#1", Fails("without a Content-Length")), ("#2", Text("Osh waits."))],
        ),
        case(
            "length-negative.warc",
            after(&record("-5", "x")),
            &[("#1", Fails("without a Content-Length")), ("#2", Text("Osh waits."))],
        ),
        case(
            "length-endless.warc",
            record("999999999999", &page("<p>x")),
            &[("#1", Fails("ends early")), ("#2", Fails("ends early"))],
        ),
        case(
            "length-too-short.warc",
            after(&record("60", &page(&"<p>Osh. ".repeat(20)))),
            &[("#1", Text("Osh.")), ("#2", Fails("a damaged record")), ("#3", Text("Osh waits."))],
        ),
        case(
            "no-http.warc",
            after(&sized("no header")),
            &[("#1", Fails("without a sound HTTP header")), ("#2", Text("Osh waits."))],
        ),
        case(
            "unknown-coding.warc",
            after(&sized("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\nxx")),
            &[("#1", Fails("packed as `br`")), ("#2", Text("Osh waits."))],
        ),
        case(
            "cut.warc.gz",
            [zeros.clone(), cut(&zeros, 30)].concat(),
            &[("#1", Text("Osh waits.")), ("#2", Fails("ends early"))],
        ),
        case("noise.warc", "noise\nand more\n".repeat(1000), &[("#1", Fails("a damaged record"))]),
    ]
}

fn parquet() -> Vec<Case> {
    let lie = |length: u32| [b"PAR1", &[0; 40][..], &length.to_le_bytes(), b"PAR1"].concat();
    vec![
        fails("magic-only.parquet", "PAR1", "cannot be read as Parquet"),
        fails("no-footer.parquet", [b"PAR1", &[0x15; 100][..]].concat(), "cannot be read as Parquet"),
        fails("footer-of-zeros.parquet", lie(40), "cannot be read as Parquet"),
        fails("footer-too-long.parquet", lie(u32::MAX), "cannot be read as Parquet"),
        fails("empty.parquet", "", "the file is empty"),
    ]
}
