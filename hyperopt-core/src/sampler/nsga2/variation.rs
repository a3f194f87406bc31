//! Crossover and mutation on the unit cube.

use rand::{Rng, RngExt};

use crate::space::{Axis, Kind};

/// How near to their parents children lie, and how small the steps of mutation are, as in the authors' experiments.
const CROSSOVER_INDEX: f64 = 20.0;
const MUTATION_INDEX: f64 = 20.0;

/// Simulated binary crossover of two coordinates: the two children lie about them as the children of bit strings would, and
/// never outside the unit interval (Deb and Agrawal, 1995; with bounds as in Deb's own code). The larger the index, the
/// nearer they are to their parents.
fn simulated_binary(a: f64, b: f64, index: f64, rng: &mut impl Rng) -> (f64, f64) {
    let (low, high) = (a.min(b), a.max(b));
    let apart = high - low;
    let draw: f64 = rng.random();
    if apart < 1e-14 {
        return (a, b);
    }
    let spread = |room: f64| {
        let alpha = 2.0 - (1.0 + 2.0 * room / apart).powf(-(index + 1.0));
        let scaled = draw * alpha;
        let ratio = if scaled <= 1.0 { scaled } else { 1.0 / (2.0 - scaled) };
        ratio.powf(1.0 / (index + 1.0))
    };
    let middle = low + high;
    let first = 0.5 * (middle - spread(low) * apart);
    let second = 0.5 * (middle + spread(1.0 - high) * apart);
    (first.clamp(0.0, 1.0), second.clamp(0.0, 1.0))
}

/// Polynomial mutation of a coordinate, never out of the unit interval (Deb and Goyal, 1996). The larger the index, the
/// smaller the step.
fn polynomial(unit: f64, index: f64, rng: &mut impl Rng) -> f64 {
    let draw: f64 = rng.random();
    let power = |room: f64, share: f64| {
        let value = share + (1.0 - share) * (1.0 - room).powf(index + 1.0);
        1.0 - value.powf(1.0 / (index + 1.0))
    };
    let step = if draw < 0.5 { -power(unit, 2.0 * draw) } else { power(1.0 - unit, 2.0 * (1.0 - draw)) };
    (unit + step).clamp(0.0, 1.0)
}

/// A child of `a` and `b` along `axis`: one of the two coordinates, or along numbers as often one near them.
pub(super) fn crossed(axis: &Axis, a: f64, b: f64, rng: &mut impl Rng) -> f64 {
    let is_choice = matches!(axis.kind(), Kind::Categorical(_));
    let (a, b) = if is_choice || rng.random() { (a, b) } else { simulated_binary(a, b, CROSSOVER_INDEX, rng) };
    if rng.random() { a } else { b }
}

/// `unit` moved along `axis`: by a polynomial step along numbers, to the next level at least, and to any other level where
/// they have no order.
pub(super) fn mutated(axis: &Axis, unit: f64, rng: &mut impl Rng) -> f64 {
    let (kind, level) = (axis.kind(), axis.level(unit));
    let (Kind::Ordered(levels) | Kind::Categorical(levels), Some(level)) = (kind, level) else {
        return polynomial(unit, MUTATION_INDEX, rng);
    };
    if levels < 2 {
        return unit;
    }
    let to = if matches!(kind, Kind::Categorical(_)) {
        let other = rng.random_range(0..levels - 1);
        other + u64::from(other >= level)
    } else {
        let moved = polynomial(unit, MUTATION_INDEX, rng);
        let is_up = level == 0 || moved > unit && level + 1 < levels;
        match axis.level(moved) {
            Some(to) if to != level => to,
            _ if is_up => level + 1,
            _ => level - 1,
        }
    };
    axis.unit_of(to).unwrap_or(unit)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    use super::*;
    use crate::{Candidates, categorical};

    /// Far from the bounds the two children are as far from their parents' mean on either side, and their mean distance
    /// apart is that of the parents, but for what index 20 spreads.
    #[test]
    fn children_of_numbers_lie_about_their_parents() {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let mut ratios = Vec::new();
        for _ in 0..2000 {
            let (first, second) = simulated_binary(0.52, 0.48, 20.0, &mut rng);
            assert!((first + second - 1.0).abs() < 1e-9);
            ratios.push((second - first) / 0.04);
        }
        // Half of the spreads are contractions.
        let contracted = ratios.iter().filter(|&&ratio| ratio < 1.0).count();
        assert!((900..1100).contains(&contracted), "{contracted}");
        assert!(ratios.iter().all(|ratio| (0.5..2.0).contains(ratio)));
    }

    #[test]
    fn bounds_are_kept() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for _ in 0..2000 {
            let (a, b): (f64, f64) = (rng.random(), rng.random());
            let (first, second) = simulated_binary(a, b, 2.0, &mut rng);
            for unit in [first, second, polynomial(a, 2.0, &mut rng), polynomial(0.0, 2.0, &mut rng)] {
                assert!((0.0..=1.0).contains(&unit), "{unit}");
            }
        }
    }

    /// By the formula of Deb and Goyal far from the bounds: a step of δ has a density in proportion to (1 - δ)^20, so that
    /// its mean is 1 / 22.
    #[test]
    fn polynomial_steps_have_their_mean() {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        let mean = (0..20_000).map(|_| (polynomial(0.5, 20.0, &mut rng) - 0.5).abs()).sum::<f64>() / 20_000.0;
        assert!((mean - 1.0 / 22.0).abs() < 0.002, "{mean}");
    }

    #[test]
    fn levels_change_when_they_mutate() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let ordered = (0..=3).dimension().axis("a", "a", &[]).unwrap();
        let choice = categorical([0, 1, 2]).dimension().axis("a", "a", &[]).unwrap();
        let single = (0..=0).dimension().axis("a", "a", &[]).unwrap();
        for axis in [&ordered, &choice] {
            for level in 0..3 {
                let unit = axis.unit_of(level).unwrap();
                let to: Vec<u64> = (0..50).filter_map(|_| axis.level(mutated(axis, unit, &mut rng))).collect();
                assert!(to.len() == 50 && !to.contains(&level), "{to:?}");
            }
        }
        assert_eq!(mutated(&single, 0.5, &mut rng), 0.5);
    }
}
