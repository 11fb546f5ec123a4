// temporary: tags of CoNLL sentences as label ids; logits as f32 to a file
use docmill_encoder::*; use std::io::Write;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let f = std::path::Path::new(&a[1]);
    let p = if a[3] == "fp32" { Precision::Fp32 } else { Precision::Int8 };
    let wp = WordPiece::load(f).unwrap(); let ck = Checkpoint::open(f).unwrap();
    let enc = Encoder::new(&ck, p).unwrap(); let head = ck.linear("classifier").unwrap();
    let text = std::fs::read_to_string(&a[2]).unwrap();
    let mut o = std::io::BufWriter::new(std::fs::File::create(&a[4]).unwrap());
    let sents: Vec<(Vec<u32>, Vec<usize>)> = text.split("\n\n").filter(|s| !s.trim().is_empty()).map(|s| {
        let mut ids = vec![wp.cls()]; let mut first = vec![];
        for l in s.lines() { if l.is_empty() { continue; } let w = l.split('\t').next().unwrap(); let b = ids.len(); wp.pieces(w, &mut ids); if ids.len() == b { ids.push(wp.unknown()); } first.push(b); }
        ids.push(wp.sep()); assert!(ids.len() <= 512); (ids, first)
    }).collect();
    let batch: Vec<_> = sents.iter().map(|s| Sequence { ids: &s.0, types: &[] }).collect();
    let mut e = Encoded::default(); enc.encode(&batch, &mut Scratch::default(), &mut e).unwrap();
    for (i, s) in sents.iter().enumerate() {
        let l = head.apply(e.sequence(i)); let n = head.outputs();
        writeln!(o, "{}", s.0.iter().map(|x| x.to_string()).collect::<Vec<_>>().join(" ")).unwrap();
        writeln!(o, "{}", s.1.iter().map(|x| x.to_string()).collect::<Vec<_>>().join(" ")).unwrap();
        writeln!(o, "{}", l.iter().map(|x| format!("{x:.6}")).collect::<Vec<_>>().join(" ")).unwrap();
        let _ = n;
    }
}
