//! What ends a sweep early: a threshold, trials without progress, and the body itself.

use std::ops::ControlFlow;

use hyperopt::prelude::*;
use hyperopt::{Error, Parameters, State, StopReason};

/// Objectives whose best comes at trial 3, and then no better one.
const LOSSES: [f64; 12] = [5.0, 4.0, 6.0, 1.0, 2.0, 1.0, 3.0, 2.0, 1.5, 9.0, 0.5, 0.1];

fn of(trial: usize) -> f64 {
    LOSSES[trial]
}

#[test]
fn a_threshold_ends_the_sweep_on_its_goals_side() {
    let ho = hyperopt!(
        loss_threshold = 2,
        x = 0.0..=1.0,
        for i in 0..12 {
            of(i) + 0.0 * x
        }
    );
    assert_eq!((ho.len(), ho.end()), (4, StopReason::Threshold));
    assert!(ho.end().to_string().contains("threshold"));
    // Strictly better.
    let ho = hyperopt!(
        loss_threshold = 1.0,
        x = 0.0..=1.0,
        for i in 0..12 {
            of(i) + 0.0 * x
        }
    );
    assert_eq!(ho.len(), 11);
    let ho = hyperopt!(
        loss_threshold = -4.5,
        goal = Maximize,
        x = 0.0..=1.0,
        for i in 0..12 {
            0.0 * x - of(i)
        }
    );
    assert_eq!((ho.len(), ho.end()), (2, StopReason::Threshold));
    // An infeasible trial is no result.
    let ho = hyperopt!(
        loss_threshold = 2.0,
        x = 0.0..=1.0,
        for i in 0..12 {
            Metrics::new(of(i) + 0.0 * x).constraint("late", 6.0 - i as f64)
        }
    );
    assert_eq!(ho.len(), 9);
}

#[test]
fn trials_without_progress_end_the_sweep() {
    let ho = hyperopt!(
        no_progress = 3,
        x = 0.0..=1.0,
        for i in 0..12 {
            of(i) + 0.0 * x
        }
    );
    assert_eq!((ho.len(), ho.end()), (7, StopReason::NoProgress));
    let ho = hyperopt!(
        no_progress = 7,
        x = 0.0..=1.0,
        for i in 0..12 {
            of(i) + 0.0 * x
        }
    );
    assert_eq!((ho.len(), ho.end()), (12, StopReason::Planned));
    let ho = hyperopt!(
        no_progress = 3,
        goal = Maximize,
        x = 0.0..=1.0,
        for i in 0..12 {
            of(i) + 0.0 * x
        }
    );
    assert_eq!(ho.len(), 6);
    let ho = hyperopt!(
        no_progress = 4,
        x = 0.0..=1.0,
        for _ in 0..12 {
            if x < 2.0 { None } else { Some(x) }
        }
    );
    assert_eq!(ho.len(), 4);
}

/// The rules are the same on threads, in a search, by hand, and in a sweep that resumes.
#[test]
fn limits_hold_in_every_form() {
    let limited = thyperopt!(
        no_progress = 3,
        x = 0.0..=1.0,
        for i in 0..12 {
            of(i) + 0.0 * x
        }
    );
    assert!(limited.len() >= 7 && limited.end() == StopReason::NoProgress);
    let limited = phyperopt!(
        workers(2),
        loss_threshold = 2.0,
        x = 0.0..=1.0,
        for i in 0..12 {
            of(i) + 0.0 * x
        }
    );
    assert!((4..12).contains(&limited.len()) && limited.end() == StopReason::Threshold);
    let space = || Parameters::new().with("x", 0.0..=1.0);
    let searched = Search::new(space()).no_progress(3).run(0..12, |i, _| of(i));
    assert_eq!((searched.len(), searched.end()), (7, StopReason::NoProgress));
    let mut open = Search::new(space()).loss_threshold(2.0).open();
    for (number, (turn, _)) in open.turns(12).enumerate() {
        turn.tell(of(number));
    }
    assert_eq!((open.len(), open.end()), (4, StopReason::Threshold));
    let first = Search::new(space()).seed(7).run(0..5, |i, _| of(i));
    let resumed = Search::new(space()).earlier(first).no_progress(3).run(5..12, |i, _| of(i));
    assert_eq!(resumed.len(), 7);
    let ended = Search::new(space()).earlier(resumed).no_progress(3).run(7..12, |i, _| of(i));
    assert_eq!(ended.len(), 7);
}

