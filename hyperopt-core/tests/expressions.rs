//! The laws of the expressions of `hp`, their axes, and what every sampler makes of them.

use std::collections::BTreeMap;

use hyperopt_core::{
    Axis, BohbSampler, Candidates, CandidatesError, ClhSampler, Dimension, Error, GridSampler, Hyperoptimizer, Kind,
    LhsSampler, Nsga2Sampler, Parameters, PriorBandSampler, QmcSampler, RandomSampler, Sampler, Search, SearchSpace,
    TpeSampler, Value, bilog, hp, linrange, log, logit,
};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

const DRAWS: usize = 4000;

/// Expressions of numbers, and how Python's hyperopt draws them, cut off at the bounds: from a number that is even over
/// [0, 1), and one that is standard normal.
type Drawn = fn(f64, f64) -> f64;

fn rounded(x: f64, q: f64) -> f64 {
    (x / q).round_ties_even() * q
}

fn numbers() -> Vec<(hp::Expression<f64>, Drawn)> {
    vec![
        (hp::uniform("x0", -3, 5), |u, _| -3.0 + 8.0 * u),
        (hp::quniform("x1", 0, 1, 0.25), |u, _| rounded(u, 0.25)),
        (hp::quniform("x2", 0, 1, 0.4), |u, _| rounded(u, 0.4)),
        (hp::quniform("x3", 1, 6, 4), |u, _| rounded(1.0 + 5.0 * u, 4.0).clamp(1.0, 6.0)),
        (hp::quniform("x4", -2.5, 2.5, 1), |u, _| rounded(-2.5 + 5.0 * u, 1.0)),
        (hp::quniform("x5", 0.35, 7.2, 0.1), |u, _| rounded(0.35 + 6.85 * u, 0.1).clamp(0.35, 7.2)),
        (hp::loguniform("x6", -5, 2), |u, _| (-5.0 + 7.0 * u).exp()),
        (hp::qloguniform("x7", -1, 4, 2), |u, _| {
            rounded((-1.0 + 5.0 * u).exp(), 2.0).clamp((-1.0_f64).exp(), 4.0_f64.exp())
        }),
        (hp::normal("x8", 5, 2), |_, n| 5.0 + 2.0 * n),
        (hp::qnormal("x9", 0, 3, 2), |_, n| rounded(3.0 * n, 2.0)),
        (hp::lognormal("x10", 1, 0.5), |_, n| (1.0 + 0.5 * n).exp()),
        (hp::qlognormal("x11", 0, 1, 1), |_, n| rounded(n.exp(), 1.0)),
    ]
}

fn axis<V>(dimension: &Dimension<V>) -> Axis {
    dimension.axis("x", "x", &[]).unwrap()
}

fn draws<S: SearchSpace>(space: S, seed: u64) -> Hyperoptimizer<S::Params> {
    Search::new(space).repeats(true).seed(seed).run(0..DRAWS, |_, _| 0.0)
}

/// By how many standard deviations the counts of two samples differ too much: χ² over cells of one expected size or more.
fn excess(a: &[f64], b: &[f64], cells: &[f64]) -> f64 {
    let count = |sample: &[f64]| {
        let mut counts = vec![0.0_f64; cells.len() + 1];
        for x in sample {
            counts[cells.partition_point(|cell| cell < x)] += 1.0;
        }
        counts
    };
    let (a, b) = (count(a), count(b));
    let both: Vec<_> = a.iter().zip(&b).filter(|(a, b)| *a + *b >= 10.0).collect();
    let chi: f64 = both.iter().map(|(a, b)| (*a - *b).powi(2) / (*a + *b)).sum();
    let freedom = (both.len() as f64 - 1.0).max(1.0);
    (chi - freedom) / (2.0 * freedom).sqrt()
}

