//! Scenes made by hand.

use hyperopt_core::Goal;

use crate::model::{Axis, AxisKind, Evaluation, Fate, Front, LeftOut, Other, Scene, Trial};

/// Numbers in the unit interval that are the same on every run.
fn noise(trial: usize, axis: usize) -> f64 {
    let (trial, axis) = (trial as u64 + 1, axis as u64 + 7);
    let seed = trial.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ axis.wrapping_mul(0xD1B5_4A32_D192_ED03);
    let mixed = (seed ^ (seed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((mixed ^ (mixed >> 32)) >> 11) as f64 / (1_u64 << 53) as f64
}

pub(super) fn axis(name: &str, kind: AxisKind) -> Axis {
    Axis { name: name.to_owned(), parameter: name.to_owned(), kind, is_ordered: false, levels: Vec::new() }
}

pub(super) fn linear(name: &str, lo: f64, hi: f64) -> Axis {
    axis(name, AxisKind::Linear(Some((lo, hi))))
}

pub(super) fn log(name: &str, lo: f64, hi: f64) -> Axis {
    axis(name, AxisKind::Log(Some((lo, hi))))
}

pub(super) fn labels(names: &[&str]) -> AxisKind {
    AxisKind::Categories(names.iter().map(|&name| name.to_owned()).collect())
}

/// Returns a sweep over `axes` whose objective is a function of the trial's places in the unit cube.
pub(super) fn sweep(count: usize, axes: Vec<Axis>, objective: impl Fn(usize, &[f64]) -> f64) -> Scene {
    let trials: Vec<Trial> = (0..count)
        .map(|number| {
            let units: Vec<f64> = (0..axes.len()).map(|axis| noise(number, axis)).collect();
            let decode = |(unit, axis): (&f64, &Axis)| match &axis.kind {
                AxisKind::Linear(bounds) | AxisKind::Logit(bounds) | AxisKind::Bilog(bounds) => {
                    bounds.map(|(lo, hi)| lo + unit * (hi - lo))
                }
                AxisKind::Log(bounds) => bounds.map(|(lo, hi)| lo * (hi / lo).powf(*unit)),
                AxisKind::Categories(names) => Some((unit * names.len() as f64).floor()),
            };
            let xs = units.iter().zip(&axes).map(decode).collect();
            Trial { number, value: objective(number, &units), resources: None, xs, is_feasible: true }
        })
        .collect();
    let best = trials.iter().min_by(|a, b| a.value.total_cmp(&b.value)).map(|trial| trial.number);
    Scene {
        title: format!("{count} trials of RandomSampler, seed 7"),
        objective: "objective".to_owned(),
        axes,
        trials,
        best,
        is_loss: true,
        ..Scene::default()
    }
}

pub(super) fn bowl(trial: usize, units: &[f64]) -> f64 {
    let steep = units.iter().enumerate().map(|(axis, u)| (u - 0.35).powi(2) * 4.0 / (axis + 1) as f64);
    0.02 + steep.sum::<f64>() + 0.05 * noise(trial, 99)
}

/// Returns the sweep of the front page: a linear, a categorical and a logarithmic hyperparameter.
pub(crate) fn three(count: usize) -> Scene {
    let axes = vec![
        axis("a", AxisKind::Linear(Some((1.0, 5.0)))),
        axis("b", labels(&["true", "false"])),
        axis("c", AxisKind::Log(Some((0.1, 1000.0)))),
    ];
    let mut scene = sweep(count, axes, bowl);
    scene.left_out.failed = 2;
    scene
}

/// A conditional hyperparameter: `gamma` is active for one kernel only.
pub(super) fn conditional() -> Scene {
    let axes = vec![
        axis("kernel", labels(&["Linear", "Poly", "Rbf"])),
        axis("C", AxisKind::Log(Some((1e-3, 1e3)))),
        axis("gamma", AxisKind::Log(Some((1e-4, 10.0)))),
        axis("degree", AxisKind::Linear(Some((2.0, 5.0)))),
    ];
    let mut scene = sweep(60, axes, bowl);
    for trial in &mut scene.trials {
        let kernel = trial.xs[0].unwrap_or(0.0);
        trial.xs[2] = trial.xs[2].filter(|_| kernel == 2.0);
        trial.xs[3] = trial.xs[3].filter(|_| kernel == 1.0).map(f64::round);
    }
    scene.title = "60 trials of TpeSampler, seed 3".to_owned();
    scene.left_out = LeftOut { failed: 1, pruned: 4, ..LeftOut::default() };
    scene
}

/// Eight hyperparameters of every kind.
pub(super) fn eight() -> Scene {
    let axes = vec![
        log("learning_rate", 1e-5, 1e-1),
        linear("layers", 1.0, 6.0),
        linear("dropout", 0.0, 0.5),
        axis("activation", labels(&["relu", "tanh", "gelu", "sigmoid"])),
        axis("batch_size", labels(&["16", "32", "64", "128", "256"])),
        log("weight_decay", 1e-8, 1e-2),
        axis("optimizer", labels(&["Adam", "AdamW", "Sgd"])),
        axis("warm_restarts", labels(&["false", "true"])),
    ];
    let mut scene = sweep(200, axes, bowl);
    for trial in &mut scene.trials {
        trial.xs[1] = trial.xs[1].map(f64::round);
    }
    scene
}

/// Three brackets of Hyperband, where one of 37 evaluations failed.
pub(super) fn ladder() -> Scene {
    let mut scene = sweep(27, vec![log("learning_rate", 1e-5, 1e-1), linear("x", 0.0, 1.0)], bowl);
    let mut fresh = std::mem::take(&mut scene.trials).into_iter().enumerate();
    for (start, count) in [(1.0, 18), (3.0, 6), (9.0, 3)] {
        let mut rung: Vec<_> = fresh.by_ref().take(count).collect();
        let mut resources = start;
        while resources <= 9.0 {
            for (configuration, trial) in &mut rung {
                (trial.number, trial.resources) = (scene.evaluations.len(), Some(resources));
                trial.value += 0.5 / resources + 0.1 * noise(trial.number, 98);
                let value = (trial.number != 4).then_some(trial.value);
                let (number, configuration) = (trial.number, *configuration);
                scene.evaluations.push(Evaluation { number, configuration, resources, value, is_feasible: true });
                scene.trials.extend(value.map(|_| trial.clone()));
            }
            rung.retain(|(_, trial)| trial.number != 4);
            rung.sort_by(|(_, a), (_, b)| a.value.total_cmp(&b.value));
            rung.truncate(rung.len().div_ceil(3));
            resources *= 3.0;
        }
    }
    let largest = scene.trials.iter().filter(|trial| trial.resources == Some(9.0));
    scene.best = largest.min_by(|a, b| a.value.total_cmp(&b.value)).map(|trial| trial.number);
    scene.left_out.failed = 1;
    scene.title = format!("{} trials of Hyperband, seed 7", scene.count());
    scene
}

pub(super) fn many_options() -> Axis {
    axis("choice", AxisKind::Categories((0..30).map(|k| format!("option_{k:02}")).collect()))
}

/// Names and labels that are long, foreign or many, and a hyperparameter with one candidate.
pub(super) fn odd() -> Scene {
    let long = ["a rather long label of a category", "another rather long label", "a third one, longer still"];
    let axes = vec![
        linear("the_number_of_hidden_units_in_the_second_layer_of_the_encoder", 8.0, 512.0),
        axis("größe_β", labels(&["Straße", "naïve", "Жук", "中文"])),
        linear("constant", 42.0, 42.0),
        axis("long", labels(&long)),
        many_options(),
        axis("unbounded", AxisKind::Linear(None)),
    ];
    let mut scene = sweep(90, axes, bowl);
    for trial in &mut scene.trials {
        trial.xs[5] = Some((noise(trial.number, 5) + noise(trial.number, 55) - 1.0) * 3e7);
    }
    scene
}

/// Twelve trials without a value among them.
pub(super) fn failed() -> Scene {
    let mut scene = sweep(0, vec![log("learning_rate", 1e-5, 1e-1)], bowl);
    scene.title = "12 trials of RandomSampler, seed 7".to_owned();
    scene.left_out.failed = 12;
    scene.error = Some("the first error: cannot open `train.csv`: No such file or directory (os error 2)".to_owned());
    scene
}

/// Returns the same in a sweep with budgets.
pub(super) fn failed_at(resources: f64) -> Scene {
    let evaluation = |number| Evaluation { number, configuration: number, resources, value: None, is_feasible: true };
    Scene { evaluations: (0..12).map(evaluation).collect(), ..failed() }
}

/// A hyperparameter that was active in no trial.
pub(super) fn never() -> Scene {
    let axes = vec![log("learning_rate", 1e-5, 1e-1), axis("gamma", AxisKind::Log(None))];
    let mut scene = sweep(20, axes, bowl);
    scene.trials.iter_mut().for_each(|trial| trial.xs[1] = None);
    scene
}

/// Two objectives, one of them to be maximised; every seventh trial violates a constraint.
pub(super) fn traded(count: usize, stretch: impl Fn(f64) -> f64) -> Scene {
    let mut scene = sweep(count, vec![linear("loss (minimize)", 0.0, 1.0)], |_, _| 0.0);
    for trial in &mut scene.trials {
        let (share, waste) = (noise(trial.number, 0), noise(trial.number, 1));
        trial.xs = vec![Some(stretch(0.1 + share + waste))];
        trial.value = 80.0 * share - 20.0 * waste * waste;
    }
    scene.trials.iter_mut().for_each(|trial| trial.is_feasible = trial.number % 7 != 3);
    let place = |number: usize| (scene.trials[number].xs[0].unwrap_or_default(), scene.trials[number].value);
    let beats = |a: (f64, f64), b: (f64, f64)| a.0 <= b.0 && a.1 >= b.1 && a != b;
    let feasible = || (0..count).filter(|number| number % 7 != 3);
    let mut numbers: Vec<usize> =
        feasible().filter(|&number| !feasible().any(|other| beats(place(other), place(number)))).collect();
    numbers.sort_by(|&a, &b| place(a).0.total_cmp(&place(b).0));
    let goals = vec![Goal::Minimize, Goal::Maximize];
    let objective = "images per second (maximize)".to_owned();
    Scene { objective, best: None, front: Some(Front::new(numbers, goals)), ..scene }
}

/// Hyperparameters with the long names of a configuration file, most of them active in some of the trials only.
pub(super) fn ten(count: usize) -> Scene {
    let names = [
        "trainer.learning_rate",
        "trainer.batch_size",
        "title.encoder.num_filters",
        "defaults.category.encoder.embedding_size",
        "combiner.dropout",
        "combiner.activation",
        "trainer.optimizer.type",
        "trainer.optimizer.momentum",
        "preprocessing.vocabulary_size",
        "l2",
    ];
    let kinds = [
        AxisKind::Log(Some((1e-5, 1e-1))),
        labels(&["16", "32", "64", "128", "256"]),
        AxisKind::Linear(Some((8.0, 512.0))),
        AxisKind::Linear(Some((2.0, 7.0))),
        AxisKind::Linear(Some((0.0, 0.5))),
        labels(&["relu", "tanh", "leaky_relu with a slope of 0.01"]),
        labels(&["adam", "sgd"]),
        AxisKind::Linear(Some((0.5, 0.99))),
        AxisKind::Log(Some((1000.0, 100_000.0))),
        AxisKind::Log(Some((1e-9, 1e-2))),
    ];
    let axes = names.into_iter().zip(kinds).map(|(name, kind)| axis(name, kind)).collect();
    let mut scene = sweep(count, axes, |number, units| 2.0 * bowl(number, units));
    for trial in &mut scene.trials {
        for whole in [2, 3, 8] {
            trial.xs[whole] = trial.xs[whole].map(f64::round);
        }
        let is_sgd = trial.xs[6] == Some(1.0);
        trial.xs[7] = trial.xs[7].filter(|_| is_sgd);
        let small = trial.number % 3 > 0;
        trial.xs[9] = trial.xs[9].filter(|_| small);
    }
    scene.left_out.failed = 3;
    scene
}

/// A sampler that has found the best place: most of 300 trials differ by less than a hundredth of what the first ones do.
pub(super) fn converged() -> Scene {
    let mut scene = sweep(300, vec![linear("x", 0.0, 1.0)], |_, _| 0.0);
    for trial in &mut scene.trials {
        let step = if trial.number < 25 { 1.0 } else { 0.1 * (-(trial.number as f64) / 60.0).exp() };
        let x = 0.3 + step * (noise(trial.number, 0) - 0.3);
        (trial.xs, trial.value) = (vec![Some(x)], 0.1 + (x - 0.3).powi(2));
    }
    scene.best = scene.trials.iter().min_by(|a, b| a.value.total_cmp(&b.value)).map(|trial| trial.number);
    scene
}

/// A constraint that the better half violates, and a hyperparameter with eight levels.
pub(super) fn constrained() -> Scene {
    let mut layers = linear("layers", 1.0, 8.0);
    layers.levels = (1..=8).map(f64::from).collect();
    let mut scene = sweep(120, vec![log("learning_rate", 1e-5, 1e-1), layers, linear("units", 1.0, 64.0)], bowl);
    for trial in &mut scene.trials {
        for whole in [1, 2] {
            trial.xs[whole] = trial.xs[whole].map(f64::round);
        }
        trial.is_feasible = trial.value > 0.5;
    }
    let feasible = scene.trials.iter().filter(|trial| trial.is_feasible);
    scene.best = feasible.min_by(|a, b| a.value.total_cmp(&b.value)).map(|trial| trial.number);
    let fates = [Fate::Failed, Fate::Pruned, Fate::Pruned, Fate::Unfinished];
    for (number, trial) in scene.trials.split_off(100).into_iter().enumerate() {
        let fate = fates[number % 4];
        scene.others.push(Other { number: trial.number, fate, xs: trial.xs });
    }
    scene.left_out = LeftOut { failed: 5, pruned: 10, unfinished: 5, ..LeftOut::default() };
    scene
}

/// Two objectives, drawn by a figure of the first.
pub(super) fn two_goals() -> Scene {
    let front = traded(90, |x| x).front;
    let mut scene = three(90);
    scene.trials.iter_mut().for_each(|trial| trial.is_feasible = trial.number % 7 != 3);
    Scene { best: None, further: 1, front, ..scene }
}
