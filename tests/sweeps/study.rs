//! Sweeps that are kept: the same history after a crash, and one history of many processes.

use std::collections::HashSet;

use crate::memory::{Handle, Memory};
use hyperopt::prelude::*;
use hyperopt::{State, StopReason, Sweep, Trial};

/// Everything that a trial is, but for the time it took.
fn told(sweep: &Sweep) -> Vec<String> {
    let trials = sweep.history().trials().iter();
    let shown = trials.map(|trial| {
        let (point, state, values) = (trial.point(), trial.state(), trial.values());
        format!("{} {} {:?} {point:?} {state} {values:?}", trial.number(), trial.configuration(), trial.resources())
    });
    shown.collect()
}

/// Runs `sweep` without a break, and then with a process that dies in each of `deaths`; compares.
fn survives(name: &str, deaths: impl IntoIterator<Item = usize>, sweep: impl Fn(Handle) -> Sweep) {
    let whole = sweep(Memory::default().handle());
    assert_eq!(whole.end(), StopReason::Planned, "{name}: {:?}", whole.error());
    let whole = told(&whole);
    for death in deaths {
        let memory = Memory::default();
        let first = sweep(memory.dying(death));
        assert!(first.history().len() <= whole.len() && first.error().is_some(), "{name} did not die in {death}");
        let second = sweep(memory.handle());
        assert_eq!(second.end(), StopReason::Planned, "{name} after {death}: {:?}", second.error());
        assert_eq!(told(&second), whole, "{name} after a death in trial {death}");
    }
}

macro_rules! counted {
    ($sampler:expr) => {
        survives(stringify!($sampler), [0, 1, 9, 10, 23, 38, 39], |study| {
            hyperopt!(
                study = study,
                seed = 7,
                sampler = $sampler,
                x = 0.0..=1.0,
                n = 1..=20,
                kind = ["a", "b", "c"],
                rate = if kind == "a" {
                    log(1e-4..=1.0)
                },
                for i in 0..40 {
                    if i % 11 == 3 {
                        continue;
                    }
                    if i % 13 == 5 { Err("no") } else { Ok(x + f64::from(n) + rate.unwrap_or(0.5)) }
                }
            )
            .into_sweep()
        });
    };
}

#[test]
fn no_sampler_notices_a_crash() {
    counted!(RandomSampler::new());
    counted!(LhsSampler::new());
    counted!(QmcSampler::new());
    counted!(BohbSampler::new());
    counted!(TpeSampler::new());
    counted!(Nsga2Sampler::new());
}

#[cfg(feature = "models")]
#[test]
fn no_sampler_with_a_model_notices_a_crash() {
    counted!(CmaEsSampler::new());
    counted!(GpSampler::new());
    counted!(AutoSampler::new());
}

macro_rules! budgeted {
    ($sampler:expr) => {
        budgeted!($sampler, [0, 1, 5, 17, 26, 40]);
    };
    ($sampler:expr, $crashes:expr) => {
        survives(stringify!($sampler), $crashes, |study| {
            hyperopt!(
                study = study,
                seed = 7,
                sampler = $sampler,
                x = 0.0..=1.0,
                kind = ["a", "b", "c"],
                rate = if kind == "a" {
                    log(1e-4..=1.0)
                },
                for (resources, _) in 1.0..=27.0 {
                    (x + rate.unwrap_or(0.5) - 0.01 * resources, ())
                }
            )
            .into_sweep()
        });
    };
}

#[test]
fn no_scheduler_notices_a_crash() {
    budgeted!(Hyperband::new(3.0));
    budgeted!(Bohb::new());
    budgeted!(Bohb::tpe());
    budgeted!(PriorBand::new());
    budgeted!(Dehb::new(3.0));
    budgeted!(Asha::new(3.0).configurations(40));
    budgeted!(Asha::new(3.0).configurations(40).batch(8));
    budgeted!(Pasha::new(3.0).configurations(40));
    // The last three trials are promotions for want of anything else.
    budgeted!(Asha::new(3.0).configurations(4), [0, 1, 4, 5, 6]);
    budgeted!(Asha::new(3.0).configurations(4).batch(2), [0, 1, 4, 5, 6]);
    budgeted!(Asha::new(3.0).stopping().configurations(40));
    budgeted!(Asha::new(3.0).stopping().configurations(40).batch(8));
    // The last bracket is cut short.
    budgeted!(Hyperband::new(3.0).configurations(10), [0, 1, 5, 9, 10, 12, 14]);
    budgeted!(Bohb::new().configurations(33));
    budgeted!(AutoScheduler::new());
}

