//! The section of the trainer: its name is that of the file.

use crate::common::Sandbox;

const SWEEP: &str = "
hyperopt:
  parameters: {training.x: {space: uniform, lower: 0, upper: 1}}
  search_alg: {type: random, seed: 1}
  executor: {num_samples: 3}
";

#[test]
fn a_trainer_written_for_the_file_finds_its_section() {
    let sandbox = Sandbox::new("");
    sandbox.write("sweep.yaml", SWEEP);
    sandbox.write("train.sh", "sed -n '/^training:/,$s/^  x: \\(.*\\)/{\"loss\": \\1}/p' $1");
    sandbox.sweep(&["-o", "out"], &["sh", "train.sh", "{config}"]).expect(0);
    assert!(sandbox.run(&["best", "out"]).expect(0).out.starts_with("training:\n  x: "));
    // Either name will do in a command.
    for (output, place) in [("old", "{training.x}"), ("new", "{trainer.x}")] {
        sandbox.write("train.sh", crate::common::TRAINER);
        sandbox.sweep(&["-o", output], &["sh", "train.sh", place]).expect(0);
    }
    assert_eq!(sandbox.history("old"), sandbox.history("new"));
}

#[test]
fn a_study_that_was_begun_with_the_other_name_keeps_it() {
    let sandbox = Sandbox::new("");
    sandbox.write("sweep.yaml", &SWEEP.replace("training.x", "trainer.x"));
    sandbox.sweep(&["-o", "out"], &["sh", "train.sh", "{trainer.x}"]).expect(0);
    let begun = sandbox.history("out");
    // An earlier version read the old name of the file as the new one.
    sandbox.write("out/sweep.yaml", SWEEP);
    assert!(sandbox.run(&["best", "out"]).expect(0).out.starts_with("trainer:\n  x: "));
    sandbox.run(&["show", "out"]).expect(0);
    sandbox.run(&["export", "out", "--format", "statistics"]).expect(0);
    let resumed = sandbox.run(&["resume", "out", "--num-samples", "5", "--quiet"]).expect(0);
    assert!(
        resumed.out.contains("the study was begun with the other name of the trainer's section"),
        "{}",
        resumed.out
    );
    let history = sandbox.history("out");
    assert_eq!((&history[..3], history.len()), (&begun[..], 5));
    assert!(sandbox.read("out/trials/00004/config.yaml").starts_with("trainer:\n  x: "));
}
