//! The margin: Hamano, Saito, Nomura and Shirakawa, "CMA-ES with Margin: Lower-Bounding Marginal Probability for
//! Mixed-Integer Black-Box Optimization", GECCO 2022, arXiv 2205.13482, section 4.

use super::coordinates::Coordinate;
use super::gaussian::Gaussian;
use crate::normal::{probability, quantile};
use crate::space::Axis;

/// Moves the mean along an axis with levels, and widens the distribution, so that other levels than the mean's keep at least
/// a probability of `margin`: half of it on either side, or all of it on the one side of a mean in the first or last cell.
pub(super) fn correct(gaussian: &mut Gaussian, index: usize, coordinate: Coordinate, axis: &Axis, margin: f64) {
    debug_assert!(coordinate.has_levels);
    let (mean, deviation) = (gaussian.mean[index], gaussian.deviation(index));
    let Some((level, levels)) = axis.level(mean.clamp(0.0, 1.0)).zip(axis.levels()) else { return };
    let Some((lower, upper)) = axis.cell(level) else { return };
    let below = probability((lower - mean) / deviation);
    let above = probability((mean - upper) / deviation);
    if level == 0 || level + 1 == levels {
        let (limit, outside, side) = if level == 0 { (upper, above, -1.0) } else { (lower, below, 1.0) };
        if outside < margin {
            gaussian.mean[index] = limit + side * deviation * quantile(1.0 - margin);
        }
        return;
    }
    let least = margin / 2.0;
    let inside = 1.0 - below - above;
    let (raised_below, raised_above) = (below.max(least), above.max(least));
    let sum = raised_below + raised_above + inside;
    let excess = (1.0 - sum) / (sum - 3.0 * least);
    let [below, above] = [raised_below, raised_above].map(|p| (p + excess * (p - least)).clamp(1e-10, 0.5 - 1e-10));
    let (down, up) = (quantile(1.0 - below), quantile(1.0 - above));
    let width = (upper - lower) / (down + up);
    gaussian.widening[index] *= width / deviation;
    gaussian.mean[index] = (lower * up + upper * down) / (down + up);
}
