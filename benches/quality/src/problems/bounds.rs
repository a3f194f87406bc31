//! Optima at the ends of the axes, and beside a cliff.

use hyperopt::Error;
use hyperopt::prelude::*;

use crate::problem::{Instance, Noise, Problem, Sweep, swept};
use crate::problems::terrain::Terrain;
use crate::random::SplitMix;
use crate::space::Axis;

pub const CORNER: Problem =
    Problem { name: "corner-5", axes: five, instance: corner, sweep: sweep_five, is_continuous: true };

pub const EDGE: Problem = Problem { name: "edge-6", axes: six, instance: edge, sweep: sweep_six, is_continuous: true };

pub const CLIFF: Problem =
    Problem { name: "cliff-5", axes: five, instance: cliff, sweep: sweep_five, is_continuous: true };

fn five(_: u64) -> Vec<Axis> {
    ["a", "b", "c", "d", "e"].map(|name| Axis::float(name, 0.0, 1.0)).into()
}

fn six(_: u64) -> Vec<Axis> {
    ["a", "b", "c", "d", "e", "f"].map(|name| Axis::float(name, 0.0, 1.0)).into()
}

/// Along the first axes of a random order the optimum lies at an end, where the function still falls; along the others inside.
fn bounded(name: &str, n: usize, at_an_end: usize, seed: u64) -> Instance {
    let mut stream = SplitMix::new(name, seed);
    let mut order: Vec<(u64, usize)> = (0..n).map(|axis| (stream.next(), axis)).collect();
    order.sort_unstable();
    let mut place: Vec<f64> = (0..n).map(|_| stream.between(0.1, 0.9)).collect();
    let mut slopes = vec![0.0; n];
    for &(_, axis) in &order[..at_an_end] {
        place[axis] = stream.below(2) as f64;
        slopes[axis] = stream.between(0.1, 1.0);
    }
    let terrain = Terrain::new(&mut stream, place.clone()).slopes(slopes);
    let objective = move |x: &[f64]| terrain.height(x.iter().copied());
    Instance { objective: Box::new(objective), noise: Noise::None, optimum: 0.0, minimiser: place }
}

fn corner(seed: u64) -> Instance {
    bounded(CORNER.name, 5, 5, seed)
}

fn edge(seed: u64) -> Instance {
    bounded(EDGE.name, 6, 3, seed)
}

/// Beyond a plane that passes near the optimum the value is higher by more than all of the slope that leads to it: a rate at
/// which training diverges.
fn cliff(seed: u64) -> Instance {
    let mut stream = SplitMix::new(CLIFF.name, seed);
    let place: Vec<f64> = (0..5).map(|_| stream.between(0.15, 0.85)).collect();
    let terrain = Terrain::new(&mut stream, place.clone());
    let normal: Vec<f64> = (0..5).map(|_| stream.normal()).collect();
    let length = normal.iter().map(|x| x * x).sum::<f64>().sqrt();
    let distance = stream.between(0.005, 0.05);
    let height = stream.between(1.0, 20.0);
    let centre = place.clone();
    let objective = move |x: &[f64]| {
        let beyond = x.iter().zip(&centre).zip(&normal).map(|((x, place), n)| (x - place) * n).sum::<f64>() / length;
        let fall = if beyond > distance { height * (1.0 + beyond) } else { 0.0 };
        terrain.height(x.iter().copied()) + fall
    };
    Instance { objective: Box::new(objective), noise: Noise::None, optimum: 0.0, minimiser: place }
}

fn sweep_five(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        { a = 0.0..=1.0, b = 0.0..=1.0, c = 0.0..=1.0, d = 0.0..=1.0, e = 0.0..=1.0, },
        [a, b, c, d, e],
        [a, b, c, d, e]
    )
}

fn sweep_six(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        { a = 0.0..=1.0, b = 0.0..=1.0, c = 0.0..=1.0, d = 0.0..=1.0, e = 0.0..=1.0, f = 0.0..=1.0, },
        [a, b, c, d, e, f],
        [a, b, c, d, e, f]
    )
}
