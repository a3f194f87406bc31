//! Colours, completions and manual pages.

use std::path::Path;
use std::process::{Command, Output};

use crate::common::{Ran, Sandbox};

const ESCAPE: char = '\u{1b}';

/// Standard error of a command that fails, with these variables; the program inherits no others on colours.
fn failing(sandbox: &Sandbox, options: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = sandbox.command(&[&["show", "nowhere"], options].concat());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        command.env_remove(name);
    }
    Ran::of(command.envs(variables.iter().copied()).output().unwrap()).expect(2).err
}

#[test]
fn colours_are_for_terminals_and_on_request() {
    let sandbox = Sandbox::new("");
    let plain = failing(&sandbox, &[], &[]);
    assert!(plain.starts_with("error: there is no sweep in") && !plain.contains(ESCAPE), "{plain:?}");
    let red = "\u{1b}[1m\u{1b}[91merror:\u{1b}[0m there is no sweep in";
    assert!(failing(&sandbox, &["--color", "always"], &[]).starts_with(red));
    assert!(failing(&sandbox, &["--color=always"], &[("NO_COLOR", "1")]).starts_with(red));
    assert!(failing(&sandbox, &[], &[("CLICOLOR_FORCE", "1")]).starts_with(red));
    for (options, variables) in [
        (&[][..], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")][..]),
        (&["--color", "never"], &[("CLICOLOR_FORCE", "1")]),
        (&["--color", "auto"], &[]),
    ] {
        assert_eq!(failing(&sandbox, options, variables), plain);
    }
    let help = |colour: &str| sandbox.run(&["--color", colour, "run", "--help"]).expect(0).out;
    assert!(help("always").contains("\u{1b}[1m\u{1b}[92mUsage:") && !help("never").contains(ESCAPE));
    let wrong = |colour: &str| sandbox.run(&["--color", colour, "rn"]).expect(2).err;
    assert!(wrong("always").starts_with("\u{1b}[1m\u{1b}[91merror:") && wrong("never").starts_with("error: "));
    sandbox.run(&["--color", "sometimes", "show", "x"]).expect(2).says("sometimes");
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_has_colours_unless_it_is_dumb() {
    let sandbox = Sandbox::new("");
    let on_terminal = |variables: &[(&str, &str)]| {
        let mut command = Command::new("script");
        command.args(["-qec", &format!("{} show nowhere", env!("CARGO_BIN_EXE_hyperopt")), "/dev/null"]);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
            command.env_remove(name);
        }
        let Output { stdout, .. } =
            command.current_dir(sandbox.path("")).envs(variables.iter().copied()).output().unwrap();
        String::from_utf8(stdout).unwrap()
    };
    assert!(on_terminal(&[("TERM", "xterm-256color")]).contains("\u{1b}[91merror:"));
    assert!(!on_terminal(&[("TERM", "dumb")]).contains(ESCAPE));
    assert!(!on_terminal(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]).contains(ESCAPE));
}

#[test]
fn text_of_others_never_has_escapes() {
    let sandbox = Sandbox::new("");
    let name = "\u{1b}[31mred\u{9b}2J";
    let ran = sandbox.run(&["--color", "always", "show", name]).expect(2);
    assert!(ran.err.contains("\u{fffd}[31mred\u{fffd}2J") && !ran.err.contains("\u{1b}[31m"), "{:?}", ran.err);
}