/// With budgets, a trial is compared with those of its own resources.
#[test]
fn progress_is_compared_at_equal_resources() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 7,
        no_progress = 5,
        loss_threshold = 0.0,
        x = 0.0..=1.0,
        for (resources, _) in 1..=9 {
            x + 10.0 / f64::from(resources)
        }
    );
    assert!(ho.len() > 5, "{ho}");
}

#[test]
fn limits_that_cannot_hold_are_errors() {
    let space = || Search::new(Parameters::new().with("x", 0.0..=1.0));
    let run = |search: Search<Parameters<f64>>| search.run(0..9, |_, params| params["x"]);
    for (ho, name) in [
        (run(space().loss_threshold(f64::NAN)), "`loss_threshold` is NaN"),
        (run(space().no_progress(0)), "`no_progress` = 0"),
        (run(space().goal([Minimize, Maximize]).no_progress(3)), "`no_progress` needs a single goal"),
        (run(space().goal([Minimize, Maximize]).loss_threshold(3)), "`loss_threshold` needs a single goal"),
    ] {
        assert_eq!((ho.len(), ho.end()), (0, StopReason::Error));
        assert!(matches!(ho.error(), Some(Error::Limit { .. })));
        assert!(ho.error().unwrap().to_string().starts_with(name), "{:?}", ho.error());
    }
}

#[test]
fn a_body_ends_the_sweep() {
    let last = |i: usize| if i == 4 { ControlFlow::Break(of(i)) } else { ControlFlow::Continue(of(i)) };
    let left = |i: usize| if i == 4 { ControlFlow::Break(()) } else { ControlFlow::Continue(Ok::<_, String>(of(i))) };
    let space = || Search::new(Parameters::new().with("x", 0.0..=1.0)).seed(7);
    let ends = |ho: &Hyperoptimizer<_>| {
        (ho.len(), ho.end(), ho.trials().last().map(|(trial, _)| (trial.state(), trial.value())))
    };
    assert_eq!(ends(&space().run(0..12, |i, _| last(i))), (5, StopReason::Break, Some((State::Complete, Some(2.0)))));
    assert_eq!(ends(&space().run(0..12, |i, _| left(i))), (5, StopReason::Break, Some((State::Cancelled, None))));
    let mut open = space().open();
    for (number, (turn, _)) in open.turns(12).enumerate() {
        turn.tell(last(number));
    }
    assert_eq!((open.len(), open.end()), (5, StopReason::Break));
    let mut open = space().open();
    for (number, (turn, _)) in open.turns(12).enumerate() {
        turn.tell(left(number));
    }
    assert_eq!(ends(&open.finish()), (5, StopReason::Break, Some((State::Cancelled, None))));
    let ho = space().run_on(workers(2), 0..12, |i, _| left(i));
    assert!((5..=7).contains(&ho.len()) && ho.end() == StopReason::Break && ho.history().running() == 0);
    assert_eq!(ho.history().count(State::Cancelled), 1);
    let ho = space().run_on(workers(2), 0..12, |i, _| Some(last(i)));
    assert!(ho.end() == StopReason::Break && ho.history().count(State::Complete) == ho.len());
    // In a loop it is the value of the body.
    let ho = hyperopt!(
        x = 0.0..=1.0,
        for i in 0..12 {
            if x < 2.0 { last(i) } else { ControlFlow::Break(x) }
        }
    );
    assert_eq!((ho.len(), ho.end()), (5, StopReason::Break));
    // The rungs of the other configurations are not run either.
    let ho = space().sampler(Hyperband::new(3.0)).run(1..=9, |(_, _): (i32, Option<f64>), p| {
        if p["x"] < 0.5 { ControlFlow::Break(()) } else { ControlFlow::Continue((p["x"], p["x"])) }
    });
    assert_eq!(ho.end(), StopReason::Break);
}

