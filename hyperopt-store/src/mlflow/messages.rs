//! What is sent about a sweep and about each of its runs.

use hyperopt_core::{Goal, State, StopReason, Sweep, Value};
use serde_json::{Value as Json, json};

use super::keys::Keys;
use crate::runs::{Run, Scalar};

/// The status that a run has from its creation on.
pub(super) const RUNNING: &str = "RUNNING";

/// The run of the whole sweep.
pub(super) struct Parent {
    pub(super) keys: Keys,
    pub(super) status: &'static str,
    pub(super) parameters: Vec<Json>,
    pub(super) metrics: Vec<Json>,
    start: f64,
    name: String,
    tags: Vec<Json>,
}

impl Parent {
    pub(super) fn new(sweep: &Sweep, runs: &[Run<'_>], now: f64) -> Self {
        let scalars = runs.iter().flat_map(|run| run.scalars.iter().map(|scalar| scalar.name.as_ref()));
        let keys = Keys::new(sweep.space().parameters().chain(scalars));
        let mut parameters = vec![pair("sampler", sweep.sampler()), pair("seed", &sweep.seed().to_string())];
        let mut metrics = Vec::new();
        if let Ok(best) = sweep.best() {
            let trial = &sweep.history().trials()[best.number];
            let active = sweep.space().parameters();
            let active = active.filter_map(|name| Some((name, sweep.space().value(name, trial.point())?)));
            parameters.extend(active.map(|(name, value)| pair(&format!("best.{}", keys.of(name)), &exact(&value))));
            for name in sweep.objective_names() {
                metrics.push(metric(&format!("best.{}", keys.of(&name)), best.value, now, 0));
            }
        }
        let goals = sweep.goals().iter().map(|goal| match goal {
            Goal::Maximize => "maximize",
            Goal::Minimize => "minimize",
        });
        let tags = [
            ("mlflow.source.name", "hypersweep".to_owned()),
            ("hyperopt.goals", goals.collect::<Vec<_>>().join(", ")),
            ("hyperopt.trials", sweep.history().len().to_string()),
            ("hyperopt.end", sweep.end().to_string()),
            ("mlflow.note.content", description(sweep, &keys)),
        ];
        let tags = tags.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| tag(key, value));
        let running = sweep.history().count(State::Running) > 0;
        let status = match sweep.end() {
            StopReason::Error | StopReason::Failure => "FAILED",
            StopReason::Interrupt => "KILLED",
            _ if running => RUNNING,
            _ => "FINISHED",
        };
        let start = now - sweep.elapsed().as_secs_f64();
        let name = format!("{} trials of {}", sweep.history().len(), sweep.sampler());
        Self { status, parameters, metrics, start, name, tags: tags.collect(), keys }
    }

    pub(super) fn create(&self, experiment: &str) -> Json {
        create(experiment, &self.name, self.start, &self.tags)
    }
}

/// Returns what the page of the sweep says: its notes and its error, and which names are other ones there.
fn description(sweep: &Sweep, keys: &Keys) -> String {
    let changed = keys.changed();
    let changed =
        changed.iter().map(|(name, key)| format!("`{name}` is `{key}` here, as MLflow does not allow its name"));
    let error = sweep.error().map(ToString::to_string);
    error.into_iter().chain(sweep.notes().iter().cloned()).chain(changed).collect::<Vec<_>>().join("\n\n")
}

/// The run of a trial, or of a configuration.
pub(super) struct Child<'a> {
    pub(super) status: &'static str,
    pub(super) parameters: Vec<Json>,
    pub(super) metrics: Vec<Json>,
    run: &'a Run<'a>,
}

impl<'a> Child<'a> {
    pub(super) fn new(run: &'a Run<'a>, keys: &Keys) -> Self {
        let parameters = run.parameters.iter().map(|(name, value)| pair(&keys.of(name), &exact(value)));
        let scalar = |Scalar { time, name, step, value }: &Scalar<'_>| metric(&keys.of(name), *value, *time, *step);
        let status = match run.last.state() {
            State::Complete | State::Pruned => "FINISHED",
            State::Failed => "FAILED",
            State::Running => RUNNING,
            _ => "KILLED",
        };
        Self { status, parameters: parameters.collect(), metrics: run.scalars.iter().map(scalar).collect(), run }
    }

    pub(super) fn create(&self, experiment: &str, parent: &str) -> Json {
        let trial = self.run.last;
        let mut tags = vec![
            pair("mlflow.parentRunId", parent),
            pair("mlflow.source.name", "hypersweep"),
            pair("hyperopt.trial", &trial.number().to_string()),
            pair("hyperopt.state", trial.state().name()),
        ];
        tags.extend(trial.reason().map(|reason| tag("hyperopt.reason", reason)));
        create(experiment, &self.run.name, self.run.start, &tags)
    }
}

fn create(experiment: &str, name: &str, start: f64, tags: &[Json]) -> Json {
    json!({ "experiment_id": experiment, "run_name": name, "start_time": milliseconds(start), "tags": tags })
}

/// Returns a tag, shortened to what every version of a server takes.
fn tag(key: &str, value: &str) -> Json {
    const LENGTH: usize = 5000;
    match value.char_indices().nth(LENGTH - 1) {
        Some((end, _)) => pair(key, &format!("{}…", &value[..end])),
        None => pair(key, value),
    }
}

fn pair(key: &str, value: &str) -> Json {
    json!({ "key": key, "value": value })
}

/// Returns a metric, with NaN and the infinities as the JSON of Protocol Buffers writes them.
fn metric(key: &str, value: f64, time: f64, step: u64) -> Json {
    let value = match value {
        value if value.is_nan() => json!("NaN"),
        f64::INFINITY => json!("Infinity"),
        f64::NEG_INFINITY => json!("-Infinity"),
        value => json!(value),
    };
    json!({ "key": key, "value": value, "timestamp": milliseconds(time), "step": step })
}

/// Returns a value as text that reads back as the same value.
fn exact(value: &Value) -> String {
    match value {
        Value::Float(float) => format!("{float:?}"),
        value => value.to_string(),
    }
}

/// Seconds since 1970 in the unit of `MLflow`.
pub(super) fn milliseconds(seconds: f64) -> u64 {
    (seconds * 1000.0) as u64
}
