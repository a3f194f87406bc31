//! Test functions on a box. The optimum is moved to a place that goes with the seed: the function is shifted, the box stays.

use hyperopt::Error;
use hyperopt::prelude::*;

use crate::problem::{Instance, Noise, Problem, Sweep, swept};
use crate::problems::functions::{self, Function};
use crate::random::SplitMix;
use crate::space::Axis;

/// How far an optimum may be moved, in parts of the box.
enum Move {
    /// To anywhere between a tenth and nine tenths of each axis.
    Anywhere,
    /// So far to either side: for a function whose features all lie within its box.
    By(f64),
}

/// The functions are defined, and nowhere smaller, outside their boxes too, so a shifted one keeps its smallest value.
fn shifted(name: &str, function: Function, axes: &[Axis], minimiser: &[f64], reach: &Move, seed: u64) -> Instance {
    let mut stream = SplitMix::new(name, seed);
    let place = |(axis, &x): (&Axis, &f64)| {
        axis.value(match reach {
            Move::Anywhere => stream.between(0.1, 0.9),
            Move::By(reach) => axis.unit(x) + stream.between(-reach, *reach),
        })
    };
    let moved: Vec<f64> = axes.iter().zip(minimiser).map(place).collect();
    let shift: Vec<f64> = moved.iter().zip(minimiser).map(|(moved, x)| moved - x).collect();
    let objective = move |x: &[f64]| {
        let x: Vec<f64> = x.iter().zip(&shift).map(|(x, shift)| x - shift).collect();
        function(&x)
    };
    Instance { objective: Box::new(objective), noise: Noise::None, optimum: function(minimiser), minimiser: moved }
}

macro_rules! problem {
    ($constant:ident, $name:literal, $function:path, [$($axis:ident in $lo:literal..$hi:literal),*], $minimiser:expr, $reach:expr) => {
        pub const $constant: Problem = {
            fn axes(_: u64) -> Vec<Axis> {
                vec![$(Axis::float(stringify!($axis), $lo, $hi)),*]
            }

            fn instance(seed: u64) -> Instance {
                shifted($name, $function, &axes(seed), &$minimiser, &$reach, seed)
            }

            fn sweep(sweep: Sweep) -> Option<Error> {
                swept!(sweep, { $($axis = $lo..=$hi,)* }, [$($axis),*], [$($axis),*])
            }

            Problem { name: $name, axes, instance, sweep, is_continuous: true }
        };
    };
}

problem!(
    BRANIN,
    "branin",
    functions::branin,
    [a in -5.0..10.0, b in 0.0..15.0],
    [std::f64::consts::PI, 2.275],
    Move::Anywhere
);

problem!(
    HARTMANN,
    "hartmann-6",
    functions::hartmann,
    [a in 0.0..1.0, b in 0.0..1.0, c in 0.0..1.0, d in 0.0..1.0, e in 0.0..1.0, f in 0.0..1.0],
    functions::HARTMANN,
    Move::By(0.1)
);

problem!(
    ACKLEY,
    "ackley-10",
    functions::ackley,
    [a in -32.768..32.768, b in -32.768..32.768, c in -32.768..32.768, d in -32.768..32.768, e in -32.768..32.768, f in -32.768..32.768, g in -32.768..32.768, h in -32.768..32.768, j in -32.768..32.768, k in -32.768..32.768],
    [0.0; 10],
    Move::Anywhere
);

problem!(
    ROSENBROCK_5,
    "rosenbrock-5",
    functions::rosenbrock,
    [a in -5.0..10.0, b in -5.0..10.0, c in -5.0..10.0, d in -5.0..10.0, e in -5.0..10.0],
    [1.0; 5],
    Move::Anywhere
);

problem!(
    ROSENBROCK_10,
    "rosenbrock-10",
    functions::rosenbrock,
    [a in -5.0..10.0, b in -5.0..10.0, c in -5.0..10.0, d in -5.0..10.0, e in -5.0..10.0, f in -5.0..10.0, g in -5.0..10.0, h in -5.0..10.0, j in -5.0..10.0, k in -5.0..10.0],
    [1.0; 10],
    Move::Anywhere
);

problem!(
    LEVY,
    "levy-8",
    functions::levy,
    [a in -10.0..10.0, b in -10.0..10.0, c in -10.0..10.0, d in -10.0..10.0, e in -10.0..10.0, f in -10.0..10.0, g in -10.0..10.0, h in -10.0..10.0],
    [1.0; 8],
    Move::Anywhere
);

problem!(
    STYBLINSKI_TANG,
    "styblinski-tang-6",
    functions::styblinski_tang,
    [a in -5.0..5.0, b in -5.0..5.0, c in -5.0..5.0, d in -5.0..5.0, e in -5.0..5.0, f in -5.0..5.0],
    [functions::STYBLINSKI_TANG; 6],
    Move::Anywhere
);
