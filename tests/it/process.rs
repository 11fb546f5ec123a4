//! Stages that are programs of their own: what a configuration starts, what comes out, and what becomes of the children.
#![cfg(unix)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::page::{commands_of, files_of};
use crate::program::{Answer, Bench, root};

/// A child that finds words of capital letters. The words in a text may tell it to fail.
const CHILD: &str = r#"
import json, os, re, sys, time
open("started", "a").write("x")
def say(message):
    print(json.dumps(message), flush=True)
span = {"type": "object", "properties": {"start": {"type": "integer"}, "end": {"type": "integer"}}}
say({"type": "hello", "protocol": 1, "name": "shouts", "version": "1", "requires": ["sentences"],
     "provides": [{"layer": "shouts", "schema": {"type": "array", "items": span, "description": "Words in capitals."}}]})
for line in sys.stdin:
    for doc in json.loads(line).get("documents", []):
        if "DIE" in doc["text"]: os._exit(3)
        if "HANG" in doc["text"]: time.sleep(600)
        shouts = [{"start": m.start(), "end": m.end()} for s in doc["layers"]["sentences"]
                  for m in re.finditer(r"\b[A-Z]{2,}\b", doc["text"]) if s["start"] <= m.start() < s["end"]]
        print("read", doc["id"], file=sys.stderr)
        say({"type": "answer", "seq": doc["seq"], "layers": {"shouts": shouts}})
"#;

const CONFIG: &str = "stages = [\"tokenize\", \"process.shouts\"]\n\n[process.shouts]\n\
    command = [\"python3\", \"shouts.py\"]\nbatch = 4\nworkers = 2\ntimeout_seconds = 20\n";

fn bench() -> Bench {
    let bench = Bench::new();
    bench.write("shouts.py", CHILD);
    bench.write("my.toml", CONFIG);
    for i in 0..40 {
        let text =
            format!("🛰️ NATO and Душанбе met {i} times.\r\n\r\nThe EU, e\u{301}lan and the CSTO did not.");
        bench.write(&format!("in/{i:02}.txt"), text);
    }
    bench
}

fn run(bench: &Bench, args: &[&str]) -> Answer {
    bench.docmill(&[&["run", "in", "--config", "my.toml", "-o", "out.jsonl"], args].concat())
}