/// Two samples of one law differ by more than six deviations in none of these; those of another law do.
#[test]
fn random_search_draws_what_python_draws() {
    for (seed, (expression, drawn)) in (0..).zip(numbers()) {
        let ours: Vec<f64> = draws(&expression, seed).trials().map(|(_, x)| *x).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut theirs: Vec<f64> = (0..DRAWS)
            .map(|_| {
                let (u, v): (f64, f64) = (rng.random(), rng.random());
                drawn(v, (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos())
            })
            .collect();
        let other: Vec<f64> = theirs.iter().map(|x| x + 0.15 * (x.abs() + 1.0)).collect();
        theirs.sort_by(f64::total_cmp);
        let mut cells: Vec<f64> = (1..40).map(|k| theirs[k * DRAWS / 40] + 1e-9).collect();
        cells.dedup();
        let (same, different) = (excess(&ours, &theirs, &cells), excess(&other, &theirs, &cells));
        assert!(same < 6.0, "{expression:?}: {same}");
        assert!(different > 6.0, "{expression:?}: {different}");
    }
}

#[test]
fn integers_and_options_have_their_shares() {
    let shares = |values: &mut dyn Iterator<Item = String>| {
        let mut counts = BTreeMap::<String, f64>::new();
        values.for_each(|value| *counts.entry(value).or_default() += 1.0 / DRAWS as f64);
        counts
    };
    let close = |found: &BTreeMap<String, f64>, expected: &[(&str, f64)]| {
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (name, share) in expected {
            let error = (share * (1.0 - share) / DRAWS as f64).sqrt();
            assert!((found[*name] - share).abs() < 4.5 * error, "{found:?}");
        }
    };
    let ints = shares(&mut draws(hp::uniformint("k", 1, 4), 0).trials().map(|(_, k)| k.to_string()));
    close(&ints, &[("1", 1.0 / 6.0), ("2", 1.0 / 3.0), ("3", 1.0 / 3.0), ("4", 1.0 / 6.0)]);
    let ints = shares(&mut draws(hp::randint("k", 5..8), 1).trials().map(|(_, k)| k.to_string()));
    close(&ints, &[("5", 1.0 / 3.0), ("6", 1.0 / 3.0), ("7", 1.0 / 3.0)]);
    let chosen = hp::pchoice("c", [(0.7, "a"), (0.0, "never"), (0.1, "b"), (0.2, "c")]);
    let chosen = shares(&mut draws(chosen, 2).trials().map(|(_, c)| (*c).to_owned()));
    close(&chosen, &[("a", 0.7), ("b", 0.1), ("c", 0.2)]);
    let branches = hp::pchoice("c", ((0.25, hp::constant(0.0)), (0.75, hp::uniform("x", 1, 2))));
    let chosen = shares(&mut draws(branches, 3).trials().map(|(_, x)| x.floor().to_string()));
    close(&chosen, &[("0", 0.25), ("1", 0.75)]);
}

/// An axis of each new kind.
fn axes() -> Vec<Axis> {
    let mut axes: Vec<Axis> = numbers().into_iter().map(|(expression, _)| axis(&expression.dimension())).collect();
    axes.push(axis(&hp::uniformint("k", -3, 60).dimension()));
    axes.push(axis(&hp::pchoice("c", [(0.7, 1), (0.1, 2), (0.2, 3)]).dimension()));
    axes.push(axis(&hp::qnormal("x", 0, 1, 1e-3).dimension()));
    axes.push(axis(&hp::qnormal("x", -5, 1e-3, 2).dimension()));
    axes.push(axis(&hp::qlognormal("x", 2, 4, 1).dimension()));
    axes.push(axis(&hp::quniform("x", 0.5, 0.5, 1).dimension()));
    axes.push(axis(&logit(0.01..=0.9).dimension()));
    axes.push(axis(&bilog(-100.0..=1e6).dimension()));
    axes.push(axis(&bilog(-20..=1000).dimension()));
    axes.push(axis(&log(linrange(0.003, 7.0, 12)).dimension()));
    axes.push(axis(&bilog(linrange(-5.0, 50.0, 9)).dimension()));
    axes.push(axis(&logit(linrange(0.1, 0.9, 1)).dimension()));
    axes
}

#[test]
fn cells_divide_the_unit_interval_and_values_lead_back() {
    for axis in axes() {
        let within = |value: Option<f64>| value.zip(axis.bounds()).is_none_or(|(x, (lo, hi))| (lo..=hi).contains(&x));
        let Some(levels) = axis.levels() else {
            for unit in [0.0, 1e-9, 0.01, 0.3, 0.5, 0.77, 0.999, 1.0] {
                let value = axis.value(unit);
                assert!(within(value.as_f64()), "{axis:?} {unit} {value}");
                let back = axis.unit_of_value(&value).unwrap();
                assert!((back - unit).abs() < 1e-9, "{axis:?} {unit} {back}");
            }
            continue;
        };
        let mut last = 0.0;
        let all = (0..levels).step_by((levels as usize / 1000).max(1)).chain([levels - 1]);
        for level in all {
            let unit = axis.unit_of(level).unwrap();
            assert_eq!(axis.level(unit), Some(level), "{axis:?}");
            let value = axis.value(unit);
            assert!(within(value.as_f64()), "{axis:?} {value}");
            assert_eq!(axis.unit_of_value(&value), Some(unit), "{axis:?} {value}");
            assert!(unit >= last, "{axis:?} {value}");
            last = unit;
        }
        assert_eq!((axis.level(0.0), axis.level(1.0)), (Some(0), Some(levels - 1)), "{axis:?}");
    }
}

#[test]
fn numbers_are_what_is_written() {
    let all = |dimension: Dimension<f64>| -> Vec<f64> {
        let axis = axis(&dimension);
        (0..axis.levels().unwrap()).map(|level| dimension.decode(axis.unit_of(level).unwrap())).collect()
    };
    assert_eq!(all(log(linrange(1e-4, 1e-1, 4)).dimension()), [1e-4, 1e-3, 1e-2, 1e-1]);
    assert_eq!(all(hp::quniform("x", 0, 1, 0.1).dimension())[3], 0.3);
    assert_eq!(all(hp::quniform("x", 1, 6, 4).dimension()), [1.0, 4.0]);
    assert_eq!(all(hp::quniform("x", 0, 1, 0.4).dimension()), [0.0, 0.4, 0.8]);
    assert_eq!(axis(&bilog(-2..=3).dimension()).kind(), Kind::Ordered(6));
    assert_eq!(axis(&hp::choice("c", [true, false]).dimension()).value(0.0), Value::Bool(true));
}

#[derive(Clone, Debug, PartialEq)]
enum Model {
    Bayes,
    Svm { c: f64, degree: Option<u8> },
}

fn nested() -> impl SearchSpace<Params = (f64, Model)> {
    let kernel = hp::choice("kernel", (hp::constant(None), hp::randint("degree", 2_u8..5).map(Some)));
    let svm = (hp::lognormal("C", 0, 1), kernel).map(|(c, degree)| Model::Svm { c, degree });
    (hp::uniform("x", 0, 1), hp::choice("model", (hp::constant(Model::Bayes), svm)))
}

#[test]
fn only_the_chosen_branch_has_values() {
    let ho = Search::new(nested()).seed(3).run(0..200, |_, (x, model)| match model {
        Model::Bayes => 2.0 + x,
        Model::Svm { c, degree } => c / 100.0 + f64::from(degree.unwrap_or(9)),
    });
    let names: Vec<_> = ho.space().axes().iter().map(|axis| (axis.name(), axis.parents())).collect();
    assert_eq!(names, [("x", &[][..]), ("model", &[]), ("C", &[1]), ("kernel", &[1]), ("degree", &[1, 3])]);
    assert_eq!(ho.space().axes()[1].labels().unwrap(), ["Bayes".into(), "Svm".into()]);
    for (trial, (x, model)) in ho.trials() {
        let active: Vec<bool> = (0..5).map(|axis| trial.point().is_active(axis)).collect();
        let (is_svm, has_degree) = match model {
            Model::Bayes => (false, false),
            Model::Svm { degree, .. } => (true, degree.is_some()),
        };
        assert_eq!(active, [true, true, is_svm, is_svm, has_degree]);
        assert_eq!(ho.space().value("x", trial.point()), Some(Value::Float(*x)));
    }
    assert!(ho.trials().any(|(_, (_, model))| matches!(model, Model::Svm { degree: Some(4), .. })));
}

/// Every sampler proposes points of such axes, and a sweep over them ends well.
#[test]
fn every_sampler_takes_every_axis() {
    fn check<S: Sampler + 'static>(name: &str, sampler: impl Fn() -> S) {
        let numbers: Vec<_> = numbers().into_iter().map(|(expression, _)| expression).collect();
        let chosen = (hp::uniformint("k", 1, 9), hp::pchoice("c", [(0.9, 1.0), (0.1, 2.0)]));
        let scales = [("bilog", bilog(-9.0..=9.0).dimension()), ("logit", logit(0.1..=0.8).dimension())];
        let scales = scales.into_iter().fold(Parameters::new(), |all, (name, dimension)| all.with(name, dimension));
        let scales = scales.with("steps", log(linrange(1.0, 9.0, 5)).dimension());
        let search = Search::new((numbers, chosen, scales)).sampler(sampler()).seed(1);
        let ho = search
            .run(0..40, |_, (x, (k, c), _)| x.iter().map(|x| (x - 1.0).abs().min(9.0)).sum::<f64>() + f64::from(k) + c);
        assert_eq!((ho.error(), ho.len()), (None, 40), "{name}");
        for (trial, (x, ..)) in ho.trials() {
            for ((axis, unit), value) in ho.space().axes().iter().zip(trial.point().iter()).zip(x) {
                let (lo, hi) = axis.bounds().unwrap();
                assert!((lo..=hi).contains(value), "{name} {axis:?} {value}");
                assert_eq!(axis.value(unit.unwrap()).as_f64(), Some(*value));
            }
        }
        let ho = Search::new(nested()).sampler(sampler()).seed(1).run(0..40, |_, (x, model)| match model {
            Model::Bayes => x,
            Model::Svm { c, .. } => c.min(9.0),
        });
        assert_eq!((ho.error(), ho.len()), (None, 40), "{name}");
    }
    check("random", RandomSampler::new);
    check("grid", || GridSampler::new().resolution(4));
    check("lhs", LhsSampler::new);
    check("clh", ClhSampler::new);
    check("qmc", QmcSampler::new);
    check("tpe", || TpeSampler::new().startup(5));
    check("bohb", BohbSampler::new);
    check("nsga2", Nsga2Sampler::new);
    check("priorband", PriorBandSampler::new);
    #[cfg(feature = "models")]
    {
        check("gp", hyperopt_core::GpSampler::new);
        check("cma_es", hyperopt_core::CmaEsSampler::new);
        check("auto", hyperopt_core::AutoSampler::new);
    }
}

