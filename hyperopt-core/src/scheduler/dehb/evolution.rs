//! Differential evolution in the unit cube: rand/1 mutation and binomial crossover.

use rand::{Rng, RngExt};

/// F, the share of the difference of two parents that is added to a third.
const MUTATION_FACTOR: f64 = 0.5;

/// CR, the probability that a coordinate comes from the mutant.
const CROSSOVER: f64 = 0.5;

/// Draws a point uniformly from the cube.
pub(super) fn uniform(axes: usize, rng: &mut impl Rng) -> Vec<f64> {
    (0..axes).map(|_| rng.random()).collect()
}

/// Returns a child of `target` and a mutant of three of the `parents` other than `target`.
///
/// If there are fewer than three, mutants of `everyone` fill the gaps; if those are fewer than three too, random points do.
pub(super) fn child<'a>(
    target: &[f64],
    parents: &'a [Vec<f64>],
    everyone: impl FnOnce() -> Vec<&'a [f64]>,
    rng: &mut impl Rng,
) -> Vec<f64> {
    // Without axes, only one point exists.
    if target.is_empty() {
        return Vec::new();
    }
    let mut pool: Vec<_> = parents.iter().map(Vec::as_slice).filter(|&parent| parent != target).collect();
    let mut made_up = Vec::new();
    if pool.len() < 3 {
        let everyone = everyone();
        let make = |_| if everyone.len() < 3 { uniform(target.len(), rng) } else { mutant(&everyone, rng) };
        made_up.extend((pool.len()..3).map(make));
    }
    pool.extend(made_up.iter().map(Vec::as_slice));
    cross(target, mutant(&pool, rng), rng)
}

/// Makes a rand/1 mutant: one of the pool, moved by the difference of two others.
fn mutant(pool: &[&[f64]], rng: &mut impl Rng) -> Vec<f64> {
    let [base, plus, minus] = three_of(pool.len(), rng).map(|index| pool[index]);
    let moved = base.iter().zip(plus.iter().zip(minus));
    moved.map(|(base, (plus, minus))| base + MUTATION_FACTOR * (plus - minus)).collect()
}

/// Applies binomial crossover: each coordinate comes from the mutant or the target, at least one from the mutant.
/// Coordinates outside of the cube are drawn anew.
fn cross(target: &[f64], mut mutant: Vec<f64>, rng: &mut impl Rng) -> Vec<f64> {
    let sure = rng.random_range(0..target.len());
    for (axis, (unit, &kept)) in mutant.iter_mut().zip(target).enumerate() {
        if !rng.random_bool(CROSSOVER) && axis != sure {
            *unit = kept;
        }
        if !(0.0..=1.0).contains(unit) {
            *unit = rng.random();
        }
    }
    mutant
}

/// Draws three different indices below `count`, which is at least 3, each triple with the same probability.
fn three_of(count: usize, rng: &mut impl Rng) -> [usize; 3] {
    let first = rng.random_range(0..count);
    let mut second = rng.random_range(0..count - 1);
    second += usize::from(second >= first);
    let (lower, upper) = (first.min(second), first.max(second));
    let mut third = rng.random_range(0..count - 2);
    third += usize::from(third >= lower);
    third += usize::from(third >= upper);
    [first, second, third]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    use super::*;

    #[test]
    fn each_triple_is_as_likely() {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let mut counts = BTreeMap::new();
        for _ in 0..24_000 {
            *counts.entry(three_of(4, &mut rng)).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 24);
        assert!(counts.keys().all(|[a, b, c]| a != b && b != c && a != c));
        // Five standard errors of a count of 1000.
        assert!(counts.values().all(|count| (840..1160).contains(count)), "{counts:?}");
        assert!((0..100).all(|_| three_of(3, &mut rng).iter().sum::<usize>() == 3));
    }

    #[test]
    fn coordinates_come_from_the_target_or_the_mutant() {
        let parents = [0.5, 0.6, 0.7].map(|unit| vec![unit; 8]);
        let mut from_target = 0;
        for seed in 0..500 {
            let child = child(&[0.1; 8], &parents, Vec::new, &mut ChaCha8Rng::seed_from_u64(seed));
            let kept = child.iter().filter(|&&unit| unit == 0.1).count();
            // One of the parents and half a difference of the others: 0.45, 0.55, 0.65, 0.75.
            let mutated =
                child.iter().filter(|&&unit| (unit * 20.0 - (unit * 20.0).round()).abs() < 1e-9 && unit > 0.4);
            assert_eq!(kept + mutated.count(), 8, "{child:?}");
            assert!(kept < 8, "{child:?}");
            from_target += kept;
        }
        // Half of the coordinates, but for the one that is surely the mutant's: 3.5 of 8.
        assert!((1600..1900).contains(&from_target), "{from_target}");
    }

    #[test]
    fn what_leaves_the_cube_is_drawn_anew() {
        let parents = [0.9, 1.0, 0.1].map(|unit| vec![unit]);
        let mut drawn = 0;
        for seed in 0..200 {
            let child = child(&[0.2], &parents, Vec::new, &mut ChaCha8Rng::seed_from_u64(seed));
            assert!((0.0..=1.0).contains(&child[0]), "{child:?}");
            drawn += u32::from(![0.45, 0.6, 0.05, 0.15].iter().any(|unit| (unit - child[0]).abs() < 1e-12));
        }
        // One in three: of 0.9 ± 0.45, 1.0 ± 0.4 and 0.1 ± 0.05 two lie outside.
        assert!((47..87).contains(&drawn), "{drawn}");
    }

    #[test]
    fn too_few_parents_are_made_up_for() {
        let parents = [0.4, 0.5, 0.6].map(|unit| vec![unit; 2]);
        let everyone: [&[f64]; 4] = [&[0.4; 2], &[0.5; 2], &[0.6; 2], &[0.45; 2]];
        for seed in 0..100 {
            for parents in (0..=3).map(|count| &parents[..count]) {
                for everyone in [&everyone[..], &everyone[..2], &[]] {
                    // The target is one of the parents, where there are any.
                    let mut rng = ChaCha8Rng::seed_from_u64(seed);
                    let child = child(&[0.4; 2], parents, || everyone.to_vec(), &mut rng);
                    assert!(child.iter().all(|unit| (0.0..=1.0).contains(unit)), "{child:?}");
                }
            }
        }
    }
}
