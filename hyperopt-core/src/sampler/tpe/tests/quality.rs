//! Against random search, with a negative control.

use std::ops::Range;

use super::super::TpeSampler;
use crate::candidates::{Candidates, Dimension};
use crate::sampler::testing::{bests, margin, space};
use crate::sampler::{BohbSampler, RandomSampler};
use crate::space::{Axis, Point, Space};

fn swapped() -> TpeSampler {
    let mut sampler = TpeSampler::new();
    sampler.options.is_swapped = true;
    sampler
}

fn bowl(point: &Point) -> f64 {
    let at = [0.21, 0.83, 0.47, 0.66, 0.35];
    point.iter().flatten().zip(at).map(|(unit, at)| (unit - at).powi(2)).sum()
}

/// Three numbers, two integers and three switches that matter together.
fn mixed() -> Space {
    fn axis<V>(dimension: &Dimension<V>, name: &str) -> Axis {
        dimension.axis(name, name, &[]).expect("sound candidates")
    }
    let numbers = ["a", "b", "c"].map(|name| axis(&(0.0..=1.0).dimension(), name));
    let integers = ["d", "e"].map(|name| axis(&(1..=12).dimension(), name));
    let switches = ["f", "g", "h"].map(|name| axis(&["x", "y", "z"].map(String::from).dimension(), name));
    Space::new(numbers.into_iter().chain(integers).chain(switches).collect())
}

fn mixture(point: &Point) -> f64 {
    let switch = |axis: usize| point.get(axis).is_some_and(|unit| unit > 0.6);
    let wrong = (5..8).filter(|&axis| !switch(axis)).count() as f64;
    let split = f64::from(switch(5) != switch(6));
    bowl(point) + 0.1 * wrong + 0.15 * split
}

fn compare(space: &Space, objective: fn(&Point) -> f64, trials: usize, seeds: &Range<u64>) {
    let of_random = bests(RandomSampler::new, space, trials, seeds.clone(), objective);
    let of_tpe = bests(TpeSampler::new, space, trials, seeds.clone(), objective);
    let of_swapped = bests(swapped, space, trials, seeds.clone(), objective);
    assert!(margin(&of_tpe, &of_random) > 3.0, "{}", margin(&of_tpe, &of_random));
    assert!(margin(&of_swapped, &of_random) < 3.0, "{}", margin(&of_swapped, &of_random));
}

#[test]
fn beats_random_search_and_does_not_with_the_groups_swapped() {
    let five = space((0..5).map(|_| (0.0..=1.0).dimension()));
    for seeds in [0..20, 1000..1020] {
        compare(&five, bowl, 50, &seeds);
    }
}

#[test]
#[ignore = "the same on more seeds, and against BOHB: `cargo test --release tpe -- --ignored`"]
fn beats_bohb() {
    let five = space((0..5).map(|_| (0.0..=1.0).dimension()));
    for seeds in [0..100, 1000..1100] {
        compare(&five, bowl, 100, &seeds);
        compare(&mixed(), mixture, 100, &seeds);
        let of_bohb = bests(BohbSampler::new, &five, 100, seeds.clone(), bowl);
        let of_tpe = bests(TpeSampler::new, &five, 100, seeds.clone(), bowl);
        assert!(margin(&of_tpe, &of_bohb) > 3.0, "{}", margin(&of_tpe, &of_bohb));
    }
}
