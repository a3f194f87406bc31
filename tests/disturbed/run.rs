//! The sweep that is disturbed, the processes that work on it, and what must hold of it afterwards.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use hyperopt::prelude::*;
use hyperopt::{State, StopReason, Sweep, Trial};
use hyperopt_store::Study;

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error>>;

pub(crate) const WORKERS: usize = 3;

/// How long anything may take before it counts as hanging.
const LONG: Duration = Duration::from_mins(2);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One trial after the other.
    Counted,
    /// On two threads.
    Parallel,
    Hyperband,
    Bohb,
}

const SHAPES: [Shape; 4] = [Shape::Counted, Shape::Parallel, Shape::Hyperband, Shape::Bohb];

/// A sweep in a study, and how a process works on it.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) url: String,
    pub(crate) name: String,
    pub(crate) shape: Shape,
    /// Of shapes that are counted.
    pub(crate) trials: u32,
    /// The longest of the bodies, in microseconds.
    pub(crate) pause: u64,
    pub(crate) heartbeat: Duration,
    pub(crate) grace: Duration,
    pub(crate) retries: u32,
    pub(crate) patience: Duration,
}

macro_rules! sweep {
    ($run:expr, $each:expr, $($study:tt)*) => {
        match $run.shape {
            Shape::Counted => hyperopt!(
                $($study)*
                seed = 7,
                x = 0.0..=1.0,
                n = 1..=64,
                kind = ["a", "b", "c"],
                rate = if kind == "a" {
                    log(1e-4..=1.0)
                },
                for _ in 0..$run.trials {
                    $each(x + f64::from(n) + rate.unwrap_or(0.5))
                }
            )
            .into_sweep(),
            Shape::Parallel => phyperopt!(
                workers(2),
                $($study)*
                seed = 7,
                x = 0.0..=1.0,
                n = 1..=64,
                for _ in 0..$run.trials {
                    $each(x + f64::from(n))
                }
            )
            .into_sweep(),
            Shape::Hyperband => hyperopt!(
                $($study)*
                seed = 7,
                sampler = Hyperband::new(3.0),
                x = 0.0..=1.0,
                kind = ["a", "b", "c"],
                for (resources, _) in 1.0..=27.0 {
                    ($each(x - 0.01 * resources + if kind == "a" { 1.0 } else { 0.0 }), ())
                }
            )
            .into_sweep(),
            Shape::Bohb => hyperopt!(
                $($study)*
                seed = 7,
                sampler = Bohb::new(),
                x = 0.0..=1.0,
                for (resources, _) in 1.0..=27.0 {
                    ($each(x - 0.01 * resources), ())
                }
            )
            .into_sweep(),
        }
    };
}

impl Run {
    pub(crate) fn new(url: &str, name: &str) -> Self {
        Self {
            url: url.into(),
            name: name.into(),
            shape: Shape::Counted,
            trials: 100,
            pause: 4_000,
            heartbeat: Duration::from_millis(200),
            grace: Duration::from_secs(2),
            retries: 1_000_000,
            patience: Duration::from_mins(1),
        }
    }

    fn words(&self) -> String {
        let Self { shape, trials, pause, heartbeat, grace, retries, patience, .. } = self;
        let shape = SHAPES.iter().position(|other| other == shape).unwrap_or_default();
        let [heartbeat, grace, patience] = [heartbeat, grace, patience].map(Duration::as_millis);
        format!("{} {} {shape} {trials} {pause} {heartbeat} {grace} {retries} {patience}", self.url, self.name)
    }

    fn parse(words: &str) -> Result<Self> {
        let words: Vec<_> = words.split(' ').collect();
        let [url, name, numbers @ ..] = &words[..] else { return Err("no run".into()) };
        let numbers = numbers.iter().map(|word| word.parse()).collect::<std::result::Result<Vec<u64>, _>>()?;
        let [shape, trials, pause, heartbeat, grace, retries, patience] = numbers[..] else {
            return Err("no run".into());
        };
        let [heartbeat, grace, patience] = [heartbeat, grace, patience].map(Duration::from_millis);
        let (shape, trials, retries) = (SHAPES[shape as usize], trials as u32, retries as u32);
        Ok(Self { shape, trials, pause, heartbeat, grace, retries, patience, ..Self::new(url, name) })
    }

    pub(crate) fn study(&self) -> Result<Study> {
        let study = Study::open(&self.url)?.name(&self.name).heartbeat(self.heartbeat).grace(self.grace);
        Ok(study.retries(self.retries).patience(self.patience))
    }

