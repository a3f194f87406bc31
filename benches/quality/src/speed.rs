//! The processor time of a suggestion after 100 to 100,000 trials: over 8 numbers, with 24 candidates where a method draws
//! candidates and their number can be set.

use std::time::Instant;

use cpu_time::ProcessTime;
use hyperopt::Error;
use hyperopt::prelude::*;

use crate::method::Method;
use crate::problem::{Instance, Noise, Problem, Sweep, swept};
use crate::space::Axis;

/// The numbers of trials after which the time is taken.
pub const TRIALS: [usize; 4] = [100, 1_000, 10_000, 100_000];

const NAMES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/// A bowl, so that the function costs nothing.
pub const BOWL: Problem = Problem { name: "bowl-8", axes, instance, sweep, is_continuous: true };

fn axes(_: u64) -> Vec<Axis> {
    NAMES.iter().map(|name| Axis::float(name, 0.0, 1.0)).collect()
}

fn instance(_: u64) -> Instance {
    let objective = |x: &[f64]| x.iter().map(|x| (x - 0.3) * (x - 0.3)).sum();
    Instance { objective: Box::new(objective), noise: Noise::None, optimum: 0.0, minimiser: vec![0.3; 8] }
}

fn sweep(sweep: Sweep) -> Option<Error> {
    swept!(
        sweep,
        {
            a = 0.0..=1.0,
            b = 0.0..=1.0,
            c = 0.0..=1.0,
            d = 0.0..=1.0,
            e = 0.0..=1.0,
            f = 0.0..=1.0,
            g = 0.0..=1.0,
            h = 0.0..=1.0,
        },
        [a, b, c, d, e, f, g, h],
        [a, b, c, d, e, f, g, h]
    )
}

/// A trial's time in microseconds around each number of trials that is reached within `seconds` of processor time, as the mean
/// of a twentieth more trials than that, and at least five.
pub fn measure(method: &Method, seconds: f64) -> Vec<Option<f64>> {
    // A method that has to be told how many trials there will be makes its plan for them.
    let runs: Vec<&[usize]> = if method.plans { TRIALS.chunks(1).collect() } else { vec![&TRIALS] };
    let mut costs = vec![];
    for marks in runs {
        let mut marked = vec![None; marks.len()];
        let (start, wall) = (ProcessTime::now(), Instant::now());
        let window = |mark: usize| (mark / 20).max(5);
        let (mut told, mut since) = (0, 0.0);
        let last = marks[marks.len() - 1];
        // Whatever a method does once it is out of time is no longer of interest; a panic ends those without another way.
        let run = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            (method.run)(&BOWL, 0, last + window(last), &mut |x| {
                let elapsed = start.elapsed().as_secs_f64();
                told += 1;
                for (mark, cost) in marks.iter().zip(&mut marked) {
                    if told == *mark {
                        since = elapsed;
                    } else if told == mark + window(*mark) {
                        *cost = Some((elapsed - since) * 1e6 / window(*mark) as f64);
                    }
                }
                assert!(elapsed < seconds && wall.elapsed().as_secs_f64() < 10.0 * seconds, "out of time");
                x.iter().map(|x| (x - 0.3) * (x - 0.3)).sum()
            })
        }));
        drop(run);
        costs.extend(marked);
    }
    costs.resize(TRIALS.len(), None);
    costs
}
