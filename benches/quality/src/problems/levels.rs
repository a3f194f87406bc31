//! Spaces of levels only: grids of integers and ordered values, with noise or without, integers with many levels, a logarithmic
//! integer beside categories, and many categories.

use hyperopt::Error;
use hyperopt::prelude::*;

use crate::problem::{Instance, Noise, Problem, Sweep, swept};
use crate::problems::terrain::Terrain;
use crate::random::SplitMix;
use crate::space::Axis;

pub const GRID: Problem =
    Problem { name: "grid-4", axes: grid_axes, instance: grid, sweep: grid_sweep, is_continuous: false };

pub const NOISY_GRID: Problem =
    Problem { name: "noisy-grid-3", axes: noisy_axes, instance: noisy_grid, sweep: noisy_sweep, is_continuous: false };

pub const INTEGERS: Problem =
    Problem { name: "integers-6", axes: integer_axes, instance: integers, sweep: integers_sweep, is_continuous: false };

pub const LOG_LEVELS: Problem =
    Problem { name: "log-levels-3", axes: log_axes, instance: log_levels, sweep: log_sweep, is_continuous: false };

pub const CATEGORIES: Problem = Problem {
    name: "fifty-categories-3",
    axes: category_axes,
    instance: categories,
    sweep: categories_sweep,
    is_continuous: false,
};

/// A place on the levels themselves, drawn evenly from `lo` to `hi` of each axis, as a point and in the unit cube.
fn level(axes: &[Axis], stream: &mut SplitMix, (lo, hi): (f64, f64)) -> (Vec<f64>, Vec<f64>) {
    let point: Vec<f64> = axes.iter().map(|axis| axis.value(stream.between(lo, hi))).collect();
    let place = axes.iter().zip(&point).map(|(axis, &value)| axis.unit(value)).collect();
    (point, place)
}

/// A landscape over axes in order, its lowest place one of the points of the grid.
fn landscape(name: &str, axes: Vec<Axis>, seed: u64, noise: Option<(f64, f64)>) -> Instance {
    let mut stream = SplitMix::new(name, seed);
    let (minimiser, place) = level(&axes, &mut stream, (0.0, 1.0));
    let terrain = Terrain::new(&mut stream, place);
    let noise = noise.map_or(Noise::None, |(lo, hi)| Noise::Normal(stream.between(lo, hi)));
    let objective = move |x: &[f64]| terrain.height(x.iter().zip(&axes).map(|(&x, axis)| axis.unit(x)));
    Instance { objective: Box::new(objective), noise, optimum: 0.0, minimiser }
}

fn grid_axes(_: u64) -> Vec<Axis> {
    vec![Axis::int("depth", 1, 10), Axis::int("leaves", 0, 12), Axis::int("size", 0, 5), Axis::int("step", 0, 4)]
}

fn grid(seed: u64) -> Instance {
    landscape(GRID.name, grid_axes(seed), seed, None)
}

fn grid_sweep(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        {
            depth = 1_i32..=10,
            leaves = 0_i32..=12,
            size = ordinal([0_u8, 1, 2, 3, 4, 5]),
            step = ordinal([0_u8, 1, 2, 3, 4]),
        },
        [depth, leaves, size, step],
        [f64::from(depth), f64::from(leaves), f64::from(size), f64::from(step)]
    )
}

fn noisy_axes(_: u64) -> Vec<Axis> {
    vec![Axis::int("depth", 0, 9), Axis::int("leaves", 0, 9), Axis::int("size", 0, 5)]
}

fn noisy_grid(seed: u64) -> Instance {
    landscape(NOISY_GRID.name, noisy_axes(seed), seed, Some((0.05, 0.3)))
}

fn noisy_sweep(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        { depth = 0_i32..=9, leaves = 0_i32..=9, size = ordinal([0_u8, 1, 2, 3, 4, 5]), },
        [depth, leaves, size],
        [f64::from(depth), f64::from(leaves), f64::from(size)]
    )
}

fn integer_axes(_: u64) -> Vec<Axis> {
    vec![
        Axis::int("a", 0, 255),
        Axis::int("b", -50, 50),
        Axis::int("c", 1, 1000),
        Axis::int("d", 16, 512),
        Axis::log_int("e", 1, 4096),
        Axis::log_int("f", 8, 1024),
    ]
}

