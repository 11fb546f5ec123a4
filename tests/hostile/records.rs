//! JSON lines and tables.

use super::build::{cut, gzip, spoilt, utf16};
use super::{Case, Fails, MAX_BYTES, Text, case, fails};

pub fn cases() -> Vec<Case> {
    [json_lines(), tables()].into_iter().flatten().collect()
}

fn json_lines() -> Vec<Case> {
    let good = "{\"text\": \"Osh waits.\"}\n";
    let around = |bad: &[u8]| [good.as_bytes(), bad, b"\n", good.as_bytes()].concat();
    let between = |name, bad: &[u8], reason| {
        case(name, around(bad), &[("#1", Text("Osh")), ("#2", Fails(reason)), ("#3", Text("Osh"))])
    };
    let survives = |name, odd: &[u8], text| {
        case(name, around(odd), &[("#1", Text("Osh")), ("#2", Text(text)), ("#3", Text("Osh"))])
    };
    let deep = format!("{{\"x\": {}{}, \"text\": \"a\"}}", "[".repeat(100_000), "]".repeat(100_000));
    let many = (0..50_000)
        .fold(String::from("{\"text\": \"Osh.\""), |json, i| json + &format!(",\"k{i}\":{i}"))
        + "}";
    let long = format!("{{\"text\": \"{}\"}}", "a".repeat(30 << 20));
    let packed = gzip(good.repeat(3).as_bytes());
    vec![
        survives("surrogate-high.jsonl", br#"{"text": "a \ud800 b"}"#, "a \u{fffd} b"),
        survives("surrogate-low.jsonl", br#"{"text": "a \udc00 b"}"#, "a \u{fffd} b"),
        survives("surrogates-swapped.jsonl", br#"{"text": "\udc00\ud800"}"#, "\u{fffd}\u{fffd}"),
        between("deep.jsonl", deep.as_bytes(), "recursion limit"),
        survives("zero-byte.jsonl", b"{\"text\": \"a \0 b\"}", "a \0 b"),
        survives("zero-escaped.jsonl", br#"{"text": "a \u0000 b"}"#, "a \0 b"),
        between("cut.jsonl", b"{\"text\": \"Osh wai", "EOF while parsing a string"),
        between("list.jsonl", b"[\"Osh\"]", "not a JSON object"),
        between("number.jsonl", b"17", "not a JSON object"),
        between("two-objects.jsonl", br#"{"text": "a"} {"text": "b"}"#, "trailing characters"),
        between("twice.jsonl", br#"{"text": "a", "text": "b"}"#, "appears twice"),
        between("no-text.jsonl", br#"{"body": "a"}"#, "no field `text`, but `body`"),
        between("text-is-null.jsonl", br#"{"text": null}"#, "is null"),
        between("text-is-list.jsonl", br#"{"text": [1]}"#, "is a list"),
        between("text-is-empty.jsonl", br#"{"text": " "}"#, "the field `text` is empty"),
        survives("number-too-large.jsonl", br#"{"text": "a", "n": 1e999, "m": NaN}"#, "a"),
        between("single-quotes.jsonl", b"{'text': 'a'}", "not JSON"),
        between("broken-escape.jsonl", br#"{"text": "\x41"}"#, "invalid escape"),
        between("long.jsonl", long.as_bytes(), "input.max_bytes"),
        survives("latin-1.jsonl", b"{\"text\": \"A caf\xe9 in Osh.\"}", "A café in Osh."),
        survives("mark-in-the-middle.jsonl", "\u{feff}{\"text\": \"Osh.\"}".as_bytes(), "Osh."),
        survives("many-fields.jsonl", many.as_bytes(), "Osh."),
        survives("id-is-object.jsonl", br#"{"id": {"a": 1}, "text": "Osh."}"#, "Osh."),
        case("utf16.jsonl", utf16(&good.repeat(2)), &[("#1", Text("Osh")), ("#2", Text("Osh"))]),
        fails("binary.jsonl", b"\x7fELF\x02\x01\x01\0\0\n\0\n\0\n".to_vec(), "a program"),
        case(
            "array.json",
            "[{\"text\": \"Osh.\"},\n 17, {\"text\": \"Her]at.\"}, {\"text\": \"cut",
            &[
                ("#1", Text("Osh.")),
                ("#2", Fails("not a JSON object")),
                ("#3", Text("Her]at.")),
                ("#4", Fails("not closed")),
            ],
        ),
        case("pretty.json", "{\n  \"text\": \"Osh.\"\n}\n", &[("#1", Text("Osh."))]),
        case("array-of-nothing.json", "[]", &[]),
        case("empty.jsonl", "", &[]),
        case("blank-lines.jsonl", "\n\r\n \n", &[]),
        case("packed-cut.jsonl.gz", cut(&packed, packed.len() - 12), &[("#1", Fails("ends early"))]),
        case(
            "packed-wrong-sum.jsonl.gz",
            spoilt(packed.clone(), packed.len() - 6),
            &[("#1", Text("Osh")), ("#2", Text("Osh")), ("#3", Text("Osh")), ("#4", Fails("cannot be read"))],
        ),
    ]
}

fn tables() -> Vec<Case> {
    let long = format!("text\nOsh.\n{}\nKabul.\n", "a".repeat(2 * MAX_BYTES));
    let wide = format!("text,{}\nOsh.,{}\n", "c,".repeat(20_000), "1,".repeat(20_000));
    vec![
        case(
            "ragged.csv",
            "text,note\nOsh.,1\nHerat.\nKabul.,1,2\nNaryn.,\n",
            &[
                ("#1", Text("Osh.")),
                ("#2", Fails("a row of 1 fields under a header of 2")),
                ("#3", Fails("a row of 3 fields under a header of 2")),
                ("#4", Text("Naryn.")),
            ],
        ),
        case(
            "quote-not-closed.csv",
            "text,note\nOsh.,1\n\"Herat.,2\nKabul.,3\n",
            &[("#1", Text("Osh.")), ("#2", Fails("is a quotation mark not closed?"))],
        ),
        case("quote-inside.csv", "text,note\nA 5\" gun.,1\n", &[("#1", Text("A 5\" gun."))]),
        case("empty-rows.csv", "text\n\n\nOsh.\n\n", &[("#1", Text("Osh."))]),
        case("empty-text.csv", "id,text\n7,\n8,Osh.\n", &[("=7", Fails("is null")), ("=8", Text("Osh."))]),
        fails("no-text.csv", "id,body\n1,Osh.\n", "no field `text`, but `id`, `body`"),
        fails("column-twice.csv", "text,text\na,b\n", "appears twice"),
        case("header-only.csv", "id,text\n", &[]),
        fails("binary.csv", b"text,note\n\0\0\0\x01".to_vec(), "a binary file"),
        case("empty.tsv", "", &[]),
        case(
            "long-row.csv",
            long,
            &[("#1", Text("Osh.")), ("#2", Fails("input.max_bytes")), ("#3", Text("Kabul."))],
        ),
        case("pipes.csv", "Text|note\nOsh, or Herat.|1\n", &[("#1", Text("Osh, or Herat."))]),
        case("excel.csv", "sep=;\r\ntext;note\r\nOsh.;1\r\n", &[("#1", Text("Osh."))]),
        case(
            "backslashes.csv",
            "id,text\n1,\"A \\\"word\\\"\nand more, too.\"\n2,Osh.\n",
            &[("=1", Text("A \"word\"\nand more")), ("=2", Text("Osh."))],
        ),
        case("zero.csv", "text\nO\0sh.\nHerat.\n", &[("#1", Text("O\0sh.")), ("#2", Text("Herat."))]),
        case("wide.csv", wide, &[("#1", Text("Osh."))]),
        case("utf16.csv", utf16("text;id\r\nДушанбе.;d\r\n"), &[("=d", Text("Душанбе."))]),
        case("latin-1.csv", b"text\nA caf\xe9 in Osh.\n".to_vec(), &[("#1", Text("A café"))]),
        case("old-mac.csv", "text,n\rOsh.,1\rHerat.,2\r", &[("#1", Text("Osh.")), ("#2", Text("Herat."))]),
    ]
}
