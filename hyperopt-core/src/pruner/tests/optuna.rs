//! Compares all decisions with those of Optuna 4.6.0. `optuna_decisions.py` drew the same tables and wrote
//! `optuna_decisions.txt`.

use crate::history::{Goal, History};
use crate::pruner::tests::run;
use crate::pruner::{
    MedianPruner, PatientPruner, PercentilePruner, Pruner, SuccessiveHalvingPruner, ThresholdPruner, WilcoxonPruner,
};

/// Knuth's MMIX generator.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// The reports of the trials of a table, and their objectives; `None` is a failed trial.
type Table = Vec<(Vec<(u64, f64)>, Option<f64>)>;

struct Shape {
    trials: usize,
    reports: u64,
    gap: u64,
    /// In percent.
    nan: u64,
}

/// Curves of learning; all values are sixteenths.
fn curves(seed: u64, shape: &Shape) -> Table {
    let mut numbers = Numbers(seed);
    let trial = |_| {
        let (quality, mut step, mut values) = (numbers.below(24), numbers.below(2), Vec::new());
        for k in 0..shape.reports {
            let sixteenths = 4 * quality + numbers.below(33) + 96_u64.saturating_sub(8 * k);
            let value = sixteenths as f64 / 16.0;
            values.push((step, if numbers.below(100) < shape.nan { f64::NAN } else { value }));
            step += 1 + numbers.below(shape.gap);
        }
        let last = values[values.len() - 1].1;
        let failed = numbers.below(12) == 0 || last.is_nan();
        (values, (!failed).then_some(last))
    };
    (0..shape.trials).map(trial).collect()
}

/// Returns the same instances for all trials, each in an order of its own; the objective is the mean.
fn instances(seed: u64, shape: &Shape) -> Table {
    let mut numbers = Numbers(seed);
    let trial = |_| {
        let quality = numbers.below(24);
        let mut order: Vec<_> = (0..shape.reports).collect();
        for k in (1..order.len()).rev() {
            order.swap(k, numbers.below(k as u64 + 1) as usize);
        }
        let mut values = Vec::new();
        for instance in order {
            let noise = numbers.below(if shape.gap == 1 { 64 } else { 6 });
            let is_nan = numbers.below(100) < shape.nan;
            let sixteenths = 37 * instance % 101 + 4 * quality + noise;
            values.push((instance, if is_nan { f64::NAN } else { sixteenths as f64 / 16.0 }));
        }
        let failed = numbers.below(12) == 0 || values.iter().any(|(_, value)| value.is_nan());
        let mean = values.iter().map(|(_, value)| value).sum::<f64>() / values.len() as f64;
        (values, (!failed).then_some(mean))
    };
    (0..shape.trials).map(trial).collect()
}

fn pruner(name: &str) -> Box<dyn Pruner> {
    match name {
        "median" => Box::new(MedianPruner::new()),
        "median-late" => Box::new(MedianPruner::new().n_startup_trials(2).n_warmup_steps(3).interval_steps(3)),
        "median-min" => Box::new(MedianPruner::new().n_startup_trials(0).n_min_trials(4)),
        "percentile-25" => Box::new(PercentilePruner::new(25.0)),
        "percentile-90" => {
            Box::new(PercentilePruner::new(90.0).n_startup_trials(1).n_warmup_steps(1).interval_steps(2))
        }
        "percentile-0" => Box::new(PercentilePruner::new(0.0).n_startup_trials(3)),
        "patient" => Box::new(PatientPruner::alone(2)),
        "patient-0" => Box::new(PatientPruner::alone(0).min_delta(0.5)),
        "patient-median" => Box::new(PatientPruner::new(MedianPruner::new(), 1).min_delta(0.25)),
        "threshold" => Box::new(ThresholdPruner::new().lower(1.0).upper(11.0)),
        "threshold-upper" => Box::new(ThresholdPruner::new().upper(7.5).n_warmup_steps(2).interval_steps(3)),
        "halving" => Box::new(SuccessiveHalvingPruner::new().min_resource(1)),
        "halving-2" => Box::new(SuccessiveHalvingPruner::new().min_resource(2).reduction_factor(2)),
        "halving-late" => {
            Box::new(SuccessiveHalvingPruner::new().min_resource(1).reduction_factor(3).min_early_stopping_rate(1))
        }
        "halving-bootstrap" => {
            Box::new(SuccessiveHalvingPruner::new().min_resource(2).reduction_factor(3).bootstrap_count(3))
        }
        "halving-auto" => Box::new(SuccessiveHalvingPruner::new()),
        "wilcoxon" => Box::new(WilcoxonPruner::new()),
        "wilcoxon-long" => Box::new(WilcoxonPruner::new().p_threshold(0.02)),
        "wilcoxon-late" => Box::new(WilcoxonPruner::new().p_threshold(0.4).n_startup_steps(8)),
        _ => panic!("{name} is new"),
    }
}

#[test]
fn decisions_are_those_of_optuna() {
    let mut given_up = 0;
    let lines = include_str!("optuna_decisions.txt").lines();
    for line in lines {
        let (case, expected) = line.split_once(" : ").unwrap();
        let fields: Vec<_> = case.split(' ').collect();
        let [name, goal, numbers @ ..] = &fields[..] else { panic!("{line}") };
        let numbers: Vec<u64> = numbers.iter().map(|number| number.parse().unwrap()).collect();
        let [seed, trials, reports, gap, nan] = numbers[..] else { panic!("{line}") };
        let shape = Shape { trials: trials as usize, reports, gap, nan };
        let table = if name.starts_with("wilcoxon") { instances(seed, &shape) } else { curves(seed, &shape) };
        let goal = if *goal == "minimize" { Goal::Minimize } else { Goal::Maximize };
        let (mut pruner, mut history) = (pruner(name), History::default());
        pruner.check().unwrap();
        let decisions = table.iter().map(|(values, objective)| {
            let decision = run(&mut *pruner, goal, &mut history, values, *objective);
            decision.map_or_else(|| "-".to_owned(), |count| count.to_string())
        });
        let decisions: Vec<_> = decisions.collect();
        assert_eq!(decisions.join(" "), expected, "{case}");
        given_up += decisions.iter().filter(|decision| *decision != "-").count();
    }
    assert!(given_up > 2000, "{given_up}");
}