#[test]
fn answers_stand_in_the_output_and_its_schema_for_any_number_of_jobs() {
    let bench = bench();
    let answer = run(&bench, &["-j", "1"]).expect(0);
    assert!(answer.stderr.contains("[process.shouts] read in/00.txt"), "{}", answer.stderr);
    let output = bench.read("out.jsonl");
    for jobs in ["2", "4"] {
        run(&bench, &["-j", jobs, "--restart"]).expect(0);
        assert!(bench.read("out.jsonl") == output, "{jobs} jobs");
    }
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
    let first: Json = serde_json::from_str(output.lines().next().unwrap()).unwrap();
    let found: Vec<&str> =
        first["shouts"].as_array().unwrap().iter().map(|s| s["text"].as_str().unwrap()).collect();
    assert_eq!(found, ["NATO", "EU", "CSTO"]);
    let schema = bench.docmill(&["schema", "--config", "my.toml"]).expect(0);
    let schema: Json = serde_json::from_str(&schema.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(output.lines().all(|line| validator.is_valid(&serde_json::from_str(line).unwrap())));
    assert_eq!(schema["properties"]["shouts"]["anyOf"][0]["description"], "Words in capitals.");
    let moved = output.replacen(
        "{\"end\":7,\"start\":3,\"text\":\"NATO\"}",
        "{\"end\":7,\"start\":2,\"text\":\"NATO\"}",
        1,
    );
    assert_ne!(moved, output);
    bench.write("moved.jsonl", moved);
    bench.docmill(&["verify", "moved.jsonl"]).expect(1);
    let check = bench.docmill(&["check", "--config", "my.toml"]).expect(0);
    let expected = "process.shouts: reads sentences; adds shouts (my.toml:1)";
    assert!(
        check.stdout.contains(expected) && check.stdout.contains("process.shouts/shouts.py"),
        "{}",
        check.stdout
    );
}

#[test]
fn a_document_that_kills_the_child_goes_to_quarantine() {
    let bench = bench();
    bench.write("in/17.txt", "DIE, said NATO.");
    let outputs = ["1", "4"].map(|jobs| {
        let answer = run(&bench, &["-j", jobs, "--restart"]).expect(1);
        let message =
            "in/17.txt: stage `process.shouts`: the process ended before it answered (exit status: 3)";
        assert!(answer.stderr.contains(message), "{}", answer.stderr);
        bench.read("out.jsonl")
    });
    assert_eq!(outputs[0], outputs[1]);
    let failed: Json = serde_json::from_str(&bench.read("out.failed.jsonl")).unwrap();
    assert_eq!((&failed["id"], &failed["stage"]), (&"in/17.txt".into(), &"process.shouts".into()));
    assert_eq!(outputs[0].lines().filter(|line| line.contains("\"status\":\"ok\"")).count(), 39);
    bench.docmill(&["verify", "out.jsonl"]).expect(0);
    // With the cause mended, the same settings do it again.
    bench.write("in/17.txt", "Peace, said NATO.");
    bench.docmill(&["retry", "out.jsonl", "--config", "my.toml"]).expect(0);
    assert!(!bench.path("out.failed.jsonl").exists());
}

#[test]
fn a_run_is_not_gone_on_with_after_the_child_has_changed() {
    let bench = bench();
    bench.write("in/20.txt", "DIE");
    let begin = || run(&bench, &["--fail-fast", "-j", "1"]).expect(2);
    begin();
    let goes_on = |expected: &str| {
        let answer = run(&bench, &[]).expect(2);
        assert!(
            answer.stderr.contains("cannot resume the run") && answer.stderr.contains(expected),
            "{}",
            answer.stderr
        );
    };
    // How it is run decides nothing; its own word on its version, its file and its command do.
    bench.write("my.toml", CONFIG.replace("workers = 2", "workers = 1").replace("batch = 4", "batch = 3"));
    assert!(!run(&bench, &["--fail-fast"]).expect(2).stderr.contains("cannot resume"));
    bench.write("my.toml", CONFIG.replace("\"shouts.py\"", "\"shouts.py\", \"--loud\""));
    goes_on("command");
    bench.write("my.toml", CONFIG);
    bench.write("shouts.py", format!("{CHILD}# changed\n"));
    goes_on("model files.shouts.py");
    bench.write("shouts.py", CHILD.replace("\"version\": \"1\"", "\"version\": \"2\""));
    goes_on("version");
    bench.write("shouts.py", CHILD);
    run(&bench, &[]).expect(1);
}

#[test]
fn only_a_configuration_that_is_named_starts_a_process() {
    let bench = bench();
    for name in
        ["in/my.toml", "in/docmill.toml", "news.toml", "docmill.toml", "in/out.run.json", "configs/news.toml"]
    {
        bench.write(name, CONFIG);
    }
    let args = ["run", "in", "--set", "stages=[\"tokenize\"]", "-o", "out.jsonl"];
    bench.docmill(&args).expect(0);
    // A table by itself starts nothing; nor does what the name of a stage could hide.
    bench.docmill(&["check", "--config", "my.toml", "--set", "stages=[\"tokenize\"]"]).expect(0);
    assert!(!bench.path("started").exists());
    let set = ["--set", "process.shouts.command=[\"python3\", \"shouts.py\"]"];
    let stages = ["check", "--set", "stages=[\"tokenize\", \"process.shouts\"]"];
    bench.docmill(&[&stages[..], &set].concat()).expect(0);
    assert_eq!(bench.read("started"), "x");
}

#[test]
fn wrong_settings_are_told_with_their_place() {
    let bench = bench();
    let refused = |config: &str, expected: &str| {
        bench.write("my.toml", config);
        let answer = bench.docmill(&["check", "--config", "my.toml"]).expect(2);
        assert!(answer.stderr.contains(expected), "{}", answer.stderr);
    };
    refused("stages = [\"process\"]", "my.toml:1: `process` needs a name in lower-case letters after a dot");
    refused("stages = [\"process.A b\"]", "`process.A b` needs a name");
    refused("stages = [\"tokenize.x\"]", "stage `tokenize` has no parts");
    refused("stages = [\"proces.x\"]", "unknown stage `proces.x`; did you mean `process`?");
    refused(
        "stages = [\"process.shouts\"]",
        "my.toml:1: stage `process.shouts`: setting `command`: there is none",
    );
    refused(
        &CONFIG.replace("python3", "pyton3"),
        "my.toml:4: stage `process.shouts`: setting `command`: `pyton3` cannot be",
    );
    refused(
        &CONFIG.replace("batch = 4", "batch = 0"),
        "my.toml:5: `process.shouts.batch`: 0 is not a whole number above 0",
    );
    refused(
        &CONFIG.replace("\"tokenize\", ", ""),
        "requires the layer `sentences`, which no stage before it provides; add `tokenize`",
    );
    bench.write("shouts.py", CHILD.replace("\"layer\": \"shouts\"", "\"layer\": \"meta\""));
    bench.write("my.toml", CONFIG);
    let answer = bench.docmill(&["schema", "--config", "my.toml"]).expect(2);
    assert!(answer.stderr.contains("meta"), "{}", answer.stderr);
    let stages = bench.docmill(&["stages", "--verbose"]).expect(0).stdout;
    assert!(stages.contains("process.NAME.timeout_seconds (float, default 60.0)"), "{stages}");
}

#[test]
fn a_process_stage_is_a_stage_as_every_other() {
    let bench = bench();
    let conditional = format!("{CONFIG}when = {{ meta = {{ publication = \"Nobody's\" }} }}\n");
    let plain = bench.docmill(&["run", "in/00.txt", "--config", "my.toml"]).expect(0).records().remove(0);
    bench.write("when.toml", &conditional);
    let skipped = bench.docmill(&["run", "in/00.txt", "--config", "when.toml"]).expect(0).records().remove(0);
    assert_eq!(
        (&skipped["shouts"], &skipped["skipped"][0]["stage"]),
        (&Json::Null, &"process.shouts".into())
    );
    assert_ne!(plain["run_id"], skipped["run_id"], "the condition decides the output");
    let explained = bench.docmill(&["explain", "--config", "when.toml"]).expect(0).stdout;
    for message in
        ["runs a program of yours", "process.shouts.workers", "when.toml:6", "process.shouts/shouts.py"]
    {
        assert!(explained.contains(message), "{message}: {explained}");
    }
    let schema = bench.docmill(&["schema", "config"]).expect(0);
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema.stdout).unwrap()).unwrap();
    let fits = |config: &str| {
        validator.is_valid(&serde_json::to_value(config.parse::<toml::Table>().unwrap()).unwrap())
    };
    assert!(fits(&conditional));
    assert!(
        !fits(&CONFIG.replace("batch", "batches")) && !fits(&CONFIG.replace("process.shouts\"", "process\""))
    );
}

