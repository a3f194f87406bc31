//! The scene of several sweeps.

use crate::{
    frame::counted,
    model::{Run, Scene},
    source,
    sweeps::Sweeps,
};

/// Returns what there is to draw of one sweep, or of several: the scene of the first, with those of all as its runs.
pub(crate) fn several<K>(sweeps: &(impl Sweeps<K> + ?Sized)) -> Scene {
    let sweeps = sweeps.sweeps();
    let [(None, sweep)] = sweeps[..] else {
        let runs: Vec<Run> = sweeps
            .into_iter()
            .map(|(name, sweep)| Run { name: name.unwrap_or_default(), scene: source::scene(sweep) })
            .collect();
        let Some(first) = runs.first() else { return Scene::default() };
        let title = format!("{} of {} trials", counted(runs.len(), "sweep"), trials(&runs));
        return Scene { title, best: None, front: None, runs: runs.clone(), ..first.scene.clone() };
    };
    source::scene(sweep)
}

/// Returns how many trials the runs have: `50`, or `20 to 50`.
fn trials(runs: &[Run]) -> String {
    let counts = || runs.iter().map(|run| run.scene.count());
    let (least, most) = (counts().min().unwrap_or_default(), counts().max().unwrap_or_default());
    if least == most { least.to_string() } else { format!("{least} to {most}") }
}