/// A start that the study did not get is made again, or is that of the process that was faster.
#[test]
fn starts_that_are_lost_are_made_again() {
    macro_rules! losing {
        ($sampler:expr, $($head:tt)*) => {
            for every in [2, 3, 7] {
                let sweep = |study: Handle| {
                    let ho = hyperopt!(study = study, seed = 7, sampler = $sampler, $($head)*);
                    assert_eq!(ho.end(), StopReason::Planned, "{:?}", ho.error());
                    told(ho.sweep())
                };
                let alone = sweep(Memory::default().handle());
                assert_eq!(sweep(Memory::default().losing(every)), alone);
                let memory = Memory::default();
                let (first, second) = std::thread::scope(|scope| {
                    let first = scope.spawn(|| sweep(memory.losing(every)));
                    (sweep(memory.losing(every)), first.join().unwrap())
                });
                assert_eq!((&first, &second), (&alone, &alone));
            }
        };
    }
    losing!(
        RandomSampler::new(),
        x = 0.0..=1.0,
        for _ in 0..40 {
            x
        }
    );
    losing!(
        Hyperband::new(3.0),
        x = 0.0..=1.0,
        for (resources, _) in 1.0..=27.0 {
            (x - 0.01 * resources, ())
        }
    );
    let memory = Memory::default();
    let ho = phyperopt!(
        workers(2),
        study = memory.losing(3),
        seed = 7,
        x = 0.0..=1.0,
        for _ in 0..40 {
            x
        }
    );
    assert_eq!((ho.len(), ho.end()), (40, StopReason::Planned), "{:?}", ho.error());
}

/// The batches of a parallel sweep, in which trials end in any order.
#[test]
fn threads_go_on_inside_their_batch() {
    for death in [3, 9, 12, 21] {
        let sweep = |study: Handle| {
            let ho = phyperopt!(
                workers(2),
                study = study,
                seed = 7,
                sampler = TpeSampler::new(),
                x = 0.0..=1.0,
                n = 1..=20,
                for _ in 0..32 {
                    std::thread::sleep(Duration::from_micros(n * 50));
                    x + n as f64
                }
            );
            ho.into_sweep()
        };
        let whole = told(&sweep(Memory::default().handle()));
        let memory = Memory::default();
        assert!(sweep(memory.dying(death)).error().is_some());
        assert_eq!(told(&sweep(memory.handle())), whole, "{death}");
    }
}

/// ASHA decides by what happens to be closed; a run that goes on takes its steps again in the order in which they were taken.
#[test]
fn decisions_that_hang_on_timing_are_taken_again() {
    for death in [10, 20, 30, 40] {
        let sweep = |study: Handle| {
            let ho = phyperopt!(
                workers(4),
                study = study,
                seed = 7,
                sampler = Asha::new(3.0).configurations(40),
                x = 0.0..=1.0,
                for (resources, _) in 1.0..=27.0 {
                    std::thread::sleep(Duration::from_micros((x * 1e4) as u64 % 7 * 100));
                    (x - 0.01 * resources, ())
                }
            );
            ho.into_sweep()
        };
        let memory = Memory::default();
        assert!(sweep(memory.dying(death)).error().is_some());
        let again = sweep(memory.handle());
        assert_eq!(again.end(), StopReason::Planned, "{:?}", again.error());
        assert_eq!(again.history().configurations(), 40);
    }
}

