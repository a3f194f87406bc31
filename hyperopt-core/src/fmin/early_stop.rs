//! Rules for early stopping.

use crate::sweep::Sweep;
use crate::trial::State;

/// Stops after `iteration_stop_count` trials in a row without progress. A trial makes progress if its loss is below the
/// best by more than `percent_increase` per cent of the best; with 0, any loss below the best does.
///
/// As in the original, the first trial counts as one without progress, though it never stops the search. A trial that
/// failed counts as one too. Trials of earlier runs count if the search resumes them.
///
/// ```
/// use hyperopt_core::fmin::{fmin, no_progress_loss};
/// use hyperopt_core::hp;
///
/// let search = fmin(|x| if x > 2.0 { 1.0 } else { 0.0 }, hp::uniform("x", 3, 4));
/// let trials = search.early_stop_fn(no_progress_loss(5, 0.0)).max_evals(100).evaluate()?;
/// assert_eq!(trials.len(), 5);
/// # Ok::<_, hyperopt_core::Error>(())
/// ```
pub fn no_progress_loss(
    iteration_stop_count: usize,
    percent_increase: f64,
) -> impl FnMut(&Sweep) -> bool + Send + 'static {
    let (mut seen, mut best, mut without) = (0, None::<f64>, 0);
    let mut is_over = false;
    move |sweep| {
        let closed = sweep.history().trials()[seen..].iter().take_while(|trial| trial.state() != State::Running);
        for trial in closed {
            let loss = trial.objective();
            let progress = match (loss, best) {
                (Some(loss), Some(best)) => loss < best - best.abs() * percent_increase / 100.0,
                _ => false,
            };
            without = if progress { 0 } else { without + 1 };
            if progress || best.is_none() {
                best = loss;
            }
            is_over = seen > 0 && without >= iteration_stop_count;
            seen += 1;
            if is_over {
                break;
            }
        }
        is_over
    }
}
