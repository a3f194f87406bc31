//! The scene of several sweeps, and whether they can be compared.

use hyperopt_core::{Goal, Sweep};
use itertools::Itertools as _;

use crate::{
    axis::ticks::grouped,
    frame::counted,
    model::{Run, Scene},
    source,
    sweeps::Sweeps,
};

/// Returns what there is to draw of one sweep, or of several: the scene of the first, with those of all as its runs.
pub(crate) fn several<K>(sweeps: &(impl Sweeps<K> + ?Sized)) -> Scene {
    let sweeps = sweeps.sweeps();
    let [(None, sweep)] = sweeps[..] else {
        let (mixed, unnamed) = (mixed(&sweeps), unnamed(&sweeps));
        let runs: Vec<Run> = sweeps
            .into_iter()
            .map(|(name, sweep)| Run { name: name.unwrap_or_default(), scene: source::scene(sweep) })
            .collect();
        let Some(first) = runs.first() else { return Scene::default() };
        let title = format!("{} of {}", counted(runs.len(), "sweep"), trials(&runs));
        return Scene { title, best: None, front: None, runs: runs.clone(), mixed, unnamed, ..first.scene.clone() };
    };
    source::scene(sweep)
}

/// Returns how many trials the runs have: `50 trials`, or `20 to 50 trials`.
fn trials(runs: &[Run]) -> String {
    let counts = || runs.iter().map(|run| run.scene.count());
    let (least, most) = (counts().min().unwrap_or_default(), counts().max().unwrap_or_default());
    let most_of = counted(most, "trial");
    if least == most { most_of } else { format!("{} to {most_of}", grouped(least.to_string())) }
}

/// Returns the first two sweeps that cannot be compared, and why: the number of their objectives, the names of these, or what is
/// to be done with them.
fn mixed(sweeps: &[(Option<String>, &Sweep)]) -> Option<String> {
    let (first, others) = sweeps.split_first()?;
    let differs = |other: &&(Option<String>, &Sweep)| {
        let names = first.1.objective_names().into_iter().zip(other.1.objective_names());
        first.1.goals() != other.1.goals()
            || is_named(first.1) && is_named(other.1) && names.into_iter().any(|(a, b)| a != b)
    };
    let at = others.iter().position(|other| differs(&other))?;
    let other = &others[at];
    let [a, b] = [first, other].map(|(_, sweep)| objectives(sweep));
    Some(format!("{} {a}, and {} {b}", called(first, 0), called(other, at + 1)))
}

/// Returns how the objectives of the sweeps are called, where some have names and others have none.
fn unnamed(sweeps: &[(Option<String>, &Sweep)]) -> Option<String> {
    let names = sweeps.iter().filter(|(_, sweep)| is_named(sweep)).map(|(_, sweep)| sweep.objective_names()).next()?;
    let at = sweeps.iter().position(|(_, sweep)| !is_named(sweep))?;
    let names = names.iter().join(", ");
    Some(format!("the objective of {} has no name: compared as {names}", called(&sweeps[at], at)))
}

/// Returns whether the objectives of a sweep were given names.
fn is_named(sweep: &Sweep) -> bool {
    let names = sweep.objective_names();
    let of_itself = |index: usize| if names.len() == 1 { "objective".to_owned() } else { format!("objective {index}") };
    names.iter().enumerate().any(|(index, name)| *name != of_itself(index))
}

/// Returns what a sweep does: `minimizes loss and maximizes speed`.
fn objectives(sweep: &Sweep) -> String {
    let verb = |goal: &Goal| if *goal == Goal::Minimize { "minimizes" } else { "maximizes" };
    let names = sweep.objective_names();
    sweep.goals().iter().zip(&names).map(|(goal, name)| format!("{} `{name}`", verb(goal))).join(" and ")
}

/// Returns the name of a sweep, or its place in the list.
fn called((name, _): &(Option<String>, &Sweep), index: usize) -> String {
    name.as_ref().map_or_else(|| format!("sweep {} of the list", index + 1), |name| format!("`{name}`"))
}
