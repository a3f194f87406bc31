//! The sweeps that are written, and gone on with: one of each kind.
//!
//! A definition never changes once a version has written it; a new kind of sweep is a new one. The objectives are sums, products
//! and roots, which are the same on every machine.

// All have one signature.
#![allow(clippy::unnecessary_wraps)]

use std::time::Duration;

use hyperopt::prelude::*;
use hyperopt::{Error, InitialPoints, Outcome, Sweep, fmin};
use hyperopt_store::Study;

/// How a run that stops half way comes to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// The loop is left, which puts the running trial back.
    Left,
    /// The process dies at once, and its trial seems to run.
    Killed,
}

/// A loop that was left.
#[derive(Debug)]
pub(crate) struct Left;

/// One process that works on a study.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) url: String,
    pub(crate) name: String,
    /// How many trials there are to be in all, in a sweep that is counted.
    pub(crate) total: u32,
    /// Before which trial of this process it stops, and how.
    pub(crate) stop: Option<(usize, How)>,
    /// How many trials of this process have begun, and which, where the loop knows.
    pub(crate) begun: usize,
    pub(crate) numbers: Vec<usize>,
}

impl Run {
    pub(crate) fn new(url: &str, name: &str, total: u32) -> Self {
        Self { url: url.into(), name: name.into(), total, stop: None, begun: 0, numbers: Vec::new() }
    }

    pub(crate) fn stop(self, before: usize, how: How) -> Self {
        Self { stop: Some((before, how)), ..self }
    }

    /// A worker elsewhere that was killed is not waited for long.
    pub(crate) fn study(&self) -> Study {
        let study = Study::open(&self.url).unwrap().name(&self.name);
        study.heartbeat(Duration::from_millis(100)).grace(Duration::from_millis(400))
    }

    /// Stands at the beginning of each body.
    pub(crate) fn begin(&mut self, number: Option<usize>) -> Result<(), Left> {
        match self.stop {
            Some((before, How::Left)) if before == self.begun => return Err(Left),
            Some((before, How::Killed)) if before == self.begun => std::process::abort(),
            _ => {}
        }
        self.begun += 1;
        self.numbers.extend(number);
        Ok(())
    }
}

/// A kind of sweep.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) sweep: fn(&mut Run) -> Result<Sweep, Left>,
    /// How many trials are written, after how many trials the run that stops does so, and how many there are once somebody has
    /// gone on. Those of a sweep with budgets are planned by its scheduler, and only what stopped half way is written.
    pub(crate) trials: Option<[u32; 3]>,
    pub(crate) how: How,
}

macro_rules! kinds {
    ($($name:ident $trials:expr, $how:ident;)+) => {
        /// All kinds of sweeps.
        pub(crate) const KINDS: &[Kind] =
            &[$(Kind { name: stringify!($name), sweep: $name, trials: $trials, how: How::$how }),+];
    };
}

kinds! {
    axes Some([6, 3, 9]), Killed;
    laws Some([4, 2, 7]), Killed;
    conditional Some([10, 5, 13]), Left;
    goals Some([8, 4, 12]), Left;
    pruned Some([9, 7, 13]), Left;
    known Some([6, 2, 9]), Left;
    lhs Some([8, 4, 8]), Left;
    qmc Some([6, 3, 9]), Left;
    threads Some([16, 8, 24]), Left;
    hyperband None, Killed;
    rounds None, Left;
    bohb None, Left;
    priorband None, Left;
    dehb None, Left;
    asha None, Left;
    pasha None, Left;
}

/// After how many trials the run of a sweep with budgets stops.
pub(crate) const BUDGETS_STOP: usize = 9;

/// Every kind of candidates; trials that fail, with a reason or without a finite objective, are given up, and have metrics.
fn axes(run: &mut Run) -> Result<Sweep, Left> {
    let total = run.total;
    let ho = hyperopt!(
        study = run.study(),
        seed = 7,
        continuous = -1.0..=1.0,
        half_open = 0.0..1.0,
        rate = log(1e-5..=1e-1),
        believed = log(1e-5..=1e-1).prior(1e-3),
        share = logit(0.01..=0.99),
        around_zero = bilog(-100.0..=100.0),
        steps = linrange(0.0, 1.0, 11),
        thirds = linrange(0.0, 1.0, 4),
        powers = exp_linrange(-3.0, 0.0, 7),
        integers = -3..=8,
        widths = log(1..=1000),
        single = [7],
        words = ["adam", "sgd", "it's \"ü\"\n"],
        pairs = [(1, 2), (3, 4)],
        switch = [true, false],
        numbers = [16, 32, 64],
        real = [0.1, 0.25, f64::INFINITY],
        named = categorical([1.0, 2.0]).labels(["one", "two"]),
        order = ordinal(["low", "middle", "high"]),
        sizes = ordinal([16, 32, 64]),
        for i in 0..total {
            run.begin(Some(i as usize))?;
            let loss = continuous * continuous + half_open + rate + believed + share + around_zero / 100.0 + steps;
            let loss = loss + thirds + powers + f64::from(integers + widths + single + pairs.0 + numbers + sizes);
            let loss = loss + real.min(1.0) + named + words.len() as f64 + order.len() as f64;
            match i % 7 {
                2 => continue,
                3 => Err(format!("out of \"memory\"\nin trial {i}")),
                4 => Ok(Metrics::new(f64::NAN).with("epochs", 1.0)),
                5 => Ok(Metrics::new(loss).with("1/0", f64::INFINITY).constraint("memory", continuous)),
                _ => Ok(Metrics::new(if switch { loss } else { -loss })),
            }
        }
    );
    Ok(ho.into_sweep())
}