    /// Works on it in this process; `each` sees every value before it is told.
    pub(crate) fn sweep(&self, each: &(impl Fn(f64) + Sync)) -> Result<Sweep> {
        let each = |value: f64| {
            each(value);
            value
        };
        Ok(sweep!(self, each, study = self.study()?,))
    }

    /// Returns the sweep that nothing disturbs, in no study at all.
    fn alone(&self) -> Sweep {
        let each = |value: f64| value;
        sweep!(self, each,)
    }

    /// A process that works on it, in a program around it if that is given.
    pub(crate) fn start(&self, scratch: &Scratch, around: &[&str]) -> Result<Worker> {
        self.start_as(scratch, around, |_| {})
    }

    pub(crate) fn start_as(
        &self,
        scratch: &Scratch,
        around: &[&str],
        set: impl FnOnce(&mut Command),
    ) -> Result<Worker> {
        let index = scratch.next();
        let [log, kept] = ["log", "kept"].map(|what| scratch.file(&format!("{what}-{index}")));
        let program = env::current_exe()?;
        let mut command = match around {
            [] => Command::new(program),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        command
            .args(["run::worker", "--exact", "--ignored", "--nocapture"])
            .env("DISTURBED_RUN", self.words())
            .env("DISTURBED_KEPT", &kept)
            .stdin(Stdio::null())
            .stdout(append(&log)?)
            .stderr(append(&log)?);
        set(&mut command);
        Ok(Worker { child: command.spawn()?, log, kept })
    }

    /// Runs it with three processes to its end while `disturb` happens, and checks that nothing came of that.
    pub(crate) fn survives(
        &self,
        scratch: &Scratch,
        disturb: impl FnOnce(&mut Vec<Worker>) -> Result<()>,
    ) -> Result<()> {
        let mut workers = (0..WORKERS).map(|_| self.start(scratch, &[])).collect::<Result<Vec<_>>>()?;
        disturb(&mut workers)?;
        for worker in workers {
            worker.succeeds()?;
        }
        self.check(scratch)
    }

    /// The sweep is over and what it is alone, and what its processes were told is kept is there, once.
    pub(crate) fn check(&self, scratch: &Scratch) -> Result<()> {
        let ran = Mutex::new(0);
        let found = self.sweep(&|_| *ran.lock().unwrap() += 1)?;
        assert_eq!((found.end(), *ran.lock().unwrap()), (StopReason::Planned, 0), "{:?}", found.error());
        let alone = self.alone();
        let history = found.history();
        assert_eq!((history.len(), history.count(State::Complete)), (alone.history().len(), alone.history().len()));
        for (number, (trial, other)) in history.trials().iter().zip(alone.history().trials()).enumerate() {
            let placed = |trial: &Trial| (trial.number(), trial.resources());
            assert_eq!(placed(trial), placed(other));
            assert_eq!(trial.number(), number);
            // The model of BOHB sees the trials that are closed, which processes do not promise.
            if self.shape != Shape::Bohb {
                let told = |trial: &Trial| (trial.configuration(), trial.point().clone(), trial.value());
                assert_eq!(told(trial), told(other), "{number}");
            }
        }
        let values = history.trials().iter().filter_map(|trial| Some(trial.value()?.to_bits()));
        let mut times = BTreeMap::new();
        values.for_each(|value| *times.entry(value).or_insert(0) += 1);
        assert_eq!(times.len(), history.len(), "values that tell no trials apart");
        let mut seen = BTreeSet::new();
        for value in scratch.kept()? {
            assert_eq!(times.get(&value.to_bits()), Some(&1), "{value} was kept and is lost");
            assert!(seen.insert(value.to_bits()), "{value} was told twice");
        }
        // Sweeps in this process do not write down anything.
        assert!(!scratch.has_workers() || 2 * seen.len() > history.len(), "{} of {}", seen.len(), history.len());
        Ok(())
    }

    /// How many trials are finished by now.
    pub(crate) fn finished(&self) -> Result<usize> {
        let sweep = self.study()?.read()?;
        let waiting = sweep.history().count(State::Cancelled);
        Ok(sweep.history().len() - sweep.history().running() - waiting)
    }

    /// Waits until `count` trials are finished.
    pub(crate) fn reaches(&self, count: usize) -> Result<()> {
        until("the trials", || Ok(self.finished().unwrap_or_default() >= count))
    }
}

fn append(path: &Path) -> Result<File> {
    Ok(OpenOptions::new().append(true).create(true).open(path)?)
}

/// Waits until `is_so`.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> Result<bool>) -> Result<()> {
    let begun = Instant::now();
    while !is_so()? {
        assert!(begun.elapsed() < LONG, "{what} do not come to an end");
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// What a worker does, in a process of its own: writes down what it was told is kept. A trial is known to be kept when the
/// next one of the same thread begins.
#[test]
#[ignore = "is one of the processes of the other tests"]
fn worker() -> Result<()> {
    let run = Run::parse(&env::var("DISTURBED_RUN")?)?;
    let kept = OpenOptions::new().append(true).create(true).open(env::var("DISTURBED_KEPT")?)?;
    let before: Mutex<HashMap<ThreadId, f64>> = Mutex::default();
    let sweep = run.sweep(&|value| {
        let before = before.lock().unwrap_or_else(PoisonError::into_inner).insert(thread::current().id(), value);
        if let Some(value) = before {
            // In one call, so that no line is torn.
            (&kept).write_all(format!("{value:?}\n").as_bytes()).unwrap();
        }
        thread::sleep(Duration::from_micros(value.to_bits() % 8 * run.pause / 7));
    })?;
    match sweep.error() {
        Some(error) => Err(error.to_string().into()),
        None if sweep.end() == StopReason::Planned => Ok(()),
        None => Err(format!("{}", sweep.end()).into()),
    }
}

/// A process that works on a study; killed if the test ends before it.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) child: Child,
    log: PathBuf,
    kept: PathBuf,
}

/// Waits until all `workers` have told a trial: a server that is not there is not waited for by those that have not seen it.
pub(crate) fn all_work(workers: &mut [Worker]) -> Result<()> {
    for worker in workers {
        let mut has_told = || {
            let told = fs::metadata(&worker.kept).is_ok_and(|kept| kept.len() > 0);
            // It may have come too late for any.
            Ok(told || worker.child.try_wait()?.is_some())
        };
        until("the workers", &mut has_told)?;
    }
    Ok(())
}

impl Worker {
    /// Its end: whether it went well, and what it said.
    pub(crate) fn ends(mut self) -> Result<(bool, String)> {
        until("the workers", || Ok(self.child.try_wait()?.is_some()))?;
        Ok((self.child.wait()?.success(), fs::read_to_string(&self.log)?))
    }

