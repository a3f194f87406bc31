//! Sweeps over spaces that are values: the same engine, and so the same histories, as the macros.

use hyperopt::prelude::*;
use hyperopt::{
    Candidates, CandidatesError, Error, InitialPoints, NamedValues, Outcome, Parameters, Point, Search, SearchSpace,
    State, Value,
};
use hyperopt_store::Study;

const SEEDS: u64 = 5;

fn points<P>(ho: &Hyperoptimizer<P>) -> Vec<(Point, Option<f64>)> {
    ho.trials().map(|(trial, _)| (trial.point().clone(), trial.objective())).collect()
}

/// `a`, `b` and `c` of the loops below, with values of one type.
fn space() -> Parameters<f64> {
    Parameters::new()
        .with("a", (-5.0..=5.0).dimension())
        .with("b", log(1..=64).dimension().map(f64::from))
        .with("c", categorical([true, false]).labels([true, false]).dimension().map(f64::from))
}

fn value(params: &[(String, f64)]) -> f64 {
    params.iter().map(|(_, value)| value * value).sum()
}

#[test]
fn one_seed_is_one_history_with_and_without_a_macro() {
    for seed in 0..SEEDS {
        let looped = hyperopt!(
            sampler = TpeSampler::new(),
            seed = seed,
            a = -5.0..=5.0,
            b = log(1..=64),
            c = [true, false],
            for _ in 0..40 {
                a * a + f64::from(b) * f64::from(b) + f64::from(c)
            }
        );
        let search = || Search::new(space()).sampler(TpeSampler::new()).seed(seed);
        let run = search().run(0..40, |_, params| value(&params));
        assert_eq!(points(&looped), points(&run));
        let mut open = search().open();
        for (turn, params) in open.turns(40) {
            turn.tell(value(&params));
        }
        assert_eq!(points(&looped), points(&open.finish()));
        assert!(run.trials().zip(looped.trials()).all(|((_, run), (_, looped))| run[0].1 == looped.a));
    }
}

#[test]
fn threads_have_the_history_of_the_parallel_macro() {
    for seed in 0..SEEDS {
        let looped = phyperopt!(
            workers(2),
            sampler = TpeSampler::new(),
            seed = seed,
            a = -5.0..=5.0,
            b = log(1..=64),
            c = [true, false],
            for _ in 0..40 {
                a * a + f64::from(b) * f64::from(b) + f64::from(c)
            }
        );
        let search = Search::new(space()).sampler(TpeSampler::new()).seed(seed);
        let run = search.run_on(workers(3), 0..40, |_, params| value(&params));
        assert_eq!(points(&looped), points(&run));
    }
}

#[test]
fn budgets_hand_states_on() {
    let looped = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 1,
        a = -5.0..=5.0,
        b = log(1..=64),
        c = [true, false],
        for (resources, state) in 1.0..=27.0 {
            let steps: f64 = state.unwrap_or(0.0);
            assert!(steps < resources);
            ((a * a + f64::from(b) * f64::from(b) + f64::from(c)) / resources, resources)
        }
    );
    let search = || Search::new(space()).sampler(Hyperband::new(3.0)).seed(1);
    let run = search().run(1.0..=27.0, |(resources, state), params| {
        let steps: f64 = state.unwrap_or(0.0);
        assert!(steps < resources);
        (value(&params) / resources, resources)
    });
    assert_eq!(points(&looped), points(&run));
    let open = search().open().run(1.0..=27.0, |resources, params, _| (value(&params) / resources, resources));
    assert_eq!(points(&looped), points(&open));
}

#[test]
fn trials_that_report_are_given_up() {
    let sampler = || RandomSampler::new().pruner(MedianPruner::new().n_startup_trials(2));
    let ho = Search::new(space()).sampler(sampler()).seed(0).run(0..40, |trial, params| {
        for step in 0..5 {
            trial.report(step, value(&params));
            if trial.should_prune() {
                return Outcome::pruned();
            }
        }
        Outcome::value(value(&params))
    });
    let pruned = ho.trials().filter(|(trial, _)| trial.state() == State::Pruned).count();
    assert!(pruned > 5, "{pruned}");
    assert!(ho.trials().all(|(trial, _)| !trial.reports().is_empty()));
}

