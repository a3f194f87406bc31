//! The note that says that threads had nothing to do.

use hyperopt_core::{
    Asha, Bohb, Budgets, Candidates, Dehb, Hyperband, Hyperoptimizer, MedianPruner, Nsga2Sampler, Outcome, Parameters,
    RandomSampler, Sampler, Search, Strategy, TpeSampler, Trials, WithPruner, workers,
};

fn space() -> Parameters<f64> {
    Parameters::new().with("x", (0.0..=1.0).dimension()).with("y", (0.0..=1.0).dimension())
}

fn notes<P>(ho: &Hyperoptimizer<P>) -> String {
    ho.sweep().notes().join("; ")
}

/// Returns the notes of a sweep of `trials` on `threads`.
fn after(sampler: impl Strategy<Kind = Trials>, threads: usize, trials: u64) -> String {
    let search = Search::new(space()).sampler(sampler).seed(0);
    notes(&search.run_on(workers(threads), 0..trials, |_, params| params[0].1))
}

#[test]
fn threads_that_wait_for_a_batch_are_noted() {
    let advice =
        "8 of 16 threads at work at a time: TpeSampler waits for batches of 8; write `TpeSampler::new().batch(16)`";
    assert_eq!(after(TpeSampler::new(), 16, 20), advice);
    // What it says helps; fewer threads, a sampler that never waits, and a sweep of one batch leave none idle for it.
    assert_eq!(after(TpeSampler::new().batch(16), 16, 20), "");
    assert_eq!(after(TpeSampler::new(), 8, 20), "");
    assert_eq!(after(TpeSampler::new(), 16, 8), "");
    assert_eq!(after(RandomSampler::new(), 16, 20), "");
    // Whoever sets a batch knows what follows.
    assert_eq!(after(TpeSampler::new().batch(4), 16, 20), "");
    let noted = after(Box::new(Nsga2Sampler::new()) as Box<dyn Sampler>, 9, 20);
    assert!(noted.ends_with("write `Nsga2Sampler::new().batch(9)`"), "{noted}");
}

#[test]
fn a_sampler_with_a_pruner_is_noted_too() {
    let run = |sampler: hyperopt_core::Pruned<TpeSampler, MedianPruner>| {
        let search = Search::new(space()).sampler(sampler).seed(0);
        notes(&search.run_on(workers(12), 0..20, |_, params| Outcome::value(params[0].1)))
    };
    let tpe = || TpeSampler::new().pruner(MedianPruner::new());
    assert!(run(tpe()).contains("8 of 12 threads"), "{}", run(tpe()));
    assert_eq!(run(tpe().batch(12)), "");
}

/// Returns the notes of a sweep over budgets on `threads`.
fn after_rungs(scheduler: impl Strategy<Kind = Budgets>, threads: usize) -> String {
    let search = Search::new(space()).sampler(scheduler).seed(0);
    notes(&search.run_trials_on(workers(threads), 1..=27, |_, params| params[0].1))
}

/// Rungs end one after the other, and the last one of a bracket has a trial or two.
#[test]
fn threads_that_wait_for_a_rung_are_noted() {
    let expected = "3.1 of 8 threads at work on average: Hyperband waits for the last trial of each rung, the smallest of which \
                    has 1 trial; `Asha::new(3.0)` does not wait";
    assert_eq!(after_rungs(Hyperband::new(3.0), 8), expected);
    for noted in [after_rungs(Bohb::new(), 16), after_rungs(Dehb::new(3.0), 16)] {
        assert!(noted.contains(" of 16 threads at work on average"), "{noted}");
    }
    // What it says helps, and so do fewer threads.
    assert_eq!(after_rungs(Asha::new(3.0), 8), "");
    assert_eq!(after_rungs(Hyperband::new(3.0), 2), "");
    assert_eq!(after_rungs(Hyperband::new(3.0), 1), "");
}

/// The same seed gives the same history on any number of threads, noted or not.
#[test]
fn the_trials_do_not_depend_on_the_threads() {
    let points = |threads: usize| {
        let search = Search::new(space()).sampler(TpeSampler::new()).seed(3);
        let ho = search.run_on(workers(threads), 0..40, |_, params| params[0].1 + params[1].1);
        ho.history().trials().iter().map(|trial| trial.point().clone()).collect::<Vec<_>>()
    };
    assert_eq!(points(1), points(16));
}