/// A loop that is left by `?` puts its trial back at once, and the next run goes on with it.
#[test]
fn what_is_left_is_put_back() {
    let memory = Memory::default();
    let run = |most: i32| -> Result<Sweep, String> {
        let ho = hyperopt!(
            study = memory.handle(),
            seed = 7,
            x = 0.0..=1.0,
            for i in 0..10 {
                if i == most {
                    Err("left")?;
                }
                x
            }
        );
        Ok(ho.into_sweep())
    };
    assert_eq!(run(4).unwrap_err(), "left");
    let whole = run(100).unwrap();
    assert_eq!((whole.history().len(), whole.history().count(State::Complete)), (10, 10));
    let alone = hyperopt!(
        seed = 7,
        x = 0.0..=1.0,
        for _ in 0..10 {
            x
        }
    );
    assert_eq!(told(&whole), told(alone.sweep()));
}

/// Another run of a sweep that is done runs nothing, and has all the results.
#[test]
fn a_sweep_that_is_done_is_read() {
    let memory = Memory::default();
    let run = |runs: &mut u32| {
        hyperopt!(
            study = memory.handle(),
            x = 0.0..=1.0,
            for _ in 0..10 {
                *runs += 1;
                x
            }
        )
    };
    let (mut first, mut second) = (0, 0);
    let (earlier, again) = (run(&mut first), run(&mut second));
    assert_eq!((first, second, again.len(), again.end()), (10, 0, 10, StopReason::Planned));
    assert_eq!(told(earlier.sweep()), told(again.sweep()));
    assert_eq!(earlier.seed(), again.seed());
    assert_eq!(again.best().unwrap().params.x, earlier.best().unwrap().params.x);
}

/// Processes that work on one study: the total is exact, no number comes twice, and each sees all results at its end.
#[test]
fn processes_share_a_study() {
    let memory = Memory::default();
    let process = || {
        let mut mine = Vec::new();
        let ho = hyperopt!(
            study = memory.handle(),
            seed = 7,
            x = 0.0..=1.0,
            for i in 0..60 {
                mine.push(i);
                std::thread::sleep(Duration::from_millis(1));
                x
            }
        );
        (mine, told(ho.sweep()))
    };
    let ran: Vec<_> = std::thread::scope(|scope| {
        let processes: Vec<_> = (0..4).map(|_| scope.spawn(process)).collect();
        processes.into_iter().map(|process| process.join().unwrap()).collect()
    });
    let mut numbers: Vec<_> = ran.iter().flat_map(|(mine, _)| mine.clone()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..60).collect::<Vec<_>>());
    assert!(ran.iter().filter(|(mine, _)| !mine.is_empty()).count() > 1);
    let alone = hyperopt!(
        seed = 7,
        x = 0.0..=1.0,
        for _ in 0..60 {
            x
        }
    );
    for (_, sweep) in &ran {
        assert_eq!(sweep, &told(alone.sweep()));
    }
}

/// Hyperband over several processes takes the steps that it takes in one.
#[test]
fn processes_share_the_rungs() {
    let memory = Memory::default();
    let process = |study| {
        let ho = hyperopt!(
            study = study,
            seed = 7,
            sampler = Bohb::new(),
            x = 0.0..=1.0,
            for (resources, _) in 1.0..=27.0 {
                std::thread::sleep(Duration::from_micros(200));
                (x - 0.01 * resources, ())
            }
        );
        assert_eq!(ho.end(), StopReason::Planned, "{:?}", ho.error());
        ho.into_sweep()
    };
    let ran: Vec<_> = std::thread::scope(|scope| {
        let processes: Vec<_> = (0..3).map(|_| scope.spawn(|| process(memory.handle()))).collect();
        processes.into_iter().map(|process| process.join().unwrap()).collect()
    });
    // BOHB proposes alike where the same trials are closed, which processes do not promise; rungs are those of one process.
    let alone = process(Memory::default().handle());
    let rungs = |sweep: &Sweep| sweep.history().trials().iter().map(Trial::resources).collect::<Vec<_>>();
    for sweep in &ran {
        assert_eq!(rungs(sweep), rungs(&alone));
        assert_eq!(told(sweep), told(&ran[0]));
        assert_eq!(sweep.history().count(State::Complete), sweep.history().len());
    }
}

