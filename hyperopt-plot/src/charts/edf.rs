//! The empirical distribution of the objectives.

use crate::{
    axis::plane::{Level, Plane},
    axis::scale::Scale,
    axis::y_axis::YAxis,
    canvas::Canvas,
    charts::history::{Group, colors, groups, key, without},
    figure::{Chart, Figure},
    frame,
    geometry::Rect,
    model::{LeftOut, Run, Scene},
    source,
    sweeps::Sweeps,
};

/// Draws the empirical distribution function of the objectives: for each value, the share of the complete trials at or below
/// it.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`](hyperopt_core::Sweep), or several of them, with names or
/// without: `&[("random", &a), ("TPE", &b)]`. Sweeps with the same name share a line. The share is that of the trials at or
/// below a value whether the goal is to minimize or to maximize. In a multi-fidelity sweep, each configuration counts once,
/// with its objective at the largest budget that it reached. Of several objectives, the first is drawn. Trials that failed, and
/// those that violate a constraint, are left out, and the caption counts them.
///
/// Sweeps whose objectives differ cannot be compared: saving the figure then fails with
/// [`Error::Unsuited`](crate::Error::Unsuited). The figure of a sweep without a complete trial says so.
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::edf(ho).save("edf.png")?;
/// # Ok(())
/// # }
/// ```
pub fn edf<Kind>(ho: &(impl Sweeps<Kind> + ?Sized)) -> Figure {
    Figure::of(Chart::Edf, source::several(ho))
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) {
    let alone = [Run { name: String::new(), scene: Scene { runs: Vec::new(), ..scene.clone() } }];
    let groups = groups(if scene.runs.is_empty() { &alone } else { &scene.runs });
    let values: Vec<Vec<f64>> = groups.iter().map(values).collect();
    let all = values.concat();
    if all.is_empty() {
        frame::no_trials(scene, body, canvas);
        return;
    }
    let scale = Scale::of_values(&all, scene.is_loss, 100.0);
    let beyond = all.iter().filter(|value| !(-1e-9..=1.0 + 1e-9).contains(&scale.place(**value))).count();
    let scenes = || groups.iter().flat_map(|group| &group.runs);
    let left_out: LeftOut = scenes().map(|scene| scene.left_out).sum();
    let mut remarks: Vec<String> = left_out.caption().into_iter().collect();
    match scenes().map(|scene| scene.infeasible()).sum() {
        0_usize => {}
        count => remarks.push(format!("{count} infeasible left out")),
    }
    if beyond > 0 {
        remarks.push(format!("{} beyond the end of the axis", frame::counted(beyond, "trial")));
    }
    remarks.extend(without(&groups, |index| !values[index].is_empty()));
    remarks.extend(scene.unnamed.clone());
    if scene.further > 0 {
        remarks.push(format!("{}, the first of {} objectives", scene.objective, scene.further + 1));
    }
    let body = key(&groups, frame::caption(&[remarks], body, canvas), canvas);
    let level = Level { scale: scale.padded(0.03), is_whole: false, name: &scene.objective };
    let y = YAxis::of(Scale::linear(0.0, 1.0).with_room(0.03));
    let plane = Plane::new(level, (y, "share of the trials"), &[], body, canvas);
    for (values, color) in values.iter().zip(colors(groups.len())).filter(|(values, _)| !values.is_empty()) {
        let inside = |value: &f64| scale.place(*value) <= 1.0 + 1e-9;
        let mut line = vec![(plane.plot.x, plane.y(0.0))];
        for (index, value) in values.iter().filter(|value| inside(value)).enumerate() {
            let count = values.len() as f64;
            line.push(plane.at(*value, index as f64 / count));
            line.push(plane.at(*value, (index + 1) as f64 / count));
        }
        line.extend(line.last().map(|last| (plane.plot.right(), last.1)));
        line.dedup();
        canvas.line(&line, 2.0, color);
    }
}

/// Returns the objectives of a group, from the smallest.
fn values(group: &Group) -> Vec<f64> {
    let outcomes = group.runs.iter().flat_map(|run| run.outcomes());
    let mut values: Vec<f64> = outcomes.filter(|trial| trial.is_feasible).map(|trial| trial.value).collect();
    values.sort_by(f64::total_cmp);
    values
}
