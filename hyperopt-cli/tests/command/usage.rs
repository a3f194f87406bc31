//! Mistakes, and commands that need no sweep.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use crate::common::{Ran, Sandbox};

#[test]
fn mistakes_are_told_before_the_first_trial() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    sandbox.sweep(&["-o", "fine"], &[]).expect(0);
    let cases: [(&[&str], &[&str], &str); 13] = [
        (&[], &["sh", "train.sh", "{xx}"], "`{xx}` is not a placeholder; did you mean `{x}`?"),
        (&[], &["sh", "train.sh", "{dataset}"], "add `--dataset FILE`"),
        (&[], &["sh", "train.sh", "{budget}"], "`hyperband`"),
        (&[], &["{model.cell}"], "which program runs cannot depend on a hyperparameter"),
        (&[], &["sh", "{"], "a `{` without its `}`"),
        (&[], &["no-such-program"], "there is no program `no-such-program`"),
        (&[], &["./train.sh"], "it is not executable"),
        (&["--dataset", "missing.csv"], &[], "`--dataset missing.csv`"),
        (&["--sampler", "tpee"], &[], "did you mean `tpe`?"),
        (&["--env", "HYPEROPT_TRIAL=1"], &[], "are set by hyperopt itself"),
        (&["--study", "mysql://me:secret@host/db"], &[], "the scheme `mysql` is unknown"),
        (&["--timeout", "soon"], &[], "write 90s, 15m, 2h or 1d"),
        (&["--workers", "0"], &[], "write a whole number from 1 to 1000"),
    ];
    for (options, command, message) in cases {
        let ran = sandbox.sweep(options, command).expect(2);
        ran.says(message);
        assert!(!ran.err.contains("secret"), "{}", ran.err);
        assert!(!sandbox.path("results").exists(), "{message}");
    }
    sandbox.sweep(&["-o", "fine"], &[]).expect(2).says("hyperopt resume fine");
    sandbox.run(&["resume", "nowhere"]).expect(2).says("start one with `hyperopt run`");
    sandbox.run(&["show", "nowhere"]).expect(2);
    sandbox.run(&["show", "sqlite:nowhere.db"]).expect(2).says("nowhere.db does not exist");
    assert!(!sandbox.path("nowhere.db").exists());
    sandbox.run(&["run", "--config", "missing.yaml", "--", "true"]).expect(2).says("missing.yaml");
    sandbox.run(&["run", "--config", "sweep.yaml"]).expect(2);
    sandbox.run(&["sweep"]).expect(2);
    for (written, meant) in [("rnu", "run"), ("bset", "best"), ("shwo", "show"), ("resmue", "resume"), ("RUN", "run")] {
        sandbox.run(&[written, "out"]).expect(2).says(&format!("'{meant}'"));
    }
    assert!(!sandbox.run(&["xyz"]).expect(2).err.contains("similar"));
    sandbox.sweep(&["-n", "0"], &[]).expect(2).says("'--num-samples <N>': write a whole number, 1 or more");
}

#[test]
fn a_database_in_place_of_a_directory_is_told_its_address() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    let cases: [(&str, &[&str]); 6] = [
        ("show", &[]),
        ("best", &[]),
        ("plot", &["-o", "f.svg"]),
        ("report", &["-o", "f.html"]),
        ("export", &["--format", "csv"]),
        ("studies", &[]),
    ];
    for (command, options) in cases {
        let run = |source| sandbox.run(&[&[command, source], options].concat());
        run("out/study.db").expect(2).says("out/study.db is a file; for a database write `sqlite:out/study.db`");
        run("sqlite:out/study.db").expect(0);
    }
    sandbox
        .run(&["plot", "out", "--figure", "edf", "--with", "out/study.db"])
        .expect(2)
        .says("write `sqlite:out/study.db`");
    sandbox
        .run(&["resume", "out/study.db"])
        .expect(2)
        .says("study.db is a file; write the output directory of a sweep");
}

