//! The note of schedulers whose rungs end one after the other: how many threads they kept at work.

use itertools::Itertools;

use crate::history::History;

/// Returns a note if at most half of `threads` were at work on average, in a sweep whose rungs run one after the other.
/// New configurations start at most `batch` at a time; 0 is no limit. `eta` is the share of the advice.
pub(super) fn rung_idle_note(
    scheduler: &str,
    eta: f64,
    batch: usize,
    history: &History,
    threads: usize,
) -> Option<String> {
    if threads < 2 {
        return None;
    }
    let (mut work, mut slots, mut smallest) = (0.0, 0.0, usize::MAX);
    let mut last = vec![0.0; history.configurations()];
    let rungs = history.trials().iter().map(|trial| {
        let resources = trial.resources().unwrap_or_default();
        let before = std::mem::replace(&mut last[trial.configuration()], resources);
        (resources, before)
    });
    // Trials that follow one another in one rung have the same resources, and the same before.
    for ((resources, before), trials) in &rungs.chunk_by(|rung| *rung) {
        let trials = trials.count();
        let width = if before == 0.0 && batch > 0 { threads.min(batch) } else { threads };
        let cost = resources - before;
        work += cost * trials as f64;
        slots += cost * (trials.div_ceil(width) * threads) as f64;
        smallest = smallest.min(trials);
    }
    let at_work = threads as f64 * work / slots;
    // Fewer trials than threads were all that was wanted.
    if history.len() <= threads || at_work > threads as f64 / 2.0 || at_work.is_nan() {
        return None;
    }
    let plural = if smallest == 1 { "" } else { "s" };
    Some(format!(
        "{at_work:.1} of {threads} threads at work on average: {scheduler} waits for the last trial of each rung, the smallest of which \
         has {smallest} trial{plural}; `Asha::new({eta:?})` does not wait"
    ))
}