/// A thousand of them would leave it to nobody else.
#[test]
fn processes_that_wait_do_not_lock_the_study() {
    let memory = Memory::default();
    let process = |study, waits: &dyn Fn()| {
        let ho = hyperopt!(
            study = study,
            x = 0.0..=1.0,
            for _ in 0..1 {
                waits();
                x
            }
        );
        (ho.end(), ho.history().len())
    };
    let waited_for = || {
        let reached = |asked: usize| {
            while memory.asked() < asked {
                std::thread::sleep(Duration::from_millis(1));
            }
            memory.locks()
        };
        // Both have begun to wait, each after its look.
        let begun = reached(10);
        assert_eq!(begun, reached(14));
    };
    std::thread::scope(|scope| {
        let first = scope.spawn(|| process(memory.handle(), &waited_for));
        while memory.locks() < 2 {
            std::thread::sleep(Duration::from_millis(1));
        }
        let others: Vec<_> =
            (0..2).map(|_| scope.spawn(|| process(memory.handle(), &|| panic!("the trial of another")))).collect();
        for process in others.into_iter().chain([first]) {
            assert_eq!(process.join().unwrap(), (StopReason::Planned, 1));
        }
    });
}

/// Whose trial comes next depends on what is done first, in whichever process; so the others follow.
#[test]
fn processes_share_rungs_that_wait_for_nobody() {
    macro_rules! shared {
        ($sampler:expr, $handle:expr) => {
            shared!($sampler, 60, $handle);
        };
        ($sampler:expr, $configurations:literal, $handle:expr) => {
            let memory = Memory::default();
            let process = |study| {
                let ho = hyperopt!(
                    study = study,
                    seed = 7,
                    sampler = $sampler.configurations($configurations),
                    try_first = [(x = 0.5), (x = 0.25)],
                    x = 0.0..=1.0,
                    for (resources, _) in 1.0..=27.0 {
                        std::thread::sleep(Duration::from_micros((x * 1e4) as u64 % 7 * 50));
                        (x - 0.01 * resources, ())
                    }
                );
                assert_eq!(ho.end(), StopReason::Planned, "{}: {:?}", stringify!($sampler), ho.error());
                ho.into_sweep()
            };
            let ran: Vec<_> = std::thread::scope(|scope| {
                let processes: Vec<_> = (0..3).map(|_| scope.spawn(|| process($handle(&memory)))).collect();
                processes.into_iter().map(|process| process.join().unwrap()).collect()
            });
            let later = process(memory.handle());
            for sweep in ran.iter().chain([&later]) {
                assert_eq!(told(sweep), told(&ran[0]));
                assert_eq!(sweep.history().configurations(), $configurations);
                assert_eq!(sweep.history().count(State::Complete), sweep.history().len());
                let mut rungs = HashSet::new();
                for trial in sweep.history().trials() {
                    let rung = (trial.configuration(), trial.resources().unwrap().to_bits());
                    assert!(rungs.insert(rung), "no configuration is given the same twice");
                }
                let starts: Vec<_> =
                    sweep.history().trials().iter().filter(|trial| trial.configuration() < 2).collect();
                assert!(starts.iter().all(|trial| [Some(0.5), Some(0.25)].contains(&trial.point().get(0))));
            }
        };
    }
    for _ in 0..4 {
        shared!(Asha::new(3.0), Memory::handle);
        shared!(Asha::new(3.0).inner(TpeSampler::new()), Memory::handle);
        shared!(Asha::new(3.0).batch(6), Memory::handle);
        shared!(Pasha::new(3.0), Memory::handle);
        shared!(Asha::new(3.0).stopping(), Memory::handle);
        shared!(Asha::new(3.0).stopping().batch(6), Memory::handle);
        shared!(Asha::new(3.0).stopping(), |memory: &Memory| memory.losing(3));
        // Too few for the top, which one of them reaches all the same.
        shared!(Asha::new(3.0), 5, Memory::handle);
        shared!(Asha::new(3.0).batch(2), 5, Memory::handle);
        shared!(Asha::new(3.0), 5, |memory: &Memory| memory.losing(3));
        // Each loses the lock before one in three starts, and then another process may have been faster.
        shared!(Asha::new(3.0), |memory: &Memory| memory.losing(3));
        shared!(Pasha::new(3.0), |memory: &Memory| memory.losing(3));
    }
}

