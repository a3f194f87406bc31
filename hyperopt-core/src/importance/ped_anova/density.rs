//! The density of trials along one axis.

use crate::normal::mass;
use crate::space::{Axis, Kind};

/// The most cells of an axis that has an order.
const CELLS: usize = 50;
/// The least bandwidth in cells: nine tenths of a kernel lie in one cell.
const NARROWEST: f64 = 0.5 / 1.64;

/// Returns the density over the cells of `axis`, which sums to 1 and is nowhere 0; `None` stands for a trial in which the axis is
/// inactive.
pub(super) fn density(axis: &Axis, units: impl Iterator<Item = Option<f64>>) -> Vec<f64> {
    let levels = axis.levels().map(|levels| usize::try_from(levels).unwrap_or(usize::MAX));
    let is_categorical = matches!(axis.kind(), Kind::Categorical(_));
    let cells = match levels {
        Some(levels) if is_categorical => levels,
        levels => levels.map_or(CELLS, |levels| levels.min(CELLS)),
    };
    let by_level = levels.is_some_and(|levels| levels == cells);
    let (mut active, mut inactive) = (Vec::new(), 0_usize);
    for unit in units {
        match unit {
            Some(unit) if by_level => active.push(axis.level(unit).unwrap_or_default() as f64),
            Some(unit) => active.push(unit * cells as f64 - 0.5),
            None => inactive += 1,
        }
    }
    let mut density = vec![inactive as f64 / cells as f64; cells];
    let mut counts = vec![0_u32; cells];
    for place in &active {
        counts[(place.round().max(0.0) as usize).min(cells - 1)] += 1;
    }
    if is_categorical {
        add_levels(&mut density, &counts);
    } else {
        let width = bandwidth(&mut active);
        for (cell, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            add_kernel(&mut density, cell as f64, width, f64::from(count));
        }
        add_kernel(&mut density, 0.5 * (cells - 1) as f64, cells as f64, 1.0);
    }
    let sum: f64 = density.iter().sum();
    density.iter().map(|density| (density / sum).max(1e-12)).collect()
}

/// Adds a kernel for each trial, which lies on its level and in part on all others, and a uniform prior.
fn add_levels(density: &mut [f64], counts: &[u32]) {
    let kernels = 1 + counts.iter().filter(|count| **count > 0).count();
    let elsewhere = 1.0 / kernels as f64;
    let whole = 1.0 + elsewhere * counts.len() as f64;
    let trials: u32 = counts.iter().sum();
    for (density, &count) in density.iter_mut().zip(counts) {
        *density += (f64::from(count) + elsewhere * f64::from(trials)) / whole + 1.0 / counts.len() as f64;
    }
}

/// Adds a normal kernel, cut off at the ends of the axis.
fn add_kernel(density: &mut [f64], centre: f64, width: f64, weight: f64) {
    let at = |edge: f64| (edge - 0.5 - centre) / width;
    let all = mass(at(0.0), at(density.len() as f64));
    for (cell, density) in density.iter_mut().enumerate() {
        *density += weight * mass(at(cell as f64), at(cell as f64 + 1.0)) / all;
    }
}

/// Scott's rule (Scott 1992) with the smaller of the deviation and the range of the middle half.
fn bandwidth(places: &mut [f64]) -> f64 {
    let n = places.len() as f64;
    if places.is_empty() {
        return NARROWEST;
    }
    places.sort_by(f64::total_cmp);
    let mean = places.iter().sum::<f64>() / n;
    let variance = places.iter().map(|place| (place - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    let quarter = places.len() / 4;
    let middle = places[places.len() - 1 - quarter] - places[quarter];
    (1.059 * variance.sqrt().min(middle / 1.34) * n.powf(-0.2)).max(NARROWEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn densities_sum_to_one_and_are_highest_where_the_trials_are() {
        let axes = [
            Axis::float("x", 0.0..=1.0).unwrap(),
            Axis::int("k", 1..=9).unwrap(),
            Axis::int("n", 1..=1000).unwrap(),
            Axis::categorical("c", ["a", "b", "c"]).unwrap(),
        ];
        for (axis, cells) in axes.iter().zip([50, 9, 50, 3]) {
            let found = density(axis, [0.9, 0.91, 0.92, 0.95].map(Some).into_iter());
            assert_eq!(found.len(), cells);
            assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            let highest = (0..cells).max_by(|&a, &b| found[a].total_cmp(&found[b])).unwrap();
            assert!(highest as f64 >= 0.8 * (cells - 1) as f64, "{highest} of {cells}");
        }
    }

    #[test]
    fn inactive_trials_are_spread_evenly() {
        let axis = Axis::float("x", 0.0..=1.0).unwrap();
        let found = density(&axis, [Some(0.5)].into_iter().chain([None; 99]));
        assert!(found.iter().all(|&density| (density - 0.02).abs() < 0.01), "{found:?}");
        assert!(density(&axis, std::iter::empty()).iter().all(|density| (0.015..0.025).contains(density)));
    }
}