#[test]
fn a_second_ctrl_c_ends_the_children_too() {
    let bench = bench();
    bench.write("in/00.txt", "HANG");
    let config = CONFIG.replace("timeout_seconds = 20", "timeout_seconds = 600");
    bench.write("my.toml", config);
    bench.write(
        "shouts.py",
        CHILD.replace("time.sleep(600)", "open('pid', 'w').write(str(os.getpid())), time.sleep(600)"),
    );
    let mut command = bench.command(&["run", "in", "--config", "my.toml", "-o", "out.jsonl"]);
    let mut docmill = command.stderr(Stdio::null()).spawn().unwrap();
    let pid = wait_for(|| std::fs::read_to_string(bench.path("pid")).ok().filter(|pid| !pid.is_empty()));
    for _ in 0..2 {
        Command::new("kill").args(["-INT", &docmill.id().to_string()]).status().unwrap();
        std::thread::sleep(Duration::from_millis(300));
    }
    assert_eq!(wait_for(|| docmill.try_wait().unwrap()).code(), Some(130));
    wait_for(|| has_ended(&pid).then_some(()));
}

#[test]
fn a_docmill_that_is_killed_leaves_no_child_behind() {
    // Neither notices the end of its input: the child, and what it has started in a session of its own.
    let hang = "import json, os, re, subprocess, sys, time\n\
        def hang():\n    \
            other = subprocess.Popen(['sleep', '600'], start_new_session=True)\n    \
            open('pids', 'w').write(f'{os.getpid()} {other.pid}\\n')\n    \
            time.sleep(600)";
    let bench = bench();
    bench.write("in/00.txt", "HANG");
    bench.write("my.toml", CONFIG.replace("timeout_seconds = 20", "timeout_seconds = 600"));
    let child = CHILD.replace("time.sleep(600)", "hang()").replace("import json, os, re, sys, time", hang);
    bench.write("shouts.py", child);
    let mut command = bench.command(&["run", "in", "--config", "my.toml", "-o", "out.jsonl"]);
    let mut docmill = command.stderr(Stdio::null()).spawn().unwrap();
    let pids =
        wait_for(|| std::fs::read_to_string(bench.path("pids")).ok().filter(|pids| pids.ends_with('\n')));
    // SIGKILL.
    docmill.kill().unwrap();
    docmill.wait().unwrap();
    for pid in pids.split_whitespace() {
        wait_for(|| has_ended(pid).then_some(()));
    }
}

