//! Words that a configuration adds, and `docmill lexicon`.

use crate::program::Bench;

const WORDS: &str =
    "# list: outlets\nname\tevidence\nSteppe Wire\talone\n# list: abbreviations\nword\tstop\nkaz\tinner\n";
const TEXT: &str = "The pact holds (Steppe Wire). It binds Kaz. Steel and others.";

/// A folder with a text, a configuration below it, and `words` beside that.
fn bench(words: &[u8]) -> Bench {
    let bench = Bench::new();
    bench.write("in/a.txt", TEXT);
    bench.write("conf/my.tsv", words);
    let stages = "stages = [\"tokenize\", \"citations\"]\n";
    bench.write("conf/my.toml", format!("{stages}[lexicon]\nextend = [\"my.tsv\"]\n"));
    bench.write("conf/plain.toml", stages);
    bench
}

fn run(bench: &Bench, config: &str) -> serde_json::Value {
    bench.docmill(&["run", "in", "--config", config]).expect(0).records().remove(0)
}

#[test]
fn added_words_change_what_is_found() {
    let bench = bench(WORDS.as_bytes());
    let (plain, mine) = (run(&bench, "conf/plain.toml"), run(&bench, "conf/my.toml"));
    assert_eq!(plain["citations"].as_array().unwrap().len(), 0);
    assert_eq!(plain["sentences"].as_array().unwrap().len(), 3);
    assert_eq!(mine["citations"][0]["outlet"], "Steppe Wire");
    assert_eq!(mine["sentences"].as_array().unwrap().len(), 2);
}

#[test]
fn windows_line_ends_are_read() {
    let bench = bench(WORDS.replace('\n', "\r\n").as_bytes());
    assert_eq!(run(&bench, "conf/my.toml")["citations"][0]["outlet"], "Steppe Wire");
}

#[test]
fn a_changed_file_is_a_changed_run() {
    let bench = bench(WORDS.as_bytes());
    let args = ["run", "in", "--config", "conf/my.toml", "-o", "old.jsonl"];
    bench.docmill(&args).expect(0);
    let reuse = ["run", "in", "--config", "conf/my.toml", "-o", "new.jsonl", "--reuse", "old.jsonl"];
    bench.docmill(&reuse).expect(0);
    bench.write("conf/my.tsv", WORDS.replace("Steppe Wire", "Steppe Post"));
    let answer = bench.docmill(&reuse);
    assert!(answer.stderr.contains("lexicon"), "{}", answer.stderr);
    answer.expect(2);
}

#[test]
fn bad_files_say_where_and_how() {
    for (words, message) in [
        (
            &b"# list: outlets\nname\nSteppe Wire\nSteppe Wire\n"[..],
            "conf/my.tsv:4: `Steppe Wire` is already on line 3",
        ),
        (
            b"# list: outlets\nname\tproof\n",
            "conf/my.tsv:2: the list `outlets` has no column `proof`; its columns are",
        ),
        (
            b"# list: outlets\nname\n\xff\xfe\n",
            "conf/my.tsv:3: this line is not UTF-8; save the file as UTF-8",
        ),
        (b"name\nSteppe Wire\n", "conf/my.tsv:1: no list is named before this line; begin the file"),
        (
            b"# list: stance_words\nword\tclass\nnow\ttime\n",
            "the list `stance_words` cannot be extended: the rules are written around its words; lists that can: ",
        ),
    ] {
        let bench = bench(words);
        for args in [&["run", "in", "--config", "conf/my.toml"][..], &["lexicon", "check", "conf/my.tsv"]] {
            let answer = bench.docmill(args);
            assert!(answer.stderr.contains(message), "{message}\n{}", answer.stderr);
            assert_eq!(answer.stdout, "");
            answer.expect(2);
        }
    }
    let bench = bench(WORDS.as_bytes());
    std::fs::remove_file(bench.path("conf/my.tsv")).unwrap();
    let answer = bench.docmill(&["check", "--config", "conf/my.toml"]).expect(2);
    assert!(
        answer.stderr.contains("conf/my.toml:3: lexicon.extend: conf/my.tsv cannot be read"),
        "{}",
        answer.stderr
    );
}

#[test]
fn lists_are_shown_and_checked() {
    let bench = bench(WORDS.as_bytes());
    let lists = bench.docmill(&["lexicon", "list"]).expect(0).stdout;
    assert!(
        lists.lines().any(|line| line.starts_with("outlets ") && line.ends_with("news cites")),
        "{lists}"
    );
    let shown = ["lexicon", "list", "abbreviations", "--config", "conf/my.toml"];
    let shown = bench.docmill(&shown).expect(0).stdout;
    assert!(shown.ends_with("# conf/my.tsv:6\nkaz\tinner\n"), "{shown}");
    // What is shown can be read again.
    bench.write("again.tsv", &shown);
    bench.docmill(&["lexicon", "check", "again.tsv"]).expect(0);
    let checked = bench.docmill(&["lexicon", "check", "--config", "conf/my.toml"]).expect(0).stdout;
    assert_eq!(
        checked,
        "conf/my.tsv: outlets: 1 entry, 0 of them override shipped ones\n\
         conf/my.tsv: abbreviations: 1 entry, 0 of them override shipped ones\nok\n"
    );
    let answer = bench.docmill(&["lexicon", "list", "outlet"]).expect(2);
    assert!(
        answer.stderr.contains("there is no list `outlet`; did you mean `outlets`?"),
        "{}",
        answer.stderr
    );
}
