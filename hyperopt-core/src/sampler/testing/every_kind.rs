//! A space with axes of every kind, three of them conditional, and a loss over it that fails now and then.

use crate::candidates::{Candidates, Dimension, exp_linrange, linrange, log, ordinal};
use crate::space::{Axis, Point, Space};

/// Axes of every kind, two of them constant. Those named `gamma`, `shrink` and `degree` exist for some levels of `kernel` only:
/// see [`guard`].
pub(crate) fn every_kind() -> Space {
    fn axis<V>(dimension: &Dimension<V>, name: &str, parents: &[usize]) -> Axis {
        dimension.axis(name, name, parents).expect("sound candidates")
    }
    Space::new(vec![
        axis(&["x", "y", "z"].map(String::from).dimension(), "kernel", &[]),
        axis(&linrange(1.0, 5.0, 1000).dimension(), "a", &[]),
        axis(&exp_linrange(-1.0, 3.0, 7).dimension(), "b", &[]),
        axis(&(0.0..=1.0).dimension(), "gamma", &[0]),
        axis(&[true, false].dimension(), "shrink", &[0]),
        axis(&(1..=5).dimension(), "degree", &[0]),
        axis(&log(1e-5..=1e-1).dimension(), "lr", &[]),
        axis(&log(1..=640).dimension(), "n", &[]),
        axis(&log(1..=20).dimension(), "m", &[]),
        axis(&ordinal([16, 32, 64]).dimension(), "batch", &[]),
        axis(&["only"].map(String::from).dimension(), "one", &[]),
        axis(&(2.0..=2.0).dimension(), "two", &[]),
    ])
}

/// Leaves active what belongs to the kernel of a point of [`every_kind`]; points of spaces without such names stay as they are.
pub(crate) fn guard(space: &Space, point: &mut Point) {
    let is_first = point.get(0).is_some_and(|kernel| kernel < 0.5);
    for (index, axis) in space.axes().iter().enumerate() {
        let is_active = match axis.name() {
            "gamma" | "shrink" => !is_first,
            "degree" => is_first,
            _ => true,
        };
        if !is_active {
            point.deactivate(index);
        }
    }
}

/// A loss for any point; NaN, and so a failed trial, for one in ten.
pub(crate) fn ragged_loss(point: &Point) -> f64 {
    let sum: f64 = point.iter().flatten().map(|unit| (unit - 0.3).powi(2)).sum();
    if point.get(1).is_some_and(|unit| unit > 0.9) { f64::NAN } else { sum }
}