#[test]
fn what_is_wrong_is_said_with_the_name() {
    let run = |space: Parameters<f64>| Search::new(space).seed(0).run(0..3, |_, params| value(&params));
    assert_eq!(run(space()).error(), None);
    let faulty = run(space().with("d", (2.0..=1.0).dimension()).with("e", (f64::NAN..=1.0).dimension()));
    let Some(Error::Several(errors)) = faulty.error() else { panic!("{:?}", faulty.error()) };
    assert!(
        matches!(&errors[..], [Error::Candidates { name: d, .. }, Error::Candidates { name: e, fault: CandidatesError::NotFinite(_) }] if d == "d" && e == "e")
    );
    let twice = run(space().with("a", (0.0..=1.0).dimension()));
    assert_eq!(twice.error(), Some(&Error::Repeated { name: "a".into() }));
    assert!(twice.is_empty());
}

#[test]
fn points_known_by_name_come_first() {
    let run =
        |known: InitialPoints| Search::new(space()).seed(0).try_first(known).run(0..4, |_, params| value(&params));
    let known = [vec![("a", Value::Float(1.0)), ("c", Value::Bool(false))], vec![("b", Value::Int(7))]];
    let ho = run(InitialPoints::named(known));
    let first: Vec<_> = ho.trials().map(|(_, params)| params.clone()).collect();
    assert_eq!((first[0][0].1, first[0][2].1, first[1][1].1), (1.0, 0.0, 7.0));
    let unknown = run(InitialPoints::named([[("alpha", 1.0)]]));
    assert_eq!(unknown.error(), Some(&Error::Unknown { name: "alpha".into(), value: Value::Float(1.0) }));
    let outside = run(InitialPoints::named([[("a", 7.0)]]));
    assert!(matches!(outside.error(), Some(Error::TryFirst { name, .. }) if name == "a"), "{:?}", outside.error());
}

#[derive(Clone, Debug, PartialEq)]
enum Model {
    Bayes,
    Tree { depth: i32 },
}

#[test]
fn a_space_with_names_is_that_of_the_macro() {
    for seed in 0..SEEDS {
        let looped = hyperopt!(
            sampler = TpeSampler::new(),
            seed = seed,
            kernel = ["linear", "rbf", "poly"],
            gamma = if kernel != "linear" {
                log(1e-4..=1e1)
            },
            degree = match kernel {
                "poly" => 2..=5,
                _ => 1..=1,
            },
            c = 0.0..=1.0,
            for _ in 0..40 {
                gamma.unwrap_or(1.0) + c * f64::from(degree)
            }
        );
        let space = space!(
            kernel = ["linear", "rbf", "poly"],
            gamma = if kernel != "linear" {
                log(1e-4..=1e1)
            },
            degree = match kernel {
                "poly" => 2..=5,
                _ => 1..=1,
            },
            c = 0.0..=1.0
        );
        let run = Search::new(space).sampler(TpeSampler::new()).seed(seed);
        let run = run.run(0..40, |_, p| p.gamma.unwrap_or(1.0) + p.c * f64::from(p.degree));
        assert_eq!(points(&looped), points(&run));
        assert_eq!(looped.space(), run.space());
        assert!(run.trials().zip(looped.trials()).all(|((_, run), (_, looped))| run.gamma == looped.gamma));
    }
}

#[test]
fn fields_may_be_spaces() {
    let tree = hp::randint("depth", 1..9).map(|depth| Model::Tree { depth });
    let space = space!(
        rate = hp::loguniform("lr", -5, 0),
        model = hp::choice("model", (hp::constant(Model::Bayes), tree)),
        prune = if matches!(model, Model::Tree { .. }) {
            [true, false]
        },
        inner = space!(x = [1, 2], y = 0.0..=1.0).map(|p| (p.x, p.y))
    );
    let ho = Search::new(space).seed(0).run(0..60, |_, p| {
        assert_eq!(p.prune.is_some(), p.model != Model::Bayes);
        p.rate + f64::from(p.inner.0) + p.inner.1
    });
    let names: Vec<_> = ho.space().axes().iter().map(|axis| (axis.name(), axis.parents())).collect();
    assert_eq!(names, [("lr", &[][..]), ("model", &[]), ("depth", &[1]), ("prune", &[1, 2]), ("x", &[]), ("y", &[])]);
    let (mut trees, mut others) = (0, 0);
    for (trial, p) in ho.trials() {
        match p.model {
            Model::Bayes => others += 1,
            Model::Tree { depth } => trees += usize::from((1..9).contains(&depth)),
        }
        assert_eq!(trial.point().is_active(3), p.prune.is_some());
    }
    assert!(trees > 10 && others > 10);
}

