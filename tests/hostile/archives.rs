//! Tar and zip files.

use super::build::{cut, gzip, layers, spoilt, tar, zip};
use super::{Case, Fails, MAX_BYTES, Text, case, fails};

pub fn cases() -> Vec<Case> {
    [tars(), zips()].into_iter().flatten().collect()
}

const MEMBERS: &[(&str, &[u8])] = &[("a.txt", b"Osh."), ("b.txt", b"Herat."), ("c.txt", b"Kabul.")];

#[expect(clippy::too_many_lines, reason = "a list")]
fn tars() -> Vec<Case> {
    let whole = tar(MEMBERS);
    // The size field of the first header, then its sum.
    let resized = |size: &[u8; 12]| {
        let mut header = tar::Header::from_byte_slice(&whole[..512]).clone();
        header.as_old_mut().size = *size;
        header.set_cksum();
        [header.as_bytes(), &whole[512..]].concat()
    };
    let mut endless = [0; 12];
    endless[0] = 0x80;
    endless[5] = 0x10;
    let long = vec![b'n'; 3 << 20];
    let mut long_name = tar::Header::new_gnu();
    long_name.set_entry_type(tar::EntryType::GNULongName);
    long_name.set_size(long.len() as u64);
    long_name.set_cksum();
    let mut attributes = tar::Header::new_ustar();
    attributes.set_entry_type(tar::EntryType::XHeader);
    attributes.set_size(512);
    attributes.set_cksum();
    vec![
        case(
            "cut-in-member.tar",
            cut(&whole, 1024 + 512 + 3),
            &[("!a.txt", Text("Osh.")), ("!b.txt", Fails("ends early")), ("", Fails("the rest is left out"))],
        ),
        case(
            "cut-in-header.tar",
            cut(&whole, 1024 + 100),
            &[("!a.txt", Text("Osh.")), ("", Fails("the rest is left out"))],
        ),
        case(
            "cut-between.tar",
            cut(&whole, 1024),
            &[("!a.txt", Text("Osh.")), ("", Fails("without its end mark"))],
        ),
        case(
            "header-spoilt.tar",
            spoilt(whole.clone(), 1024),
            &[
                ("!a.txt", Text("Osh.")),
                ("!(byte 1024)", Fails("a damaged tar header")),
                ("!c.txt", Text("Kabul.")),
            ],
        ),
        case(
            "two-in-one.tar",
            [tar(&MEMBERS[..1]), tar(&MEMBERS[1..2])].concat(),
            &[("!a.txt", Text("Osh.")), ("!b.txt", Text("Herat."))],
        ),
        case(
            "outside.tar",
            tar(&[("../../up.txt", b"Osh."), ("/etc/abs.txt", b"Herat."), ("c:\\win.txt", b"Kabul.")]),
            &[
                ("!../../up.txt", Text("Osh.")),
                ("!/etc/abs.txt", Text("Herat.")),
                ("!c:\\win.txt", Text("Kabul.")),
            ],
        ),
        case(
            "links.tar",
            tar(&[
                ("l.txt@link", b"/etc/passwd"),
                ("h.txt@hard", b"../x"),
                ("picture@link", b"x"),
                ("a.txt", b"Osh."),
            ]),
            &[
                ("!l.txt", Fails("a link to /etc/passwd; links in archives are not followed")),
                ("!h.txt", Fails("a link to ../x")),
                ("!a.txt", Text("Osh.")),
            ],
        ),
        case("pipes.tar", tar(&[("p.txt@fifo", b""), ("a.txt", b"Osh.")]), &[("!a.txt", Text("Osh."))]),
        case(
            "sparse.tar",
            tar(&[("s.txt@sparse", b""), ("a.txt", b"Osh.")]),
            &[("!s.txt", Fails("a sparse file")), ("!a.txt", Text("Osh."))],
        ),
        case(
            "same-names.tar",
            tar(&[("a.txt", b"Osh."), ("a.txt", b"Herat.")]),
            &[("!a.txt", Text("Osh.")), ("!a.txt~2", Text("Herat."))],
        ),
        case("steering.tar", tar(&[("\u{1b}[2J.txt", b"Osh.")]), &[("!\u{fffd}[2J.txt", Text("Osh."))]),
        case(
            "endless-member.tar",
            resized(&endless),
            &[("!a.txt", Fails("ends early")), ("", Fails("the rest is left out"))],
        ),
        fails("no-number.tar", resized(b"not a number"), "a damaged tar header")
            .at("!(byte 0)")
            .then(&[("!b.txt", Text("Herat.")), ("!c.txt", Text("Kabul."))]),
        case(
            "long-name.tar",
            [long_name.as_bytes(), &long[..], &whole[..]].concat(),
            &[("!a.txt", Text("Osh.")), ("!b.txt", Text("Herat.")), ("!c.txt", Text("Kabul."))],
        ),
        case(
            "attributes-spoilt.tar",
            [attributes.as_bytes(), &[b'9'; 512], &whole[..]].concat(),
            &[("!a.txt", Text("Osh.")), ("!b.txt", Text("Herat.")), ("!c.txt", Text("Kabul."))],
        ),
        fails("noise.tar", vec![0xAA; 5000], "a damaged tar header").at("!(byte 0)").and_rest(),
        fails("empty.tar", "", "the file is empty"),
        case("zeros.tar", vec![0; 10_240], &[]),
        case(
            "mixed.tar.gz",
            gzip(&tar(&[
                ("bad.json.jsonl", b"{\n{\"text\": \"Osh.\"}\n"),
                ("bad.txt", b"\0"),
                ("packed.txt.gz", &cut(&gzip(b"Herat."), 15)),
                ("inner.zip", &zip(MEMBERS)),
                ("long.txt", &vec![b'a'; MAX_BYTES + 1]),
                ("z.txt", b"Naryn."),
            ])),
            &[
                ("!bad.json.jsonl#1", Fails("not JSON")),
                ("!bad.json.jsonl#2", Text("Osh.")),
                ("!bad.txt", Fails("zero byte")),
                ("!packed.txt.gz", Fails("ends early")),
                ("!inner.zip!a.txt", Text("Osh.")),
                ("!inner.zip!b.txt", Text("Herat.")),
                ("!inner.zip!c.txt", Text("Kabul.")),
                ("!long.txt", Fails("input.max_bytes")),
                ("!z.txt", Text("Naryn.")),
            ],
        ),
        case(
            "tars.tar",
            layers(tar(MEMBERS), 3, |inner| tar(&[("in.tar", inner)])),
            &[
                ("!in.tar!in.tar!in.tar!a.txt", Text("Osh.")),
                ("!in.tar!in.tar!in.tar!b.txt", Text("Herat.")),
                ("!in.tar!in.tar!in.tar!c.txt", Text("Kabul.")),
            ],
        ),
    ]
}

