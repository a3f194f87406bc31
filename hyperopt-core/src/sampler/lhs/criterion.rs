//! The criteria by which plans are compared.

use rand::Rng;

use super::discrepancy::Discrepancy;
use super::ese;
use super::phi_p::PhiP;
use super::plan::{Column, Plan};
use super::sliced::Sliced;

/// The criterion by which [`LhsSampler`](crate::LhsSampler) and [`ClhSampler`](crate::ClhSampler) optimise their hypercube.
///
/// The distances are those of the plan in the unit cube, and small values are good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Criterion {
    /// φ₁₀ = (Σ d⁻¹⁰)^(1/10) over all pairs of points: keeps the two nearest points far apart (Morris and Mitchell 1995).
    #[default]
    PhiP,
    /// The centred L2 discrepancy: every part of the cube gets its share of points, in each projection too (Hickernell 1998).
    /// It suits the estimation of the mean of a smooth function more than the search for its minimum.
    CentredDiscrepancy,
    /// Σ 1/d² over all pairs of points, as if they repelled one another (Audze and Eglājs 1977). Hyperopt.jl uses this one.
    AudzeEglais,
}

/// Makes `plan` good by `criterion`; `weight` is that of a categorical level, if it is not the default.
///
/// First the levels of the categorical columns are made to meet one another evenly, then the strata of all others are spread
/// over them: the distances that make up two of the criteria say little about pairs of levels.
pub(super) fn optimise(plan: &mut Plan, criterion: Criterion, weight: Option<f64>, swaps: usize, rng: &mut impl Rng) {
    let movable = |is_ordered: bool| {
        let fits = |column: &Column| match column.unordered() {
            None => is_ordered,
            Some(levels) => !is_ordered && levels > 1,
        };
        let columns = plan.columns().iter().enumerate().filter(|(_, column)| fits(column));
        columns.map(|(index, _)| index).collect::<Vec<_>>()
    };
    let (levels, strata) = (movable(false), movable(true));
    if levels.len() > 1 {
        ese::optimise(plan, &levels, &mut Discrepancy::of_levels(plan), swaps / 4, rng);
    }
    if strata.is_empty() {
        return;
    }
    match (criterion, plan.columns().iter().any(|column| column.unordered().is_some())) {
        (Criterion::PhiP, false) => ese::optimise(plan, &strata, &mut PhiP::<5>::new(plan), swaps, rng),
        (Criterion::PhiP, true) => ese::optimise(plan, &strata, &mut Sliced::<5>::new(plan, weight), swaps, rng),
        (Criterion::AudzeEglais, false) => ese::optimise(plan, &strata, &mut PhiP::<1>::new(plan), swaps, rng),
        (Criterion::AudzeEglais, true) => ese::optimise(plan, &strata, &mut Sliced::<1>::new(plan, weight), swaps, rng),
        (Criterion::CentredDiscrepancy, _) => ese::optimise(plan, &strata, &mut Discrepancy::new(plan), swaps, rng),
    }
}
