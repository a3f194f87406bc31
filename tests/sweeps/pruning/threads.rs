use std::thread;
use std::time::Duration;

use super::*;

type Line = (State, Option<f64>, Vec<(u64, f64)>);

/// Returns the trials as far as they do not tell the time.
fn record<P>(ho: &Hyperoptimizer<P>) -> Vec<Line> {
    ho.trials().map(|(trial, _)| (trial.state(), trial.objective(), trial.reports().to_vec())).collect()
}

macro_rules! on {
    ($executor:expr, $sampler:expr, $trials:expr) => {
        phyperopt!(
            $executor,
            sampler = $sampler,
            seed = 5,
            rate = log(1e-5..=1e-1),
            'sweep: for trial in 0..$trials {
                for epoch in 0..20 {
                    trial.report(epoch, loss(rate, epoch));
                    if rate > 1e-3 {
                        thread::sleep(Duration::from_micros(50));
                    }
                    if trial.should_prune() {
                        continue 'sweep;
                    }
                }
                loss(rate, 19)
            }
        )
    };
}

#[test]
fn trials_on_threads_report_all() {
    macro_rules! all {
        ($($pruner:expr),+) => {$(
            let ho = on!(workers(4), RandomSampler::new().pruner($pruner), 200);
            assert_eq!((ho.len(), ho.history().running()), (200, 0));
            assert!(ho.history().count(State::Pruned) > 50, "{ho}");
            for (trial, p) in ho.trials() {
                let reports = trial.reports();
                // Given up at the latest by the last report.
                assert!(trial.state() == State::Pruned || reports.len() == 20);
                for (epoch, &(step, value)) in (0..).zip(reports) {
                    assert_eq!((step, value), (epoch as u64, loss(p.rate, epoch)));
                }
            }
        )+};
    }
    all!(MedianPruner::new(), SuccessiveHalvingPruner::new().min_resource(1), WilcoxonPruner::new());
}

#[test]
fn in_waves_one_seed_is_one_history_on_any_number_of_threads() {
    macro_rules! same {
        ($($sampler:expr),+) => {$(
            let one = on!(workers(1), $sampler, 60);
            assert!(one.history().count(State::Pruned) > 10, "{one}");
            assert_eq!(record(&one), record(&on!(workers(2), $sampler, 60)));
            assert_eq!(record(&one), record(&on!(workers(8), $sampler, 60)));
        )+};
    }
    same!(
        BohbSampler::new().pruner(MedianPruner::new()),
        RandomSampler::new().pruner(MedianPruner::new()).batch(8),
        RandomSampler::new().pruner(SuccessiveHalvingPruner::new().min_resource(1)).batch(5)
    );
}
