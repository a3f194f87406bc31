//! A directory with a configuration and trainers, and the command run in it.

// `speed` uses a part of it.
#![allow(dead_code, unreachable_pub)]

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A trainer whose loss is the squared distance of its argument from 0.25.
pub const TRAINER: &str = r#"
x=$1
awk -v x="$x" 'BEGIN { printf "{\"loss\": %.9f, \"seconds\": 1.5}\n", (x - 0.25) * (x - 0.25) }'
"#;

pub struct Sandbox {
    directory: tempfile::TempDir,
}

impl Sandbox {
    /// Creates a sweep over `x` and `cell` with these lines of the section `hyperopt`, and the trainer `train.sh`.
    pub fn new(lines: &str) -> Self {
        let sandbox = Self { directory: tempfile::tempdir().unwrap() };
        let lines = lines.lines().fold(String::new(), |all, line| all + "  " + line + "\n");
        sandbox.write(
            "sweep.yaml",
            &format!(
                "model:\n  cell: lstm\nhyperopt:\n  metric: loss\n  parameters:\n    x:\n      space: uniform\n      lower: 0\n      \
                 upper: 1\n    model.cell:\n      space: choice\n      categories: [rnn, gru, lstm]\n{lines}"
            ),
        );
        sandbox.write("train.sh", TRAINER);
        sandbox
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.args(arguments).current_dir(self.directory.path()).stdin(Stdio::null());
        command.env_remove("HYPEROPT_STUDY").env("NO_COLOR", "1");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().unwrap())
    }

    /// Runs `hyperopt run` with `options` and `command`, or `sh train.sh {x}` if that is empty.
    pub fn sweep(&self, options: &[&str], command: &[&str]) -> Ran {
        self.run(&Self::arguments(options, command))
    }

    pub fn start(&self, options: &[&str], command: &[&str]) -> Child {
        let mut started = self.command(&Self::arguments(options, command));
        started.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    fn arguments<'a>(options: &[&'a str], command: &[&'a str]) -> Vec<&'a str> {
        let command = if command.is_empty() { &["sh", "train.sh", "{x}"] } else { command };
        [&["run", "--config", "sweep.yaml"], options, &["--"], command].concat()
    }

    /// Returns the trials of a sweep, without their durations.
    pub fn history(&self, output: &str) -> Vec<Value> {
        let keep = |line: &str| {
            let mut trial: Value = serde_json::from_str(line).unwrap();
            trial.as_object_mut().unwrap().remove("seconds");
            trial
        };
        self.read(&format!("{output}/trials.jsonl")).lines().map(keep).collect()
    }

    /// Waits until a file exists.
    #[track_caller]
    pub fn wait_for(&self, name: &str) {
        wait_until(name, || self.path(name).exists());
    }
}

/// Waits until `is_there`, for two minutes at most.
#[track_caller]
pub fn wait_until(what: &str, mut is_there: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_there() {
        assert!(began.elapsed() < Duration::from_mins(2), "{what} does not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Returns the command as a terminal starts it: a process that is started in the background ignores Ctrl-C, as do its children,
/// the tests among them.
fn program() -> Command {
    let path = env!("CARGO_BIN_EXE_hyperopt");
    if cfg!(not(target_os = "linux")) {
        return Command::new(path);
    }
    let mut command = Command::new("env");
    command.args(["--default-signal=INT,HUP,TERM", path]);
    command
}

/// The exit code and the output of the command.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\n{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// Checks that standard error contains these words.
    #[track_caller]
    pub fn says(&self, words: &str) {
        assert!(self.err.contains(words), "no `{words}` in:\n{}\n{}", self.err, self.out);
    }
}

pub fn signal(child: &Child, signal: &str) {
    let status = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

/// Whether the process stays alive for ten seconds. A zombie of the first process of the system counts as ended: that process
/// has to wait for it.
pub fn is_alive(pid: &str) -> bool {
    assert!(!pid.trim().is_empty());
    let path = format!("/proc/{}/stat", pid.trim());
    (0..2000).all(|_| {
        std::thread::sleep(Duration::from_millis(5));
        fs::read_to_string(&path).is_ok_and(|stat| {
            let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
            !fields.starts_with("Z 1 ")
        })
    })
}
