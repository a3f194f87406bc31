//! Going on from an earlier sweep.

// Candidates that run backwards are among what is tested.
#![allow(clippy::reversed_empty_ranges)]

use hyperopt::prelude::*;
use hyperopt::{Error, Point};

use crate::memory::Memory;

fn points(ho: &impl AsRef<hyperopt::Sweep>) -> Vec<(usize, Point, Option<f64>)> {
    let trials = ho.as_ref().history().trials().iter();
    trials.map(|trial| (trial.number(), trial.point().clone(), trial.objective())).collect()
}

macro_rules! sweep {
    ($head:expr $(; $setting:ident = $value:expr)*) => {
        hyperopt!(
            $($setting = $value,)*
            kernel = ["rbf", "linear"],
            gamma = if kernel == "rbf" { 0.0..=1.0 },
            c = log(1..=1000),
            for _ in $head {
                gamma.unwrap_or(2.0) + f64::from(c)
            }
        )
    };
}

#[test]
fn two_halves_are_the_whole() -> Result<(), Error> {
    let whole = sweep!(0..50; seed = 7);
    let half = sweep!(0..20; seed = 7);
    assert_ne!(points(&whole), points(&half));
    let by_reference = sweep!(0..30; ho = &half);
    assert_eq!(points(&whole), points(&by_reference));
    assert_eq!(half.len(), 20);
    let ho = sweep!(0..30; ho = half);
    assert_eq!(points(&whole), points(&ho));
    assert_eq!((ho.seed(), ho.best()?.number), (7, whole.best()?.number));
    assert_eq!(ho.best()?.params.gamma, whole.best()?.params.gamma);
    Ok(())
}

#[test]
fn one_seed_is_one_sweep() {
    assert_eq!(points(&sweep!(0..20; seed = 1)), points(&sweep!(1..=20; seed = 1)));
    assert_ne!(points(&sweep!(0..20; seed = 1)), points(&sweep!(0..20; seed = 2)));
    // Without a seed one is drawn, shown, and good for the same sweep again.
    let drawn = sweep!(0..20);
    assert_eq!(points(&drawn), points(&sweep!(0..20; seed = drawn.seed())));
    assert!(drawn.to_string().contains(&format!("seed {}", drawn.seed())));
}

#[test]
fn a_new_seed_holds_from_then_on() {
    let half = sweep!(0..20; seed = 7);
    let ho = sweep!(0..30; seed = 8; ho = &half);
    assert_eq!(points(&ho)[..20], points(&half)[..]);
    assert_eq!(points(&ho)[20..], points(&sweep!(0..50; seed = 8))[20..]);
}

#[test]
fn the_goal_is_kept_unless_another_is_given() {
    let ho = sweep!(0..5; goal = Maximize);
    assert_eq!(sweep!(0..1; ho = &ho).goal(), Maximize);
    assert_eq!(sweep!(0..1; goal = Minimize; ho = &ho).goal(), Minimize);
}

#[test]
fn a_grid_goes_on_where_it_ended() {
    let whole = sweep!(0..; sampler = GridSampler::new().resolution(3); seed = 0);
    // 3 levels of gamma with rbf, none with linear, 1000 of c.
    assert_eq!(whole.len(), 4000);
    let part = sweep!(0..2999; sampler = GridSampler::new().resolution(3); seed = 0);
    assert_eq!(part.len(), 2999);
    let ho = sweep!(..; sampler = GridSampler::new().resolution(3); ho = part);
    assert_eq!(points(&whole), points(&ho));
    let done = sweep!(..; sampler = GridSampler::new().resolution(3); ho = ho);
    assert_eq!(done.len(), 4000);
}

#[test]
fn a_changed_space_is_named() {
    let earlier = hyperopt!(
        a = 0..=9,
        b = ["x", "y"],
        for _ in 0..3 {
            a + i32::from(b == "x")
        }
    );
    macro_rules! message {
        ($($name:ident = $candidates:expr),+) => {{
            let ho = hyperopt!(
                ho = &earlier,
                $($name = $candidates,)+
                for _ in 0..3 {
                    let _ = ($(&$name,)+);
                    0
                }
            );
            assert_eq!(ho.len(), 0);
            ho.best().unwrap_err().to_string().replace("cannot go on from the earlier sweep: ", "")
        }};
    }
    assert_eq!(
        message!(a = 0..=99, b = ["x", "y"]),
        "hyperparameter `a` had the candidates 0..=9, and now has 0..=99; keep them, or begin a new sweep"
    );
    assert_eq!(
        message!(a = 0..=9, b = ["x", "z"]),
        "hyperparameter `b` had the candidates [x, y], and now has [x, z]; keep them, or begin a new sweep"
    );
    assert_eq!(
        message!(a = 0..=9, b = ["x", "y"], c = [1]),
        "hyperparameter `c` is new; leave it out, or begin a new sweep"
    );
    assert_eq!(message!(a = 0..=9), "hyperparameter `b` is missing; keep it, with its candidates");
    assert_eq!(message!(b = ["x", "y"], a = 0..=9), "hyperparameter `b` has another place; keep the order");
}

