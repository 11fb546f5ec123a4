//! No circles: the modules of a crate use one another in one direction only.
//!
//! Modules in one folder are compared with one another, each with everything below it. A module and those below it may
//! use each other: `mod.rs` names its parts, and a part may ask for what all share.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::architecture::crates;
use crate::program::root;

#[test]
fn modules_use_one_another_without_circles() {
    let mut looked_at = 0;
    for krate in crates() {
        let folder = krate.folder.as_str();
        let modules = Modules::read(&root().join(folder).join("src"));
        looked_at += modules.code.len();
        for (_, uses) in modules.neighbours() {
            let way = circle(&uses).map(|way| way.join(" -> "));
            assert!(way.is_none(), "{folder}: modules use one another in a circle: {}", way.unwrap());
        }
    }
    assert!(looked_at > 250, "only {looked_at} modules were looked at");
}

/// A module's path in its crate; empty for `lib.rs`.
type ModulePath = Vec<String>;
/// Modules, each with those that it uses.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// The modules of a crate.
#[derive(Default)]
struct Modules {
    code: BTreeMap<ModulePath, String>,
    /// What each module takes by `use`, also to hand it on: a name, and where it comes from.
    names: BTreeMap<ModulePath, BTreeMap<String, ModulePath>>,
}

impl Modules {
    fn read(src: &Path) -> Self {
        let mut modules = Self::default();
        for entry in walkdir::WalkDir::new(src).sort_by_file_name() {
            let path = entry.unwrap().into_path();
            let file = path.strip_prefix(src).unwrap().with_extension("");
            let mut module: ModulePath = file.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
            let is_test = module.iter().any(|part| part == "tests" || part.ends_with("_tests"));
            if path.extension().is_none_or(|extension| extension != "rs") || is_test {
                continue;
            }
            if module.last().is_some_and(|name| name == "mod") || module == ["lib"] || module == ["main"] {
                module.pop();
            }
            let code = fs::read_to_string(&path).unwrap();
            modules.code.entry(module).or_default().push_str(&without_tests(&code));
        }
        let names = |(module, code): (&ModulePath, &String)| {
            let taken = after(code, "use ").flat_map(expand);
            let taken = taken.filter_map(|path| modules.absolute(module, &path));
            (module.clone(), taken.filter_map(|path| Some((path.last()?.clone(), path))).collect())
        };
        modules.names = modules.code.iter().map(names).collect();
        modules
    }

    /// A path as written in `module`, from the crate's root; none if it leads elsewhere.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<ModulePath> {
        let join = |start: &[String], rest: &[String]| Some([start, rest].concat());
        match path.first()?.as_str() {
            "crate" => join(&[], &path[1..]),
            "self" => join(module, &path[1..]),
            "super" => {
                let up = path.iter().take_while(|part| *part == "super").count();
                join(&module[..module.len().saturating_sub(up)], &path[up..])
            }
            name => match self.names.get(module).and_then(|names| names.get(name)) {
                Some(from) => join(from, &path[1..]),
                None => {
                    Some(join(module, path)?).filter(|path| self.code.contains_key(&path[..=module.len()]))
                }
            },
        }
    }

    /// The module in which the item at a path is defined.
    fn home(&self, path: &[String], depth: usize) -> ModulePath {
        let mut module: &[String] = &[];
        for (at, part) in path.iter().enumerate() {
            if self.code.contains_key(&path[..=at]) {
                module = &path[..=at];
                continue;
            }
            return match self.names.get(module).and_then(|names| names.get(part)) {
                Some(from) if depth < 10 && from != path => {
                    self.home(&[from, &path[at + 1..]].concat(), depth + 1)
                }
                _ => module.to_vec(),
            };
        }
        module.to_vec()
    }

    /// For each module, what the modules right below it use of one another.
    fn neighbours(&self) -> BTreeMap<ModulePath, Uses> {
        let mut found = BTreeMap::<ModulePath, Uses>::new();
        for (module, code) in &self.code {
            let paths = paths(code).into_iter().flat_map(expand);
            for path in paths.filter_map(|path| self.absolute(module, &path)) {
                let home = self.home(&path, 0);
                let common = module.iter().zip(&home).take_while(|(one, two)| one == two).count();
                if let (Some(from), Some(to)) = (module.get(common), home.get(common)) {
                    let uses = found.entry(module[..common].to_vec()).or_default();
                    uses.entry(from.clone()).or_default().insert(to.clone());
                    uses.entry(to.clone()).or_default();
                }
            }
        }
        found
    }
}