/// A process that dies leaves its trial to those that are still there.
#[test]
fn the_living_run_what_the_dead_leave() {
    let memory = Memory::default();
    let process = |study: Handle| {
        hyperopt!(
            study = study,
            seed = 7,
            x = 0.0..=1.0,
            for _ in 0..20 {
                std::thread::sleep(Duration::from_millis(2));
                x
            }
        )
        .into_sweep()
    };
    let (dead, living) = std::thread::scope(|scope| {
        let dead = scope.spawn(|| process(memory.dying(3)));
        let living = scope.spawn(|| process(memory.handle()));
        (dead.join().unwrap(), living.join().unwrap())
    });
    assert!(dead.error().is_some());
    assert_eq!(living.history().count(State::Complete), 20);
    let alone = hyperopt!(
        seed = 7,
        x = 0.0..=1.0,
        for _ in 0..20 {
            x
        }
    );
    assert_eq!(told(&living), told(alone.sweep()));
}

/// What another program has put into the study is run first; what it leaves open is drawn.
#[test]
fn what_is_enqueued_is_run() {
    let memory = Memory::default();
    let run = |trials: u32| {
        hyperopt!(
            study = memory.handle(),
            seed = 7,
            x = 0.0..=1.0,
            y = 0.0..=1.0,
            for _ in 0..trials {
                x + y
            }
        )
    };
    assert_eq!(run(3).len(), 3);
    memory.enqueue(vec![0.25, f64::NAN]);
    let ho = run(5);
    assert_eq!((ho.len(), ho.history().count(State::Complete)), (5, 5));
    let params = ho.trials().nth(3).unwrap().1;
    assert_eq!(params.x, 0.25);
    assert!((0.0..=1.0).contains(&params.y));
}

/// Earlier versions of `Bohb` were `Hyperband` over its sampler, and gave their studies the same name.
#[test]
fn a_study_of_bohb_without_explorers_is_continued_as_the_error_says() {
    macro_rules! run {
        ($study:expr, $sampler:expr) => {
            hyperopt!(
                study = $study,
                seed = 7,
                sampler = $sampler,
                x = 0.0..=1.0,
                for (resources, _) in 1.0..=27.0 {
                    (x - 0.01 * resources, ())
                }
            )
            .into_sweep()
        };
    }
    let memory = Memory::default();
    let earlier = || Hyperband::new(3.0).inner(BohbSampler::new());
    assert!(run!(memory.dying(31), earlier()).error().is_some());
    memory.grow_old();
    let refused = run!(memory.handle(), Bohb::new());
    let said = refused.error().map(ToString::to_string).unwrap_or_default();
    assert!(
        said.contains("trial 27 does not follow") && said.contains("`Hyperband::new(3.0)` with its sampler"),
        "{said}"
    );
    let continued = run!(memory.handle(), earlier());
    assert_eq!(continued.end(), StopReason::Planned, "{:?}", continued.error());
    assert_eq!(told(&continued), told(&run!(Memory::default().handle(), earlier())));
}

