//! Importances beside those of Optuna, and beside what is known of the objective.

use std::time::Duration;

use hyperopt_core::study::Record;
use hyperopt_core::{Axis, Error, Fanova, Goal, Importances, Metrics, Outcome, PedAnova, Point, Space, Sweep, Trial};

/// A coordinate that Python computes too.
fn unit(trial: usize, axis: usize) -> f64 {
    ((trial + 1) as f64 * [2.0, 3.0, 5.0, 7.0, 11.0, 13.0_f64][axis].sqrt()).fract()
}

/// A sweep of these points, each with its resources and outcome.
fn sweep_of<O: Into<Outcome>>(
    axes: Vec<Axis>,
    goals: &[Goal],
    trials: impl Iterator<Item = (Vec<f64>, Option<f64>, O)>,
) -> Sweep {
    let records = trials.enumerate().map(|(number, (units, resources, outcome))| {
        let mut trial = Trial::running(number, number, resources, Point::from(units));
        trial.close(outcome.into(), Duration::ZERO);
        Record::new(trial)
    });
    let records: Vec<_> = records.collect();
    Sweep::restored(Space::try_from(axes).unwrap(), goals, Vec::new(), 0, String::new(), &records).unwrap()
}

/// A sweep whose trials have `d` coordinates by the formula, minimised.
fn sweep(axes: Vec<Axis>, trials: usize, objective: impl Fn(&[f64]) -> f64) -> Sweep {
    let d = axes.len();
    let trials = (0..trials).map(|trial| {
        let units: Vec<_> = (0..d).map(|axis| unit(trial, axis)).collect();
        let value = objective(&units);
        (units, None, Outcome::value(value))
    });
    sweep_of(axes, &[Goal::Minimize], trials)
}

fn floats(names: &[&str]) -> Vec<Axis> {
    names.iter().map(|name| Axis::float(name, 0.0..=1.0).unwrap()).collect()
}

fn hartmann(trials: usize) -> Sweep {
    const A: [[f64; 6]; 4] = [
        [10.0, 3.0, 17.0, 3.5, 1.7, 8.0],
        [0.05, 10.0, 17.0, 0.1, 8.0, 14.0],
        [3.0, 3.5, 1.7, 10.0, 17.0, 8.0],
        [17.0, 8.0, 0.05, 10.0, 0.1, 14.0],
    ];
    const P: [[f64; 6]; 4] = [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];
    sweep(floats(&["x0", "x1", "x2", "x3", "x4", "x5"]), trials, |x| {
        let bump = |i: usize| {
            let squares = (0..6).map(|j| A[i][j] * (x[j] - P[i][j]).powi(2));
            [1.0, 1.2, 3.0, 3.2][i] * (-squares.sum::<f64>()).exp()
        };
        -(0..4).map(bump).sum::<f64>()
    })
}

fn mixed(trials: usize) -> Sweep {
    let axes = vec![
        Axis::float("rate", -2.0..=2.0).unwrap(),
        Axis::int("depth", 1..=8).unwrap(),
        Axis::categorical("kind", ["a", "b", "c"]).unwrap(),
        Axis::float("noise", 0.0..=1.0).unwrap(),
    ];
    sweep(axes, trials, |u| {
        let (rate, depth) = (4.0 * u[0] - 2.0, 1.0 + (8.0 * u[1]).floor());
        rate * rate + 0.1 * depth + [0.0, 1.0, 1.5][(3.0 * u[2]) as usize] + 0.01 * u[3]
    })
}

fn order(importances: &Importances) -> Vec<&str> {
    importances.iter().map(|importance| importance.name.as_str()).collect()
}

/// Returns the largest difference from `expected`, in the order of `names`.
fn difference(importances: &Importances, names: &[&str], expected: &[f64]) -> f64 {
    let found = names.iter().map(|name| importances.get(name).unwrap());
    found.zip(expected).map(|(found, expected)| (found - expected).abs()).fold(0.0, f64::max)
}

/// By `optuna_values.py`: Optuna 5.0.0 with scikit-learn 1.9.1.
#[test]
fn ped_anova_is_that_of_optuna() {
    let x = ["x0", "x1", "x2", "x3", "x4", "x5"];
    let mixture = ["depth", "kind", "noise", "rate"];
    for (sweep, names, expected) in [
        (hartmann(100), &x[..], &[0.178, 0.0477, 0.0683, 0.2436, 0.3511, 0.1113][..]),
        (hartmann(400), &x, &[0.338, 0.0072, 0.0644, 0.2419, 0.3112, 0.0373]),
        (mixed(100), &mixture, &[0.0275, 0.0972, 0.1685, 0.7068]),
        (mixed(400), &mixture, &[0.0855, 0.1583, 0.0039, 0.7523]),
    ] {
        let found = PedAnova::new().importances(&sweep).unwrap();
        let difference = difference(&found, names, expected);
        assert!(difference < 0.05, "{difference}: {found:?}");
    }
}

