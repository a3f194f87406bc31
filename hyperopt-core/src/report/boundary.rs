//! Best values at an end of their candidates.

use std::collections::HashSet;
use std::fmt;

use itertools::Itertools;

use crate::history::rank;
use crate::normal::probability;
use crate::plain::plain_line;
use crate::space::{Axis, Kind, Scale, Value};
use crate::sweep::Sweep;
use crate::trial::Trial;

/// A hyperparameter whose best value lies at an end of its candidates.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Boundary {
    /// The name of the hyperparameter.
    pub parameter: String,
    /// Its value in the best trial.
    pub value: Value,
    /// The end at which the value lies.
    pub side: Side,
}

/// An end of ordered candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first or smallest candidate.
    Lower,
    /// The last or largest candidate.
    Upper,
}

impl fmt::Display for Boundary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = match self.side {
            Side::Lower => "lower",
            Side::Upper => "upper",
        };
        write!(
            f,
            "the best `{}` = {} is at the {side} end of its candidates; a wider range may do better",
            plain_line(&self.parameter),
            plain_line(&self.value.to_string())
        )
    }
}

/// The probability of a note on any hyperparameter if the objective depends on none of them.
const SIGNIFICANCE: f64 = 0.05;

/// Returns the hyperparameters whose best value lies at an end of their candidates, if the trials near that end are better than
/// the others: of a few trials, the best one lies at some end by chance.
pub(crate) fn boundaries(sweep: &Sweep) -> Vec<Boundary> {
    let Ok((best, _)) = sweep.best_for(sweep.goal()) else {
        return Vec::new();
    };
    let point = sweep.history().trials()[best].point();
    let axes = || sweep.space().axes().iter().zip(point.iter()).enumerate();
    let mut at_end =
        axes().filter_map(|(index, (axis, unit))| Some((index, axis, unit?, side(axis, unit?)?))).peekable();
    if at_end.peek().is_none() {
        return Vec::new();
    }
    // Each of them could lie at either end.
    let ends = 2 * axes().filter(|(_, (axis, unit))| unit.is_some() && has_ends(axis)).count();
    let ranked = ranked(sweep);
    let is_evident = |index, axis: &Axis, side| {
        let trials =
            ranked.iter().filter_map(|(rank, trial)| Some((*rank, is_near(axis, trial.point().get(index)?, side))));
        chance(trials) <= SIGNIFICANCE / ends as f64
    };
    let evident = at_end.filter(|&(index, axis, _, side)| is_evident(index, axis, side));
    evident
        .map(|(_, axis, unit, side)| Boundary { parameter: axis.parameter().into(), value: axis.value(unit), side })
        .collect()
}

/// Returns the best trial of each configuration from the best to the worst, with ranks that equal trials share.
fn ranked(sweep: &Sweep) -> Vec<(usize, &Trial)> {
    let goal = sweep.goal();
    let mut seen = HashSet::new();
    let mut ranked: Vec<(usize, &Trial)> = Vec::new();
    let mut before: Option<(&Trial, f64)> = None;
    for (trial, value) in sweep.history().ranked(goal) {
        // Rungs of one configuration are no evidence beside each other.
        if trial.resources().is_some() && !seen.insert(trial.configuration()) {
            continue;
        }
        let is_equal = before.is_some_and(|before| rank(goal, before, (trial, value)).is_eq());
        let place = ranked.last().map_or(0, |(place, _)| place + usize::from(!is_equal));
        ranked.push((place, trial));
        before = Some((trial, value));
    }
    ranked
}

/// Returns the probability that chance alone ranks the trials near an end as well among all: the one-sided test of Mann and
/// Whitney (1947), with the normal approximation and its corrections for continuity and ties. `trials` are their ranks from the
/// best to the worst, and whether they are near.
fn chance(trials: impl Iterator<Item = (usize, bool)>) -> f64 {
    let (mut near, mut far, mut losses, mut ties) = (0.0, 0.0, 0.0, 0.0);
    for (_, equals) in &trials.chunk_by(|(rank, _)| *rank) {
        let (near_here, all_here) =
            equals.fold((0.0, 0.0), |(near, all), (_, is_near)| (near + f64::from(is_near), all + 1.0));
        let far_here = all_here - near_here;
        // The pairs in which the far one is better, and half of those that are equal.
        losses += near_here * (far + 0.5 * far_here);
        ties += all_here * (all_here * all_here - 1.0);
        near += near_here;
        far += far_here;
    }
    let all: f64 = near + far;
    let variance = near * far / 12.0 * (all + 1.0 - ties / (all * (all - 1.0)));
    if variance > 0.0 { probability((losses + 0.5 - near * far / 2.0) / variance.sqrt()) } else { 1.0 }
}