#[test]
fn a_resumed_sweep_does_not_shrink_in_silence() {
    let sandbox = Sandbox::new("executor: {num_samples: 6}\nsearch_alg: {type: random, seed: 1}");
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    let before = sandbox.read("out/run.json");
    for option in [&["--dry-run"][..], &[]] {
        let ran = sandbox.run(&[&["resume", "out", "--num-samples", "3"], option].concat()).expect(2);
        ran.says(
            "`--num-samples 3` is fewer than this sweep has run already: 6 trials; write 6 or more, or leave it out",
        );
        assert_eq!(sandbox.read("out/run.json"), before);
    }
    sandbox.run(&["resume", "out", "-n", "6"]).expect(0);
    let longer = sandbox.run(&["resume", "out", "-n", "8"]).expect(0);
    assert!(!longer.err.contains("planned"), "{}", longer.err);
    sandbox.write("out/run.json", &sandbox.read("out/run.json").replace("\"num_samples\": 8", "\"num_samples\": 20"));
    sandbox
        .run(&["resume", "out", "-n", "9"])
        .expect(0)
        .says("the sweep was planned with 20 trials, and now ends after 9");
    let halving = Sandbox::new("executor: {num_samples: 6, scheduler: {type: asha, max_t: 4}}\nseed: 1");
    halving.sweep(&["-o", "out"], &[]).expect(0);
    halving
        .run(&["resume", "out", "-n", "3"])
        .expect(2)
        .says("this sweep has started already: 6 configurations; write 6");
    halving.run(&["resume", "out", "-n", "6"]).expect(0);
}

#[test]
fn all_that_is_wrong_with_a_configuration_is_told_with_its_place() {
    let sandbox = Sandbox::new("goal: minimise\nsearch_alg: {type: tpee}");
    let ran = sandbox.sweep(&[], &[]).expect(2);
    ran.says("sweep.yaml:13:");
    ran.says("`minimize`");
    ran.says("did you mean `tpe`?");
}

#[test]
fn hostile_configurations_run_nothing() {
    let sandbox = Sandbox::new("");
    let bomb =
        (0..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| text + &format!("a{0}: &a{0} [*a{n}, *a{n}]\n", n + 1));
    let deep = format!("x: {}", "[".repeat(100_000));
    let hostile: [&str; 8] = [
        &bomb,
        &deep,
        "hyperopt: !!python/object/apply:os.system ['touch owned']",
        "hyperopt: {parameters: {x: {type: float, low: .nan, high: 1}}}",
        "hyperopt: {parameters: {x: {type: int, low: 0, high: 99999999999999999999}}}",
        "hyperopt:\n  parameters: {}\n  executor: {command: 'touch owned'}",
        "\u{0}\u{1}",
        "",
    ];
    for text in hostile {
        sandbox.write("sweep.yaml", text);
        let ran = sandbox.sweep(&[], &["sh", "-c", "touch ran"]).expect(2);
        assert!(ran.err.contains("sweep.yaml") && ran.err.len() < 4000, "{}", ran.err);
    }
    fs::write(sandbox.path("sweep.yaml"), [0xff, 0xfe, 0]).unwrap();
    sandbox.sweep(&[], &["sh", "-c", "touch ran"]).expect(2);
    assert!(!sandbox.path("owned").exists() && !sandbox.path("ran").exists());
}

#[test]
fn a_configuration_to_begin_with_runs_as_it_is() {
    let sandbox = Sandbox::new("");
    sandbox.run(&["init", "mine.yaml"]).expect(0).says("wrote mine.yaml");
    let text = sandbox.read("mine.yaml");
    assert_eq!(sandbox.run(&["init", "-"]).expect(0).out, text);
    assert!(!sandbox.path("-").exists());
    sandbox.run(&["init", "mine.yaml"]).expect(2).says("stays as it is");
    assert_eq!(sandbox.read("mine.yaml"), text);
    sandbox.write("train.sh", "grep -q 'learning_rate: [0-9]' \"$1\" && echo '{\"loss\": 1}'");
    let arguments = ["run", "--config", "mine.yaml", "-n", "3", "--", "sh", "train.sh", "{config}"];
    sandbox.run(&arguments).expect(0);
    assert_eq!(sandbox.history("results/mine").len(), 3);
}

