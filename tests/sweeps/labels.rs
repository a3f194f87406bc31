//! Labels of values that are listed elsewhere, and what becomes of trials when their list changes.

use hyperopt::fmin::fmin;
use hyperopt::prelude::*;
use hyperopt::{Candidates, InitialPoints, Parameters, Search, Sweep, hp};

use crate::memory::Memory;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Relu,
    Tanh,
    Gelu,
}

const ALL: [Act; 3] = [Act::Relu, Act::Tanh, Act::Gelu];
const REORDERED: [Act; 3] = [Act::Gelu, Act::Relu, Act::Tanh];

impl Act {
    fn all() -> Vec<Self> {
        ALL.to_vec()
    }

    fn loss(self) -> f64 {
        f64::from(self as u8)
    }
}

/// Can be neither compared nor shown.
#[derive(Clone)]
struct Opaque(f64);

fn labels(sweep: &Sweep, axis: usize) -> Vec<String> {
    sweep.space().axes()[axis].labels().unwrap().iter().map(ToString::to_string).collect()
}

#[test]
fn lists_that_are_not_written_out_are_labelled_by_debug() {
    let variable = ALL;
    let (first, second, third) = (Act::Relu, Act::Tanh, Act::Gelu);
    let ho = hyperopt!(
        constant = ALL,
        function = Act::all(),
        held = variable,
        borrowed = &variable,
        marked = categorical(ALL),
        copied = ALL.to_vec(),
        ordered = ordinal(Act::all()),
        // Names of variables say nothing of their values.
        named = [first, second, third],
        mixed = categorical([Act::Relu, second, third]),
        for _ in 0..3 {
            let _ = (constant, function, held, borrowed, marked, copied, ordered, named, mixed);
            0
        }
    );
    for axis in 0..9 {
        assert_eq!(labels(ho.sweep(), axis), ["Relu", "Tanh", "Gelu"], "axis {axis}");
    }
    let numbers = vec![0.5, 0.25];
    let ho = hyperopt!(
        number = &numbers,
        option = vec![None, Some(3)],
        held = numbers.iter().map(|&number| Some(number)).collect::<Vec<_>>(),
        for _ in 0..3 {
            let _ = (number, option, held);
            0
        }
    );
    assert_eq!(labels(ho.sweep(), 0), ["0.5", "0.25"]);
    assert_eq!(labels(ho.sweep(), 1), ["None", "Some(3)"]);
    assert_eq!(labels(ho.sweep(), 2), ["Some(0.5)", "Some(0.25)"]);
}

#[test]
fn objectives_stay_with_their_values_when_a_list_is_reordered() {
    let memory = Memory::default();
    macro_rules! sweep {
        ($list:expr $(, $setting:ident = $value:expr)*) => {
            hyperopt!($($setting = $value,)* act = $list, x = 0.0..=1.0, for _ in 0..6 { act.loss() + 0.0 * x })
        };
    }
    macro_rules! are_right {
        ($ho:expr) => {
            $ho.trials().all(|(trial, params)| trial.objective() == Some(params.act.loss()))
        };
    }
    let earlier = sweep!(ALL, seed = 1);
    let _ = sweep!(ALL, seed = 1, study = memory.handle());
    let expected = "hyperparameter `act` had the candidates [Relu, Tanh, Gelu], and now has [Gelu, Relu, Tanh]; keep them, \
                    or begin a new sweep";
    for ho in [sweep!(REORDERED, ho = &earlier).into_sweep(), sweep!(REORDERED, study = memory.handle()).into_sweep()] {
        assert!(ho.error().unwrap().to_string().ends_with(expected), "{ho}");
    }
    assert!(are_right!(earlier));
    let later = sweep!(REORDERED, seed = 2, try_first = earlier.best_points(6));
    for ((_, old), (_, new)) in earlier.history().ranked(Minimize).iter().zip(later.trials()) {
        assert_eq!(Some(new.act.loss()), Some(*old));
    }
    let later = sweep!(REORDERED, seed = 2, transfer = &earlier);
    assert_eq!(later.trials().next().unwrap().1.act, earlier.best().unwrap().params.act);
    let ho = sweep!(ALL, study = memory.handle());
    assert!(ho.error().is_none() && are_right!(ho), "{ho}");
}