#[test]
fn another_branch_is_named_by_its_hyperparameter() {
    macro_rules! swept {
        ($width:expr $(, $setting:ident = $value:expr)?) => {
            hyperopt!(
                $($setting = $value,)?
                seed = 7,
                deep = [true, false],
                width = if deep { 1..=8 } else { $width },
                for _ in 0..9 {
                    width
                }
            )
        };
    }
    let earlier = swept!(1..=4);
    assert_eq!(
        swept!(1..=3, ho = &earlier).best().unwrap_err().to_string(),
        "cannot go on from the earlier sweep: hyperparameter `width` had the candidates 1..=4, and now has 1..=3; keep them, \
         or begin a new sweep"
    );
    let without = hyperopt!(
        ho = &earlier,
        deep = [true, false],
        width = 1..=8,
        for _ in 0..9 {
            width + i32::from(deep)
        }
    );
    assert_eq!(
        without.best().unwrap_err().to_string(),
        "cannot go on from the earlier sweep: hyperparameter `width` has other branches; keep them, each with its candidates, or \
         begin a new sweep"
    );
}

#[test]
fn a_fault_in_new_candidates_is_no_panic() {
    let earlier = hyperopt!(
        a = 0..=9,
        for _ in 0..3 {
            a
        }
    );
    let ho = hyperopt!(
        ho = &earlier,
        a = 0..=9,
        b = 5..=1,
        for _ in 0..3 {
            a + b
        }
    );
    assert_eq!(ho.best().unwrap_err().to_string(), "hyperparameter `b`: `5..=1` runs backwards; write `1..=5`");
}

/// A trial has no value of a hyperparameter whose guard did not hold, and none may be made up for it.
#[test]
fn another_guard_is_another_space() {
    macro_rules! guarded {
        ($kernel:ident, $w:ident, $setting:ident = $value:expr, $($gamma:tt)*) => {
            hyperopt!(
                $setting = $value,
                seed = 7,
                $kernel = ["rbf", "linear"],
                $w = each(2, 0.0..=1.0),
                gamma = $($gamma)*,
                for _ in 0..20 {
                    let _ = ($kernel, gamma);
                    $w[0] + $w[1]
                }
            ).into_sweep()
        };
    }
    let ended = |sweep: hyperopt::Sweep| sweep.error().map_or_else(|| sweep.len().to_string(), ToString::to_string);
    let said = |was: &str, is: &str| {
        format!("hyperparameter `gamma` had {was}, and now has {is}; keep that, or begin a new sweep")
    };
    let (none, one, two) = ("no condition", "a condition on `kernel`", "a condition on `kernel` and `w`");
    macro_rules! check {
        ($setting:ident, $prefix:literal, $guarded:expr, $always:expr) => {
            let check = |sweep, was, is| assert_eq!(ended(sweep), format!("{}{}", $prefix, said(was, is)));
            check(guarded!(kernel, w, $setting = $guarded, 0.0..=1.0), one, none);
            check(
                guarded!(
                    kernel,
                    w,
                    $setting = $guarded,
                    if w[0] > 0.5 {
                        0.0..=1.0
                    }
                ),
                one,
                "a condition on `w`",
            );
            check(
                guarded!(
                    kernel,
                    w,
                    $setting = $guarded,
                    if kernel == "rbf" && w[1] > 0.5 {
                        0.0..=1.0
                    }
                ),
                one,
                two,
            );
            check(
                guarded!(
                    kernel,
                    w,
                    $setting = $always,
                    if kernel == "rbf" {
                        0.0..=1.0
                    }
                ),
                none,
                one,
            );
        };
    }
    let begun = guarded!(
        kernel,
        w,
        repeats = false,
        if kernel == "rbf" {
            0.0..=1.0
        }
    );
    let always = guarded!(kernel, w, repeats = false, 0.0..=1.0);
    check!(ho, "cannot go on from the earlier sweep: ", begun.clone(), always.clone());
    let memory = [Memory::default(), Memory::default()];
    let _ = guarded!(
        kernel,
        w,
        study = memory[0].handle(),
        if kernel == "rbf" {
            0.0..=1.0
        }
    );
    let _ = guarded!(kernel, w, study = memory[1].handle(), 0.0..=1.0);
    check!(study, "study `memory`: ", memory[0].handle(), memory[1].handle());
    // The value of a guard may change, as it is recorded with each trial.
    assert_eq!(
        ended(guarded!(
            kernel,
            w,
            ho = begun,
            if kernel != "linear" {
                0.0..=1.0
            }
        )),
        "40"
    );
}

/// A value of one branch is no value of another one.
#[test]
fn another_branch_is_another_space() {
    let ended = |sweep: hyperopt::Sweep| sweep.error().map_or_else(|| sweep.len().to_string(), ToString::to_string);
    let memory = Memory::default();
    let branches = |labels: [&str; 2]| hp::choice("c", (hp::constant(0.0), hp::uniform("x", 0, 1))).labels(labels);
    let searched = |branches| Search::new(branches).study(memory.handle()).run(0..9, |_, x| x).into_sweep();
    assert_eq!(ended(searched(branches(["a", "b"]))), "9");
    let moved = hp::choice("c", (hp::uniform("x", 0, 1), hp::constant(0.0))).labels(["a", "b"]);
    let moved = Search::new(moved).study(memory.handle()).run(0..9, |_, x| x).into_sweep();
    let expected = "study `memory`: hyperparameter `x` had a condition on `c = b`, and now has a condition on `c = a`; keep that, or \
                    begin a new sweep";
    assert_eq!(ended(moved), expected);
}
