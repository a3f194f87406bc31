//! Grids in studies: every point once, whoever starts, stops and shares.

use std::collections::HashSet;
use std::error::Error;
use std::thread;
use std::time::Duration;

use hyperopt::prelude::*;
use hyperopt::{Draw, History, Outcome, Point, Sampler, Setup, Space, State, StopReason, Sweep};
use hyperopt_store::Study;

use crate::memory::Memory;

/// A grid of one's own, which derives its place from the history that it is prepared with.
#[derive(Debug, Default)]
struct OwnGrid {
    next: usize,
}

impl Sampler for OwnGrid {
    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        self.next = setup.history().len();
        Ok(None)
    }

    fn suggest(&mut self, space: &Space, _: &History, _: &Draw) -> Option<Point> {
        let mut index = self.next as u64;
        self.next += 1;
        let units = space.axes().iter().map(|axis| {
            let levels = axis.levels().expect("axes with levels");
            let level = index % levels;
            index /= levels;
            axis.unit_of(level).expect("a level")
        });
        Some(units.collect())
    }
}

/// Runs a sweep over 36 points in a study.
macro_rules! grid {
    ($sampler:expr, $study:expr, $trials:expr, |$trial:ident| $body:expr) => {
        hyperopt!(
            study = $study,
            seed = 7,
            sampler = $sampler,
            a = linrange(0.0, 1.0, 6),
            b = [1, 2, 3, 4, 5, 6],
            for $trial in $trials {
                let _ = (a, b);
                $body
            }
        )
        .into_sweep()
    };
}

/// Returns the points of a sweep, all complete; each stands for what a trial has seen.
fn points(sweep: &Sweep) -> HashSet<String> {
    assert!(sweep.error().is_none(), "{:?}", sweep.error());
    assert_eq!(sweep.history().count(State::Complete), sweep.history().len(), "{sweep}");
    sweep.history().trials().iter().map(|trial| format!("{:?}", trial.point())).collect()
}

#[test]
fn a_grid_in_a_study_is_resumed() {
    macro_rules! resumed {
        ($($sampler:expr),+) => {$(
            let memory = Memory::default();
            let whole = grid!($sampler, memory.handle(), 0..36, |i| f64::from(i));
            assert_eq!(points(&whole).len(), 36, "{}", stringify!($sampler));

            let memory = Memory::default();
            for (total, done) in [(10, 10), (11, 11), (30, 30), (36, 36), (36, 36)] {
                let sweep = grid!($sampler, memory.handle(), 0..total, |i| f64::from(i));
                assert_eq!(points(&sweep).len(), done, "{} to {total}", stringify!($sampler));
            }
        )+};
    }
    resumed!(GridSampler::new(), OwnGrid::default());
    // All that is planned, in two runs.
    let memory = Memory::default();
    let _ = grid!(GridSampler::new(), memory.handle(), 0..10, |i| f64::from(i));
    let sweep = grid!(GridSampler::new(), memory.handle(), .., |i| i as f64);
    assert_eq!((points(&sweep).len(), sweep.history().len(), sweep.end()), (36, 36, StopReason::Planned));
}

#[test]
fn a_grid_that_was_interrupted_is_resumed() {
    for left in [0, 1, 9, 35] {
        let memory = Memory::default();
        let first = grid!(GridSampler::new(), memory.handle(), 0..36, |i| if i == left {
            Outcome::interrupted()
        } else {
            Outcome::value(f64::from(i))
        });
        assert_eq!(first.history().len(), left as usize + 1);
        let second = grid!(GridSampler::new(), memory.handle(), 0..36, |i| f64::from(i));
        assert_eq!(points(&second).len(), 36);
        // Killed, in place of interrupted.
        let memory = Memory::default();
        let _ = grid!(GridSampler::new(), memory.dying(left as usize), 0..36, |i| f64::from(i));
        let second = grid!(GridSampler::new(), memory.handle(), 0..36, |i| f64::from(i));
        assert_eq!(points(&second).len(), 36);
    }
}

#[test]
fn processes_share_a_grid() {
    macro_rules! shared {
        ($sampler:expr, $handle:expr) => {
            for processes in [2, 4, 8] {
                let memory = Memory::default();
                let handles: Vec<_> = (0..processes).map(|_| $handle(&memory)).collect();
                let sweeps: Vec<_> = thread::scope(|scope| {
                    let run = |study| {
                        scope.spawn(move || {
                            grid!($sampler, study, 0..36_u64, |i| {
                                thread::sleep(Duration::from_micros((i % 3) * 500));
                                i
                            })
                        })
                    };
                    let threads: Vec<_> = handles.into_iter().map(run).collect();
                    threads.into_iter().map(|thread| thread.join().unwrap()).collect()
                });
                for sweep in sweeps {
                    assert_eq!((points(&sweep).len(), sweep.history().len()), (36, 36), "{processes} processes");
                }
            }
        };
    }
    shared!(GridSampler::new(), Memory::handle);
    shared!(OwnGrid::default(), Memory::handle);
    // Each loses the lock before one in three starts, and then another process may have been faster.
    shared!(GridSampler::new(), |memory: &Memory| memory.losing(3));
}