#[test]
fn a_seed_is_any_integer() {
    let seeds = |seed: u64| {
        [(
            seed,
            hyperopt!(
                seed = seed,
                x = 0.0..=1.0,
                for _ in 0..1 {
                    x
                }
            )
            .seed(),
        )]
    };
    assert_eq!(seeds(u64::MAX), [(u64::MAX, u64::MAX)]);
    let found = [
        hyperopt!(
            seed = 7_u8,
            x = 0.0..=1.0,
            for _ in 0..1 {
                x
            }
        )
        .seed(),
        hyperopt!(
            seed = 7_usize,
            x = 0.0..=1.0,
            for _ in 0..1 {
                x
            }
        )
        .seed(),
        hyperopt!(
            seed = i64::from(7),
            x = 0.0..=1.0,
            for _ in 0..1 {
                x
            }
        )
        .seed(),
        hyperopt!(
            seed = 7_u128,
            x = 0.0..=1.0,
            for _ in 0..1 {
                x
            }
        )
        .seed(),
        thyperopt!(
            seed = 7,
            x = 0.0..=1.0,
            for _ in 0..1 {
                x
            }
        )
        .seed(),
    ];
    assert_eq!(found, [7; 5]);
    // A literal is a `u64`.
    assert_eq!(
        hyperopt!(
            seed = 0xdead_beef_dead_beef,
            x = 0.0..=1.0,
            for _ in 0..1 {
                x
            }
        )
        .seed(),
        0xdead_beef_dead_beef
    );
    let negative = -1;
    assert_eq!(
        hyperopt!(
            seed = negative,
            x = 0.0..=1.0,
            for _ in 0..1 {
                x
            }
        )
        .seed(),
        u64::MAX
    );
    let by_run = (0..3_usize).map(|run| {
        hyperopt!(
            seed = run,
            x = 0.0..=1.0,
            for _ in 0..1 {
                x
            }
        )
        .seed()
    });
    assert_eq!(by_run.collect::<Vec<_>>(), [0, 1, 2]);
}

/// Returns the resources that the trials of a sweep have spent, counted from rung to rung.
fn spent(ho: &hyperopt::Sweep) -> f64 {
    let mut had = std::collections::HashMap::new();
    ho.trials()
        .iter()
        .map(|trial| {
            let resources = trial.resources().unwrap();
            resources - had.insert(trial.configuration(), resources).unwrap_or(0.0)
        })
        .sum()
}

#[test]
fn a_scheduler_ends_once_its_resources_are_spent() {
    fn ended(sampler: impl hyperopt::Strategy<Kind = hyperopt::Budgets>, limit: f64) -> hyperopt::Sweep {
        let ho = hyperopt!(
            sampler = sampler,
            seed = 7,
            spend = limit,
            x = 0.0..=1.0,
            for (resources, _) in 1..=27 {
                (x + 1.0 / f64::from(resources), ())
            }
        );
        assert_eq!(ho.end(), StopReason::Spent, "{:?}", ho.error());
        let sweep = ho.into_sweep();
        let spent = spent(&sweep);
        assert!(spent >= limit && spent < limit + 27.0, "{spent}");
        let note = format!("spend: the sweep ended as its trials had spent {spent} of {limit} resources");
        assert!(
            sweep.notes().contains(&note) && sweep.to_string().contains("ended early: the resources of `spend`"),
            "{sweep}"
        );
        sweep
    }
    // Less than a round, and more than one, which the scheduler then runs again.
    for limit in [50.0, 2000.0] {
        ended(Hyperband::new(3.0), limit);
        ended(Bohb::new(), limit);
        ended(Dehb::new(3.0), limit);
        ended(PriorBand::new(), limit);
        ended(Asha::new(3.0), limit);
        ended(Asha::new(3.0).stopping(), limit);
        ended(Pasha::new(3.0), limit);
        ended(AutoScheduler::new(), limit);
    }
    // A single trial, which no rung has entered when the sweep ends.
    let note = "no configuration was complete with the full budget of 27; the best one had 1";
    for sweep in [
        ended(Hyperband::new(3.0), 1.0),
        ended(Asha::new(3.0), 1.0),
        ended(Asha::new(3.0).stopping(), 1.0),
        ended(Pasha::new(3.0), 1.0),
    ] {
        assert!(sweep.notes().iter().any(|found| found == note), "{sweep}");
    }
    // Rounds that are set are all there is.
    let set = hyperopt!(
        sampler = Hyperband::new(3.0).rounds(1),
        spend = 2000,
        x = 0.0..=1.0,
        for (resources, _) in 1..=27 {
            x / f64::from(resources)
        }
    );
    assert_eq!(set.end(), StopReason::Planned);
    assert!(!set.sweep().notes().iter().any(|note| note.starts_with("spend")));
}

