//! Fetches libtorch from the Python package registry, for the `rust-bert` feature.
//!
//! tch 0.17 wants libtorch 2.4 exactly. Its own download goes to pytorch.org; the same library lies in the `torch`
//! wheel on PyPI, which is reachable wherever pip is set up. Of that wheel (CUDA and all, 2.5 GB unpacked) a CPU
//! build needs the headers and three libraries; the two CUDA libraries that `libtorch_cpu.so` links against come
//! from their own small wheels, and the wheel's `libtorch.so`, which would pull in all of CUDA, is replaced by a
//! stand-in that only points to `libtorch_cpu.so`.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

/// Release of libtorch that the pinned tch speaks to.
const VERSION: &str = "2.4.1";

/// What pip downloads, with the sum it checks. The wheels are made for one platform and one Python each, which does
/// not matter to us: nothing of them is run by Python.
const REQUIREMENTS: &str = "\
torch==2.4.1 --hash=sha256:0b5f88afdfa05a335d80351e3cea57d38e578c8689f751d35e0ff36bce872113
nvidia-cuda-cupti-cu12==12.1.105 --hash=sha256:e54fde3983165c624cb79254ae9818a456eb6e87a7fd4d56a2352c24ee542d7e
nvidia-cuda-runtime-cu12==12.1.105 --hash=sha256:6e258468ddf5796e25f1dc591a31029fa317d97a0a94ed93468fc86301d61e40
";

/// Takes the needed members out of the wheels: `python3 -c UNPACK WHEELS TARGET`.
const UNPACK: &str = r#"
import os, pathlib, re, shutil, sys, zipfile
wheels, target = map(pathlib.Path, sys.argv[1:])
library = re.compile(r"(torch/lib|torch\.libs|nvidia/cuda_(cupti|runtime)/lib)/"
                     r"(libtorch_cpu\.so|libc10\.so|libgomp-[^/]*\.so\.1|libcupti\.so\.12|libcudart\.so\.12)")
for wheel in sorted(wheels.glob("*.whl")):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if library.fullmatch(name):
                to = target / "lib" / os.path.basename(name)
            elif name.startswith("torch/include/") and not name.endswith("/"):
                to = target / name.removeprefix("torch/")
            else:
                continue
            to.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, open(to, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
"#;

/// Options.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the lines that set up a shell: eval "$(cargo xtask libtorch --print-env)".
    #[arg(long)]
    print_env: bool,
}

/// Makes sure that libtorch is there. Standard output carries the export lines and nothing else.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let libtorch = Libtorch::obtain()?;
    if args.print_env {
        print!("{}", libtorch.env_lines(&search_path())?);
    } else {
        eprintln!("libtorch is at {}", libtorch.dir.display());
        eprintln!("set up a shell with: eval \"$(cargo xtask libtorch --print-env)\"");
    }
    Ok(())
}

/// The variables that a build with libtorch needs, and the program after it; fetches libtorch if need be.
pub fn environment() -> anyhow::Result<Vec<(String, String)>> {
    let libtorch = Libtorch::obtain()?;
    let text = |path: OsString| {
        path.into_string().map_err(|path| anyhow::anyhow!("{} is not UTF-8", path.display()))
    };
    let mut variables = vec![("LIBTORCH".to_owned(), text(libtorch.dir.clone().into())?)];
    if libtorch.old_abi() {
        variables.push(("LIBTORCH_CXX11_ABI".to_owned(), "0".to_owned()));
    }
    let before = search_path();
    let lib = libtorch.dir.join("lib");
    let path =
        env::join_paths(std::iter::once(lib).chain(env::split_paths(&before).filter(|p| p.is_absolute())))?;
    variables.push(("LD_LIBRARY_PATH".to_owned(), text(path)?));
    Ok(variables)
}

fn search_path() -> OsString {
    env::var_os("LD_LIBRARY_PATH").unwrap_or_default()
}

/// A folder with `include` and `lib`.
struct Libtorch {
    dir: PathBuf,
    /// False if `LIBTORCH` named it: then its C++ ABI is not ours to tell.
    ours: bool,
}

impl Libtorch {
    /// The one that `LIBTORCH` names, else ours, fetched if need be.
    fn obtain() -> anyhow::Result<Self> {
        Ok(match env::var_os("LIBTORCH").filter(|dir| !dir.is_empty()) {
            Some(dir) => Self { dir: PathBuf::from(dir), ours: false },
            None => Self { dir: fetched()?, ours: true },
        })
    }

    /// Whether it has the C++ ABI of before GCC 5, as wheels of this age do.
    fn old_abi(&self) -> bool {
        self.ours || cache_dir().is_ok_and(|ours| ours == self.dir)
    }

    fn env_lines(&self, search_path: &OsStr) -> anyhow::Result<String> {
        let lib = self.dir.join("lib");
        let dir = quoted(&self.dir)?;
        let mut lines = format!("export LIBTORCH={dir}\n");
        if self.old_abi() {
            lines.push_str("export LIBTORCH_CXX11_ABI=0\n");
        }
        if !env::split_paths(search_path).any(|part| part == lib) {
            let lib = quoted(&lib)?;
            lines.push_str("export LD_LIBRARY_PATH=");
            lines.push_str(&lib);
            lines.push_str("${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\n");
        }
        Ok(lines)
    }
}

/// The path in single quotes, as a POSIX shell reads it back.
fn quoted(path: &Path) -> anyhow::Result<String> {
    let text = path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))?;
    Ok(format!("'{}'", text.replace('\'', r"'\''")))
}