#[test]
fn values_without_labels_are_not_handed_on() {
    let functions: [fn(f64) -> f64; 2] = [f64::sqrt, f64::cbrt];
    let opaque = vec![Opaque(1.0), Opaque(2.0)];
    macro_rules! sweep {
        ($first:expr, $second:expr $(, $setting:ident = $value:expr)*) => {
            hyperopt!($($setting = $value,)* f = $first, o = $second, for _ in 0..4 { f(o.0) })
        };
    }
    let labelled = || (categorical(functions).labels(["sqrt", "cbrt"]), ordinal(opaque.clone()).labels(["one", "two"]));
    let numbered = || (categorical(functions).labels(["#0", "#1"]), ordinal(opaque.clone()).labels(["#0", "#1"]));
    // In itself, such a sweep is fine.
    let earlier = sweep!(functions, ordinal(opaque.clone()), seed = 1);
    assert_eq!(
        (labels(earlier.sweep(), 0), labels(earlier.sweep(), 1)),
        (vec!["#0".into(), "#1".into()], vec!["#0".into(), "#1".into()])
    );
    let memory = Memory::default();
    let refused = [
        ("a study", sweep!(functions, ordinal(opaque.clone()), study = memory.handle()).into_sweep()),
        ("`ho`", sweep!(functions, ordinal(opaque.clone()), ho = &earlier).into_sweep()),
        ("`transfer`", sweep!(functions, ordinal(opaque.clone()), transfer = &earlier).into_sweep()),
        ("`best_points`", sweep!(functions, ordinal(opaque.clone()), try_first = earlier.best_points(2)).into_sweep()),
    ];
    for (keeper, sweep) in refused {
        let fault = |name: &str, function: &str| {
            format!(
                "hyperparameter `{name}`: its values have no labels, so {keeper} would know them by their places in the list \
                 only, which may change; write `{function}(..).labels([..])` (\"#0\", \"#1\" and so on for those that were \
                 kept without labels)"
            )
        };
        let expected = format!("{}\n{}", fault("f", "categorical"), fault("o", "ordinal"));
        assert_eq!((sweep.error().unwrap().to_string(), sweep.history().len()), (expected, 0));
    }
    // The advice works, for what was kept before too.
    let (f, o) = labelled();
    assert_eq!(sweep!(f, o, study = memory.handle()).len(), 4);
    let (f, o) = labelled();
    assert_eq!(sweep!(f, o, study = memory.handle()).len(), 4);
    let (f, o) = numbered();
    assert_eq!(sweep!(f, o, ho = &earlier).len(), 8);
    let (f, o) = numbered();
    assert_eq!(sweep!(f, o, try_first = earlier.best_points(2)).len(), 4);
}

#[test]
fn spaces_that_are_values_follow_the_same_rule() {
    let space = || Parameters::new().with("o", vec![Opaque(1.0), Opaque(2.0)].dimension());
    let memory = Memory::default();
    let ho = Search::new(space()).study(memory.handle()).run(0..2, |_, params| params[0].1.0);
    assert!(ho.error().unwrap().to_string().contains("so a study would know them by their places"), "{ho}");
    let ho = Search::new(space()).try_first(InitialPoints::named([[("o", "#1")]])).run(0..1, |_, params| params[0].1.0);
    assert_eq!(ho.best().unwrap().value, 2.0);

    // A function over values gives them no labels.
    let mapped = || Parameters::new().with("o", [1.0, 2.0].dimension().map(|x| 2.0 * x));
    let ho = Search::new(mapped()).study(memory.handle()).run(0..2, |_, params| params[0].1);
    assert!(ho.error().unwrap().to_string().contains("write `categorical(..).labels([..])`"), "{ho}");
    let ho = Search::new(space!(act = ALL, on = vec![true, true, false])).run(0..2, |_, params| params.act.loss());
    assert_eq!(
        (labels(ho.sweep(), 0), labels(ho.sweep(), 1).len()),
        (["Relu", "Tanh", "Gelu"].map(String::from).to_vec(), 2)
    );

    let function = || hp::choice("f", [f64::sqrt as fn(f64) -> f64, f64::cbrt]);
    let ho = Search::new(function()).study(memory.handle()).run(0..2, |_, f| f(2.0));
    assert!(ho.error().unwrap().to_string().contains("write `hp::choice(..).labels([..])`"), "{ho}");
    let ho = Search::new(function().labels(["sqrt", "cbrt"])).study(memory.handle()).run(0..2, |_, f| f(2.0));
    assert!(ho.error().is_none(), "{ho}");
    // Branches are known again by their parameters; two without any are not.
    let branches = || hp::choice("b", (hp::uniform("x", 0, 1), hp::uniform("y", 0, 1)));
    let memory = Memory::default();
    assert_eq!(Search::new(branches()).study(memory.handle()).run(0..2, |_, x| x).len(), 2);
    let constants = || hp::choice("b", (hp::constant(1.0), hp::constant(2.0)));
    let memory = Memory::default();
    let ho = Search::new(constants()).study(memory.handle()).run(0..2, |_, x| x);
    assert!(ho.error().is_some());
    let ho = Search::new(constants().labels(["one", "two"])).study(memory.handle()).run(0..2, |_, x| x);
    assert_eq!(ho.len(), 2);
    let file = std::env::temp_dir().join(format!("hyperopt-labels-{}.json", std::process::id()));
    let kept = fmin(|x: f64| x, constants()).max_evals(2).trials_save_file(&file).evaluate();
    assert!(kept.unwrap_err().to_string().contains("so the file would know them by their places"));
    assert!(!file.exists());
}
