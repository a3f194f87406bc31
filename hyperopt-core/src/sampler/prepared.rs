//! Tests of what samplers keep when they are prepared again: it is what they would read of the whole history.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::testing::{Bench, every_kind, guard, ragged_loss};
use super::{AnnealSampler, BohbSampler, Nsga2Sampler, PriorBandSampler, Rungs, Sampler, Setup, TpeSampler};
#[cfg(feature = "models")]
use super::{AutoSampler, CmaEsSampler, GpSampler};
use crate::space::{Point, Space};
use crate::trial::Outcome;

const LADDER: [f64; 3] = [1.0, 3.0, 9.0];

/// A sampler, and for how many brackets it is tested.
type Tested = (fn() -> Box<dyn Sampler>, usize);

fn samplers() -> Vec<Tested> {
    vec![
        (|| Box::new(TpeSampler::new()), 24),
        (|| Box::new(BohbSampler::new()), 24),
        (|| Box::new(AnnealSampler::new()), 24),
        (|| Box::new(Nsga2Sampler::new()), 24),
        (|| Box::new(PriorBandSampler::new()), 24),
        #[cfg(feature = "models")]
        (|| Box::new(CmaEsSampler::new()), 24),
        #[cfg(feature = "models")]
        (|| Box::new(GpSampler::new().candidates(8)), 3),
        #[cfg(feature = "models")]
        (|| Box::new(AutoSampler::new()), 3),
    ]
}

/// Points of an earlier sweep that do not say anything along all axes.
fn transferred(space: &Space) -> Vec<Point> {
    let unit =
        |axis: usize, point: usize| if (axis + point).is_multiple_of(3) { f64::NAN } else { 0.2 + 0.1 * point as f64 };
    (0..4).map(|point| (0..space.len()).map(|axis| unit(axis, point)).collect()).collect()
}

/// Runs brackets of nine, three and one trials, with budgets or without, and compares the sampler with one that is made for each
/// bracket.
fn compare((make, brackets): Tested, space: &Space, has_budgets: bool, transferred: &[Point]) {
    let seed = 11;
    let (mut bench, mut kept) = (Bench::new(space, seed), make());
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    for bracket in 0..brackets {
        let mut fresh = make();
        let rungs = if has_budgets { Rungs { resources: &LADDER, first: bracket % 3, eta: 3.0 } } else { Rungs::NONE };
        for sampler in [&mut kept, &mut fresh] {
            let setup = Setup { bracket, rungs, transferred, ..bench.setup() };
            sampler.prepare(&setup).expect("sound options");
        }
        let mut members: Vec<usize> = Vec::new();
        for _ in 0..9 {
            let draw = bench.draw(bench.history.configurations());
            let expected = fresh.suggest(space, &bench.history, &draw);
            assert_eq!(kept.suggest(space, &bench.history, &draw), expected, "{} in bracket {bracket}", kept.name());
            members.push(bench.ask(&mut kept, has_budgets.then_some(LADDER[0])));
            guard(space, bench.history.running_mut(members[members.len() - 1]).expect("a trial").point_mut());
            tell(&mut bench, &members, 3, &mut rng);
        }
        tell(&mut bench, &members, 0, &mut rng);
        for resources in LADDER[1..].iter().filter(|_| has_budgets) {
            members.truncate(members.len() / 3);
            for trial in &mut members {
                *trial = bench.promote(*trial, *resources);
            }
            tell(&mut bench, &members, 0, &mut rng);
        }
    }
}

/// Tells `members` in any order, until `left` run.
fn tell(bench: &mut Bench<'_>, members: &[usize], left: usize, rng: &mut ChaCha8Rng) {
    while bench.history.running() > left {
        let trial = members[rng.random_range(0..members.len())];
        let Some(running) = bench.history.running_mut(trial) else { continue };
        let loss = ragged_loss(running.point()) + 1.0 / running.resources().unwrap_or(1.0);
        bench.tell(trial, if loss.is_nan() { Outcome::failed("no") } else { Outcome::value(loss) });
    }
}

#[test]
fn a_prepared_sampler_proposes_what_a_new_one_does() {
    let space = every_kind();
    for has_budgets in [true, false] {
        for tested in samplers() {
            compare(tested, &space, has_budgets, &[]);
        }
    }
}

#[test]
fn points_of_an_earlier_sweep_are_those_of_the_bracket() {
    let space = every_kind();
    let transferred = transferred(&space);
    compare((|| Box::new(TpeSampler::new()), 24), &space, true, &transferred);
    compare((|| Box::new(BohbSampler::new()), 24), &space, true, &transferred);
}
