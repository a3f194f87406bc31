use super::*;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kernel {
    Linear,
    Rbf,
    Poly,
}
use Kernel::{Linear, Poly, Rbf};

/// Which axes are active in each trial.
fn masks<P>(ho: &Hyperoptimizer<P>) -> Vec<Vec<bool>> {
    let axes = ho.space().len();
    ho.history().trials().iter().map(|trial| (0..axes).map(|axis| trial.point().is_active(axis)).collect()).collect()
}

fn names<P>(ho: &Hyperoptimizer<P>) -> Vec<&str> {
    ho.space().axes().iter().map(hyperopt::Axis::name).collect()
}

#[test]
fn an_if_is_an_option() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        kernel = [Linear, Rbf],
        gamma = if kernel == Rbf {
            [1.0, 2.0]
        },
        for _ in .. {
            assert_eq!(gamma.is_some(), kernel == Rbf);
            gamma.unwrap_or(0.5)
        }
    );
    assert_eq!(masks(&ho), [vec![true, false], vec![true, true], vec![true, true]]);
    assert_eq!(ho.space().axes()[1].parents(), [0]);
    for (trial, params) in ho.trials() {
        assert_eq!(params.gamma.is_some(), trial.point().is_active(1));
    }
    assert_eq!(ho.best().unwrap().params.gamma, None);
}

#[test]
fn if_and_else_are_two_axes_under_one_name() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        deep = [true, false],
        units = if deep { 1..=2 } else { 8..=10 },
        for _ in .. {
            assert_eq!(units >= 8, !deep);
            units
        }
    );
    assert_eq!(names(&ho), ["deep", "units", "units.else"]);
    assert_eq!(ho.results().flatten().collect::<Vec<_>>(), [1.0, 2.0, 8.0, 9.0, 10.0]);
    assert!(masks(&ho).iter().all(|mask| mask[1] != mask[2]));
}

#[test]
fn else_if_chains() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        kernel = [Linear, Rbf, Poly],
        gamma = if kernel == Rbf {
            [1.0, 2.0]
        } else if kernel == Poly {
            [3.0, 4.0]
        } else {
            [5.0, 6.0]
        },
        maybe = if kernel == Rbf {
            [1]
        } else if kernel == Poly {
            [2]
        },
        for _ in .. {
            assert_eq!(maybe.is_none(), kernel == Linear);
            gamma
        }
    );
    assert_eq!(ho.results().flatten().collect::<Vec<_>>(), [5.0, 6.0, 1.0, 2.0, 3.0, 4.0]);
    let active = |mask: &Vec<bool>| mask.iter().filter(|active| **active).count();
    assert_eq!(masks(&ho).iter().map(active).collect::<Vec<_>>(), [2, 2, 3, 3, 3, 3]);
}

#[test]
fn matches_with_guards_and_bindings() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        layers = [Some(1), Some(5), None],
        units = match layers {
            Some(n) if n > 2 => [10, 20],
            Some(_) => [30, 40],
            None => [50, 60],
        },
        for _ in .. {
            units
        }
    );
    assert_eq!(ho.results().flatten().collect::<Vec<_>>(), [30.0, 40.0, 10.0, 20.0, 50.0, 60.0]);
    assert_eq!(ho.trials().map(|(_, params)| params.units).collect::<Vec<_>>(), [30, 40, 10, 20, 50, 60]);
}

#[test]
fn nested_alternatives() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        kernel = [Linear, Rbf],
        width = [8, 16],
        gamma = if kernel == Rbf {
            if width == 8 { [1] } else { [2] }
        } else {
            match width {
                8 => [3],
                _ => [4],
            }
        },
        for _ in .. {
            gamma
        }
    );
    assert_eq!(ho.results().flatten().collect::<Vec<_>>(), [3.0, 4.0, 1.0, 2.0]);
    assert!(masks(&ho).iter().all(|mask| mask[2..].iter().filter(|active| **active).count() == 1));
}

#[test]
fn conditions_on_conditions() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        kernel = [Linear, Rbf],
        gamma = if kernel == Rbf {
            [1.0, 2.0]
        },
        decay = if let Some(gamma) = gamma
            && gamma > 1.5
        {
            [0.1, 0.2]
        },
        name = if matches!(kernel, Rbf) {
            ["rbf"]
        },
        for _ in .. {
            assert_eq!(decay.is_some(), gamma == Some(2.0));
            assert_eq!(name.is_some(), gamma.is_some());
            decay.unwrap_or(0.0)
        }
    );
    assert_eq!(ho.len(), 4);
    assert_eq!(ho.space().axes()[2].parents(), [1]);
}

#[test]
fn guards_may_read_variables_that_change() {
    let mut turns = 0;
    let ho = hyperopt!(
        a = [1, 2],
        late = if turns > 1 && a > 0 {
            [10]
        },
        for _ in 0..4 {
            turns += 1;
            late.unwrap_or(0) + a
        }
    );
    let masks = masks(&ho);
    assert_eq!(masks.iter().map(|mask| mask[1]).collect::<Vec<_>>(), [false, false, true, true]);
    let decoded: Vec<_> = ho.trials().map(|(_, params)| params.late).collect();
    assert_eq!(decoded, [None, None, Some(10), Some(10)]);
}

#[test]
fn guards_are_not_evaluated_again_for_the_next_rung() {
    let mut turns = 0;
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 1,
        a = 1..=100,
        early = if turns < 4 && a > 0 {
            [10]
        },
        late = if turns < 4 && a > 0 { [1] } else { [2] },
        for (_resources, before) in 1..=9 {
            turns += 1;
            let before: Option<(Option<i32>, i32)> = before;
            assert!(before.is_none_or(|before| before == (early, late)));
            assert_eq!(early.is_some(), late == 1);
            (a, (early, late))
        }
    );
    assert!(ho.trials().any(|(_, params)| params.early.is_some()));
    assert!(ho.trials().any(|(_, params)| params.early.is_none()));
    for (_, params) in ho.trials() {
        assert_eq!(params.early.is_some(), params.late == 1);
    }
}

#[test]
fn a_condition_that_names_no_hyperparameter_is_evaluated_once() {
    let evaluated = Cell::new(0);
    let quick = || {
        evaluated.set(evaluated.get() + 1);
        true
    };
    let ho = hyperopt!(
        a = if quick() { 1..=2 } else { 1..=1000 },
        for _ in 0..9 {
            a
        }
    );
    assert_eq!(evaluated.get(), 1);
    assert_eq!(names(&ho), ["a"]);
    assert!(ho.maximum().unwrap() <= 2.0);
}