#[test]
fn what_is_spent_does_not_depend_on_threads_or_interruptions() {
    use crate::memory::Memory;
    let told = |ho: &hyperopt::Sweep| -> Vec<_> {
        ho.trials().iter().map(|trial| (trial.configuration(), trial.resources(), trial.point().clone())).collect()
    };
    macro_rules! swept {
        ($macro:ident, $($setting:tt)*) => {
            $macro!(
                $($setting)*
                sampler = Hyperband::new(3.0).inner(TpeSampler::new().batch(4)),
                seed = 7,
                x = 0.0..=1.0,
                for (resources, _) in 1..=9 {
                    (x + 1.0 / f64::from(resources), ())
                }
            ).into_sweep()
        };
    }
    let whole = swept!(hyperopt, spend = 150,);
    assert_eq!(told(&swept!(thyperopt, spend = 150,)), told(&whole));
    assert_eq!(told(&swept!(phyperopt, workers(3), spend = 150,)), told(&whole));
    let memory = Memory::default();
    let first = swept!(hyperopt, study = memory.handle(), spend = 40,);
    assert!(first.len() < whole.len() && first.end() == StopReason::Spent);
    // Nothing is left of the same amount.
    assert_eq!(swept!(hyperopt, study = memory.handle(), spend = 40,).len(), first.len());
    assert_eq!(told(&swept!(hyperopt, study = memory.handle(), spend = 150,)), told(&whole));
    // With `ho`, the limit is for what follows.
    let more = swept!(hyperopt, ho = first.clone(), spend = 40,);
    assert!(spent(&more) >= spent(&first) + 40.0);
}

/// A study that was begun with `spend` has more trials than the rounds of its scheduler.
#[test]
fn a_study_that_lacks_its_spend_names_it() {
    use crate::memory::Memory;
    macro_rules! swept {
        ($sampler:expr, $($setting:tt)*) => {
            hyperopt!(
                $($setting)*
                sampler = $sampler,
                seed = 7,
                x = 0.0..=1.0,
                for (resources, _) in 1..=9 {
                    x + 1.0 / f64::from(resources)
                }
            ).into_sweep()
        };
    }
    let memory = Memory::default();
    let first = swept!(Hyperband::new(3.0), study = memory.handle(), spend = 150,);
    assert_eq!(first.end(), StopReason::Spent);
    let without = swept!(Hyperband::new(3.0), study = memory.handle(),);
    let said = without.error().unwrap().to_string();
    assert_eq!(
        said,
        "study `memory`: trial 22 does not follow from the sampler, the budgets, `spend` and the other settings here; keep them \
         as they were, or give the sweep a study of its own; an earlier run had `spend = 150`: write it, or a larger one"
    );
    assert!(swept!(Hyperband::new(3.0), study = memory.handle(), spend = 200,).len() > first.len());
    let other = swept!(Hyperband::new(2.0), study = memory.handle(), spend = 200,).error().unwrap().to_string();
    assert!(
        other.contains("`Hyperband::new(3.0)` over the rungs 1, 3 and 9, and now has `Hyperband::new(2.0)`"),
        "{other}"
    );
    memory.grow_old();
    let other = swept!(Hyperband::new(2.0), study = memory.handle(), spend = 200,).error().unwrap().to_string();
    assert!(other.contains("`spend` and the other settings here; keep them"), "{other}");
}

