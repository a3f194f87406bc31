//! Values of hyperparameters in tables and files.

use crate::common::Sandbox;

#[test]
fn of_very_many_hyperparameters_some_are_shown() {
    let sandbox = Sandbox::new("executor: {num_samples: 2}");
    let parameter = |index: usize| format!("    p{index}: {{space: uniform, lower: 0, upper: 1}}\n");
    let parameters: String = (0..300).map(parameter).collect();
    let text = sandbox.read("sweep.yaml").replace("  parameters:\n", &format!("  parameters:\n{parameters}"));
    sandbox.write("sweep.yaml", &text);
    let run = sandbox.sweep(&["-o", "out"], &[]).expect(0);
    let all = "262 more hyperparameters: ";
    assert!(run.out.contains(&format!("{all}`hyperopt show out --trial N --json` shows all")), "{}", run.out);
    let show = sandbox.run(&["show", "out"]).expect(0).out;
    assert!(show.contains(&format!("{all}`--trial N --json` shows all")) && show.lines().count() < 100, "{show}");
    let trial = sandbox.run(&["show", "out", "--trial", "1"]).expect(0).out;
    assert!(trial.contains(&format!("{all}`--json` shows all")) && trial.lines().count() < 60, "{trial}");
    // What the messages say.
    let json = sandbox.run(&["show", "out", "--trial", "1", "--json"]).expect(0).json();
    assert_eq!(json["parameters"].as_object().unwrap().len(), 302);
    // A file is complete.
    let best = sandbox.run(&["best", "out"]).expect(0).out;
    assert_eq!(best.lines().filter(|line| line.starts_with('p')).count(), 300, "{best}");
}

#[test]
fn multiples_of_integers_are_integers() {
    let sandbox = Sandbox::new("executor: {num_samples: 4}\nsearch_alg: {type: random, seed: 1}");
    let parameters = "  parameters:\n    k: {space: qrandint, lower: 0, upper: 12, q: 3}\n    \
                      l: {space: qlograndint, lower: 8, upper: 64, q: 8}\n    m: {space: quniform, lower: 0, upper: 4, q: 2}\n";
    let text = sandbox.read("sweep.yaml").replace("  parameters:\n", parameters);
    sandbox.write("sweep.yaml", &text);
    sandbox.sweep(&["-o", "out"], &[]).expect(0);
    for trial in sandbox.history("out") {
        let is_integer = ["k", "l", "m"].map(|name| trial["params"][name].is_i64());
        assert_eq!(is_integer, [true, true, false], "{trial}");
    }
    let csv = sandbox.read("out/trials.csv");
    let row: Vec<_> = csv.lines().nth(1).unwrap().split(',').collect();
    assert!(row[3].parse::<u8>().is_ok() && row[4].parse::<u8>().is_ok() && row[5].ends_with(".0"), "{csv}");
}
