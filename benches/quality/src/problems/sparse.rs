//! Numbers, most of which do not matter, and numbers with noise.

use hyperopt::Error;
use hyperopt::prelude::*;

use crate::problem::{Instance, Noise, Problem, Sweep, swept};
use crate::problems::terrain::Terrain;
use crate::random::SplitMix;
use crate::space::Axis;

pub const SPARSE: Problem =
    Problem { name: "sparse-40", axes: forty, instance: sparse, sweep: sweep_forty, is_continuous: true };

pub const NOISY: Problem =
    Problem { name: "noisy-5", axes: five, instance: noisy, sweep: sweep_five, is_continuous: true };

const NAMES: [&str; 40] = [
    "x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17",
    "x18", "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29", "x30", "x31", "x32", "x33",
    "x34", "x35", "x36", "x37", "x38", "x39",
];

fn forty(_: u64) -> Vec<Axis> {
    NAMES.map(|name| Axis::float(name, 0.0, 1.0)).into()
}

/// Four of the axes, which the seed names, make up the landscape.
fn sparse(seed: u64) -> Instance {
    let mut stream = SplitMix::new(SPARSE.name, seed);
    let mut order: Vec<(u64, usize)> = (0..40).map(|axis| (stream.next(), axis)).collect();
    order.sort_unstable();
    let matter = [0, 1, 2, 3].map(|k| order[k].1);
    let mut minimiser = vec![0.5; 40];
    for axis in matter {
        minimiser[axis] = stream.between(0.1, 0.9);
    }
    let terrain = Terrain::new(&mut stream, matter.map(|axis| minimiser[axis]).into());
    let objective = move |x: &[f64]| terrain.height(matter.map(|axis| x[axis]));
    Instance { objective: Box::new(objective), noise: Noise::None, optimum: 0.0, minimiser }
}

fn sweep_forty(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        {
            x0 = 0.0..=1.0, x1 = 0.0..=1.0, x2 = 0.0..=1.0, x3 = 0.0..=1.0, x4 = 0.0..=1.0, x5 = 0.0..=1.0, x6 = 0.0..=1.0, x7 = 0.0..=1.0, x8 = 0.0..=1.0, x9 = 0.0..=1.0, x10 = 0.0..=1.0, x11 = 0.0..=1.0, x12 = 0.0..=1.0, x13 = 0.0..=1.0, x14 = 0.0..=1.0, x15 = 0.0..=1.0, x16 = 0.0..=1.0, x17 = 0.0..=1.0, x18 = 0.0..=1.0, x19 = 0.0..=1.0, x20 = 0.0..=1.0, x21 = 0.0..=1.0, x22 = 0.0..=1.0, x23 = 0.0..=1.0, x24 = 0.0..=1.0, x25 = 0.0..=1.0, x26 = 0.0..=1.0, x27 = 0.0..=1.0, x28 = 0.0..=1.0, x29 = 0.0..=1.0, x30 = 0.0..=1.0, x31 = 0.0..=1.0, x32 = 0.0..=1.0, x33 = 0.0..=1.0, x34 = 0.0..=1.0, x35 = 0.0..=1.0, x36 = 0.0..=1.0, x37 = 0.0..=1.0, x38 = 0.0..=1.0, x39 = 0.0..=1.0,
        },
        [x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16, x17, x18, x19, x20, x21, x22, x23, x24, x25, x26, x27, x28, x29, x30, x31, x32, x33, x34, x35, x36, x37, x38, x39],
        [x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16, x17, x18, x19, x20, x21, x22, x23, x24, x25, x26, x27, x28, x29, x30, x31, x32, x33, x34, x35, x36, x37, x38, x39]
    )
}

fn five(_: u64) -> Vec<Axis> {
    ["a", "b", "c", "d", "e"].map(|name| Axis::float(name, 0.0, 1.0)).into()
}

/// Returns the noise has a standard deviation of 0.03 to 0.3, where the landscape is about 1 high.
fn noisy(seed: u64) -> Instance {
    let mut stream = SplitMix::new(NOISY.name, seed);
    let place: Vec<f64> = (0..5).map(|_| stream.between(0.1, 0.9)).collect();
    let terrain = Terrain::new(&mut stream, place.clone());
    let noise = Noise::Normal(0.03 * 10_f64.powf(stream.unit()));
    let objective = move |x: &[f64]| terrain.height(x.iter().copied());
    Instance { objective: Box::new(objective), noise, optimum: 0.0, minimiser: place }
}

fn sweep_five(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        { a = 0.0..=1.0, b = 0.0..=1.0, c = 0.0..=1.0, d = 0.0..=1.0, e = 0.0..=1.0, },
        [a, b, c, d, e],
        [a, b, c, d, e]
    )
}