/// The first trials of many schedulers are alike.
#[test]
fn another_scheduler_is_refused() {
    macro_rules! run {
        ($study:expr, $sampler:expr, $head:expr) => {
            hyperopt!(
                study = $study,
                seed = 7,
                sampler = $sampler,
                x = 0.0..=1.0,
                for (resources, _) in $head {
                    (x / f64::from(resources), ())
                }
            )
            .into_sweep()
        };
    }
    macro_rules! check {
        ($begun:expr, $now:expr, $head:expr, $was:literal, $is:literal) => {
            let memory = Memory::default();
            assert!(run!(memory.dying(2), $begun, 1..=9).error().is_some());
            let said = run!(memory.handle(), $now, $head).error().map(ToString::to_string);
            let expected = concat!(
                "study `memory`: it was begun with `",
                $was,
                "` over the rungs 1, 3 and 9, and now has `",
                $is,
                "; keep the scheduler and the budgets, or give the sweep a study of its own"
            );
            assert_eq!(said.as_deref(), Some(expected));
            // The same scheduler continues, with another sampler and more work too.
            assert_eq!(run!(memory.handle(), $begun, 1..=9).error(), None);
            // A study of an earlier version is read step by step.
            let memory = Memory::default();
            assert!(run!(memory.dying(2), $begun, 1..=9).error().is_some());
            memory.grow_old();
            assert_eq!(run!(memory.handle(), $begun, 1..=9).error(), None);
        };
    }
    let hyperband = || Hyperband::new(3.0);
    check!(hyperband(), Dehb::new(3.0), 1..=9, "Hyperband::new(3.0)", "Dehb::new(3.0)` over the rungs 1, 3 and 9");
    check!(hyperband(), Asha::new(3.0), 1..=9, "Hyperband::new(3.0)", "Asha::new(3.0)` over the rungs 1, 3 and 9");
    check!(
        hyperband(),
        Bohb::new(),
        1..=9,
        "Hyperband::new(3.0)",
        "Hyperband::new(3.0).explore(1.0 / 3.0)` over the rungs 1, 3 and 9"
    );
    check!(
        Asha::new(3.0),
        Asha::new(3.0).stopping(),
        1..=9,
        "Asha::new(3.0)",
        "Asha::new(3.0).stopping()` over the rungs 1, 3 and 9"
    );
    check!(Asha::new(3.0), Asha::new(3.0), 1..=27, "Asha::new(3.0)", "Asha::new(3.0)` over the rungs 1, 3, 9 and 27");
    let memory = Memory::default();
    assert!(run!(memory.dying(2), hyperband(), 1..=9).error().is_some());
    assert_eq!(
        run!(memory.handle(), PriorBand::new().rounds(2), 1..=9).error(),
        None,
        "it is Hyperband over another sampler"
    );
}

#[test]
fn another_sweep_is_refused() {
    let memory = Memory::default();
    assert_eq!(
        hyperopt!(
            study = memory.handle(),
            seed = 7,
            x = 0.0..=1.0,
            for _ in 0..3 {
                x
            }
        )
        .len(),
        3
    );
    let said = |ho: &Sweep| ho.error().map(ToString::to_string).unwrap_or_default();
    let seed = hyperopt!(
        study = memory.handle(),
        seed = 8,
        x = 0.0..=1.0,
        for _ in 0..3 {
            x
        }
    );
    assert_eq!(
        said(seed.sweep()),
        "study `memory`: it was begun with `seed = 7`, and now has `seed = 8`; leave the seed out, or give the sweep a study \
         of its own"
    );
    let space = hyperopt!(
        study = memory.handle(),
        x = 0.0..=2.0,
        for _ in 0..3 {
            x
        }
    );
    assert_eq!(
        said(space.sweep()),
        "study `memory`: hyperparameter `x` had the candidates 0..=1, and now has 0..=2; keep them, or begin a new sweep"
    );
    let goal = hyperopt!(
        study = memory.handle(),
        goal = Maximize,
        x = 0.0..=1.0,
        for _ in 0..3 {
            x
        }
    );
    assert_eq!(
        said(goal.sweep()),
        "study `memory`: its goal is Minimize, and now is Maximize; keep the goal, or give the sweep a study of its own"
    );
    let budgets = hyperopt!(
        study = memory.handle(),
        sampler = Hyperband::new(3.0),
        x = 0.0..=1.0,
        for (resources, _) in 1.0..=9.0 {
            (x * resources, ())
        }
    );
    assert_eq!(
        said(budgets.sweep()),
        "study `memory`: it counts trials, and this sweep has budgets; give this sweep a study of its own: `.name(\"…\")`"
    );
    let earlier = hyperopt!(
        x = 0.0..=1.0,
        for _ in 0..3 {
            x
        }
    );
    let both = hyperopt!(
        study = memory.handle(),
        ho = earlier,
        x = 0.0..=1.0,
        for _ in 0..3 {
            x
        }
    );
    assert_eq!(said(both.sweep()), "`study` and `ho` both say what the sweep goes on from; leave one out");
}

