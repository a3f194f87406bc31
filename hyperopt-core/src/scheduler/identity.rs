//! The scheduler of a study, in words: another one would take other steps.

use itertools::Itertools;

use crate::scheduler::Workload;
use crate::scheduler::brackets::Schedule;
use crate::scheduler::budgets::Span;
use crate::space::number;

/// What follows the words for a scheduler whose steps depend on the kind of loop, in a loop that runs trials in parallel.
pub(super) const IN_PARALLEL: &str = " in a parallel loop";

/// Returns the scheduler that is `written` so, with the rungs that `eta` makes of the budgets; `None` if it makes none of them,
/// which the preparation reports.
pub(super) fn identity(written: &str, eta: f64, work: Workload) -> Option<String> {
    let brackets = Span::new("", eta, work).ok()?.brackets(Schedule::Paper, eta).ok()?;
    let rungs = brackets.first()?.resources.iter().map(|&resources| number(resources)).collect_vec();
    Some(match &rungs[..] {
        [] => return None,
        [rung] => format!("`{written}` over the rung {rung}"),
        [rungs @ .., last] => format!("`{written}` over the rungs {} and {last}", rungs.join(", ")),
    })
}

/// Returns what continues a study that was begun with `begun`, if `now` is the same scheduler in another kind of loop; a clause that
/// follows a semicolon.
pub(crate) fn other_loop(begun: &str, now: &str) -> Option<&'static str> {
    if begun.strip_suffix(IN_PARALLEL) == Some(now) {
        Some("a study that `thyperopt!` or `phyperopt!` began is continued by these")
    } else if now.strip_suffix(IN_PARALLEL) == Some(begun) {
        Some("a study that `hyperopt!` began is continued by `hyperopt!`")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduler::{Asha, AutoScheduler, Bohb, Dehb, Hyperband, Pasha, PriorBand, Scheduler, Strategy};

    fn of(sampler: impl Strategy, max: f64, batch: usize) -> Option<String> {
        sampler.scheduler().identity(Workload::Budgets { min: 1.0, max, integer: true }, batch)
    }

    #[test]
    fn what_changes_the_steps_is_part_of_it() {
        let over = |written: &str| Some(format!("`{written}` over the rungs 1, 3 and 9"));
        assert_eq!(of(Hyperband::new(3.0).rounds(2), 9.0, 1), over("Hyperband::new(3.0)"));
        assert_eq!(of(PriorBand::new(), 9.0, 1), over("Hyperband::new(3.0)"));
        assert_eq!(of(Bohb::tpe(), 9.0, 1), over("Hyperband::new(3.0).explore(1.0 / 3.0)"));
        assert_eq!(of(Bohb::faithful(), 9.0, 1), over("Hyperband::new(3.0).faithful()"));
        assert_eq!(of(Hyperband::new(3.0).explore(0.25), 9.0, 1), over("Hyperband::new(3.0).explore(0.25)"));
        assert_eq!(of(Dehb::new(3.0).rounds(2), 9.0, 1), over("Dehb::new(3.0)"));
        assert_eq!(of(Pasha::new(3.0).configurations(7), 9.0, 1), over("Pasha::new(3.0)"));
        assert_eq!(of(Asha::new(3.0).configurations(7), 9.0, 1), over("Asha::new(3.0)"));
        assert_eq!(of(Asha::new(3.0).stopping().batch(4), 9.0, 1), over("Asha::new(3.0).stopping().batch(4)"));
        assert_eq!(of(AutoScheduler::new(), 9.0, 1), over("AutoScheduler::new()"));
        assert_eq!(of(AutoScheduler::new(), 9.0, 8), over("AutoScheduler::new()"));
        let parallel =
            over("AutoScheduler::new().eta(3.5)").map(|words| words.replace("1, 3 and 9", "3 and 9") + IN_PARALLEL);
        assert_eq!(of(AutoScheduler::new().eta(3.5), 9.0, 8), parallel);
        assert_eq!(of(AutoScheduler::new(), 1.0, 8).as_deref(), Some("`AutoScheduler::new()` over the rung 1"));
        // The preparation says what is wrong.
        assert_eq!(of(Asha::new(1.0), 9.0, 1), None);
        assert_eq!(Asha::new(3.0).identity(Workload::Open(9), 1), None);
    }
}