fn zips() -> Vec<Case> {
    let whole = zip(MEMBERS);
    let directory = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
    let content = 30 + "a.txt".len();
    // The flags of the first member in the directory and in its own header; then its method.
    let mut secret = whole.clone();
    secret[directory + 8] |= 1;
    secret[6] |= 1;
    let mut method = whole.clone();
    method[directory + 10] = 77;
    method[8] = 77;
    let inside = "!in.zip!in.zip!in.zip!in.zip!in.zip!in.zip!in.zip!in.zip";
    vec![
        case(
            "cut.zip",
            cut(&whole, whole.len() - 60),
            &[
                ("", Fails("its members are read from the front")),
                ("!a.txt", Text("Osh.")),
                ("!b.txt", Text("Herat.")),
                ("!c.txt", Text("Kabul.")),
            ],
        ),
        case(
            "cut-early.zip",
            cut(&whole, content + 10),
            &[("", Fails("its members are read from the front")), ("!a.txt", Text("Osh."))],
        ),
        case(
            "directory-spoilt.zip",
            spoilt(whole.clone(), directory),
            &[
                ("", Fails("its members are read from the front")),
                ("!a.txt", Text("Osh.")),
                ("!b.txt", Text("Herat.")),
                ("!c.txt", Text("Kabul.")),
            ],
        ),
        case(
            "content-spoilt.zip",
            spoilt(whole.clone(), content),
            &[("!a.txt", Fails("cannot be read")), ("!b.txt", Text("Herat.")), ("!c.txt", Text("Kabul."))],
        ),
        case(
            "secret.zip",
            secret,
            &[("!a.txt", Fails("assword")), ("!b.txt", Text("Herat.")), ("!c.txt", Text("Kabul."))],
        ),
        case(
            "unknown-method.zip",
            method,
            &[("!a.txt", Fails("ot supported")), ("!b.txt", Text("Herat.")), ("!c.txt", Text("Kabul."))],
        ),
        case(
            "bomb.zip",
            zip(&[("a.txt", &vec![b'a'; 40 << 20]), ("b.txt", b"Osh.")]),
            &[("!a.txt", Fails("input.max_")), ("!b.txt", Text("Osh."))],
        ),
        case(
            "outside.zip",
            zip(&[("../../up.txt", b"Osh."), ("/abs.txt", b"Herat.")]),
            &[("!../../up.txt", Text("Osh.")), ("!/abs.txt", Text("Herat."))],
        ),
        fails("deep.zip", layers(zip(MEMBERS), 9, |inner| zip(&[("in.zip", inner)])), "more than 8 layers")
            .at(inside),
        case("no-members.zip", zip(&[]), &[]),
        case(
            "folders-and-pictures.zip",
            zip(&[("a/b.png", b"\x89PNG"), ("._a.txt", b"\0"), ("a.txt", b"Osh.")]),
            &[("!a.txt", Text("Osh."))],
        ),
        fails("noise.zip", vec![0xAA; 5000], "its members are read from the front"),
        fails("magic-only.zip", b"PK\x03\x04".to_vec(), "its members are read from the front"),
        fails("empty.zip", "", "the file is empty"),
    ]
}
