//! Levels with unequal chances: the cells of a categorical axis, one after the other.

/// Where the cell of each level ends, if it has its share of [0, 1].
pub(crate) fn ends(chances: &[f64]) -> Box<[f64]> {
    let sum: f64 = chances.iter().sum();
    let mut end = 0.0;
    let mut ends: Box<[f64]> = chances
        .iter()
        .map(|chance| {
            end += chance / sum;
            end
        })
        .collect();
    if let Some(last) = ends.last_mut() {
        *last = 1.0;
    }
    ends
}

pub(super) fn level(ends: &[f64], unit: f64) -> u64 {
    ends.partition_point(|&end| end <= unit).min(ends.len().saturating_sub(1)) as u64
}

pub(super) fn cell(ends: &[f64], level: u64) -> (f64, f64) {
    let level = level as usize;
    (if level == 0 { 0.0 } else { ends[level - 1] }, ends[level])
}