/// A search over the expressions of Python's hyperopt.
macro_rules! search {
    ($run:ident) => {{
        let space = space!(
            uniform = hp::uniform("uniform", -1, 1),
            quniform = hp::quniform("quniform", 0, 10, 2.5),
            loguniform = hp::loguniform("loguniform", -5, 0),
            qloguniform = hp::qloguniform("qloguniform", 0, 5, 3),
            normal = hp::normal("normal", 1, 2),
            qnormal = hp::qnormal("qnormal", 0, 3, 1),
            lognormal = hp::lognormal("lognormal", 0, 1),
            qlognormal = hp::qlognormal("qlognormal", 2, 1, 0.5),
            below = hp::randint("below", 5),
            between = hp::randint("between", 2..9),
            integer = hp::uniformint("integer", 1, 20),
            weighted = hp::pchoice("weighted", [(0.2, "rare"), (0.8, "often")]),
            model =
                hp::choice("model", (hp::constant(0.0), hp::uniform("width", 1, 2), hp::choice("depth", [3.0, 4.0]))),
            power = if weighted == "often" {
                hp::quniform("power", 1, 3, 0.5)
            }
        );
        let search = fmin(
            |p| {
                if $run.begin(None).is_err() {
                    return Outcome::interrupted();
                }
                let sum = p.uniform + p.quniform + p.loguniform + p.qloguniform + p.normal + p.qnormal + p.lognormal;
                let sum = sum + p.qlognormal + p.model + p.power.unwrap_or(0.5) + f64::from(p.integer);
                match p.below {
                    2 => Outcome::failed("two"),
                    3 => Outcome::from(Metrics::new(sum).with("between", f64::from(p.between))),
                    _ => Outcome::value(sum),
                }
            },
            space,
        );
        search.rstate(7)
    }};
}

/// Distributions that are not even, rounded numbers, weighted choices and choices between spaces.
fn laws(run: &mut Run) -> Result<Sweep, Left> {
    let (study, total) = (run.study(), run.total.into());
    let trials = search!(run).study(study).max_evals(total).evaluate().unwrap();
    Ok(trials.hyperoptimizer().sweep().clone())
}

/// Returns the same search with its trials in a file, after two points that are known.
pub(crate) fn in_a_file(run: &mut Run) -> Result<Sweep, Error> {
    let (file, total) = (run.url.clone(), run.total.into());
    let points = InitialPoints::named([[("uniform", 0.5)], [("quniform", 7.5)]]);
    let trials = search!(run).points_to_evaluate(points).trials_save_file(file).max_evals(total).evaluate()?;
    Ok(trials.hyperoptimizer().sweep().clone())
}

/// Hyperparameters that exist for some values of others only, and others that have other candidates then.
fn conditional(run: &mut Run) -> Result<Sweep, Left> {
    let total = run.total;
    let ho = hyperopt!(
        study = run.study(),
        sampler = TpeSampler::new(),
        seed = 7,
        kernel = ["linear", "rbf", "poly"],
        c = if kernel == "linear" { log(1e-3..=1e1) } else { log(1e-1..=1e3) },
        gamma = if kernel == "rbf" {
            log(1e-4..=1e1)
        },
        degree = match kernel {
            "poly" => 2..=5,
            _ => 1..=1,
        },
        shift = if degree > 3 {
            0.0..=1.0
        },
        for i in 0..total {
            run.begin(Some(i as usize))?;
            c.sqrt() + gamma.unwrap_or(1.0) + f64::from(degree) - shift.unwrap_or(0.1)
        }
    );
    Ok(ho.into_sweep())
}

/// Two goals with names, and a constraint.
fn goals(run: &mut Run) -> Result<Sweep, Left> {
    let total = run.total;
    let ho = hyperopt!(
        study = run.study(),
        sampler = Nsga2Sampler::new(),
        seed = 7,
        goal = [Minimize, Maximize],
        width = log(8..=512),
        rate = 0.0..=1.0,
        for i in 0..total {
            run.begin(Some(i as usize))?;
            let width = f64::from(width);
            let loss = 1.0 / width + (rate - 0.3) * (rate - 0.3);
            Metrics::objectives([("loss", loss), ("speed", 1000.0 / width)]).constraint("memory", width - 300.0)
        }
    );
    Ok(ho.into_sweep())
}