    pub(crate) fn succeeds(self) -> Result<String> {
        let (is_well, said) = self.ends()?;
        assert!(is_well, "{said}");
        Ok(said)
    }

    /// Returns the error that it ends with.
    pub(crate) fn fails(self) -> Result<String> {
        let (is_well, said) = self.ends()?;
        assert!(!is_well, "{said}");
        Ok(said)
    }

    pub(crate) fn signal(&self, signal: &str) -> Result<()> {
        let sent = Command::new("kill").args(["-s", signal, &self.child.id().to_string()]).status()?;
        if sent.success() { Ok(()) } else { Err("no signal was sent".into()) }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder of one sweep.
#[derive(Debug)]
pub(crate) struct Scratch {
    path: PathBuf,
    count: Mutex<usize>,
}

impl Scratch {
    pub(crate) fn new(name: &str) -> Result<Self> {
        let path = env::temp_dir().join(format!("hyperopt-{name}-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self { path, count: Mutex::new(0) })
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn next(&self) -> usize {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        *count += 1;
        *count
    }

    fn has_workers(&self) -> bool {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner) > 0
    }

    /// What the workers have written down.
    fn kept(&self) -> Result<Vec<f64>> {
        let mut kept = Vec::new();
        for index in 1..=*self.count.lock().unwrap_or_else(PoisonError::into_inner) {
            // One that was killed at once has none.
            let text = fs::read_to_string(self.file(&format!("kept-{index}"))).unwrap_or_default();
            for line in text.lines() {
                kept.push(line.parse()?);
            }
        }
        Ok(kept)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A study of its own in each kind of database: a file, and, where there is one, a server.
pub(crate) fn places(name: &str) -> Result<Vec<(Scratch, Run)>> {
    let scratch = Scratch::new(&format!("{name}-sqlite"))?;
    let run = Run::new(&format!("sqlite:{}", scratch.file("study.db").display()), name);
    let mut places = vec![(scratch, run)];
    if let Some(url) = server() {
        let mut study = name.to_owned();
        write!(study, "-{}", std::process::id())?;
        places.push((Scratch::new(&format!("{name}-postgres"))?, Run::new(&url, &study)));
    }
    Ok(places)
}

/// Returns the server for tests.
pub(crate) fn server() -> Option<String> {
    let url = env::var("HYPEROPT_TEST_POSTGRES").ok();
    if url.is_none() {
        eprintln!("left out on PostgreSQL: HYPEROPT_TEST_POSTGRES names no server");
    }
    url
}
