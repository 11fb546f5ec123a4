//! Reads every list of `data/en`, so that a line that does not parse stops the build with its file and line.

#[allow(dead_code)]
#[path = "src/lists.rs"]
mod lists;
#[allow(dead_code)]
#[path = "src/read.rs"]
mod read;
#[allow(dead_code)]
#[path = "src/spec.rs"]
mod spec;
#[allow(dead_code)]
#[path = "src/table.rs"]
mod table;
#[allow(dead_code)]
#[path = "src/words.rs"]
mod words;

fn main() {
    let data = "../../data/en";
    println!("cargo::rerun-if-changed={data}");
    for list in lists::ALL {
        let name = format!("data/en/{}.tsv", list.name);
        if let Err(error) = read::read(&name, list.text, lists::ALL) {
            println!("cargo::error={error}");
        }
    }
}