/// Where libtorch is kept: outside `target`, so that `cargo clean` does not cost a download of 800 MB.
fn cache_dir() -> anyhow::Result<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(dir) = set("DOCMILL_LIBTORCH_DIR") {
        return std::path::absolute(&dir).with_context(|| dir.display().to_string());
    }
    let cache = (set("XDG_CACHE_HOME").filter(|dir| dir.is_absolute()))
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .context("neither HOME nor XDG_CACHE_HOME is set; name a folder with DOCMILL_LIBTORCH_DIR")?;
    Ok(cache.join("docmill").join(format!("libtorch-{VERSION}")))
}

/// The folder, filled if it is not there yet.
fn fetched() -> anyhow::Result<PathBuf> {
    let dir = cache_dir()?;
    if dir.join("lib/libtorch.so").is_file() {
        return Ok(dir);
    }
    ensure!(
        cfg!(all(target_os = "linux", target_arch = "x86_64")),
        "the pinned libtorch is for Linux on x86-64; on this machine, get libtorch {VERSION} from \
         https://pytorch.org (or `pip install torch=={VERSION}`), and set LIBTORCH to its folder (the one that \
         holds include and lib)"
    );
    ensure!(
        !dir.exists(),
        "{} exists but holds no lib/libtorch.so; remove it, or name another folder with DOCMILL_LIBTORCH_DIR",
        dir.display()
    );
    let parent = dir.parent().context("DOCMILL_LIBTORCH_DIR is the root folder")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    // Filled beside its place and renamed: a folder of the final name is always complete.
    let partial = Partial(parent.join(format!("libtorch-{VERSION}.partial-{}", std::process::id())));
    fill(&partial.0)?;
    match fs::rename(&partial.0, &dir) {
        // Another run was faster.
        Err(_) if dir.join("lib/libtorch.so").is_file() => Ok(dir),
        renamed => renamed.with_context(|| format!("cannot make {}", dir.display())).map(|()| dir),
    }
}

/// A folder that goes away unless it has been renamed.
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn fill(dir: &Path) -> anyhow::Result<()> {
    let wheels = dir.join("wheels");
    fs::create_dir_all(&wheels).with_context(|| format!("cannot make {}", wheels.display()))?;
    let compiler = env::var_os("CC").filter(|cc| !cc.is_empty()).unwrap_or_else(|| "cc".into());
    // Before the long download rather than after it.
    call(Command::new(&compiler).arg("--version").stdout(Stdio::null()), INSTALL_CC)?;
    call(Command::new("python3").args(["-m", "pip", "--version"]).stdout(Stdio::null()), INSTALL_PIP)?;

    eprintln!("downloading libtorch {VERSION} (812 MB) with pip");
    let requirements = dir.join("requirements.txt");
    fs::write(&requirements, REQUIREMENTS)?;
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--disable-pip-version-check", "--no-deps", "--require-hashes"])
        .args(["--only-binary=:all:", "--implementation=cp", "--python-version=3.11", "--abi=cp311"])
        .args(["--abi=none", "--platform=manylinux1_x86_64", "--dest"])
        .arg(&wheels)
        .arg("--requirement")
        .arg(&requirements)
        .stdout(std::io::stderr());
    call(
        &mut pip,
        "see pip's message above; a checksum that differs means that the registry serves another file",
    )?;

    eprintln!("unpacking");
    let mut unpack = Command::new("python3");
    unpack.args(["-c", UNPACK]).arg(&wheels).arg(dir).stdout(std::io::stderr());
    call(&mut unpack, "is the disk full? about 1.5 GB are needed for a moment, 0.5 GB in the end")?;
    fs::remove_dir_all(&wheels)?;
    fs::remove_file(&requirements)?;

    let lib = dir.join("lib");
    let mut link = Command::new(&compiler);
    link.current_dir(&lib)
        .args(["-shared", "-o", "libtorch.so", "-Wl,-soname,libtorch.so", "-Wl,--no-as-needed", "-L."])
        .args(["-ltorch_cpu", "-Wl,--allow-shlib-undefined"])
        .stdout(std::io::stderr());
    call(&mut link, INSTALL_CC)
}

const INSTALL_CC: &str = "a C and C++ compiler is needed (on Debian: apt-get install g++)";
const INSTALL_PIP: &str = "Python 3 with pip is needed (on Debian: apt-get install python3-pip)";

/// Runs a program to its end; `help` says what to do when that fails.
fn call(command: &mut Command, help: &str) -> anyhow::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("{program} failed ({status}); {help}"),
        Err(e) if e.kind() == ErrorKind::NotFound => bail!("{program} is not installed; {help}"),
        Err(e) => bail!("cannot run {program}: {e}; {help}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(dir: &str, search_path: &str) -> String {
        Libtorch { dir: dir.into(), ours: true }.env_lines(OsStr::new(search_path)).unwrap()
    }

    #[test]
    fn export_lines_quote_spaces_and_quotes() {
        assert_eq!(
            lines("/a b/it's", ""),
            "export LIBTORCH='/a b/it'\\''s'\nexport LIBTORCH_CXX11_ABI=0\n\
             export LD_LIBRARY_PATH='/a b/it'\\''s/lib'${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\n"
        );
    }

    #[test]
    fn a_search_path_that_has_the_folder_is_left_alone() {
        assert!(!lines("/t", "/x:/t/lib:/y").contains("LD_LIBRARY_PATH"));
        assert!(lines("/t", "/x:/t/lib64").contains("LD_LIBRARY_PATH"));
    }

    #[test]
    fn a_foreign_libtorch_keeps_its_own_abi() {
        let lines = Libtorch { dir: "/foreign".into(), ours: false }.env_lines(OsStr::new("")).unwrap();
        assert!(!lines.contains("CXX11"));
    }
}
