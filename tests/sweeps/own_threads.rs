//! Samplers, guards and pruners that use threads of rayon themselves, on the threads of a sweep.

use hyperopt::prelude::*;
use hyperopt::{Draw, Goal, History, Point, Pruner, Sampler, Space, Sweep, Trial};
use rand::RngExt;
use rayon::prelude::*;

use crate::memory::Memory;

/// Looks at many points at once for the one that is farthest from the best.
#[derive(Debug)]
struct Crowd;

impl Sampler for Crowd {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        let mut rng = draw.rng();
        let seeds: Vec<f64> = (0..64).map(|_| rng.random()).collect();
        let best = history.best(draw.goal()).and_then(|(trial, _)| trial.point().get(0)).unwrap_or(0.5);
        let score =
            |unit: f64| (0..200_u64).into_par_iter().map(|k| ((unit - best).abs() * 1e9) as u64 + k).sum::<u64>();
        let scored = seeds.into_par_iter().map(|unit| (score(unit), unit));
        let (_, unit) = scored.max_by(|a, b| Ord::cmp(&a.0, &b.0).then(a.1.total_cmp(&b.1)))?;
        Some(vec![unit; space.len()].into())
    }
}

/// What many small tasks make of `x`: in whole numbers, whose sum does not depend on the order.
fn crowded(x: f64) -> f64 {
    let large = (x * 1e6) as u64;
    let sum: u64 =
        (0..64_u64).into_par_iter().map(|k| k + (0..64_u64).into_par_iter().map(|n| n ^ large).sum::<u64>()).sum();
    x + sum as f64
}

/// All that is the same on any number of threads.
fn told(sweep: &Sweep) -> Vec<String> {
    assert!(sweep.error().is_none(), "{:?}", sweep.error());
    let trials = sweep.history().trials().iter();
    trials.map(|trial| format!("{} {:?} {:?}", trial.number(), trial.point(), trial.objective())).collect()
}

macro_rules! on_all {
    ($sweep:ident) => {
        let one = told(&$sweep!(phyperopt(workers(1))));
        for threads in [2, 8, 64] {
            assert_eq!(told(&$sweep!(phyperopt(workers(threads)))), one, "{threads} threads");
        }
        assert_eq!(told(&$sweep!(thyperopt)), one);
    };
}

#[test]
fn a_sampler_uses_threads() {
    macro_rules! sweep {
        ($run:ident $(($executor:expr))?) => {
            $run!(
                $($executor,)?
                sampler = Crowd,
                seed = 7,
                x = 0.0..=1.0,
                for _ in 0..300 {
                    crowded(x)
                }
            )
            .into_sweep()
        };
    }
    on_all!(sweep);
}

#[test]
fn a_guard_uses_threads() {
    macro_rules! sweep {
        ($run:ident $(($executor:expr))?) => {
            $run!(
                $($executor,)?
                sampler = TpeSampler::new(),
                seed = 7,
                x = 0.0..=1.0,
                y = if (crowded(x) as u64).is_multiple_of(2) {
                    0.0..=1.0
                },
                for _ in 0..300 {
                    x + y.unwrap_or(0.5)
                }
            )
            .into_sweep()
        };
    }
    on_all!(sweep);
}

#[test]
fn a_sampler_within_a_scheduler_uses_threads() {
    macro_rules! sweep {
        ($run:ident $(($executor:expr))?) => {
            $run!(
                $($executor,)?
                sampler = Hyperband::new(3.0).inner(Crowd).rounds(3),
                seed = 7,
                x = 0.0..=1.0,
                y = if x > 0.5 {
                    [1, 2]
                },
                for (resources, state) in 1..=27 {
                    let sum: f64 = state.unwrap_or(0.0);
                    (x + f64::from(y.unwrap_or(0)) + sum / f64::from(resources), sum + 1.0)
                }
            )
            .into_sweep()
        };
    }
    on_all!(sweep);
}

#[test]
fn a_pruner_uses_threads() {
    /// Ends every trial whose last report is above what many threads agree on.
    #[derive(Debug)]
    struct Jury;

    impl Pruner for Jury {
        fn prune(&mut self, trials: &[Trial], trial: &Trial, _: Goal) -> bool {
            let better = trials.par_iter().filter(|other| other.objective().is_some_and(|value| value < 0.1)).count();
            let (step, value) = trial.last_report().unwrap_or_default();
            better > 2 && step > 1 && value > 0.5 && crowded(value) > 0.0
        }
    }

    macro_rules! sweep {
        ($run:ident $(($executor:expr))?) => {
            $run!(
                $($executor,)?
                sampler = RandomSampler::new().pruner(Jury).batch(8),
                seed = 7,
                x = 0.0..=1.0,
                'sweep: for trial in 0..100 {
                    // The body reports from threads of rayon too.
                    for step in 0..4 {
                        (0..8_u32).into_par_iter().for_each(|_| trial.report(step, x));
                        if trial.should_prune() {
                            continue 'sweep;
                        }
                    }
                    x
                }
            )
            .into_sweep()
        };
    }
    let pruned = sweep!(hyperopt).history().count(hyperopt::State::Pruned);
    assert!(pruned > 20, "{pruned}");
    on_all!(sweep);
}

/// Two sweeps of one study on the threads of one pool: while one waits for a trial of the other, that trial needs the pool.
#[test]
fn sweeps_of_one_study_share_a_pool() {
    for _ in 0..30 {
        let memory = Memory::default();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                let study = memory.handle();
                scope.spawn(move || {
                    let ho = thyperopt!(
                        study = study,
                        seed = 7,
                        sampler = Crowd,
                        x = 0.0..=1.0,
                        y = if (crowded(x) as u64).is_multiple_of(2) {
                            0.0..=1.0
                        },
                        for _ in 0..30 {
                            crowded(x) + y.unwrap_or(0.5)
                        }
                    );
                    assert_eq!((ho.len(), ho.error()), (30, None));
                });
            }
        });
    }
}
