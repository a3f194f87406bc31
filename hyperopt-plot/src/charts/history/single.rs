//! The history of one sweep.

use crate::{
    axis::plane::{Level, Plane, steps},
    axis::scale::Scale,
    axis::y_axis::YAxis,
    budgets::Budgets,
    canvas::Canvas,
    frame,
    geometry::Rect,
    model::Scene,
    theme,
};

/// Draws the history into `body`.
pub(super) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) {
    let rows = frame::fates(scene);
    let y = YAxis::new(scene, 100.0);
    let budgets = Budgets::of(scene);
    let mut remarks: Vec<_> = frame::infeasible(scene, "grey rings").into_iter().collect();
    remarks.extend(frame::beyond(y.beyond(scene)));
    if scene.further > 0 {
        remarks.push(format!("{}, the first of {} objectives", scene.objective, scene.further + 1));
    }
    if budgets.differ() {
        remarks.push("the line is the best so far at the most resources".to_owned());
    }
    let body = frame::caption(&[remarks], body, canvas);
    let numbers = scene.trials.iter().map(|trial| trial.number).chain(scene.others.iter().map(|other| other.number));
    let last = numbers.max().unwrap_or_default() as f64;
    let level = Level { scale: Scale::linear(0.0, last.max(1.0)).with_room(0.02), is_whole: true, name: "trial" };
    let names: Vec<String> = rows.iter().map(|(_, name)| (*name).to_owned()).collect();
    let plane = Plane::new(level, (y, &scene.objective), &names, body, canvas);
    for other in &scene.others {
        if let Some(row) = rows.iter().position(|(fate, _)| *fate == other.fate) {
            let tooltip = || scene.tooltip_of_other(other, []);
            canvas.trial(tooltip, |canvas| plane.tick(row, other.number as f64, canvas));
        }
    }
    let (radius, opacity) = theme::mark(scene.trials.len());
    for trial in &scene.trials {
        let (at, tooltip) = (plane.at(trial.number as f64, trial.value), || scene.tooltip(trial.number, []));
        if trial.is_feasible {
            let color = if budgets.differ() { budgets.color(trial.resources) } else { theme::MUTED };
            canvas.trial(tooltip, |canvas| canvas.dot(at, radius * 0.85, color.mix(opacity)));
        } else {
            let paint = theme::INFEASIBLE.mix(opacity.max(0.7));
            canvas.trial(tooltip, |canvas| canvas.ring(at, radius * 0.85, paint));
        }
    }
    let so_far = scene.best_so_far();
    let best: Vec<_> = so_far.iter().map(|&(number, value)| plane.at(number as f64, value)).collect();
    canvas.line(&steps(&best, plane.x(last)), 2.0, theme::ACCENT);
    if let Some((star, (number, _))) = best.last().zip(so_far.last()) {
        canvas.best(scene.tooltip(*number, []), *star, 8.5);
    }
}
