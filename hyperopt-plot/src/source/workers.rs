//! When the trials of a sweep ran, and on which worker, as far as their durations say.

use hyperopt_core::{State, Sweep};

use crate::model::{Ending, Shift};

/// Returns the trials by worker.
///
/// A sweep records the durations of its trials and of itself, but not when a trial began. In the order of their numbers, trials
/// are placed on the worker that is free first. The number of workers is the smallest with which all trials end in time.
pub(crate) fn shifts(sweep: &Sweep) -> Vec<Shift> {
    let trials = sweep.history().trials();
    let seconds: Vec<f64> = trials.iter().map(|trial| trial.duration().as_secs_f64()).collect();
    let workers = workers(&seconds, sweep.elapsed().as_secs_f64());
    let endings = trials.iter().map(|trial| match trial.state() {
        State::Complete if trial.is_feasible() => Ending::Complete,
        State::Complete => Ending::Infeasible,
        State::Pruned => Ending::Pruned,
        _ => Ending::Failed,
    });
    let placed = place(&seconds, workers).into_iter().zip(endings).zip(trials);
    placed
        .map(|(((worker, from, to), ending), trial)| Shift { number: trial.number(), worker, from, to, ending })
        .collect()
}

/// Returns the smallest number of workers that ends trials of these durations within `elapsed` and a tenth more.
fn workers(seconds: &[f64], elapsed: f64) -> usize {
    let most = seconds.len().clamp(1, 1024);
    let ends = |workers: usize| place(seconds, workers).into_iter().map(|(_, _, to)| to).fold(0.0, f64::max);
    let is_enough = |workers: &usize| elapsed <= 0.0 || ends(*workers) <= elapsed * 1.1;
    let least = ((seconds.iter().sum::<f64>() / (elapsed * 1.1).max(f64::MIN_POSITIVE)) as usize).clamp(1, most);
    (least..=most).find(is_enough).unwrap_or(most)
}

/// Returns the worker, the start and the end of each trial, each on the worker that is free first.
fn place(seconds: &[f64], workers: usize) -> Vec<(usize, f64, f64)> {
    let mut free = vec![0.0_f64; workers.max(1)];
    let next = |&length: &f64| {
        let worker = (0..free.len()).min_by(|&a, &b| free[a].total_cmp(&free[b])).unwrap_or_default();
        let from = free[worker];
        free[worker] = from + length;
        (worker, from, from + length)
    };
    seconds.iter().map(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trials_take_the_worker_that_is_free_first() {
        let lengths = [3.0, 1.0, 1.0, 2.0];
        assert_eq!(place(&lengths, 2), [(0, 0.0, 3.0), (1, 0.0, 1.0), (1, 1.0, 2.0), (1, 2.0, 4.0)]);
        assert_eq!(workers(&lengths, 7.0), 1);
        assert_eq!(workers(&lengths, 4.0), 2);
        assert_eq!(workers(&[], 4.0), 1);
    }
}
