//! Loops on threads: the same history on any number of them, and what leaves a body.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use hyperopt::prelude::*;
use hyperopt::{Draw, Executor, History, Point, Sampler, Space, State, StopReason, Sweep};
use rand::RngExt;
use rayon::{ThreadPool, ThreadPoolBuilder};

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).thread_name(|index| format!("pool-{index}")).build().unwrap()
}

type Line = (usize, Option<f64>, Point, State, Option<f64>, Option<String>);

fn history(sweep: &impl AsRef<Sweep>) -> Vec<Line> {
    let trials = sweep.as_ref().history().trials().iter();
    let line = |trial: &hyperopt::Trial| {
        let reason = trial.reason().map(ToString::to_string);
        (trial.configuration(), trial.resources(), trial.point().clone(), trial.state(), trial.objective(), reason)
    };
    trials.map(line).collect()
}

/// Proposes next to the best so far, so that its draws depend on all that has been told.
#[derive(Debug)]
struct Climber;

impl Sampler for Climber {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        let mut rng = draw.rng();
        let best = history.best(draw.goal()).map(|(trial, _)| trial.point());
        let near = |axis| best.and_then(|best| best.get(axis)).unwrap_or(0.5) + rng.random_range(-0.3..0.3);
        Some((0..space.len()).map(near).collect())
    }
}

/// A body of uneven length that fails, gives up and panics now and then.
fn uneven(x: f64, gamma: Option<f64>) -> Result<f64, String> {
    thread::sleep(Duration::from_micros((x * 300.0) as u64));
    if (0.2..0.25).contains(&x) {
        return Err("diverged".into());
    }
    assert!(!(0.25..0.3).contains(&x), "x is {x:.1}");
    Ok((x - 0.6).powi(2) + gamma.unwrap_or(0.1))
}

macro_rules! sweep {
    ($executor:expr; $sampler:expr; $($head:tt)*) => {
        phyperopt!(
            $executor,
            sampler = $sampler,
            seed = 5,
            x = 0.0..=1.0,
            kernel = ["linear", "rbf"],
            gamma = if kernel == "rbf" { log(1e-3..=1e0) },
            for _ in $($head)* {
                assert_eq!(gamma.is_some(), kernel == "rbf");
                if x > 0.95 {
                    continue;
                }
                uneven(x, gamma)
            }
        )
    };
}

#[test]
fn one_seed_is_one_history_on_any_number_of_threads() {
    macro_rules! on_all {
        ($sampler:expr) => {{
            let one = history(&sweep!(workers(1); $sampler; 0..120));
            assert_eq!(one, history(&sweep!(workers(2); $sampler; 0..120)));
            assert_eq!(one, history(&sweep!(workers(8); $sampler; 0..120)));
            one
        }};
    }
    let random = on_all!(RandomSampler::new());
    on_all!(GridSampler::new().resolution(10));
    on_all!(LhsSampler::new());
    on_all!(ClhSampler::new());
    on_all!(BohbSampler::new());
    let climbed = on_all!(Climber);
    assert_ne!(random, climbed);
    // One of each kind of end.
    for state in [State::Complete, State::Failed, State::Pruned] {
        assert!(random.iter().any(|line| line.3 == state), "{state}");
    }
    assert!(random.iter().any(|line| line.5.as_deref() == Some("panicked: x is 0.3")));
    assert!(random.iter().any(|line| line.5.as_deref() == Some("diverged")));

    // A sampler that does not learn has that history in the loop of `hyperopt!` too.
    let sequential = hyperopt!(
        seed = 5,
        x = 0.0..=1.0,
        kernel = ["linear", "rbf"],
        gamma = if kernel == "rbf" {
            log(1e-3..=1e0)
        },
        for _ in 0..120 {
            let _ = (kernel, gamma);
            x
        }
    );
    let points = |lines: &[Line]| lines.iter().map(|line| line.2.clone()).collect::<Vec<_>>();
    assert_eq!(points(&history(&sequential)), points(&random));
}

