use super::*;
use crate::lists;

fn fault(text: &str) -> String {
    match read("my.tsv", text, lists::ALL) {
        Ok(entries) => panic!("{} entries", entries.len()),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_shipped_list_reads_and_explains_its_columns() {
    for list in lists::ALL {
        let file = format!("data/en/{}.tsv", list.name);
        let entries = read(&file, list.text, lists::ALL).unwrap();
        assert!(!entries.is_empty() && entries.iter().all(|entry| entry.list.name == list.name), "{file}");
        let comments: Vec<&str> = list.text.lines().take_while(|line| line.starts_with('#')).collect();
        assert!(comments.iter().any(|line| line.starts_with("# Licence: ")), "{file}: no licence");
        for column in list.columns {
            let explained = comments.iter().any(|line| line.starts_with(&format!("# {} ", column.name)));
            assert!(explained, "{file}: `{}` is not explained", column.name);
        }
    }
}

#[test]
fn columns_may_come_in_any_order() {
    let text =
        "# list: outlets\n\nevidence\tname\nalone\tSteppe Wire\n\tThe Day\n# list: places\nname\nOsh\n";
    let entries = read("my.tsv", text, lists::ALL).unwrap();
    let told: Vec<String> =
        entries.iter().map(|e| format!("{}:{} {}", e.list.name, e.line, e.fields.join("/"))).collect();
    assert_eq!(told, ["outlets:4 Steppe Wire/alone", "outlets:5 The Day/", "places:8 Osh/"]);
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_read() {
    let text = "\u{FEFF}# list: abbreviations\r\nword\tstop\r\nKaz.\tinner\r\n";
    let entries = read("my.tsv", text, lists::ALL).unwrap();
    assert_eq!(entries[0].fields, ["kaz.".into(), "inner".into()] as [Box<str>; 2]);
}

#[test]
fn faults_have_file_line_and_help() {
    assert_eq!(
        fault("name\nSteppe Wire\n"),
        "my.tsv:1: no list is named before this line; begin the file with a line such as `# list: outlets`; \
         `docmill lexicon list` shows all lists"
    );
    assert_eq!(
        fault("# list: outlet\nname\n"),
        "my.tsv:1: there is no list `outlet`; did you mean `outlets`?"
    );
    assert_eq!(
        fault("# list: outlets\nname\tproof\n"),
        "my.tsv:2: the list `outlets` has no column `proof`; its columns are `name`, `evidence` (`evidence` may be \
         missing), with a tab between them"
    );
    assert!(
        fault("# list: abbreviations\nword\nkaz\n").starts_with("my.tsv:2: the column `stop` is missing")
    );
    assert_eq!(
        fault("# list: outlets\nname\tname\n"),
        "my.tsv:2: the column `name` is named twice; remove one of them"
    );
    assert_eq!(
        fault("# list: abbreviations\nword\tstop\nkaz\tiner\n"),
        "my.tsv:3: `stop` cannot be \"iner\"; did you mean `inner`?"
    );
    assert_eq!(
        fault("# list: abbreviations\nword\tstop\nkaz inner\n"),
        "my.tsv:3: `stop` is empty; give a value; separate fields with one tab, not with spaces"
    );
    assert!(
        fault("# list: outlets\nname\nSteppe Wire\talone\n")
            .starts_with("my.tsv:3: 2 fields where the header names 1;")
    );
    assert_eq!(
        fault("# list: outlets\nname\nSteppe Wire\nThe Day\nSteppe Wire\n"),
        "my.tsv:5: `Steppe Wire` is already on line 3; remove one of them"
    );
}

#[test]
fn a_configuration_adds_and_overrides() {
    use docmill_core::WordFile;

    let first =
        WordFile::new("a.tsv", "# list: outlets\nname\tevidence\nReuters\tdated\nSteppe Wire\talone\n");
    let second = WordFile::new("b.tsv", "# list: outlets\nname\tevidence\nSteppe Wire\tdated\n");
    let table = lists::OUTLETS.extended(&[first, second]).unwrap();
    let evidence = |wanted: &str| {
        let mut found = table.rows().filter(|row| row.get(0) == wanted);
        let row = found.next().unwrap();
        assert!(found.next().is_none(), "{wanted} stands twice");
        (row.get(1).to_owned(), row.place().map(str::to_owned))
    };
    assert_eq!(evidence("Reuters"), ("dated".to_owned(), Some("a.tsv:3".to_owned())));
    assert_eq!(evidence("Steppe Wire"), ("dated".to_owned(), Some("b.tsv:3".to_owned())));
    assert_eq!(evidence("Interfax"), (String::new(), None));
    assert_eq!(table.rows().count(), lists::OUTLETS.shipped().rows().count() + 1);
}

#[test]
fn what_cannot_be_extended_is_refused() {
    use docmill_core::WordFile;

    let fixed = WordFile::new("my.tsv", "# list: sentence_words\nword\tclass\nYonder\tstarter\n");
    let error = crate::check(&[fixed]).unwrap_err().to_string();
    let why =
        "my.tsv:3: the list `sentence_words` cannot be extended: the rules are written around its words; ";
    assert!(error.starts_with(&format!("{why}lists that can: header_fields, abb")), "{error}");
    let broken = WordFile::new("my.tsv", b"# list: outlets\nname\n\xff\n".as_slice());
    let error = crate::check(&[broken]).unwrap_err().to_string();
    assert_eq!(error, "my.tsv:3: this line is not UTF-8; save the file as UTF-8");
}
