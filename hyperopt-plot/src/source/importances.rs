//! The importances of the hyperparameters of sweeps.

use std::collections::HashMap;

use hyperopt_core::{Error, Fanova, Importances, Sweep};
use itertools::Itertools as _;

use crate::{
    axis::ticks::grouped,
    frame::counted,
    model::{Bar, Lack, Ranking, Scene, Series, Shares},
    source,
    sweeps::Sweeps,
};

/// The most trials of the figure of importances: more take longer than it may, and say the same.
const MOST: usize = 1000;
/// The most trials, and the trees, of the forest that orders hyperparameters: enough to tell the important ones.
const TRIALS: usize = 200;
const TREES: usize = 16;
/// Importances of fewer trials are guesses.
const ENOUGH: usize = 20;

/// Returns the scene of `sweep` with the order of its hyperparameters by importance, if they are many.
pub(crate) fn ranked(sweep: &Sweep) -> Scene {
    let scene = source::scene(sweep);
    let ranking = (scene.axes.len() > Scene::MANY).then(|| ranking(sweep, &scene)).flatten();
    Scene { ranking, ..scene }
}

/// Returns the order by the importance for the first objective; `None` where there are no importances.
fn ranking(sweep: &Sweep, scene: &Scene) -> Option<Ranking> {
    let evaluator = Fanova::new().trees(TREES).most_trials(TRIALS).objective(0);
    let found = evaluator.importances(sweep).ok()?;
    let places: HashMap<_, usize> = found.iter().map(|importance| importance.name.as_str()).zip(0..).collect();
    let place = |index: &usize| places.get(scene.axes[*index].parameter.as_str());
    let axes = (0..scene.axes.len()).sorted_by_key(place).collect();
    Some(Ranking { axes, basis: basis(&[(sweep, found)]) })
}

/// Returns by what importances are computed, and from which trials.
fn basis(found: &[(&Sweep, Importances)]) -> String {
    let range = |counts: &mut dyn Iterator<Item = usize>| {
        let (least, most) = counts.minmax().into_option().unwrap_or_default();
        let [least, most] = [least, most].map(|count| grouped(count.to_string()));
        if least == most { most } else { format!("{least} to {most}") }
    };
    let read = range(&mut found.iter().map(|(_, found)| found.trials()));
    let complete = range(&mut found.iter().map(|(sweep, _)| sweep.history().complete().count()));
    let evaluator = found.first().map_or("fANOVA", |(_, found)| found.evaluator());
    let has_budgets =
        |(sweep, _): &(&Sweep, Importances)| sweep.history().complete().any(|(t, _)| t.resources().is_some());
    match read == complete {
        true => format!("{evaluator} of {read} trials"),
        false if found.iter().any(has_budgets) => {
            format!("{evaluator} of the {read} of {complete} trials with the most resources")
        }
        false => format!("{evaluator} of {read} of {complete} trials"),
    }
}

/// Returns the importances in one sweep, or in each of several; of several objectives, for each of them.
pub(crate) fn shares<K>(sweeps: &(impl Sweeps<K> + ?Sized)) -> Result<Shares, Lack> {
    let sweeps = sweeps.sweeps();
    let names = sweeps.iter().map(|(name, _)| name.as_deref()).unique();
    let (mut series, mut found, mut lacks) = (Vec::new(), Vec::new(), Vec::new());
    for name in names {
        let of_name = || sweeps.iter().filter(|(other, _)| other.as_deref() == name).map(|(_, sweep)| *sweep);
        let objectives = of_name().next().map(Sweep::objective_names).unwrap_or_default();
        for (index, objective) in objectives.iter().enumerate() {
            let label = match name {
                None if objectives.len() == 1 => String::new(),
                None => objective.to_string(),
                Some(name) if objectives.len() == 1 => name.to_owned(),
                Some(name) => format!("{name}: {objective}"),
            };
            let evaluator = Fanova::new().most_trials(MOST).objective(index);
            let all = of_name().map(|sweep| (sweep, evaluator.importances(sweep)));
            let (good, bad): (Vec<_>, Vec<_>) = all
                .map(|(sweep, found)| found.map(|found| (sweep, found)).map_err(|error| lack(sweep, &error)))
                .partition_result();
            lacks.extend(bad.into_iter().map(|lack| (label.clone(), lack)));
            if !good.is_empty() {
                series.push(Series { name: label, sweeps: good.len() });
                found.push(good);
            }
        }
    }
    if found.is_empty() {
        let none = || Lack { reason: "there is no sweep".to_owned(), advice: "give it one or more" };
        return Err(lacks.into_iter().next().map_or_else(none, |(_, lack)| lack));
    }
    let all: Vec<(&Sweep, Importances)> = found.iter().flatten().cloned().collect();
    let mut remarks = vec![basis(&all)];
    if all.iter().any(|(_, found)| found.trials() < ENOUGH) {
        remarks.push(format!("rough: {ENOUGH} trials tell more"));
    }
    let infeasible = |sweep: &Sweep| sweep.history().complete().filter(|(trial, _)| !trial.is_feasible()).count();
    match sweeps.iter().map(|(_, sweep)| infeasible(sweep)).sum() {
        0 => {}
        count => remarks.push(format!("with the objectives of {}", counted(count, "infeasible trial"))),
    }
    let missing = lacks.iter().map(|(label, lack)| match &**label {
        "" => format!("a sweep without importances: {}", lack.reason),
        label => format!("no importances for {label}: {}", lack.reason),
    });
    remarks.extend(missing.unique());
    Ok(Shares { bars: bars(&found), series, remarks })
}

/// Returns why there are no importances of a sweep, and what to do.
fn lack(sweep: &Sweep, error: &Error) -> Lack {
    let reason = match error {
        Error::Importances { reason } => reason.clone(),
        error => error.to_string(),
    };
    let advice = if sweep.history().complete().nth(ENOUGH - 1).is_none() {
        "run more trials, 20 or more; until then, `optimization_history` draws those that there are"
    } else {
        "`plot` draws the objective against each hyperparameter"
    };
    Lack { reason, advice }
}

/// Returns the bars of each hyperparameter, from the one with the largest mean over the series on.
fn bars(series: &[Vec<(&Sweep, Importances)>]) -> Vec<Bar> {
    let names = series.iter().flatten().flat_map(|(_, found)| found).map(|importance| &importance.name).unique();
    let by_name = |(_, found): &(&Sweep, Importances)| -> HashMap<String, f64> {
        found.iter().map(|importance| (importance.name.clone(), importance.share)).collect()
    };
    let found: Vec<Vec<_>> = series.iter().map(|sweeps| sweeps.iter().map(by_name).collect()).collect();
    let shares = |sweeps: &[HashMap<String, f64>], name: &str| {
        let shares: Vec<f64> = sweeps.iter().filter_map(|found| found.get(name).copied()).collect();
        let (least, most) = shares.iter().copied().minmax_by(f64::total_cmp).into_option()?;
        Some([least, shares.iter().sum::<f64>() / shares.len() as f64, most])
    };
    let bar =
        |name: &String| Bar { name: name.clone(), shares: found.iter().map(|sweeps| shares(sweeps, name)).collect() };
    let sum = |bar: &Bar| bar.shares.iter().flatten().map(|[_, mean, _]| mean).sum::<f64>();
    names.map(bar).sorted_by(|a, b| sum(b).total_cmp(&sum(a))).collect()
}