/// A study that has not passed the end of its scheduler continues to that without its limit.
#[test]
fn a_study_without_its_spend_says_so() {
    use crate::memory::Memory;
    let memory = Memory::default();
    let swept = |spend: Option<f64>| {
        let space = Parameters::new().with("x", 0.0..=1.0);
        let search = Search::new(space).seed(7).sampler(Hyperband::new(3.0)).study(memory.handle());
        let search = match spend {
            Some(spend) => search.spend(spend),
            None => search,
        };
        search.run_trials(1..=9, |trial, params| params["x"] / trial.resources().unwrap_or(1.0)).into_sweep()
    };
    let first = swept(Some(20.0));
    assert_eq!((first.spend(), first.spent()), (Some(20.0), Some(spent(&first))));
    assert_eq!(swept(Some(30.5)).end(), StopReason::Spent);
    let without = swept(None);
    let note = "study `memory`: an earlier run had `spend = 30.5`, and this one has no limit: it runs to the end of its scheduler; \
                write `spend = 30.5` to end as before";
    assert_eq!((without.end(), without.spend()), (StopReason::Planned, None));
    assert!(
        without.notes().iter().any(|found| found == note) && without.to_string().contains("`spend = 30.5`"),
        "{without}"
    );
    let with = swept(Some(1000.0));
    assert!(!with.notes().iter().any(|note| note.starts_with("study")), "{with}");
}

#[test]
fn what_is_spent_is_noted_before_a_sweep_that_is_asked_is_finished() {
    let ho = hyperopt!(sampler = Hyperband::new(3.0), seed = 7, spend = 5, x = 0.0..=1.0);
    let mut ho = ho.over(1..=9);
    while let Ok((ticket, params)) = ho.ask() {
        ho.tell(ticket, params.x).unwrap();
    }
    let note = "spend: the sweep ended as its trials had spent 5 of 5 resources";
    let noted = |sweep: &hyperopt::Sweep| sweep.notes().iter().filter(|found| *found == note).count();
    assert_eq!((noted(ho.sweep()), ho.end()), (1, StopReason::Spent));
    assert_eq!(noted(ho.finish().sweep()), 1);
}

#[test]
fn nothing_to_spend_is_an_error() {
    let of = |spend: f64| {
        let ho = hyperopt!(
            sampler = Hyperband::new(3.0),
            spend = spend,
            x = 0.0..=1.0,
            for (_, _) in 1..=9 {
                x
            }
        );
        ho.error().unwrap().to_string()
    };
    assert_eq!(of(0.0), "`spend` = 0 leaves nothing to spend; write a number above 0");
    assert!(of(f64::NAN).contains("NaN") && of(-1.0).contains("-1"));
    let counted = Search::new(Parameters::new().with("x", 0.0..=1.0)).spend(5).run(0..9, |_, params| params["x"]);
    let message = counted.error().unwrap().to_string();
    assert!(message.starts_with("`spend` = 5 is for budgets, and this sweep counts trials; leave it out"), "{message}");
}

#[test]
fn what_was_not_done_is_noted() {
    let ho = hyperopt!(
        try_first = [(x = 0.1), (x = 0.2), (x = 0.3)],
        x = 0.0..=1.0,
        for _ in 0..2 {
            x
        }
    );
    assert_eq!(ho.sweep().notes(), ["try_first: 1 point was not tried, as the sweep ended before"]);
    let ho = hyperopt!(
        try_first = [(x = 0.1), (x = 0.2)],
        x = 0.0..=1.0,
        for _ in 0..2 {
            x
        }
    );
    assert!(ho.sweep().notes().is_empty());
    let directory = std::env::temp_dir().join(format!("hyperopt-unread-states-{}", std::process::id()));
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        checkpoint = directory.clone(),
        x = 0.0..=1.0,
        for (resources, _state) in 1.0..=9.0 {
            (x / resources, resources)
        }
    );
    let note = "checkpoint: the states are written to files, which only a study reads again; write `study = …` too, or \
                leave `checkpoint` out";
    assert!(ho.sweep().notes().iter().any(|found| found == note), "{:?}", ho.sweep().notes());
    std::fs::remove_dir_all(directory).unwrap();
}