fn integers(seed: u64) -> Instance {
    landscape(INTEGERS.name, integer_axes(seed), seed, None)
}

fn integers_sweep(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        {
            a = 0_i32..=255,
            b = -50_i32..=50,
            c = 1_i32..=1000,
            d = 16_i32..=512,
            e = log(1_i32..=4096),
            f = log(8_i32..=1024),
        },
        [a, b, c, d, e, f],
        [f64::from(a), f64::from(b), f64::from(c), f64::from(d), f64::from(e), f64::from(f)]
    )
}

fn log_axes(_: u64) -> Vec<Axis> {
    vec![Axis::log_int("neighbours", 1, 1000), Axis::choice("metric", 4), Axis::choice("weights", 3)]
}

/// Every pair of categories has its own best integer, and all but one pair a cost.
fn log_levels(seed: u64) -> Instance {
    let axes = log_axes(seed);
    let mut stream = SplitMix::new(LOG_LEVELS.name, seed);
    let best = [stream.below(4), stream.below(3)];
    let mut costs = |best: usize, n: usize| -> Vec<f64> {
        (0..n).map(|level| if level == best { 0.0 } else { stream.between(0.02, 0.3) }).collect()
    };
    let costs = [costs(best[0], 4), costs(best[1], 3)];
    let spread = stream.between(0.0, 0.3);
    let common = stream.between(0.15, 0.85);
    let places: Vec<f64> =
        (0..12).map(|_| axes[0].unit(axes[0].value((common + spread * stream.normal()).clamp(0.0, 1.0)))).collect();
    let steepness = stream.between(0.5, 3.0);
    let pair = |metric: f64, weights: f64| metric as usize * 3 + weights as usize;
    let neighbours = axes[0].value(places[pair(best[0] as f64, best[1] as f64)]);
    let objective = move |x: &[f64]| {
        let off = axes[0].unit(x[0]) - places[pair(x[1], x[2])];
        costs[0][x[1] as usize] + costs[1][x[2] as usize] + steepness * off * off
    };
    let minimiser = vec![neighbours, best[0] as f64, best[1] as f64];
    Instance { objective: Box::new(objective), noise: Noise::None, optimum: 0.0, minimiser }
}

fn log_sweep(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        { neighbours = log(1_i32..=1000), metric = [0_u8, 1, 2, 3], weights = [0_u8, 1, 2], },
        [neighbours, metric, weights],
        [f64::from(neighbours), f64::from(metric), f64::from(weights)]
    )
}

fn category_axes(_: u64) -> Vec<Axis> {
    vec![Axis::choice("kind", 50), Axis::float("x", 0.0, 1.0), Axis::float("y", 0.0, 1.0)]
}

/// Each category has a height, and a place that is its own by a little.
fn categories(seed: u64) -> Instance {
    let mut stream = SplitMix::new(CATEGORIES.name, seed);
    let best = stream.below(50);
    // Few are nearly as good as the best.
    let mut heights: Vec<f64> = (0..50).map(|_| 0.05 + stream.unit().sqrt()).collect();
    heights[best] = 0.0;
    let middle = [stream.between(0.1, 0.9), stream.between(0.1, 0.9)];
    let own = stream.between(0.0, 0.15);
    let places: Vec<[f64; 2]> =
        (0..50).map(|_| middle.map(|place| (place + own * stream.normal()).clamp(0.0, 1.0))).collect();
    let terrain = Terrain::new(&mut stream, vec![0.0; 2]);
    let minimiser = vec![best as f64, places[best][0], places[best][1]];
    let objective = move |x: &[f64]| {
        let kind = x[0] as usize;
        heights[kind] + terrain.height(x[1..].iter().zip(places[kind]).map(|(x, place)| x - place))
    };
    Instance { objective: Box::new(objective), noise: Noise::None, optimum: 0.0, minimiser }
}

fn categories_sweep(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        { kind = (0_u8..50).collect::<Vec<_>>(), x = 0.0..=1.0, y = 0.0..=1.0, },
        [kind, x, y],
        [f64::from(kind), x, y]
    )
}