/// Runs a sweep whose server, that of `address` at another port, does not answer, and kills it once it has its output directory:
/// one that fails would remove it.
fn killed_while_it_connects(sandbox: &Sandbox, address: &str) {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = address.replace("127.0.0.1:1/", &format!("{}/", server.local_addr().unwrap()));
    let mut child = sandbox.start(&["--study", &address], &[]);
    let run = sandbox.path("results/sweep/run.json");
    // The first connections look for the study.
    let connections = server.incoming().take(20).map(Result::unwrap);
    let kept = connections.into_iter().find(|_| run.exists());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(kept.is_some());
}

#[test]
fn passwords_are_neither_shown_nor_kept() {
    let address = "postgres://me:sesame@127.0.0.1:1/db?connect_timeout=1";
    let sandbox = Sandbox::new(&format!("executor: {{num_samples: 1}}\nstudy: '{address}'"));
    let ran = sandbox.sweep(&["--json"], &[]);
    assert!(matches!(ran.code, Some(2 | 3)), "{:?} {}", ran.code, ran.err);
    assert!(!ran.err.contains("sesame") && !ran.out.contains("sesame"), "{}{}", ran.err, ran.out);
    assert!(!sandbox.path("results").exists());
    killed_while_it_connects(&sandbox, address);
    assert!(!sandbox.read("results/sweep/run.json").contains("sesame"));
    let mode = |name: &str| fs::metadata(sandbox.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("results/sweep/run.json"), mode("results/sweep/sweep.yaml")), (0o600, 0o600));
    let ran = sandbox.run(&["resume", "results/sweep"]).expect(2);
    ran.says("HYPEROPT_STUDY");
    assert!(!ran.err.contains("sesame"));
    let mut resume = sandbox.command(&["resume", "results/sweep"]);
    Ran::of(resume.env("HYPEROPT_STUDY", "").output().unwrap())
        .expect(2)
        .says("give the address again in the variable");
    let mut show = sandbox.command(&["show", "results/sweep"]);
    let shown = Ran::of(show.env("HYPEROPT_STUDY", "postgres://me:sesame@127.0.0.1:1/db").output().unwrap());
    assert!(shown.code != Some(0) && !shown.err.contains("sesame"), "{}", shown.err);
}

#[test]
fn passwords_of_all_forms_are_neither_shown_nor_kept() {
    let known = [
        "postgres://me:who?sesame@127.0.0.1:1/db?connect_timeout=1",
        "postgres://me@127.0.0.1:1/db?passwor%64=sesame&connect_timeout=1",
        "postgres://127.0.0.1:1/db?user=me&password=@sesame&connect_timeout=1",
    ];
    let unknown = ["host=127.0.0.1 password=sesame", "postgres:/me:sesame@127.0.0.1/db", "me:sesame@127.0.0.1://"];
    for (address, is_known) in known.map(|address| (address, true)).into_iter().chain(unknown.map(|text| (text, false)))
    {
        let sandbox = Sandbox::new("executor: {num_samples: 1}");
        for arguments in [&["run", "-c", "sweep.yaml", "--study", address, "--", "true"][..], &["show", address]] {
            let ran = sandbox.run(arguments);
            assert!(!matches!(ran.code, Some(0)), "{address}");
            assert!(!ran.err.contains("sesame") && !ran.out.contains("sesame"), "{address}: {}{}", ran.err, ran.out);
        }
        assert!(!sandbox.path("results").exists(), "{address}");
        if is_known {
            killed_while_it_connects(&sandbox, address);
        }
        assert!(!is_known || !sandbox.read("results/sweep/run.json").contains("sesame"), "{address}");
    }
}

