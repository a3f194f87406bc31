//! A scheduler whose sweep ends once its trials have spent a number of resources.

use std::borrow::Cow;
use std::error::Error;

use crate::history::{History, Spent, is_spent};
use crate::scheduler::{BracketPlace, Scheduler, Step, View, Workload};
use crate::sweep::{StopReason, spent_note};
use crate::trial::Record;

/// A scheduler whose sweep ends once its trials have spent a number of resources.
///
/// A trial spends its resources when it starts, minus those that its configuration has had before, whatever its outcome is. So
/// the end depends neither on the threads nor on which trial is closed first.
#[derive(Debug)]
pub(crate) struct Spending {
    scheduler: Box<dyn Scheduler>,
    limit: f64,
    spent: Spent,
}

impl Spending {
    /// Limits `scheduler` to `limit` resources, from the trial `first` on.
    pub(crate) fn new(mut scheduler: Box<dyn Scheduler>, limit: f64, first: usize) -> Self {
        scheduler.run_until_stopped();
        Self { scheduler, limit, spent: Spent::new(first) }
    }

    fn is_over(&mut self, history: &History) -> bool {
        is_spent(self.spent.count(history), self.limit)
    }
}

impl Scheduler for Spending {
    fn name(&self) -> Cow<'_, str> {
        self.scheduler.name()
    }

    fn prepare(
        &mut self,
        view: &View<'_>,
        work: Workload,
        batch: usize,
    ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        // How many trials the limit allows depends on the promotions.
        self.scheduler.prepare(view, work, batch).map(|_| None)
    }

    fn begin(&mut self, view: &View<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.scheduler.begin(view).map(|_| None)
    }

    fn next(&mut self, view: &View<'_>) -> Step {
        if self.is_over(view.history) { Step::Done(StopReason::Spent) } else { self.scheduler.next(view) }
    }

    fn replay(&mut self, view: &View<'_>, record: &Record) -> Option<bool> {
        self.scheduler.replay(view, record)
    }

    fn identity(&self, work: Workload, batch: usize) -> Option<String> {
        self.scheduler.identity(work, batch)
    }

    fn depends_on(&self) -> Option<&'static str> {
        self.scheduler.depends_on()
    }

    fn retract(&mut self, view: &View<'_>, number: usize) -> bool {
        self.spent.recount();
        self.scheduler.retract(view, number)
    }

    fn is_within_batch(&self) -> bool {
        self.scheduler.is_within_batch()
    }

    fn begun_while_reading(&self) -> usize {
        self.scheduler.begun_while_reading()
    }

    fn ready(&mut self, view: &View<'_>) -> u64 {
        // The next step ends the sweep.
        if self.is_over(view.history) { 1 } else { self.scheduler.ready(view) }
    }

    fn place(&self) -> Option<BracketPlace> {
        self.scheduler.place()
    }

    fn should_prune(&mut self, view: &View<'_>, number: usize) -> bool {
        self.scheduler.should_prune(view, number)
    }

    fn is_sampler_ours(&self) -> bool {
        self.scheduler.is_sampler_ours()
    }

    fn is_pruner_ours(&self) -> bool {
        self.scheduler.is_pruner_ours()
    }

    fn notes(&mut self, view: &View<'_>) -> Vec<String> {
        let spent = self.spent_note(view);
        self.scheduler.notes(view).into_iter().chain(spent).collect()
    }

    fn spent_note(&mut self, view: &View<'_>) -> Option<String> {
        let spent = self.spent.count(view.history);
        is_spent(spent, self.limit).then(|| spent_note(spent, self.limit))
    }

    fn idle_note(&self, view: &View<'_>, threads: usize) -> Option<String> {
        self.scheduler.idle_note(view, threads)
    }

    fn retired(&mut self) -> Vec<usize> {
        self.scheduler.retired()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::candidates::Candidates;
    use crate::sampler::testing::space;
    use crate::space::Point;
    use crate::trial::{Outcome, Trial};

    /// Answers unlike any default.
    #[derive(Debug)]
    struct Unusual;

    impl Scheduler for Unusual {
        fn name(&self) -> Cow<'_, str> {
            "Unusual".into()
        }

        fn prepare(
            &mut self,
            _: &View<'_>,
            _: Workload,
            _: usize,
        ) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
            Ok(Some(9))
        }

        fn next(&mut self, _: &View<'_>) -> Step {
            Step::Wait
        }

        fn depends_on(&self) -> Option<&'static str> {
            Some("the weather")
        }

        fn retract(&mut self, _: &View<'_>, _: usize) -> bool {
            true
        }

        fn is_within_batch(&self) -> bool {
            true
        }

        fn begun_while_reading(&self) -> usize {
            3
        }

        fn ready(&mut self, _: &View<'_>) -> u64 {
            5
        }

        fn place(&self) -> Option<BracketPlace> {
            Some(BracketPlace { bracket: 7, all: None })
        }

        fn should_prune(&mut self, _: &View<'_>, number: usize) -> bool {
            number == 0
        }

        fn is_sampler_ours(&self) -> bool {
            true
        }

        fn is_pruner_ours(&self) -> bool {
            false
        }

        fn notes(&mut self, _: &View<'_>) -> Vec<String> {
            vec!["a note".into()]
        }

        fn idle_note(&self, _: &View<'_>, threads: usize) -> Option<String> {
            Some(format!("{threads} threads"))
        }

        fn retired(&mut self) -> Vec<usize> {
            vec![2]
        }
    }

    /// Returns the history of that many configurations of ten resources each.
    fn spent(configurations: usize) -> History {
        let mut history = History::default();
        for number in 0..configurations {
            history.push(Trial::running(number, number, Some(10.0), Point::from(vec![0.5])));
            history.closing(number).expect("a running trial").close(Outcome::value(0.0), Duration::ZERO);
        }
        history
    }

    #[test]
    fn all_but_the_end_is_left_to_the_scheduler() {
        let (space, history) = (space([(0.0..=1.0).dimension()]), History::default());
        let view = View::of(&space, &history, 0);
        let mut spending = Spending::new(Box::new(Unusual), 30.0, 0);
        assert_eq!(spending.name(), "Unusual");
        assert!(matches!(spending.next(&view), Step::Wait));
        assert_eq!((spending.depends_on(), spending.place()), (Some("the weather"), Unusual.place()));
        assert_eq!((spending.is_within_batch(), spending.begun_while_reading(), spending.ready(&view)), (true, 3, 5));
        assert!(spending.should_prune(&view, 0) && !spending.should_prune(&view, 1));
        assert!(spending.is_sampler_ours() && !spending.is_pruner_ours());
        assert_eq!(spending.notes(&view), ["a note"]);
        assert_eq!((spending.idle_note(&view, 4), spending.retired()), (Some("4 threads".into()), vec![2]));
        // The number of trials that the scheduler plans is not that of the sweep.
        let work = Workload::Budgets { min: 1.0, max: 9.0, integer: true };
        assert_eq!(spending.prepare(&view, work, 1).expect("sound options"), None);
    }

    #[test]
    fn a_trial_that_was_taken_back_has_spent_nothing() {
        let space = space([(0.0..=1.0).dimension()]);
        let (two, three) = (spent(2), spent(3));
        let mut spending = Spending::new(Box::new(Unusual), 30.0, 0);
        assert!(spending.is_over(&three));
        assert!(matches!(spending.next(&View::of(&space, &three, 0)), Step::Done(StopReason::Spent)));
        assert!(spending.retract(&View::of(&space, &two, 0), 2));
        assert!(!spending.is_over(&two));
        assert!(spending.is_over(&three));
    }
}