#[test]
fn the_label_of_an_expression_is_what_is_shown() {
    let ho = hyperopt!(
        seed = 0,
        a = hp::uniform("A", 0, 1),
        b = if a > 0.5 { hp::normal("B", 0, 1) } else { hp::normal("B", 5, 1) },
        for _ in 0..9 {
            a + b
        }
    );
    let names: Vec<_> = ho.space().axes().iter().map(|axis| (axis.name(), axis.parameter())).collect();
    assert_eq!(names, [("A", "A"), ("B", "B"), ("B.else", "B")]);
    assert_eq!(ho.len(), 9);
}

#[test]
fn a_pointer_to_a_space_is_as_good_as_the_space() {
    fn check(space: impl SearchSpace<Params = NamedValues<f64>>) {
        let mut seen = Vec::new();
        let search = Search::new(space).sampler(Hyperband::new(3.0)).seed(7);
        let ho = search.run_trials(1.0..=9.0, |trial, params| {
            seen.push((trial.number(), trial.configuration(), trial.resources(), params.clone()));
            trial.resources()
        });
        let trials = ho
            .trials()
            .map(|(trial, params)| (trial.number(), trial.configuration(), trial.resources(), params.clone()));
        assert_eq!(seen, trials.collect::<Vec<_>>());
        assert!(ho.len() > ho.history().configurations(), "some are resumed");
    }
    let space = || Parameters::new().with("x", (0.0..=1.0).dimension());
    check(space());
    let owned = space();
    check(&owned);
    check(Box::new(space()));
    check(space().boxed());
}

/// The trial that a body is handed, in every kind of sweep, in one thread and in several.
#[test]
fn a_body_knows_its_trial() {
    let space = || Parameters::new().with("x", (0.0..=1.0).dimension());
    let counted = Search::new(space()).seed(7).run_trials(0..20, |trial, _| {
        assert_eq!((trial.configuration(), trial.resources(), trial.should_prune()), (trial.number(), None, false));
        trial.number() as f64
    });
    assert_eq!(counted.results().collect::<Vec<_>>(), (0..20).map(|n| Some(f64::from(n))).collect::<Vec<_>>());
    let pruned = |parallel: bool| {
        let search = Search::new(space()).sampler(RandomSampler::new().pruner(MedianPruner::new()).batch(4)).seed(7);
        let body = |trial: &hyperopt::RunningTrial, params: NamedValues<f64>| {
            for step in 0..4 {
                trial.report(step, params[0].1);
                if trial.should_prune() {
                    return Outcome::pruned();
                }
            }
            Outcome::value(params[0].1)
        };
        let ho = if parallel { search.run_trials_on(workers(3), 0..60, body) } else { search.run_trials(0..60, body) };
        assert!(ho.history().count(State::Pruned) > 10, "{ho}");
        ho.history().trials().iter().map(|trial| (trial.state(), trial.reports().to_vec())).collect::<Vec<_>>()
    };
    assert_eq!(pruned(false), pruned(true));
    let budgets = Search::new(space()).sampler(Asha::new(3.0).batch(4)).seed(7);
    let ho = budgets.run_trials_on(workers(3), 1..=9, |trial, params| {
        params[0].1 + trial.configuration() as f64 / trial.resources().unwrap_or(f64::NAN)
    });
    assert!(ho.trials().all(|(trial, params)| {
        trial.objective() == Some(params[0].1 + trial.configuration() as f64 / trial.resources().unwrap())
    }));
}

