//! Where the search of the acquisition function looks first.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

use super::super::candidates::surround;
use super::super::problem::Problem;
use crate::GpSampler;
use crate::candidates::Candidates;
use crate::sampler::Sampler;
use crate::sampler::testing::{Bench, space};
use crate::trial::Outcome;

/// Of those near a trial, some lie close and some far, on either side of it, and none outside of the cube.
#[test]
fn candidates_lie_all_around_the_best_trials() {
    let space = space([(0.0..=1.0).dimension(), (0.0..=1.0).dimension()]);
    let mut bench = Bench::new(&space, 3);
    let mut sampler = GpSampler::new();
    sampler.prepare(&bench.setup()).expect("sound options");
    for _ in 0..12 {
        let trial = bench.ask(&mut sampler, None);
        let units = bench.units(trial);
        bench.tell(trial, Outcome::value((units[0] - 0.4).powi(2) + (units[1] - 0.6).powi(2)));
    }
    let GpSampler { dimensions, activity, model, options, .. } = &sampler;
    let problem = Problem { space: &space, dimensions, activity, model, tried: None, running: &[], options };
    let (best, mut units) = ([0.4, 0.6], Vec::new());
    surround(problem, &[&best], 400, &mut ChaCha8Rng::seed_from_u64(0), &mut units);
    assert_eq!(units.len(), 800);
    for (axis, centre) in best.into_iter().enumerate() {
        let along: Vec<_> = units.iter().skip(axis).step_by(2).copied().collect();
        assert!(along.iter().all(|unit| (0.0..=1.0).contains(unit)), "{along:?}");
        let below = along.iter().filter(|&&unit| unit < centre).count();
        // Five standard deviations.
        assert!((150..=250).contains(&below), "{below} of 400 below");
        let close = along.iter().filter(|&&unit| (unit - centre).abs() < 0.01).count();
        let far = along.iter().filter(|&&unit| (unit - centre).abs() > 0.1).count();
        assert!(close > 40 && far > 40, "{close} close, {far} far");
    }
}