/// Code without its tests and comments.
fn without_tests(code: &str) -> String {
    let code = code.split("#[cfg(test)]\nmod ").next().unwrap();
    code.lines().map(|line| line.split("//").next().unwrap().to_owned() + "\n").collect()
}

/// What stands behind each `word` that begins a word of the code.
fn after<'c>(code: &'c str, word: &'static str) -> impl Iterator<Item = &'c str> {
    let splits = code.match_indices(word).map(|(at, _)| code.split_at(at));
    splits.filter(|(before, _)| !continues(before)).filter_map(move |(_, rest)| rest.strip_prefix(word))
}

/// True if a word or a path goes on behind this code.
fn continues(code: &str) -> bool {
    code.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
}

/// Where a path of several parts begins in the code.
fn paths(code: &str) -> Vec<&str> {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let begins = |at: usize| code.split_at(at).0.trim_end_matches(in_word).len();
    let splits = code.match_indices("::").map(|(at, _)| code.split_at(begins(at)));
    splits.filter(|(before, _)| !continues(before)).map(|(_, path)| path).collect()
}

/// The paths that a path with braces stands for: `a::{b, c::D}` is `a::b` and `a::c::D`.
fn expand(code: &str) -> Vec<ModulePath> {
    let code = code.trim_start();
    if let Some(list) = code.strip_prefix('{') {
        let mut depth = 0;
        let end = list.find(|c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth < 0
        });
        let list = list.split_at(end.unwrap_or(list.len())).0;
        let items = list.split(|c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            c == ',' && depth == -1
        });
        return items.filter(|item| !item.trim().is_empty()).flat_map(expand).collect();
    }
    let end = code.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len());
    let (name, rest) = code.split_at(end);
    if name.is_empty() {
        return vec![Vec::new()];
    }
    let below = rest.trim_start().strip_prefix("::").map_or_else(|| vec![Vec::new()], expand);
    below.into_iter().map(|below| [vec![name.to_owned()], below].concat()).collect()
}

/// A way from a module back to itself, if there is one: it lies in what is left when modules that use nothing are taken
/// away again and again.
fn circle(uses: &Uses) -> Option<Vec<String>> {
    let mut left = uses.clone();
    loop {
        let before = left.len();
        let names: BTreeSet<String> = left.keys().cloned().collect();
        left.retain(|_, to| to.iter().any(|name| names.contains(name)));
        if left.len() == before {
            break;
        }
    }
    let mut way = vec![left.keys().next()?.clone()];
    loop {
        let next = left[way.last()?].iter().find(|name| left.contains_key(*name))?.clone();
        if let Some(start) = way.iter().position(|name| *name == next) {
            way.push(next);
            return Some(way.split_off(start));
        }
        way.push(next);
    }
}

#[test]
fn circles_are_found() {
    let of = |files: &[(&str, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        for (file, code) in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, code).unwrap();
        }
        let modules = Modules::read(folder.path());
        let circles = modules.neighbours().into_iter();
        circles
            .filter_map(|(below, uses)| Some((below.join("/"), circle(&uses)?.join(" "))))
            .collect::<Vec<_>>()
    };
    let found = |below: &str, way: &str| vec![(below.to_owned(), way.to_owned())];
    // Straight.
    assert_eq!(of(&[("lib.rs", "mod a; mod b;"), ("a.rs", "use crate::b::X;"), ("b.rs", "")]), []);
    assert_eq!(of(&[("a.rs", "use crate::b::X;"), ("b.rs", "use super::a::Y;")]), found("", "a b a"));
    // By names that the root hands on.
    let root = ("lib.rs", "mod a;\nmod b;\npub use a::{One, Two};\npub use b::X;\n");
    assert_eq!(
        of(&[root, ("a.rs", "use crate::{X, b};"), ("b.rs", "fn f(_: crate::Two) {}")]),
        found("", "a b a")
    );
    // In a folder, and from a part of a folder to a file beside the folder.
    let part = ("c/mod.rs", "mod d; mod e;");
    assert_eq!(of(&[part, ("c/d.rs", "use super::e::E;"), ("c/e.rs", "use super::d;")]), found("c", "d e d"));
    assert_eq!(of(&[part, ("c/d.rs", "use crate::a::A;"), ("a.rs", "use crate::c;")]), found("", "a c a"));
    // A module and a part of it are no circle; nor are tests and comments.
    assert_eq!(of(&[("c/mod.rs", "mod d; use d::D;"), ("c/d.rs", "use super::C;")]), []);
    let tests = "// crate::a\n#[cfg(test)]\nmod tests { use crate::a; }";
    assert_eq!(of(&[("a.rs", "use crate::b;"), ("b.rs", tests)]), []);
}
