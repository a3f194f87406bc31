//! Trials as trackers of experiments show them: runs with parameters, and scalars by step.

use std::borrow::Cow;
use std::collections::BTreeMap;

use hyperopt_core::{Sweep, Trial, Value};

/// A trial, or, in a sweep with budgets, a configuration with its rungs. Times are seconds since 1970.
pub(crate) struct Run<'a> {
    /// `trial-00000` or `configuration-00000`, and so on.
    pub(crate) name: String,
    /// The last trial: the only one, or the highest rung.
    pub(crate) last: &'a Trial,
    pub(crate) start: f64,
    pub(crate) end: f64,
    /// The active hyperparameters.
    pub(crate) parameters: Vec<(&'a str, Value)>,
    pub(crate) scalars: Vec<Scalar<'a>>,
}

/// A number that was measured.
pub(crate) struct Scalar<'a> {
    pub(crate) time: f64,
    pub(crate) name: Cow<'a, str>,
    pub(crate) step: u64,
    pub(crate) value: f64,
}

/// Returns the runs of a sweep, as if each ended `now`: a sweep has the durations of its trials, not their dates.
///
/// The scalars are the reports, the objectives, the metrics and the constraints. The step of a report is its own. The step of all
/// others is that of the trial's last report, or 0 without one; in a sweep with budgets it is the resources or, if any of those
/// is not a whole number, the number of the rung.
pub(crate) fn runs(sweep: &Sweep, now: f64) -> impl Iterator<Item = Run<'_>> {
    let mut configurations = BTreeMap::<_, Vec<_>>::new();
    for trial in sweep.history().trials() {
        configurations.entry(trial.configuration()).or_default().push(trial);
    }
    let resources = || sweep.history().trials().iter().filter_map(Trial::resources);
    let kind = if resources().next().is_some() { "configuration" } else { "trial" };
    let are_whole = resources().all(|resources| whole(resources).is_some());
    configurations.into_iter().filter_map(move |(number, rungs)| {
        let last = *rungs.last()?;
        let start = now - rungs.iter().map(|trial| trial.duration().as_secs_f64()).sum::<f64>();
        let parameters = sweep.space().parameters();
        let parameters = parameters.filter_map(|name| Some((name, sweep.space().value(name, last.point())?)));
        let (end, scalars) = scalars(sweep, &rungs, are_whole, start);
        Some(Run { name: format!("{kind}-{number:05}"), last, start, end, parameters: parameters.collect(), scalars })
    })
}

/// Returns when the last rung ended, and the scalars of all.
fn scalars<'a>(sweep: &Sweep, rungs: &[&'a Trial], are_whole: bool, start: f64) -> (f64, Vec<Scalar<'a>>) {
    let (mut time, mut scalars) = (start, Vec::new());
    for (rung, trial) in rungs.iter().enumerate() {
        let (reports, seconds) = (trial.reports(), trial.duration().as_secs_f64());
        let apart = seconds / reports.len().max(1) as f64;
        for (index, &(step, value)) in reports.iter().enumerate() {
            let time = time + apart * (index + 1) as f64;
            scalars.push(Scalar { time, name: "reports".into(), step, value });
        }
        time += seconds;
        let step = match trial.resources() {
            None => trial.last_report().map_or(0, |(step, _)| step),
            Some(resources) => whole(resources).filter(|_| are_whole).unwrap_or(rung as u64),
        };
        let mut add = |name, value| scalars.push(Scalar { time, name, step, value });
        for (name, &value) in sweep.objective_names().into_iter().zip(trial.values()) {
            add(name, value);
        }
        for (name, value) in trial.metrics() {
            add(name.as_ref().into(), *value);
        }
        for (name, value) in trial.constraints() {
            add(format!("constraints/{name}").into(), *value);
        }
    }
    (time, scalars)
}

/// Returns the step of resources that are a whole number.
fn whole(resources: f64) -> Option<u64> {
    let is_whole = resources.fract() == 0.0 && (0.0..=1e15).contains(&resources);
    is_whole.then_some(resources as u64)
}

/// Returns the seconds since 1970.
pub(crate) fn now() -> f64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap_or_default().as_secs_f64()
}