/// Curves, some of which a pruner cuts off; reports that are NaN or infinite.
fn pruned(run: &mut Run) -> Result<Sweep, Left> {
    let total = run.total;
    let ho = hyperopt!(
        study = run.study(),
        sampler = TpeSampler::new().pruner(MedianPruner::new()),
        seed = 7,
        goal = Maximize,
        rate = 0.0..=1.0,
        layers = 1..=4,
        'sweep: for trial in 0..total {
            run.begin(Some(trial.number()))?;
            let mut accuracy = 0.0;
            for epoch in 0..5 {
                accuracy += (1.0 - accuracy) * rate / (1.0 + f64::from(layers));
                let reported = match (trial.number(), epoch) {
                    (1, 2) => f64::NAN,
                    (2, 2) => f64::NEG_INFINITY,
                    (3, 2) => f64::INFINITY,
                    _ => accuracy,
                };
                trial.report(epoch * 10, reported);
                if trial.should_prune() {
                    continue 'sweep;
                }
            }
            accuracy
        }
    );
    Ok(ho.into_sweep())
}

/// Points that come first, one of which leaves something open.
fn known(run: &mut Run) -> Result<Sweep, Left> {
    let total = run.total;
    let ho = hyperopt!(
        study = run.study(),
        seed = 7,
        try_first = [(rate = 1e-3, layers = 2), (rate = 1e-2), (layers = 3, rate = 0.5), (layers = 4)],
        rate = log(1e-5..=1.0),
        layers = 1..=4,
        for i in 0..total {
            run.begin(Some(i as usize))?;
            rate * f64::from(layers)
        }
    );
    Ok(ho.into_sweep())
}

macro_rules! counted {
    ($(#[$doc:meta] $name:ident: $sampler:expr;)+) => {$(
        #[$doc]
        fn $name(run: &mut Run) -> Result<Sweep, Left> {
            let total = run.total;
            let ho = hyperopt!(
                study = run.study(),
                sampler = $sampler,
                seed = 7,
                x = linrange(0.0, 1.0, 5),
                n = 1..=3,
                kind = ["a", "b"],
                for i in 0..total {
                    run.begin(Some(i as usize))?;
                    x * f64::from(n) + kind.len() as f64
                }
            );
            Ok(ho.into_sweep())
        }
    )+};
}

counted! {
    /// A design, which is planned for the number of trials.
    lhs: LhsSampler::new();
    /// A sequence.
    qmc: QmcSampler::new();
}

/// Returns the waves of a sweep on threads. One that stops has run a smaller total: threads have no loop to leave.
fn threads(run: &mut Run) -> Result<Sweep, Left> {
    let total = run.stop.map_or(run.total, |(before, _)| before as u32);
    let numbers = std::sync::Mutex::new(Vec::new());
    let ho = phyperopt!(
        workers(2),
        study = run.study(),
        sampler = TpeSampler::new(),
        seed = 7,
        x = 0.0..=1.0,
        n = 1..=20,
        for i in 0..total {
            numbers.lock().unwrap().push(i as usize);
            x + f64::from(n)
        }
    );
    run.numbers = numbers.into_inner().unwrap();
    run.numbers.sort_unstable();
    run.begun = run.numbers.len();
    Ok(ho.into_sweep())
}

macro_rules! budgeted {
    ($(#[$doc:meta] $name:ident: $sampler:expr, $budgets:expr;)+) => {$(
        #[$doc]
        fn $name(run: &mut Run) -> Result<Sweep, Left> {
            let ho = hyperopt!(
                study = run.study(),
                sampler = $sampler,
                seed = 7,
                x = 0.0..=1.0,
                kind = ["a", "b", "c"],
                width = if kind == "a" {
                    0.0..=1.0
                },
                for (resources, _) in $budgets {
                    run.begin(None)?;
                    let loss = x + width.unwrap_or(0.5) - 0.01 * f64::from(resources);
                    let loss = if x > 0.9 { Err("too large") } else { Ok(Metrics::new(loss).with("half", loss / 2.0)) };
                    (loss, ())
                }
            );
            Ok(ho.into_sweep())
        }
    )+};
}

budgeted! {
    /// Rungs of configurations in brackets.
    hyperband: Hyperband::new(3.0), 1.0..=9.0;
    /// Resources that are integers, and two rounds.
    rounds: Hyperband::new(3.0).rounds(2), 1..=3;
    /// A model of the good ones.
    bohb: Bohb::new(), 1.0..=9.0;
    /// Sampling around what is believed.
    priorband: PriorBand::new(), 1.0..=9.0;
    /// Evolution over rungs.
    dehb: Dehb::new(3.0), 1.0..=9.0;
    /// Rungs that wait for nobody.
    asha: Asha::new(3.0).configurations(12), 1.0..=9.0;
    /// Rungs that are added while they change the order.
    pasha: Pasha::new(3.0).configurations(12), 1.0..=27.0;
}