/// The forests are random, so Optuna's values are means over five of them; of 100 trials they differ by up to 0.14.
#[test]
fn fanova_is_that_of_optuna() {
    let x = ["x0", "x1", "x2", "x3", "x4", "x5"];
    let mixture = ["depth", "kind", "noise", "rate"];
    for (sweep, names, expected, tolerance) in [
        (hartmann(100), &x[..], &[0.0945, 0.2597, 0.0254, 0.1821, 0.3758, 0.0624][..], 0.1),
        (hartmann(400), &x, &[0.204, 0.0662, 0.0259, 0.282, 0.3615, 0.0604], 0.05),
        (mixed(100), &mixture, &[0.0059, 0.1276, 0.0092, 0.8572], 0.05),
        (mixed(400), &mixture, &[0.0077, 0.203, 0.0002, 0.7891], 0.03),
    ] {
        let found = Fanova::new().importances(&sweep).unwrap();
        let difference = difference(&found, names, expected);
        assert!(difference < tolerance, "{difference}: {found:?}");
    }
}

#[test]
fn main_effects_are_those_of_the_formula() {
    // The variances of x, y and z are 1/12 each, so those of the terms are as 16 : 4 : 1.
    let found = Fanova::new().importances(&sweep(floats(&["z", "y", "x"]), 400, |u| 4.0 * u[2] + 2.0 * u[1] + u[0]));
    let difference = difference(&found.unwrap(), &["x", "y", "z"], &[16.0 / 21.0, 4.0 / 21.0, 1.0 / 21.0]);
    assert!(difference < 0.05, "{difference}");
}

#[test]
fn a_branch_is_as_important_as_it_is_often_taken() {
    let conditional = |share: f64| {
        let axes = vec![
            Axis::weighted("model", [(share, "net"), (1.0 - share, "tree")]).unwrap(),
            Axis::float("rate", 0.0..=1.0).unwrap().with_parents(&[0]),
            Axis::float("depth", 0.0..=1.0).unwrap().with_parents(&[0]),
        ];
        let trials = (0..400).map(|trial| {
            let u: Vec<_> = (0..3).map(|axis| unit(trial, axis)).collect();
            let (units, value) =
                if u[0] < share { (vec![u[0], u[1], f64::NAN], u[1]) } else { (vec![u[0], f64::NAN, u[2]], u[2]) };
            (units, None, Outcome::value(value))
        });
        sweep_of(axes, &[Goal::Minimize], trials)
    };
    let even = conditional(0.5);
    let uneven = conditional(0.9);
    for importances in [PedAnova::new().quantile(0.3).importances(&uneven), Fanova::new().importances(&uneven)] {
        let importances = importances.unwrap();
        assert_eq!(order(&importances)[0], "rate", "{importances}");
        assert!(importances.get("rate").unwrap() > 4.0 * importances.get("depth").unwrap(), "{importances}");
    }
    for importances in [PedAnova::new().quantile(0.3).importances(&even), Fanova::new().importances(&even)] {
        let importances = importances.unwrap();
        let ratio = importances.get("rate").unwrap() / importances.get("depth").unwrap();
        assert!((0.6..1.6).contains(&ratio), "{importances}");
        assert_eq!(order(&importances)[2], "model", "{importances}");
    }
}

#[test]
fn one_of_several_objectives_is_chosen() {
    let trials = (0..200).map(|trial| {
        let units = vec![unit(trial, 0), unit(trial, 1)];
        let outcome: Outcome = Metrics::objectives([("loss", units[0]), ("speed", units[1])]).into();
        (units, None, outcome)
    });
    let sweep = sweep_of(floats(&["x", "y"]), &[Goal::Minimize, Goal::Maximize], trials);
    assert!(sweep.importances().unwrap_err().to_string().contains("Fanova::new().objective(0)"));
    for (objective, name) in [(0, "x"), (1, "y")] {
        assert_eq!(order(&PedAnova::new().objective(objective).importances(&sweep).unwrap())[0], name);
        assert_eq!(order(&Fanova::new().objective(objective).importances(&sweep).unwrap())[0], name);
    }
    assert!(PedAnova::new().objective(2).importances(&sweep).unwrap_err().to_string().contains("objective(2)"));
}

