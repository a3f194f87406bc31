//! The means of a tree along one axis, and their variance.

use super::tree::{Column, Leaf, Side};

/// Returns the variance of the tree over the unit cube.
pub(super) fn variance(leaves: &[Leaf]) -> f64 {
    weighted_variance(leaves.iter().map(|leaf| (leaf.value, leaf.volume)))
}

/// Returns the variance along the axis `index` of the tree's mean over all other axes.
pub(super) fn marginal_variance(leaves: &[Leaf], index: usize, column: &Column) -> f64 {
    // The part of the mean that a leaf has wherever the axis meets it.
    let part = |leaf: &Leaf| leaf.value * leaf.volume / column.measure(&leaf.sides[index]);
    if let Some(widths) = &column.widths {
        let mut means = vec![0.0; widths.len()];
        for leaf in leaves {
            if let Side::Levels(levels) = &leaf.sides[index] {
                levels.iter().for_each(|&level| means[level] += part(leaf));
            }
        }
        return weighted_variance(means.into_iter().zip(widths.iter().copied()));
    }
    let mut changes = Vec::with_capacity(2 * leaves.len());
    for leaf in leaves {
        if let Side::Interval(from, to) = leaf.sides[index] {
            changes.extend([(from, part(leaf)), (to, -part(leaf))]);
        }
    }
    changes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut mean = 0.0;
    let steps = changes.windows(2).map(|pair| {
        mean += pair[0].1;
        (mean, pair[1].0 - pair[0].0)
    });
    let steps: Vec<_> = steps.filter(|(_, width)| *width > 0.0).collect();
    weighted_variance(steps.into_iter())
}

fn weighted_variance(values: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let sum: f64 = values.clone().map(|(_, weight)| weight).sum();
    let mean = values.clone().map(|(value, weight)| value * weight).sum::<f64>() / sum;
    values.map(|(value, weight)| (value - mean).powi(2) * weight).sum::<f64>() / sum
}