#[test]
fn a_sweep_asked_by_hand_is_kept_too() {
    let memory = Memory::default();
    let mut ho = hyperopt!(study = memory.handle(), seed = 7, x = 0.0..=1.0);
    for _ in 0..3 {
        let (ticket, p) = ho.ask().unwrap();
        ho.tell(ticket, p.x).unwrap();
    }
    let (_claim, left) = ho.ask().unwrap();
    drop(ho);
    let mut ho = hyperopt!(study = memory.handle(), x = 0.0..=1.0);
    assert_eq!(ho.len(), 4);
    let (ticket, again) = ho.ask().unwrap();
    assert_eq!((ticket.number(), again.x), (3, left.x));
    ho.tell(ticket, again.x).unwrap();
    let ho = ho.finish();
    assert_eq!((ho.len(), ho.history().count(State::Complete)), (4, 4));
}

/// Nobody runs a trial whose ticket was dropped: another process gets it while this one goes on.
#[test]
fn a_dropped_ticket_puts_its_trial_back() {
    let memory = Memory::default();
    let mut ho = hyperopt!(
        study = memory.handle(),
        seed = 7,
        kind = ["a", "b"],
        x = if kind == "a" { 0.0..=1.0 } else { 5.0..=6.0 }
    );
    let (ticket, dropped) = ho.ask().unwrap();
    drop(ticket);
    let (ticket, _) = ho.ask().unwrap();
    // It comes first, with the same hyperparameters.
    assert_eq!(ticket.number(), 0);
    drop(ticket);
    let (other, p) = {
        let first = ho.ask().unwrap();
        let second = ho.ask().unwrap();
        assert_eq!((first.0.number(), first.1.x, second.0.number()), (0, dropped.x, 1));
        drop(first.0);
        second
    };
    ho.tell(other, p.x).unwrap();
    let mut elsewhere =
        hyperopt!(study = memory.handle(), kind = ["a", "b"], x = if kind == "a" { 0.0..=1.0 } else { 5.0..=6.0 });
    let (ticket, p) = elsewhere.ask().unwrap();
    assert_eq!((ticket.number(), p.kind, p.x), (0, dropped.kind, dropped.x));
    elsewhere.tell(ticket, p.x).unwrap();
    let ho = ho.finish();
    assert_eq!((ho.len(), ho.history().count(State::Cancelled)), (2, 1), "this process has not seen the outcome");
    assert_eq!(elsewhere.finish().history().count(State::Complete), 2);
}

/// A configuration that is resumed after a crash goes on with its state if that is kept, and begins anew if not, which the
/// table says.
#[test]
fn kept_states_outlive_the_process() {
    let directory = std::env::temp_dir().join(format!("hyperopt-states-{}", std::process::id()));
    // The state counts all units that were trained; `spent` those that this process had to train.
    let run = |study: Handle, spent: &mut f64, is_kept: bool| {
        macro_rules! sweep {
            ($($checkpoint:tt)*) => {
                hyperopt!(
                    study = study,
                    seed = 7,
                    sampler = Hyperband::new(3.0),
                    $($checkpoint)*
                    x = 0.0..=1.0,
                    for (resources, state) in 1.0..=27.0 {
                        let trained: f64 = state.unwrap_or_default();
                        *spent += resources - trained;
                        (x / resources, resources)
                    }
                )
                .into_sweep()
            };
        }
        if is_kept { sweep!(checkpoint = directory.clone(),) } else { sweep!() }
    };
    let mut whole = 0.0;
    let alone = run(Memory::default().handle(), &mut whole, false);
    for is_kept in [true, false] {
        let memory = Memory::default();
        let (mut first, mut second) = (0.0, 0.0);
        assert!(run(memory.dying(50), &mut first, is_kept).error().is_some());
        let again = run(memory.handle(), &mut second, is_kept);
        assert_eq!(told(&again), told(&alone));
        let died_in = alone.history().trials()[50].resources().unwrap();
        let notes = again.notes();
        if is_kept {
            assert!(first + second - whole <= died_in, "{first} {second} {whole}");
            assert!(notes.is_empty(), "{notes:?}");
        } else {
            assert!(first + second - whole > died_in, "{first} {second} {whole}");
            assert!(notes.len() == 1 && notes[0].contains("began anew"), "{notes:?}");
        }
    }
    let left: Vec<_> = std::fs::read_dir(&directory).unwrap().collect();
    assert!(left.len() < 10, "states of configurations that are dropped go too: {left:?}");
    std::fs::remove_dir_all(&directory).unwrap();
}