#[test]
fn the_largest_budget_with_enough_trials_counts() {
    let rungs = |top: usize| {
        let trials = (0..100).map(move |trial| {
            let units = vec![unit(trial, 0), unit(trial, 1)];
            let is_top = trial < top;
            let value = if is_top { units[1] } else { units[0] };
            (units, Some(if is_top { 9.0 } else { 1.0 }), Outcome::value(value))
        });
        sweep_of(floats(&["x", "y"]), &[Goal::Minimize], trials)
    };
    let few = rungs(10).importances().unwrap();
    assert_eq!((order(&few)[0], few.trials()), ("x", 90));
    let many = rungs(40).importances().unwrap();
    assert_eq!((order(&many)[0], many.trials()), ("y", 40));
}

#[test]
fn a_forest_learns_from_as_many_trials_as_it_may() {
    let sweep = sweep(floats(&["x", "y"]), 300, |u| 3.0 * u[0] + u[1]);
    let some = Fanova::new().most_trials(50).importances(&sweep).unwrap();
    assert_eq!((order(&some)[0], some.trials()), ("x", 50), "those that were read");
    assert_eq!(Fanova::new().importances(&sweep).unwrap().trials(), 300);
    assert_eq!(PedAnova::new().importances(&sweep).unwrap().trials(), 300);
    let few = Fanova::new().most_trials(3).importances(&sweep).unwrap_err().to_string();
    assert_eq!(few, "importances: most_trials(3) are too few; write at least 4");
}

#[test]
fn what_cannot_be_is_an_error_and_a_constant_has_no_share() {
    let message = |sweep: &Sweep| match sweep.importances() {
        Err(Error::Importances { reason }) => reason,
        other => panic!("{other:?}"),
    };
    assert!(message(&sweep(floats(&["x"]), 3, |u| u[0])).contains("at least 4"));
    assert!(message(&sweep(floats(&["x"]), 30, |_| 1.0)).contains("same objective"));
    assert!(message(&sweep(vec![Axis::int("k", 3..=3).unwrap()], 30, |u| u[0])).contains("more than one candidate"));
    let odd = sweep(floats(&["x"]), 30, |u| u[0]);
    assert!(PedAnova::new().quantile(0.0).importances(&odd).is_err());
    assert!(PedAnova::new().quantile(f64::NAN).importances(&odd).is_err());
    assert!(Fanova::new().trees(0).importances(&odd).is_err());
    let with_constant = sweep(vec![Axis::int("k", 3..=3).unwrap(), floats(&["x"]).remove(0)], 30, |u| u[1]);
    for found in [with_constant.importances().unwrap(), Fanova::new().importances(&with_constant).unwrap()] {
        assert_eq!((found.get("x"), found.get("k"), found.get("y")), (Some(1.0), Some(0.0), None));
    }
}

#[test]
fn bars_are_drawn() {
    let shown = mixed(400).importances().unwrap().to_string();
    let lines: Vec<_> = shown.lines().collect();
    assert!(lines[0].starts_with("rate   ") && lines[0].ends_with(&"█".repeat(20)), "{shown}");
    assert_eq!(lines.len(), 4);
}

#[test]
fn a_table_shows_them_in_one_line() {
    let importance = |sweep: &Sweep| {
        let table = sweep.to_string();
        table.lines().find(|line| line.starts_with("importance: ")).map(str::to_owned)
    };
    let line = importance(&mixed(100)).unwrap();
    assert!(line.starts_with("importance: rate ████"), "{line}");
    assert!(line.contains(" %, kind █"), "{line}");
    assert_eq!(importance(&mixed(19)), None);
    assert_eq!(importance(&sweep(floats(&["x"]), 50, |u| u[0])), None);
    let names: Vec<String> = (0..6).map(|k| format!("a_hyperparameter_with_a_long_name_{k}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let line = importance(&sweep(floats(&names), 50, |u| u.iter().sum())).unwrap();
    assert!(line.chars().count() <= 80 && line.ends_with(", …"), "{line}");
}

#[test]
fn one_seed_gives_the_same_forest() {
    let sweep = mixed(60);
    assert_eq!(sweep.importances(), Fanova::new().importances(&sweep));
    let shares = |seed| Fanova::new().seed(seed).importances(&sweep).unwrap();
    assert_eq!(shares(3), shares(3));
    assert_ne!(shares(3), shares(4));
}
