//! Everything that can be run in this process, under the name that its results bear.

use cpu_time::ProcessTime;

use crate::ours;
use crate::peers;
use crate::problems::fidelity::{self, CHECKPOINTS};
use crate::problems::{self, Problem};
use crate::results::Row;

/// After how many trials the best is looked at.
pub const BUDGETS: [usize; 5] = [25, 50, 100, 200, 1000];

/// Runs so many trials of a problem by a seed, and tells every point.
pub type Trials = fn(&Problem, u64, usize, &mut dyn FnMut(&[f64]) -> f64) -> Result<(), String>;

/// A method of single-fidelity search.
pub struct Method {
    pub name: &'static str,
    pub version: &'static str,
    /// The most trials that are asked of it, for the sake of time.
    pub most: usize,
    /// Whether it needs to be told how many trials there will be: each budget is a sweep of its own then.
    pub plans: bool,
    /// Runs trials, telling the function every point; the error says why it cannot.
    pub run: Trials,
}

/// A method for problems with budgets.
pub struct Scheduler {
    pub name: &'static str,
    pub version: &'static str,
    pub run: fn(&fidelity::Problem, u64, &mut fidelity::Run) -> Result<(), String>,
}

pub fn methods() -> Vec<Method> {
    let mut methods = ours::methods();
    methods.extend(peers::methods());
    methods
}

pub fn schedulers() -> Vec<Scheduler> {
    let mut schedulers = ours::schedulers();
    schedulers.extend(peers::schedulers());
    schedulers
}

/// The regrets of one sweep at each budget, and the processor time of each trial in microseconds.
pub fn run(method: &Method, problem: &problems::Problem, seed: u64, most: usize) -> Result<Row, String> {
    let budgets: Vec<usize> = BUDGETS.into_iter().filter(|&budget| budget <= most.min(method.most)).collect();
    let instance = (problem.instance)(seed);
    let mut points = Vec::new();
    let (mut seconds, mut trials) = (0.0, 0);
    let lengths = if method.plans { &budgets[..] } else { &budgets[budgets.len().saturating_sub(1)..] };
    for &length in lengths {
        let mut best = f64::INFINITY;
        let mut told = 0;
        let start = ProcessTime::now();
        (method.run)(problem, seed, length, &mut |x| {
            let value = (instance.objective)(x);
            best = best.min((value - instance.optimum).max(0.0));
            told += 1;
            if told == length || (!method.plans && budgets.contains(&told)) {
                points.push((told as f64, best));
            }
            value
        })?;
        seconds += start.elapsed().as_secs_f64();
        trials += told;
        if told < length {
            return Err(format!("stopped after {told} of {length} trials"));
        }
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let microseconds = seconds * 1e6 / trials.max(1) as f64;
    Ok(Row { problem: problem.name.into(), seed, microseconds, points })
}

/// The same for a problem with budgets.
pub fn run_scheduler(method: &Scheduler, problem: &fidelity::Problem, seed: u64) -> Result<Row, String> {
    let mut run = fidelity::Run::new(problem, seed);
    let start = ProcessTime::now();
    (method.run)(problem, seed, &mut run)?;
    let microseconds = start.elapsed().as_secs_f64() * 1e6 / run.evaluations().max(1) as f64;
    if run.regrets().len() < CHECKPOINTS.len() {
        return Err(format!("ended before {} largest budgets were spent", CHECKPOINTS[run.regrets().len()]));
    }
    let points = CHECKPOINTS.into_iter().zip(run.regrets().iter().copied()).collect();
    Ok(Row { problem: problem.name.into(), seed, microseconds, points })
}
