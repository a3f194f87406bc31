//! What the bodies of generated sweeps compute, and what is compared between their forms.

use hyperopt::{Hyperoptimizer, Outcome, StopReason};

/// A choice that is no number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Small,
    Wide { width: i32 },
}

pub(crate) fn half(x: f64) -> f64 {
    x / 2.0
}

pub(crate) fn square(x: f64) -> f64 {
    x * x
}

/// A number for each value of a hyperparameter, whatever its type.
pub(crate) trait Num {
    fn num(&self) -> f64;
}

macro_rules! numbers {
    ($($number:ty)*) => { $(impl Num for $number {
        fn num(&self) -> f64 {
            f64::from(*self)
        }
    })* };
}

numbers!(f64 i32 u8 bool);

impl Num for i64 {
    fn num(&self) -> f64 {
        *self as f64
    }
}

impl Num for char {
    fn num(&self) -> f64 {
        f64::from(u32::from(*self))
    }
}

impl Num for &str {
    fn num(&self) -> f64 {
        self.bytes().fold(0.0, |sum, byte| sum * 3.0 + f64::from(byte))
    }
}

impl Num for Kind {
    fn num(&self) -> f64 {
        match self {
            Kind::Small => -1.0,
            Kind::Wide { width } => f64::from(*width),
        }
    }
}

impl Num for fn(f64) -> f64 {
    fn num(&self) -> f64 {
        self(0.3)
    }
}

impl<T: Num> Num for Option<T> {
    fn num(&self) -> f64 {
        self.as_ref().map_or(-7.5, Num::num)
    }
}

/// What a trial comes to: pruned, failed, infinite, or a number; by the values alone, so that it is the same in every form.
pub(crate) fn outcome(nums: &[f64], spent: f64, goals: usize) -> Option<Outcome> {
    let mixed = |hash: u64, num: &f64| (hash ^ num.to_bits()).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    let hash = nums.iter().fold(0xcbf2_9ce4_8422_2325 ^ spent.to_bits(), mixed) >> 17;
    let loss: f64 = nums.iter().map(|num| (num / 10.0 - 0.3).powi(2)).sum::<f64>() / (1.0 + spent);
    match hash % 16 {
        0 => None,
        1 => Some(Outcome::failed(format!("diverged at {loss:.3}"))),
        2 => Some(Outcome::values(vec![f64::INFINITY; goals])),
        _ => Some(Outcome::values((0..goals).map(|goal| loss - 0.1 * goal as f64)).with_metrics([("spent", spent)])),
    }
}

/// All that a seed decides of a sweep.
pub(crate) fn seen<P>(ho: &Hyperoptimizer<P>, nums: impl Fn(&P) -> Vec<f64>) -> Vec<String> {
    let axes = ho.space().axes().iter().map(|axis| format!("{axis:?}"));
    // Without the head of a loop, a sweep has no planned end.
    let end = if ho.end() == StopReason::Open { StopReason::Planned } else { ho.end() };
    let end = format!("{end:?} {:?}", ho.error());
    let trials = ho.trials().map(|(trial, params)| {
        let place = (trial.number(), trial.configuration(), trial.resources(), trial.point());
        let told = (trial.state(), trial.objectives(), trial.reason(), trial.metrics(), trial.reports());
        format!("{place:?} {told:?} {:?}", nums(params))
    });
    axes.chain([end]).chain(trials).collect()
}

/// Whether all forms have one history, which has trials in it.
pub(crate) fn agree(forms: &[(&str, Vec<String>)]) {
    let (first, expected) = &forms[0];
    assert!(expected.iter().any(|line| line.contains("Complete")), "{first} has no trials: {expected:#?}");
    for (form, found) in &forms[1..] {
        let differing = expected.iter().zip(found).find(|(expected, found)| expected != found);
        assert_eq!(differing, None, "{first} and {form} differ");
        assert_eq!(expected.len(), found.len(), "{first} and {form} differ");
    }
}