/// What a trial of a conditional grid has seen.
macro_rules! conditional {
    ($study:expr, $trials:expr) => {
        hyperopt!(
            study = $study,
            sampler = GridSampler::new(),
            kernel = ["linear", "poly", "rbf"],
            degree = if kernel == "poly" {
                2..=4
            },
            gamma = if kernel != "linear" {
                linrange(0.0, 1.0, 5)
            },
            shrink = [true, false],
            for i in $trials {
                thread::sleep(Duration::from_micros(i % 4 * 300));
                let _ = (degree, gamma, shrink);
                i as f64
            }
        )
        .into_sweep()
    };
}

/// 2 of the linear kernel, 30 of the polynomial and 10 of the other one.
const CONDITIONAL: usize = 42;

#[test]
fn a_conditional_grid_is_resumed_and_shared() {
    for first in [1, 3, 20, 41] {
        let memory = Memory::default();
        let _ = conditional!(memory.handle(), 0..first);
        let sweep = conditional!(memory.handle(), 0_u64..100);
        assert_eq!((points(&sweep).len(), sweep.history().len()), (CONDITIONAL, CONDITIONAL), "after {first}");
    }
    for processes in [2, 4] {
        let memory = Memory::default();
        thread::scope(|scope| {
            for _ in 0..processes {
                let study = memory.handle();
                scope.spawn(move || conditional!(study, 0_u64..100));
            }
        });
        // Who is left runs what others could not decide on while guards were open.
        let sweep = conditional!(memory.handle(), 0_u64..100);
        assert_eq!((points(&sweep).len(), sweep.history().len()), (CONDITIONAL, CONDITIONAL), "{processes} processes");
    }
}

/// Resumes one study and shares another among three sweeps; `open` opens a study by its name.
fn resumed_and_shared(open: impl Fn(&str) -> Study) {
    let _ = grid!(GridSampler::new(), open("resumed"), 0..10, |i| i);
    let sweep = grid!(GridSampler::new(), open("resumed"), 0..36, |i| i);
    assert_eq!((points(&sweep).len(), sweep.history().len()), (36, 36));
    let studies = [open("shared"), open("shared"), open("shared")];
    let sweeps: Vec<_> = thread::scope(|scope| {
        let run = |study| scope.spawn(move || grid!(GridSampler::new(), study, 0..36, |i| i));
        studies.map(run).into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for sweep in sweeps {
        assert_eq!((points(&sweep).len(), sweep.history().len()), (36, 36));
    }
}

#[test]
fn a_grid_in_a_file_is_resumed_and_shared() -> Result<(), Box<dyn Error>> {
    let directory = std::env::temp_dir().join(format!("hyperopt-grids-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    let url = format!("sqlite:{}", directory.join("grids.db").display());
    resumed_and_shared(|name| Study::open(&url).unwrap().name(name));
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}

#[test]
fn a_grid_on_a_server_is_resumed_and_shared() -> Result<(), Box<dyn Error>> {
    let Ok(url) = std::env::var("HYPEROPT_TEST_POSTGRES") else {
        eprintln!("left out: HYPEROPT_TEST_POSTGRES names no server");
        return Ok(());
    };
    let mut client = postgres::Client::connect(&url, postgres::NoTls)?;
    client.batch_execute("DROP DATABASE IF EXISTS grids WITH (FORCE)")?;
    client.batch_execute("CREATE DATABASE grids")?;
    let (server, _) = url.rsplit_once('/').ok_or("an address without a database")?;
    let url = format!("{server}/grids");
    resumed_and_shared(|name| Study::open(&url).unwrap().name(name));
    Ok(())
}

/// A continuous axis has coordinates that a file may give back with another last digit.
#[test]
fn a_grid_over_numbers_and_earlier_sweeps() {
    macro_rules! sweep {
        ($($setting:tt)*) => {
            hyperopt!(
                $($setting)*
                sampler = GridSampler::new().resolution(5),
                a = 0.0..=1.0,
                b = log(1e-3..=1e3),
                for _ in .. {
                    a + b
                }
            )
        };
    }
    assert_eq!(points(sweep!().sweep()).len(), 25);
    let part = hyperopt!(
        sampler = GridSampler::new().resolution(5),
        a = 0.0..=1.0,
        b = log(1e-3..=1e3),
        for i in 0..25 {
            if i == 7 {
                break;
            }
            a + b
        }
    );
    // The trial that `break` left has not tried its point.
    let rest = sweep!(ho = part,);
    let complete = rest.history().trials().iter().filter(|trial| trial.state() == State::Complete);
    let distinct: HashSet<_> = complete.map(|trial| format!("{:?}", trial.point())).collect();
    assert_eq!((distinct.len(), rest.len()), (25, 26));
}

/// Guards make a grid smaller than the product of its levels: that is no early end.
#[test]
fn a_conditional_grid_ends_as_planned() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        kernel = ["linear", "rbf"],
        gamma = if kernel == "rbf" {
            [0.1, 1.0, 10.0]
        },
        for _ in .. {
            gamma.unwrap_or(0.5)
        }
    );
    assert_eq!((ho.len(), ho.end()), (4, StopReason::Planned));
    assert!(!ho.to_string().contains("ended early"), "{ho}");
}