/// Returns whether an axis has ends beyond which there may be other candidates.
fn has_ends(axis: &Axis) -> bool {
    match axis.kind() {
        Kind::Categorical(_) | Kind::Ordered(0..=3) => false,
        Kind::Ordered(_) => true,
        Kind::Continuous => !matches!(axis.scale(), Scale::Normal | Scale::LogNormal),
    }
}

/// Returns the end of its candidates at which a value lies, if any.
fn side(axis: &Axis, unit: f64) -> Option<Side> {
    let (lower, upper) = match axis.levels().filter(|_| has_ends(axis)) {
        Some(levels) => {
            let level = axis.level(unit)?;
            (level == 0, level + 1 == levels)
        }
        None => (has_ends(axis) && unit <= 0.01, has_ends(axis) && unit >= 0.99),
    };
    if lower { Some(Side::Lower) } else { upper.then_some(Side::Upper) }
}

/// Returns whether a value lies in the quarter of its candidates at an end.
fn is_near(axis: &Axis, unit: f64, side: Side) -> bool {
    match (axis.levels().zip(axis.level(unit)), side) {
        (Some((levels, level)), Side::Lower) => level < levels.div_ceil(4),
        (Some((levels, level)), Side::Upper) => levels - level <= levels.div_ceil(4),
        (None, Side::Lower) => unit <= 0.25,
        (None, Side::Upper) => unit >= 0.75,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::linrange;
    use crate::{Parameters, RandomSampler, Search};

    const TRIALS: [u64; 4] = [6, 20, 50, 200];

    fn notes(trials: u64, seed: u64, objective: impl Fn(u64, &[f64]) -> f64 + Sync) -> usize {
        let mut space = Parameters::new();
        for index in 0..10 {
            space = match index % 2 {
                0 => space.with(format!("x{index}"), linrange(0.0, 1.0, 4 + index)),
                _ => space.with(format!("x{index}"), 0.0..=1.0),
            };
        }
        let search = Search::new(space).sampler(RandomSampler::new()).seed(seed);
        let ho = search.run(0..trials, |number, params| {
            let values: Vec<f64> = params.iter().map(|(_, value)| *value).collect();
            objective(number, &values)
        });
        ho.warn_on_boundary().len()
    }

    /// A number that looks random.
    fn noise(seed: u64, number: u64) -> f64 {
        let mixed = (seed << 32 | number).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ mixed >> 32) >> 11) as f64
    }

    #[test]
    fn an_objective_without_an_end_has_a_note_in_five_percent_of_sweeps_at_most() {
        for trials in TRIALS {
            assert!((0..20).all(|seed| notes(trials, seed, |_, _| 1.0) == 0), "{trials}");
            let noted = (0..200).filter(|seed| notes(trials, *seed, |number, _| noise(*seed, number)) > 0).count();
            assert!(noted <= 10, "{noted} of 200 sweeps of {trials} trials");
        }
    }

    #[test]
    fn an_objective_that_falls_to_an_end_has_a_note() {
        for trials in [50, 200] {
            // The best of them lies at the end or near it.
            let noted = |seed: &u64| notes(trials, *seed, |_, values| values[0] + 0.01 * values[2]) > 0;
            let count = (0..40).filter(noted).count();
            assert!(count >= 38, "{count} of 40 sweeps of {trials} trials");
        }
        assert!((0..40).all(|seed| notes(6, seed, |_, values| values[0]) == 0));
    }

    /// By the pairs of the two samples, which are counted one by one.
    #[test]
    fn the_test_is_that_of_mann_and_whitney() {
        let of = |near: &[usize], far: &[usize]| {
            let mut all: Vec<_> =
                near.iter().map(|rank| (*rank, true)).chain(far.iter().map(|rank| (*rank, false))).collect();
            all.sort_unstable();
            chance(all.into_iter())
        };
        for (near, far, expected) in [
            (&[1, 2, 3][..], &[4, 5, 6, 7][..], 0.025_914_963_608_955),
            (&[1, 4], &[2, 3, 5, 6, 7], 0.166_460_804_032_783),
            (&[1, 1, 2], &[1, 2, 3, 3], 0.130_825_545_294_118),
            (&[5, 6], &[1, 2, 3], 0.978_345_928_594_604),
        ] {
            let found = of(near, far);
            assert!((found - expected).abs() < 1e-9, "{near:?} {far:?}: {found}");
        }
        assert_eq!((of(&[1, 1], &[1, 1]), of(&[], &[1, 2]), of(&[1], &[])), (1.0, 1.0, 1.0));
    }
}