/// What the shell would offer for the word at `index` of `words`.
fn offered(sandbox: &Sandbox, words: &[&str], index: usize) -> Vec<String> {
    let mut command = sandbox.command(&[&["--"], words].concat());
    command.env("HYPEROPT_COMPLETE", "bash").env("_CLAP_IFS", "\n").env("_CLAP_COMPLETE_INDEX", index.to_string());
    Ran::of(command.output().unwrap())
        .expect(0)
        .out
        .split('\n')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn values_are_completed() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}\nstudy: sqlite:x.db");
    sandbox.sweep(&["--name", "wine"], &[]).expect(0);
    let offered_at = |words: &[&str], index| offered(&sandbox, words, index);
    let offered = |words: &[&str]| offered_at(words, words.len() - 1);
    assert_eq!(offered(&["hyperopt", "run", "--sampler", "t"]), ["tpe"]);
    assert_eq!(offered(&["hyperopt", "run", "--sampler", "p"]), ["priorband", "pasha"]);
    assert_eq!(offered(&["hyperopt", "export", "x", "--format", "j"]), ["jsonl"]);
    assert!(offered(&["hyperopt", "plot", "x", "--figure", "pa"]).contains(&"parallel_coordinate".to_owned()));
    assert_eq!(offered(&["hyperopt", "show", "results/s"]), ["results/sweep"]);
    assert_eq!(offered(&["hyperopt", "resume", "res"]), ["results/sweep"]);
    assert_eq!(offered(&["hyperopt", "show", "sqlite:x.db", "--name", "w"]), ["wine"]);
    assert_eq!(offered(&["hyperopt", "show", "results/sweep", "--name", ""]), ["wine"]);
    assert_eq!(offered_at(&["hyperopt", "studies", "delete", "w", "sqlite:x.db"], 3), ["wine"]);
    assert!(offered(&["hyperopt", "run", "-c", "sweep.yaml", "--metric", "v"]).contains(&"validation.loss".to_owned()));
    assert_eq!(offered(&["hyperopt", "--color", "a"]), ["auto", "always"]);
    assert!(
        offered(&["hyperopt", "stud"]) == ["studies"] && !offered(&["hyperopt", ""]).contains(&"__guard".to_owned())
    );
}

fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

#[test]
fn the_scripts_of_shells_are_valid() {
    let sandbox = Sandbox::new("");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = sandbox.run(&["completions", shell]).expect(0).out;
        assert!(script.contains("HYPEROPT_COMPLETE") && script.contains("hyperopt"), "{shell}: {script}");
        // The script is for other machines too, and for a package: it calls the command by its name.
        assert!(!script.contains(env!("CARGO_BIN_EXE_hyperopt")), "{shell}: {script}");
        sandbox.write(shell, &script);
        if ["bash", "zsh", "fish"].contains(&shell) && has(shell) {
            let checked = Command::new(shell).arg("-n").arg(sandbox.path(shell)).output().unwrap();
            assert!(checked.status.success(), "{shell}: {}", String::from_utf8_lossy(&checked.stderr));
        }
    }
    // As bash itself completes `--sampler t` with the tabulator.
    let script = ". ./bash; COMP_WORDS=(hyperopt run --sampler t); COMP_CWORD=3; COMP_TYPE=9; \
                  $(complete -p hyperopt | sed 's/.*-F \\([^ ]*\\).*/\\1/') hyperopt t --sampler; echo \"${COMPREPLY[*]}\"";
    let installed = Path::new(env!("CARGO_BIN_EXE_hyperopt")).parent().unwrap().display().to_string();
    let path = format!("{installed}:{}", std::env::var("PATH").unwrap());
    let completed =
        Command::new("bash").args(["-c", script]).env("PATH", path).current_dir(sandbox.path("")).output().unwrap();
    let reply = String::from_utf8(completed.stdout).unwrap();
    assert_eq!(reply.trim(), "tpe", "{}", String::from_utf8_lossy(&completed.stderr));
}

#[test]
fn each_subcommand_has_a_manual_page() {
    let sandbox = Sandbox::new("");
    sandbox.run(&["man", "share/man1"]).expect(0).says("wrote hyperopt.1");
    let commands =
        ["", "-run", "-resume", "-show", "-best", "-plot", "-report", "-export", "-init", "-studies-delete", "-man"];
    for name in commands {
        let page = format!("share/man1/hyperopt{name}.1");
        let text = sandbox.read(&page);
        assert!(text.contains(".TH") && text.contains(".SH NAME") && text.is_ascii(), "{page}");
        // The style is that of the generator; what is wrong with the page is an error.
        if has("mandoc") {
            let checked =
                Command::new("mandoc").args(["-T", "lint", "-W", "error"]).arg(sandbox.path(&page)).output().unwrap();
            assert!(checked.status.success(), "{page}: {}", String::from_utf8_lossy(&checked.stdout));
        }
    }
    assert!(sandbox.read("share/man1/hyperopt-run.1").contains("\\-\\-dry\\-run"));
    assert!(!sandbox.path("share/man1/hyperopt-__guard.1").exists());
}
