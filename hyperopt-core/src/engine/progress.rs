//! Shows the progress of a sweep on standard error.

use std::io::{self, IsTerminal, Write};

use crate::history::pareto::{Vectors, dominates};
use crate::history::rank;
use crate::space::number;
use crate::sweep::Sweep;
use crate::trial::Trial;

/// How a sweep shows its progress on standard error.
///
/// `progress = true` stands for [`Auto`](Self::Auto), and `progress = false` for [`Off`](Self::Off), the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Progress {
    /// Shows nothing.
    #[default]
    Off,
    /// Shows a bar if standard error is a terminal, and lines otherwise.
    Auto,
    /// Shows a bar with the best objective so far and the estimated time left.
    Bar,
    /// Writes a line for each new best trial, and for each tenth of the work.
    Lines,
}

impl From<bool> for Progress {
    fn from(on: bool) -> Self {
        if on { Self::Auto } else { Self::Off }
    }
}

/// Writes the progress of one run.
#[derive(Debug)]
pub(crate) struct Reporter {
    out: Out,
    total: Option<u64>,
    done: u64,
    best: Option<(usize, f64)>,
    /// The numbers of the trials on the Pareto front, if there are several goals.
    front: Vec<usize>,
}

#[derive(Debug)]
enum Out {
    Off,
    Lines,
    #[cfg(feature = "progress")]
    Bar(indicatif::ProgressBar),
}

impl Reporter {
    pub(crate) fn silent() -> Self {
        Self { out: Out::Off, total: None, done: 0, best: None, front: Vec::new() }
    }

    /// Starts with `done` of `total` trials, which an earlier run has done.
    pub(crate) fn start(progress: Progress, total: Option<u64>, done: u64, sweep: &Sweep) -> Self {
        let out = match progress {
            Progress::Off => Out::Off,
            Progress::Lines => Out::Lines,
            Progress::Auto if !io::stderr().is_terminal() => Out::Lines,
            Progress::Auto | Progress::Bar => bar(total, done),
        };
        let best = sweep.history().best(sweep.goal()).map(|(trial, value)| (trial.number(), value));
        let several = sweep.goals().len() > 1;
        let front = if several { sweep.history().pareto(sweep.goals()) } else { Vec::new() };
        Self { out, total, done, best, front: front.iter().map(|trial| trial.number()).collect() }
    }

    pub(crate) fn told(&mut self, sweep: &Sweep, trial: usize) {
        if matches!(self.out, Out::Off) {
            return;
        }
        self.done += 1;
        let improved = if sweep.goals().len() > 1 { self.extends(sweep, trial) } else { self.improves(sweep, trial) };
        let best = match (self.best, self.front.len()) {
            (_, 1..) => format!("{} on the Pareto front", self.front.len()),
            (Some((trial, value)), _) => {
                let feasible = sweep.history().trials().get(trial).is_none_or(Trial::is_feasible);
                let note = if feasible { "" } else { ", infeasible" };
                format!("best {} at trial {trial}{note}", number(value))
            }
            _ => "no result yet".into(),
        };
        match &self.out {
            Out::Off => {}
            Out::Lines => {
                let tenth = self.total.is_some_and(|total| (self.done * 10) / total > ((self.done - 1) * 10) / total);
                let of = self.total.map_or_else(String::new, |total| format!(" of {total}"));
                if improved || tenth {
                    let noun = if self.total.unwrap_or(self.done) == 1 { "trial" } else { "trials" };
                    // A closed standard error must not end the sweep.
                    let _ = writeln!(io::stderr(), "hyperopt: {}{of} {noun}, {best}", self.done);
                }
            }
            #[cfg(feature = "progress")]
            Out::Bar(bar) => {
                bar.set_message(best);
                bar.inc(1);
            }
        }
    }

    /// Returns whether `trial` is the best so far, and remembers it if so.
    fn improves(&mut self, sweep: &Sweep, trial: usize) -> bool {
        let trials = sweep.history().trials();
        let Some((told, value)) = trials.get(trial).and_then(|told| Some((told, told.objective()?))) else {
            return false;
        };
        let best = self.best.and_then(|(best, value)| Some((trials.get(best)?, value)));
        let improves = best.is_none_or(|best| rank(sweep.goal(), (told, value), best).is_lt());
        if improves {
            self.best = Some((trial, value));
        }
        improves
    }

    /// Returns whether `trial` belongs to the Pareto front; if so, it replaces the trials that it dominates.
    fn extends(&mut self, sweep: &Sweep, trial: usize) -> bool {
        let trials = sweep.history().trials();
        let told = &trials[trial];
        let losses = |trial: &Trial| Vectors::new([trial.objectives()].into_iter(), sweep.goals());
        let new = losses(told);
        let beats = |a: &Vectors, b: &Vectors| dominates(a.row(0), b.row(0));
        if new.len() == 0 || !told.is_feasible() || self.front.iter().any(|&old| beats(&losses(&trials[old]), &new)) {
            return false;
        }
        self.front.retain(|&old| !beats(&new, &losses(&trials[old])));
        self.front.push(trial);
        true
    }

    pub(crate) fn finish(&mut self) {
        #[cfg(feature = "progress")]
        if let Out::Bar(bar) = &self.out {
            bar.abandon();
        }
        self.out = Out::Off;
    }
}

#[cfg(feature = "progress")]
fn bar(total: Option<u64>, done: u64) -> Out {
    use indicatif::{ProgressBar, ProgressStyle};

    let (bar, template) = match total {
        Some(total) => (ProgressBar::new(total), "{bar:30} {pos}/{len} trials, {msg} [{elapsed}, {eta} left]"),
        None => (ProgressBar::no_length(), "{spinner} {pos} trials, {msg} [{elapsed}]"),
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    Out::Bar(bar.with_style(style).with_position(done).with_message("no result yet"))
}

#[cfg(not(feature = "progress"))]
fn bar(_: Option<u64>, _: u64) -> Out {
    Out::Lines
}
