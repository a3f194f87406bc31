//! Levels with unequal probabilities: the cells of a categorical axis, one after the other.

use itertools::Itertools;

use crate::error::CandidatesError;

/// Returns the end of the cell of each level, which has its share of [0, 1].
pub(crate) fn ends(chances: &[f64]) -> Box<[f64]> {
    let sum: f64 = chances.iter().sum();
    let mut end = 0.0;
    let mut ends: Box<[f64]> = chances
        .iter()
        .map(|chance| {
            end += chance / sum;
            end.min(1.0)
        })
        .collect();
    if let Some(last) = ends.last_mut() {
        *last = 1.0;
    }
    ends
}

#[inline(never)]
pub(super) fn level(ends: &[f64], unit: f64) -> u64 {
    ends.partition_point(|&end| end <= unit).min(ends.len().saturating_sub(1)) as u64
}

#[inline(never)]
pub(super) fn cell(ends: &[f64], level: u64) -> (f64, f64) {
    let level = level as usize;
    (if level == 0 { 0.0 } else { ends[level - 1] }, ends[level])
}

/// Refuses ends that are not one for each of `levels`, fall somewhere, or do not reach 1.
pub(super) fn check(ends: &[f64], levels: usize) -> Result<(), CandidatesError> {
    if ends.len() != levels {
        return Err(CandidatesError::Weights { weights: ends.len(), labels: levels });
    }
    // Sums of earlier versions passed 1 by a rounding error.
    let chances: Vec<f64> = [0.0].iter().chain(ends).tuple_windows().map(|(start, end)| end - start).collect();
    let is_sound = chances.iter().all(|chance| *chance >= -1e-12) && ends.last() == Some(&1.0);
    if is_sound { Ok(()) } else { Err(CandidatesError::Chances { sum: chances.iter().sum(), chances }) }
}

/// Refuses probabilities that are negative, NaN, or do not sum to 1.
pub(crate) fn check_chances(chances: &[f64]) -> Result<(), CandidatesError> {
    let sum: f64 = chances.iter().sum();
    let is_sound = chances.iter().all(|chance| *chance >= 0.0) && (sum - 1.0).abs() <= 1e-6;
    if is_sound || chances.is_empty() {
        Ok(())
    } else {
        Err(CandidatesError::Chances { chances: chances.to_vec(), sum })
    }
}
