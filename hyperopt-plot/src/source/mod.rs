//! The scene of a figure, read from a sweep of `hyperopt-core`.

mod curves;
mod importances;
mod several;
mod volumes;
mod workers;

pub(crate) use curves::curves;
pub(crate) use importances::{ranked, shares};
pub(crate) use several::several;
pub(crate) use volumes::volumes;
pub(crate) use workers::shifts;

use hyperopt_core::{Goal, Kind, Scale, State, Sweep};

use crate::frame::counted;
use crate::model::{Axis, AxisKind, Evaluation, Fate, Front, LeftOut, Other, Scene, Trial};

/// Returns what there is to draw of `sweep`.
pub(crate) fn scene(sweep: &Sweep) -> Scene {
    let axes = sweep.space().axes();
    let history = sweep.history();
    let trials = history.complete().map(|(trial, value)| {
        let x = |(index, axis): (usize, &hyperopt_core::Axis)| place(axis, trial.point().get(index)?);
        let xs = axes.iter().enumerate().map(x).collect();
        let is_feasible = trial.is_feasible();
        Trial { number: trial.number(), value, resources: trial.resources(), xs, is_feasible }
    });
    let others = history.trials().iter().filter_map(|trial| {
        let x = |(index, axis): (usize, &hyperopt_core::Axis)| place(axis, trial.point().get(index)?);
        let xs = axes.iter().enumerate().map(x).collect();
        let fate = match trial.state() {
            State::Complete => return None,
            State::Failed => Fate::Failed,
            State::Pruned => Fate::Pruned,
            _ => Fate::Unfinished,
        };
        Some(Other { number: trial.number(), fate, xs })
    });
    let evaluations = history.trials().iter().filter_map(|trial| {
        let (number, configuration, value) = (trial.number(), trial.configuration(), trial.objective());
        let is_feasible = trial.is_feasible();
        Some(Evaluation { number, configuration, resources: trial.resources()?, value, is_feasible })
    });
    let reason = history.trials().iter().find_map(|trial| trial.reason());
    let several = sweep.goals().len() > 1;
    Scene {
        title: format!("{} of {}, seed {}", counted(history.len(), "trial"), sweep.sampler(), sweep.seed()),
        objective: sweep.objective_names()[0].to_string(),
        is_loss: sweep.goal() == Goal::Minimize,
        further: sweep.goals().len() - 1,
        axes: axes.iter().map(drawn).collect(),
        trials: trials.collect(),
        evaluations: evaluations.collect(),
        left_out: left_out(sweep),
        others: others.collect(),
        best: history
            .best(sweep.goal())
            .filter(|(trial, _)| trial.is_feasible() && !several)
            .map(|(trial, _)| trial.number()),
        front: several.then(|| front(sweep)),
        error: reason
            .map(|reason| format!("the first error: {reason}"))
            .or_else(|| sweep.error().map(ToString::to_string)),
        ..Scene::default()
    }
}

/// Returns what there is to draw of the objectives of `sweep`: the first as the one axis, the second as the value.
pub(crate) fn objectives(sweep: &Sweep) -> Scene {
    let goals = sweep.goals();
    let [_, second, ..] = goals else { return scene(sweep) };
    let names = sweep.objective_names();
    let label = |index: usize, goal: &Goal| match goal {
        Goal::Minimize => format!("{} (minimize)", names[index]),
        Goal::Maximize => format!("{} (maximize)", names[index]),
    };
    let complete = || sweep.history().complete().map(|(trial, _)| trial);
    let trials = complete().filter_map(|trial| {
        let &[x, value, ..] = trial.objectives() else { return None };
        let xs = if goals.len() == 2 { vec![Some(x)] } else { trial.objectives().iter().copied().map(Some).collect() };
        Some(Trial { number: trial.number(), value, resources: None, xs, is_feasible: trial.is_feasible() })
    });
    let axis = |index: usize| Axis {
        name: label(index, &goals[index]),
        parameter: label(index, &goals[index]),
        kind: AxisKind::Linear(None),
        is_ordered: true,
        levels: Vec::new(),
    };
    Scene {
        objective: label(1, second),
        axes: if goals.len() == 2 { vec![axis(0)] } else { (0..goals.len()).map(axis).collect() },
        trials: trials.collect(),
        ..scene(sweep)
    }
}

/// Returns the trials that no other one beats.
fn front(sweep: &Sweep) -> Front {
    let numbers = sweep.history().pareto(sweep.goals()).iter().map(|trial| trial.number()).collect();
    Front::new(numbers, sweep.goals().to_vec())
}

/// Returns what a figure shows of `axis` itself.
fn drawn(axis: &hyperopt_core::Axis) -> Axis {
    let is_ordered = !matches!(axis.kind(), Kind::Categorical(_));
    let (name, parameter) = (axis.name().to_owned(), axis.parameter().to_owned());
    Axis { name, parameter, kind: kind(axis), is_ordered, levels: levels(axis) }
}

/// Returns the numbers that `axis` may have, if they are few enough to be told apart in a figure.
fn levels(axis: &hyperopt_core::Axis) -> Vec<f64> {
    /// More have no room for a level each.
    const MOST: u64 = 64;
    let count = axis.levels().filter(|count| *count <= MOST && axis.labels().is_none()).unwrap_or_default();
    let mut levels: Vec<f64> = (0..count).filter_map(|level| axis.value(axis.unit_of(level)?).as_f64()).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    levels
}

/// Returns how the values of `axis` lie in its panel.
fn kind(axis: &hyperopt_core::Axis) -> AxisKind {
    match (axis.labels(), axis.scale()) {
        (Some(labels), _) => AxisKind::Categories(labels.iter().map(ToString::to_string).collect()),
        (None, scale) if scale.is_logarithmic() => AxisKind::Log(shown(axis)),
        (None, Scale::Logit) => AxisKind::Logit(shown(axis)),
        (None, Scale::Bilog) => AxisKind::Bilog(shown(axis)),
        (None, _) => AxisKind::Linear(shown(axis)),
    }
}

/// Returns how far the panel of an axis of numbers reaches: its bounds, or of a normal distribution three deviations to each
/// side.
fn shown(axis: &hyperopt_core::Axis) -> Option<(f64, f64)> {
    if !matches!(axis.scale(), Scale::Normal | Scale::LogNormal) {
        return axis.bounds();
    }
    let [lo, hi] = [0.001_349_9, 0.998_650_1].map(|unit| axis.value(unit).as_f64());
    // A number that is rounded to 0 has no logarithm.
    lo.zip(hi).filter(|&(lo, _)| lo > 0.0 || axis.scale() == Scale::Normal)
}

/// Returns the number, or the index of the label, at `unit`.
fn place(axis: &hyperopt_core::Axis, unit: f64) -> Option<f64> {
    match axis.labels() {
        Some(_) => axis.level(unit).map(|level| level as f64),
        None => axis.value(unit).as_f64(),
    }
}

fn left_out(sweep: &Sweep) -> LeftOut {
    let mut left_out = LeftOut::default();
    for trial in sweep.history().trials() {
        match trial.state() {
            State::Complete => {}
            State::Failed if trial.value().is_some() => left_out.not_finite += 1,
            State::Failed => left_out.failed += 1,
            State::Pruned => left_out.pruned += 1,
            _ => left_out.unfinished += 1,
        }
    }
    left_out
}