#[test]
fn rungs_are_the_same_on_any_number_of_threads() {
    struct Model {
        x: f64,
    }
    macro_rules! sweep {
        ($executor:expr, $inner:expr) => {
            phyperopt!(
                $executor,
                sampler = Hyperband::new(3.0).inner($inner),
                seed = 5,
                x = 0.0..=1.0,
                deep = [true, false],
                width = if deep { 1..=8 } else { 8..=64 },
                for (resources, state) in 1.0..=27.0 {
                    let model = state.unwrap_or_else(|| Model { x });
                    assert_eq!(model.x, x);
                    assert_eq!(deep, width <= 8 && deep);
                    thread::sleep(Duration::from_micros((x * 200.0) as u64));
                    ((x - 0.6).powi(2) + f64::from(width) / resources, model)
                }
            )
        };
    }
    let one = sweep!(workers(1), RandomSampler::new());
    assert_eq!(one.len(), 69);
    assert_eq!(history(&one), history(&sweep!(workers(2), RandomSampler::new())));
    assert_eq!(history(&one), history(&sweep!(workers(8), RandomSampler::new())));
    macro_rules! same {
        ($($inner:expr),+) => {$(
            let one = history(&sweep!(workers(1), $inner));
            assert_eq!(one, history(&sweep!(workers(2), $inner)));
            assert_eq!(one, history(&sweep!(workers(8), $inner)));
        )+};
    }
    same!(Climber, BohbSampler::new(), LhsSampler::new(), ClhSampler::new(), GridSampler::new().resolution(4));
}

/// In one thread, the first trial of a batch has been told before the second is proposed.
#[test]
fn the_same_waves_are_the_same_history_without_threads() {
    macro_rules! loops {
        ($macro:ident) => {
            $macro!(
                sampler = BohbSampler::new().batch(8),
                seed = 5,
                x = 0.0..=1.0,
                y = 0.0..=1.0,
                for _ in 0..60 {
                    (x - 0.6).powi(2) + y
                }
            )
        };
    }
    let parallel = history(&thyperopt!(
        sampler = BohbSampler::new(),
        seed = 5,
        x = 0.0..=1.0,
        y = 0.0..=1.0,
        for _ in 0..60 {
            (x - 0.6).powi(2) + y
        }
    ));
    assert_eq!(history(&loops!(hyperopt)), parallel);
    assert_eq!(history(&loops!(thyperopt)), parallel);
}

/// Proposes its second point only once the first one's trial runs.
#[derive(Debug)]
struct Patient;

static FIRST_RUNS: AtomicBool = AtomicBool::new(false);

impl Sampler for Patient {
    fn suggest(&mut self, _: &Space, history: &History, _: &Draw) -> Option<Point> {
        let patience = Instant::now() + Duration::from_secs(20);
        while history.len() == 1 && !FIRST_RUNS.load(Ordering::Relaxed) {
            if Instant::now() > patience {
                return None;
            }
            thread::yield_now();
        }
        Some(Point::from(vec![0.5]))
    }
}

#[test]
fn trials_run_while_the_rest_of_their_wave_is_proposed() {
    let ho = phyperopt!(
        workers(2),
        sampler = Patient,
        x = 0.0..=1.0,
        for _ in 0..16 {
            FIRST_RUNS.store(true, Ordering::Relaxed);
            x
        }
    );
    assert_eq!((ho.len(), ho.end()), (16, StopReason::Planned));
}

#[test]
fn each_executor_runs_where_it_says() {
    struct Named;
    impl Executor for Named {
        fn map(&self, trials: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>> {
            thread::scope(|scope| {
                for half in 0..2 {
                    let name = format!("named-{half}");
                    let trials = (half..trials).step_by(2);
                    thread::Builder::new().name(name).spawn_scoped(scope, move || trials.for_each(run))?;
                }
                Ok(())
            })
        }
    }
    macro_rules! threads {
        ($($executor:expr)?) => {{
            let names = Mutex::new(BTreeSet::new());
            let ho = phyperopt!(
                $($executor,)?
                x = 0.0..=1.0,
                for _ in 0..40 {
                    thread::sleep(Duration::from_millis(1));
                    names.lock().unwrap().insert(thread::current().name().unwrap_or_default().to_owned());
                    x
                }
            );
            assert_eq!(ho.history().count(State::Complete), 40);
            names.into_inner().unwrap()
        }};
    }
    let set = |names: &[&str]| names.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    assert_eq!(threads!(pool(2)), set(&["pool-0", "pool-1"]));
    assert_eq!(threads!(&pool(2)), set(&["pool-0", "pool-1"]));
    assert_eq!(threads!(workers(2)), set(&["hyperopt-0", "hyperopt-1"]));
    assert_eq!(threads!(Named), set(&["named-0", "named-1"]));
    let here = thread::current().name().unwrap_or_default().to_owned();
    assert_eq!(threads!(map_fn(|trials, run| (0..trials).for_each(run))), set(&[&here]));
    // Without an executor: the pool that the sweep is started in.
    assert_eq!(pool(2).install(|| threads!()), set(&["pool-0", "pool-1"]));
}

#[test]
fn every_core_is_used_at_once() {
    let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let ho = pool(4).install(|| {
        thyperopt!(
            x = 0.0..=1.0,
            for _ in 0..40 {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(2));
                running.fetch_sub(1, Ordering::SeqCst);
                x
            }
        )
    });
    assert_eq!((ho.len(), most.into_inner()), (40, 4));
}