/// A space of several types that is known only at run time has the history of the loop, is kept in a study without labels of
/// one's own, and its values are found by name.
#[test]
fn values_of_several_types_have_names() -> Result<(), Box<dyn std::error::Error>> {
    let space = || {
        let rate = Parameters::new().with_value("rate", log(1e-3..=1.0));
        let listed = rate.with_value("kernel", ["linear", "rbf"]).with_value("bias", vec![true, false, true]);
        listed.with_value("width", ordinal([8_u8, 16])).with_value("depth", 1..=8_i64)
    };
    let body = |params: &NamedValues| {
        let [rate, width, depth] = ["rate", "width", "depth"].map(|name| params[name].as_f64().unwrap());
        let kernel = if params["kernel"].as_str() == Some("rbf") { 1.0 } else { 2.0 };
        rate * width * depth * kernel + if params["bias"].as_bool() == Some(true) { 0.0 } else { 0.5 }
    };
    let ho = Search::new(space()).sampler(TpeSampler::new()).seed(7).run(0..30, |_, params| body(&params));
    let looped = hyperopt!(
        sampler = TpeSampler::new(),
        seed = 7,
        rate = log(1e-3..=1.0),
        kernel = ["linear", "rbf"],
        bias = vec![true, false, true],
        width = ordinal([8_u8, 16]),
        depth = 1..=8_i64,
        for _ in 0..30 {
            let kernel = if kernel == "rbf" { 1.0 } else { 2.0 };
            rate * f64::from(width) * depth as f64 * kernel + if bias { 0.0 } else { 0.5 }
        }
    );
    assert_eq!(points(&ho), points(&looped));
    let (best, expected) = (ho.best()?, looped.best()?);
    assert_eq!(best.params["rate"], Value::Float(expected.params.rate));
    assert_eq!(best.params.get("none"), None);
    assert_eq!(best.params.names().collect::<Vec<_>>(), ["rate", "kernel", "bias", "width", "depth"]);
    // The same without types, where a guard leaves a value out.
    assert_eq!(looped.sweep().best()?.params, *best.params);
    assert_eq!((looped.sweep().best()?.number, looped.sweep().best()?.value), (best.number, best.value));
    let directory = std::env::temp_dir().join(format!("hyperopt-named-values-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    let url = format!("sqlite:{}", directory.join("study.db").display());
    let study = || Study::open(&url).unwrap().name("named");
    let run = |head| Search::new(space()).seed(7).study(study()).run(head, |_, params| body(&params));
    let _ = run(0..5);
    assert_eq!((run(0..9).len(), run(0..9).error()), (9, None));
    // A stored sweep is one to continue, and one to transfer from.
    let read = study().read()?;
    let more = Search::new(space()).earlier(&read).run(0..3, |_, params| body(&params));
    let other = Search::new(space()).transfer(read).seed(8).run(0..3, |_, params| body(&params));
    assert_eq!((more.len(), more.error(), other.error()), (12, None, None));
    assert_eq!(body(other.trials().next().unwrap().1), more.minimum()?.min(run(0..9).minimum()?));
    std::fs::remove_dir_all(directory)?;
    Ok(())
}

#[test]
fn a_name_that_is_none_is_named() {
    let ho = Search::new(Parameters::new().with("a", 0.0..=1.0))
        .on_error(OnError::Continue)
        .run(0..1, |_, params| params["a"]);
    let panic = std::panic::catch_unwind(|| ho.best().unwrap().params["b"]).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert_eq!(text, "there is no value of `b` in this trial, which has `a`");
}

#[test]
fn a_sweep_without_a_best_trial_says_why() {
    let ho = Search::new(Parameters::new().with("a", 0.0..=1.0)).run(0..2, |_, _| None::<f64>);
    assert_eq!(ho.sweep().best().unwrap_err(), ho.best().unwrap_err());
    let ho =
        Search::new(Parameters::new().with("a", 0.0..=1.0)).goal([Minimize, Maximize]).run(0..2, |_, p| [p["a"]; 2]);
    assert!(matches!(ho.sweep().best(), Err(Error::SeveralGoals { goals: 2 })));
}