#[test]
fn a_study_that_cannot_be_opened_is_named_once() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    fs::create_dir(sandbox.path("directory.db")).unwrap();
    sandbox.write("garbage.db", &"lr,loss\n0.1,0.5\n".repeat(100));
    let said = [
        ("sqlite:directory.db", "it is a directory; name a file in it: `sqlite:"),
        ("sqlite:garbage.db", "the file is something else: choose another name"),
    ];
    for (number, (url, reason)) in said.into_iter().enumerate() {
        let ran = sandbox.sweep(&["--study", url, "-o", &format!("out{number}")], &[]).expect(3);
        ran.says(reason);
        assert!(ran.err.starts_with("error: study `sweep` in `sqlite:"), "{}", ran.err);
        assert_eq!(ran.err.matches("study `").count(), 1, "{}", ran.err);
        assert!(!ran.err.contains("disk"), "{}", ran.err);
    }
    let nowhere = ["--study", "sqlite:nowhere/study.db", "-o", "out"];
    sandbox
        .sweep(&nowhere, &[])
        .expect(2)
        .says("its directory has to exist and to be writable, and nowhere does not exist");
    // The advice is taken.
    fs::create_dir(sandbox.path("nowhere")).unwrap();
    sandbox.sweep(&nowhere, &[]).expect(0);
    let url = format!("sqlite:{}", sandbox.path("directory.db/study.db").display());
    sandbox.sweep(&["--study", &url, "-o", "fine"], &[]).expect(0);
    let ran = sandbox.run(&["show", "sqlite:directory.db"]).expect(2);
    ran.says("it is a directory");
}

#[test]
fn a_trial_does_not_see_the_address_of_the_database() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    sandbox.write("train.sh", "env > \"$HYPEROPT_OUTPUT/env\"; echo '{\"loss\": 1}'");
    let mut run = sandbox.command(&["run", "-c", "sweep.yaml", "--", "sh", "train.sh"]);
    Ran::of(run.env("HYPEROPT_STUDY", "sqlite:own.db").output().unwrap()).expect(0);
    assert!(sandbox.path("own.db").exists());
    assert!(!sandbox.read("results/sweep/trials/00000/env").contains("own.db"));
}

#[test]
fn an_empty_address_names_the_variable() {
    let sandbox = Sandbox::new("executor: {num_samples: 1}");
    let mut run = sandbox.command(&["run", "-c", "sweep.yaml", "--", "true"]);
    let ran = Ran::of(run.env("HYPEROPT_STUDY", "").output().unwrap()).expect(2);
    ran.says("`sqlite:sweep.db`, or leave out the option and unset the variable HYPEROPT_STUDY");
    assert!(!sandbox.path("results").exists());
    // The advice is taken. A sweep that has its own database does not read the variable.
    sandbox.sweep(&[], &[]).expect(0);
    let mut resume = sandbox.command(&["resume", "results/sweep"]);
    Ran::of(resume.env("HYPEROPT_STUDY", "").output().unwrap()).expect(0);
}

#[test]
fn help_teaches() {
    let sandbox = Sandbox::new("");
    let help = sandbox.run(&["--help"]).expect(0).out;
    assert!(help.contains("hyperopt run -c") && help.contains("Exit codes"), "{help}");
    let help = sandbox.run(&["run", "--help"]).expect(0).out;
    for placeholder in ["{config}", "{dataset}", "{output}", "{trial}", "{budget}"] {
        assert!(help.contains(placeholder), "{placeholder}");
    }
    sandbox.run(&["man", "pages"]).expect(0);
    let page = sandbox.read("pages/hyperopt-run.1");
    let synopsis = page.lines().skip_while(|line| *line != ".SH SYNOPSIS").nth(1).unwrap();
    assert!(synopsis.trim().ends_with(r"\fB\-\-\fR <\fICOMMAND\fR>..."), "{synopsis}");
    assert!(sandbox.run(&["completions", "bash"]).expect(0).out.contains("resume"));
    assert!(!sandbox.run(&["--help"]).expect(0).out.contains("__guard"));
    assert!(sandbox.run(&["--version"]).expect(0).out.starts_with("hyperopt "));
}