#[test]
fn after_a_break_no_trial_starts() {
    let ho = phyperopt!(
        workers(2),
        x = 0.0..=1.0,
        for i in 0..1_000_000 {
            if i == 20 {
                break;
            }
            thread::sleep(Duration::from_micros(200));
            x
        }
    );
    assert_eq!(ho.end(), StopReason::Break);
    assert!((21..=22).contains(&ho.len()), "{}", ho.len());
    assert_eq!(ho.history().trials()[20].state(), State::Cancelled);
    assert_eq!(ho.history().count(State::Running), 0);

    let endless = thyperopt!(
        timeout = Duration::from_millis(200),
        x = 0.0..=1.0,
        for _ in 0.. {
            thread::sleep(Duration::from_millis(1));
            x
        }
    );
    assert_eq!(endless.end(), StopReason::Timeout);
    assert!(endless.len() >= 10);
}

#[test]
fn a_wave_that_is_broken_off_leaves_nothing_behind() {
    let ho = phyperopt!(
        workers(1),
        sampler = Climber,
        x = 0.0..=1.0,
        for i in 0..100 {
            if i == 10 {
                break;
            }
            x
        }
    );
    // Eight of the first batch, three of the second.
    assert_eq!(ho.len(), 11);
}

#[test]
fn on_error_stops_a_parallel_sweep() {
    let ho = phyperopt!(
        workers(2),
        on_error = OnError::Stop,
        x = 0.0..=1.0,
        for i in 0..1000 {
            assert!(i < 10, "trial {i}");
            x
        }
    );
    assert_eq!(ho.end(), StopReason::Failure);
    assert!(ho.len() < 20);
    assert_eq!(ho.history().trials()[10].reason(), Some("panicked: trial 10"));
}

#[test]
fn labels_and_inner_loops_keep_their_meaning() {
    let ho = thyperopt!(
        x = 0..=9,
        'trial: for i in 0..100 {
            let mut sum = 0;
            for step in 0..10 {
                if step > x {
                    break;
                }
                if i % 10 == 3 {
                    continue 'trial;
                }
                sum += step;
            }
            sum
        }
    );
    assert_eq!(ho.history().count(State::Pruned), 10);
    for (trial, p) in ho.trials().filter(|(trial, _)| trial.state() == State::Complete) {
        assert_eq!(trial.objective(), Some(f64::from(p.x * (p.x + 1) / 2)));
    }
}

#[test]
fn values_may_be_moved_and_borrowed() {
    let words = [String::from("long"), String::from("longer")];
    let bonus = [1, 2, 3];
    let ho = thyperopt!(
        word = words.clone(),
        also = &words,
        for i in 0_u8..20 {
            let owned: String = word;
            drop(also);
            owned.len() + bonus[usize::from(i) % 3]
        }
    );
    assert_eq!(ho.minimum(), Ok(5.0));
    assert_eq!(bonus.len(), 3);
}

#[test]
fn a_faulty_executor_is_named() {
    struct Lazy;
    impl Executor for Lazy {
        fn map(&self, _: usize, _: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>> {
            Ok(())
        }
    }
    struct Broken;
    impl Executor for Broken {
        fn map(&self, _: usize, run: &(dyn Fn(usize) + Sync)) -> Result<(), Box<dyn Error + Send + Sync>> {
            run(0);
            Err("lost its cluster".into())
        }
    }
    macro_rules! message {
        ($executor:expr) => {{
            let ho = phyperopt!(
                $executor,
                x = 0.0..=1.0,
                for _ in 0..3 {
                    x
                }
            );
            assert_eq!(ho.end(), StopReason::Error);
            ho.error().unwrap().to_string()
        }};
    }
    assert_eq!(message!(Lazy), "the executor ran none of 3 trials");
    assert_eq!(message!(Broken), "the executor lost its cluster");
    // Skipping some is an executor's right.
    let ho = phyperopt!(
        map_fn(|trials, run| (0..trials.div_ceil(2)).for_each(run)),
        x = 0.0..=1.0,
        for _ in 0..8 {
            x
        }
    );
    assert_eq!(ho.history().count(State::Complete), 8);
}

#[test]
fn a_body_may_use_the_pool_itself() {
    use rayon::prelude::*;
    let ho = pool(2).install(|| {
        thyperopt!(
            x = 1_u64..=100,
            for _ in 0..50 {
                (0..1000).into_par_iter().map(|i| i * x).sum::<u64>()
            }
        )
    });
    let mut sums = BTreeMap::new();
    for (trial, p) in ho.trials() {
        assert_eq!(sums.insert(p.x, trial.objective()).unwrap_or(trial.objective()), Some((p.x * 499_500) as f64));
    }
    assert_eq!(ho.len(), 50);
}