#[test]
fn the_how_to_does_what_it_says() {
    let bench = Bench::new();
    let page = std::fs::read_to_string(root().join("docs/src/how-to/write-a-stage-in-python.md")).unwrap();
    let paths: Vec<&str> = files_of(&page).map(|(path, text)| (bench.write(path, text), path).1).collect();
    assert_eq!(paths, ["acronyms.py", "my.toml"]);
    let root = root().canonicalize().unwrap();
    std::fs::copy(root.join("integrations/python/docmill_stage.py"), bench.path("docmill_stage.py")).unwrap();
    std::os::unix::fs::symlink(&root, bench.path("docmill")).unwrap();
    let mut commands = 0;
    for (command, expected) in commands_of(&page) {
        if command.starts_with("jq ") && Command::new("jq").arg("--version").output().is_err() {
            eprintln!("left out, there is no jq: {command}");
            continue;
        }
        let mut shell = Command::new("sh");
        shell.args([
            "-c",
            &command.replace("docmill run", "$DOCMILL run").replace("docmill verify", "$DOCMILL verify"),
        ]);
        let output =
            shell.current_dir(bench.path("")).env("DOCMILL", env!("CARGO_BIN_EXE_docmill")).output().unwrap();
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        let message = String::from_utf8_lossy(&output.stdout);
        assert_eq!(message, expected, "the output of `{command}` on the page is another one");
        commands += 1;
    }
    assert!(commands >= 2);
}

#[test]
fn the_helper_for_python_passes_its_tests() {
    let mut python = Command::new("python3");
    python.args([
        "-B",
        "-m",
        "unittest",
        "discover",
        "-s",
        "integrations/python/tests",
        "-p",
        "test_helper.py",
    ]);
    let output = python.current_dir(root()).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && message.contains("Ran 5 tests"), "{message}");
}

/// Whoever takes over orphans may be slow to say that one has ended.
fn has_ended(pid: &str) -> bool {
    let alive = Command::new("kill").args(["-0", pid]).stderr(Stdio::null()).status().unwrap().success();
    !alive || is_zombie(pid)
}

fn is_zombie(pid: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| stat.contains(") Z"))
}

#[track_caller]
fn wait_for<T>(mut done: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(value) = done() {
            return value;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "nothing happened within a minute");
        std::thread::sleep(Duration::from_millis(20));
    }
}
