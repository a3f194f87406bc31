//! Budgets: what the best trial had of the full one, and the configuration to train with in the end.

use std::fs;

use crate::common::Sandbox;

/// A sweep whose trials fail with the full budget.
fn short() -> Sandbox {
    let sandbox = Sandbox::new(
        "search_alg: {type: random, seed: 1}\nexecutor: {num_samples: 4, scheduler: {type: hyperband, max_t: 9}}",
    );
    let text = sandbox.read("sweep.yaml");
    sandbox.write("sweep.yaml", &format!("trainer: {{epochs: 9}}\n{text}"));
    sandbox.write("train.sh", &format!("[ $2 = 9 ] && exit 1\n{}", crate::common::TRAINER));
    sandbox
}

const COMMAND: [&str; 4] = ["sh", "train.sh", "{x}", "{budget}"];

#[test]
fn the_winner_has_the_full_budget_and_the_validated_one_is_beside_it() {
    let sandbox = short();
    let note = "no configuration was complete with the full budget of 9; the best one had 3";
    let run = sandbox.sweep(&["-o", "out", "--quiet"], &COMMAND).expect(0);
    assert!(run.out.contains(&format!("note: {note}\n")), "{}", run.out);
    assert!(run.out.contains("best has the full `trainer.epochs: 9`; validated with 3: "), "{}", run.out);

    let shown = sandbox.run(&["show", "out"]).expect(0);
    assert!(shown.out.contains(&format!("note: {note}\n")), "{}", shown.out);
    let json = sandbox.run(&["show", "out", "--json"]).expect(0).json();
    assert!(json["notes"].as_array().unwrap().iter().any(|found| found == note), "{json}");
    let best = &json["best"];
    assert_eq!((best["budget"].as_f64(), best["full_budget"].as_f64()), (Some(3.0), Some(9.0)));
    let read = |key: &str| fs::read_to_string(best[key].as_str().unwrap()).unwrap();
    assert!(read("config").contains("epochs: 9\n"), "{}", read("config"));
    assert!(read("validated").contains("epochs: 3\n"), "{}", read("validated"));
    assert_eq!(read("validated").replace("epochs: 3", "epochs: 9"), read("config"));

    let best = sandbox.run(&["best", "out"]).expect(0);
    assert_eq!(best.out, read("config"));
    best.says("had `trainer.epochs: 3`, and no trial the full 9");
    // What the message says.
    assert_eq!(sandbox.run(&["best", "out", "--validated"]).expect(0).out, read("validated"));
    assert_eq!(sandbox.run(&["best", "out", "--format", "json"]).expect(0).json()["trainer"]["epochs"], 9);
}

#[test]
fn the_winner_with_the_full_budget_is_that_of_its_trial() {
    let sandbox = short();
    sandbox.write("train.sh", crate::common::TRAINER);
    let run = sandbox.sweep(&["-o", "out", "--quiet", "--json"], &COMMAND).expect(0).json();
    assert_eq!((run["best"]["budget"].as_f64(), run["best"].get("full_budget")), (Some(9.0), None));
    assert!(run["best"].get("validated").is_none(), "{run}");
    let best = sandbox.run(&["best", "out"]).expect(0);
    assert_eq!(
        (best.out, best.err.as_str()),
        (fs::read_to_string(run["best"]["config"].as_str().unwrap()).unwrap(), "")
    );
    assert!(!sandbox.path("out/best.yaml").exists());
}

#[test]
fn what_the_file_does_not_say_is_a_note_of_the_results() {
    let sandbox = Sandbox::new("validation_metric: accuracy\nexecutor: {num_samples: 2}");
    let note = "line 13: `validation_metric` of `hyperopt` has no effect here: the metric is `loss`";
    let run = sandbox.sweep(&["-o", "out", "--quiet", "--json"], &[]).expect(0).json();
    assert_eq!(run["notes"], serde_json::json!([note]));
    let shown = sandbox.run(&["show", "out"]).expect(0);
    assert!(shown.out.contains(&format!("note: {note}\n")), "{}", shown.out);
}

/// Notes of the table are notes of the JSON.
#[test]
fn a_best_value_at_an_end_is_a_note() {
    let sandbox = Sandbox::new("executor: {num_samples: 100}\nsearch_alg: {type: tpe, startup: 10}\nseed: 1");
    let run = sandbox.sweep(&["-o", "out", "--quiet", "--json"], &["echo", r#"{{"loss": {x}}}"#]).expect(0).json();
    let note = |notes: &serde_json::Value| {
        let notes = notes.as_array().unwrap();
        notes.iter().find_map(|note| note.as_str()?.ends_with("a wider range may do better").then(|| note.clone()))
    };
    let said = note(&run["notes"]).unwrap();
    assert!(said.as_str().unwrap().starts_with("the best `x` = "), "{said}");
    let shown = sandbox.run(&["show", "out", "--json"]).expect(0).json();
    assert_eq!(note(&shown["notes"]), Some(said));
}
