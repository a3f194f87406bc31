use std::io::IsTerminal;

use crate::history::rank;
use crate::report::number;
use crate::sweep::Sweep;

/// How a sweep shows on standard error that it is getting on.
///
/// `progress = true` stands for [`Auto`](Self::Auto), and `progress = false` for [`Off`](Self::Off), the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Progress {
    /// Not at all.
    #[default]
    Off,
    /// A bar where standard error is a terminal, and lines where it is not.
    Auto,
    /// A bar with the best objective so far and the time that is left.
    Bar,
    /// A line for each new best trial, and for each tenth of the work.
    Lines,
}

impl From<bool> for Progress {
    fn from(on: bool) -> Self {
        if on { Self::Auto } else { Self::Off }
    }
}

/// What writes the progress of one run.
#[derive(Debug)]
pub(crate) struct Reporter {
    out: Out,
    total: Option<u64>,
    done: u64,
    best: Option<(usize, f64)>,
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
        Self { out: Out::Off, total: None, done: 0, best: None }
    }

    pub(crate) fn start(progress: Progress, total: Option<u64>, sweep: &Sweep) -> Self {
        let out = match progress {
            Progress::Off => Out::Off,
            Progress::Lines => Out::Lines,
            Progress::Auto if !std::io::stderr().is_terminal() => Out::Lines,
            Progress::Auto | Progress::Bar => bar(total),
        };
        let best = sweep.history().best(sweep.goal()).map(|(trial, value)| (trial.number(), value));
        Self { out, total, done: 0, best }
    }

    pub(crate) fn told(&mut self, sweep: &Sweep, trial: usize) {
        if matches!(self.out, Out::Off) {
            return;
        }
        self.done += 1;
        let trials = sweep.history().trials();
        let told = trials.get(trial).and_then(|told| Some((told, told.objective()?)));
        let best = self.best.and_then(|(best, value)| Some((trials.get(best)?, value)));
        let improved = told.filter(|&told| best.is_none_or(|best| rank(sweep.goal(), told, best).is_lt()));
        let improved = improved.map(|(_, value)| (trial, value));
        self.best = improved.or(self.best);
        let best = self.best.map(|(trial, value)| format!("best {} at trial {trial}", number(value)));
        let best = best.unwrap_or_else(|| "no result yet".into());
        match &self.out {
            Out::Off => {}
            Out::Lines => {
                let tenth = self.total.is_some_and(|total| (self.done * 10) / total > ((self.done - 1) * 10) / total);
                let of = self.total.map_or_else(String::new, |total| format!(" of {total}"));
                if improved.is_some() || tenth {
                    eprintln!("hyperopt: {}{of} trials, {best}", self.done);
                }
            }
            #[cfg(feature = "progress")]
            Out::Bar(bar) => {
                bar.set_message(best);
                bar.inc(1);
            }
        }
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
fn bar(total: Option<u64>) -> Out {
    use indicatif::{ProgressBar, ProgressStyle};

    let (bar, template) = match total {
        Some(total) => (ProgressBar::new(total), "{bar:30} {pos}/{len} trials, {msg} [{elapsed}, {eta} left]"),
        None => (ProgressBar::no_length(), "{spinner} {pos} trials, {msg} [{elapsed}]"),
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    Out::Bar(bar.with_style(style).with_message("no result yet"))
}

#[cfg(not(feature = "progress"))]
fn bar(_: Option<u64>) -> Out {
    Out::Lines
}
