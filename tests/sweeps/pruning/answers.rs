//! What becomes of a trial after `should_prune` has said yes.

use hyperopt::{Candidates, Parameters, RunningTrial, Search};

use super::*;

/// Trains as the example of `RunningTrial` does: the loss after twenty epochs, or `None` as soon as the pruner ends the trial.
fn train(trial: &RunningTrial, rate: f64) -> Option<f64> {
    for epoch in 0..20 {
        trial.report(epoch, loss(rate, epoch));
        if trial.should_prune() {
            return None;
        }
    }
    Some(loss(rate, 20))
}

fn sampler() -> impl hyperopt::Strategy<Kind = hyperopt::Pruning> {
    RandomSampler::new().pruner(MedianPruner::new()).batch(4)
}

fn counts(sweep: &hyperopt::Sweep) -> (usize, usize, usize) {
    let count = |state| sweep.history().count(state);
    (count(State::Pruned), count(State::Complete), count(State::Failed))
}

#[test]
fn a_body_that_gives_nothing_after_a_yes_has_pruned_its_trial() {
    let by_continue = hyperopt!(
        sampler = sampler(),
        seed = 7,
        rate = log(1e-5..=1e-1),
        for trial in 0..40 {
            match train(&trial, rate) {
                Some(loss) => loss,
                None => continue,
            }
        }
    );
    let expected = counts(by_continue.sweep());
    assert!(expected.0 > 10 && expected.2 == 0, "{by_continue}");
    let none = hyperopt!(
        sampler = sampler(),
        seed = 7,
        on_error = OnError::Stop,
        rate = log(1e-5..=1e-1),
        for trial in 0..40 {
            train(&trial, rate)
        }
    );
    assert_eq!((counts(none.sweep()), none.end()), (expected, StopReason::Planned), "{none}");
    assert!(none.sweep().notes().is_empty(), "{none}");
    let error = phyperopt!(
        workers(3),
        sampler = sampler(),
        seed = 7,
        on_error = OnError::Stop,
        rate = log(1e-5..=1e-1),
        for trial in 0..40 {
            train(&trial, rate).ok_or("given up")
        }
    );
    assert_eq!((counts(error.sweep()), error.end()), (expected, StopReason::Planned), "{error}");
    let space = Parameters::new().with("rate", log(1e-5..=1e-1).dimension());
    let search =
        Search::new(space).sampler(sampler()).seed(7).run_trials(0..40, |trial, params| train(trial, params[0].1));
    assert_eq!(counts(search.sweep()), expected, "{search}");
    let mut asked = hyperopt!(sampler = sampler(), seed = 7, rate = log(1e-5..=1e-1));
    for _ in 0..40 {
        let (ticket, p) = asked.ask().unwrap();
        let told = (0..20).try_fold(0.0, |_, epoch| {
            asked.report(&ticket, epoch, loss(p.rate, epoch)).unwrap();
            if asked.should_prune(&ticket).unwrap() { Err("given up") } else { Ok(loss(p.rate, 20)) }
        });
        asked.tell(ticket, told).unwrap();
    }
    assert_eq!(counts(asked.finish().sweep()).2, 0);
}

#[test]
fn what_fails_for_a_reason_of_its_own_has_failed() {
    let limit = || RandomSampler::new().pruner(ThresholdPruner::new().upper(0.0));
    let run = |body: fn(&RunningTrial) -> Option<f64>| {
        phyperopt!(
            sampler = limit(),
            x = 0.0..=1.0,
            for trial in 0..4 {
                trial.report(0, if trial.number() < 2 { 1.0 } else { -1.0 });
                let _ = (x, trial.should_prune());
                body(&trial)
            }
        )
        .into_sweep()
    };
    // Two trials are told to end, two are not.
    assert_eq!(counts(&run(|_| None)), (2, 0, 2));
    assert_eq!(counts(&run(|_| Some(f64::NAN))), (0, 0, 4));
    assert_eq!(counts(&run(|_| panic!("out of memory"))), (0, 0, 4));
}

#[test]
fn answers_that_are_not_followed_are_a_note() {
    let run = |is_labelled: bool| {
        let mut said_yes = 0;
        let ho = hyperopt!(
            sampler = sampler(),
            seed = 7,
            rate = log(1e-5..=1e-1),
            'sweep: for trial in 0..40 {
                for epoch in 0..20 {
                    trial.report(epoch, loss(rate, epoch));
                    if trial.should_prune() {
                        said_yes += 1;
                        if is_labelled {
                            continue 'sweep;
                        }
                        // Clippy says so of the plainest case.
                        #[allow(clippy::needless_continue)]
                        continue;
                    }
                }
                loss(rate, 20)
            }
        );
        (said_yes, ho.into_sweep())
    };
    let (said_yes, ho) = run(false);
    assert_eq!(counts(&ho), (0, 40, 0));
    let [note] = ho.notes() else { panic!("{ho}") };
    let expected = format!("`should_prune` said yes {said_yes} times in ");
    assert!(said_yes > 40 && note.starts_with(&expected) && note.contains("continue 'sweep"), "{note}");
    assert!(ho.to_string().contains(&format!("note: {expected}")), "{ho}");
    // What the note says helps.
    let (_, ho) = run(true);
    assert!(ho.notes().is_empty() && counts(&ho).0 > 10, "{ho}");
}