#[test]
fn faults_name_the_label_and_what_to_write() {
    fn fault<S: SearchSpace>(space: S) -> String {
        let ho = Search::new(space).seed(0).run(0..3, |_, _| 0.0);
        assert!(ho.is_empty());
        ho.error().unwrap().to_string()
    }
    let sound = Search::new(hp::uniform("x", 1, 2)).seed(0).run(0..3, |_, x| x);
    assert_eq!((sound.error(), sound.len()), (None, 3));
    for (found, expected) in [
        (
            fault(hp::uniform("x", 2, 1)),
            r#"hyperparameter `x`: `hp::uniform("x", 2.0, 1.0)` runs backwards; write `hp::uniform("x", 1.0, 2.0)`"#,
        ),
        (
            fault(hp::uniform("x", f64::NAN, 1)),
            r#"hyperparameter `x`: `hp::uniform("x", NaN, 1.0)` has a bound that is not a finite number"#,
        ),
        (
            fault(hp::quniform("x", 0, 1, 0)),
            r#"hyperparameter `x`: `hp::quniform("x", 0.0, 1.0, 0.0)` rounds to multiples of 0; write a step above 0"#,
        ),
        (
            fault(hp::uniformint("x", 3, 1)),
            r#"hyperparameter `x`: `hp::uniformint("x", 3, 1)` runs backwards; write `hp::uniformint("x", 1, 3)`"#,
        ),
        (
            fault(hp::normal("x", 0, -1)),
            r#"hyperparameter `x`: `hp::normal("x", 0.0, -1.0)` has the deviation -1; write one above 0"#,
        ),
        (
            fault(hp::loguniform("x", 1, 1000)),
            r#"hyperparameter `x`: `hp::loguniform("x", 1.0, 1000.0)` takes logarithms, and e^1000 is not a finite positive `f64`; write `1e-3_f64.ln()` for 0.001"#,
        ),
        (fault(hp::randint("x", 0)), "hyperparameter `x`: there are no candidates; give at least one value"),
        (
            fault(hp::choice("x", Vec::<i32>::new())),
            "hyperparameter `x`: there are no candidates; give at least one value",
        ),
        (
            fault(hp::pchoice("x", [(0.5, 1), (0.75, 2)])),
            "hyperparameter `x`: the probabilities [0.5, 0.75] sum to 1.25; write probabilities that are not negative and sum to 1",
        ),
        (
            fault((hp::uniform("x", 0, 1), hp::normal("x", 0, 1))),
            "there are two hyperparameters `x`; give one of them another name",
        ),
        (
            fault(hp::qnormal("x", 0, 1e9, 1e-9)),
            "hyperparameter `x`: more than 2^53 integers cannot be told apart; use a range of `f64` and round in the body",
        ),
    ] {
        assert_eq!(found, expected);
    }
    assert!(fault(hp::lognormal("x", 0, 1000)).contains("takes logarithms"));
    assert!(fault(hp::choice("x", (hp::uniform("y", 1, 0), hp::uniform("y", 0, 1)))).contains("runs backwards"));
    let odds = Parameters::new().with("x", logit(0.0..=0.5).dimension());
    let ho = Search::new(odds).run(0..3, |_, _| 0.0);
    assert!(matches!(ho.error(), Some(Error::Candidates { fault: CandidatesError::Odds(_), .. })));
}
