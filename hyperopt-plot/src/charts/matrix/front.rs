//! The front of three objectives or more: a panel for each pair of them.

use crate::{canvas::Canvas, charts::matrix::Pairs, error::Error, frame, geometry::Rect, model::Scene, theme};

/// Draws the panels of `scene` into `body`; `far` trials are at the ends of the axes, whose own values are those of `told`.
pub(crate) fn draw((scene, told): (&Scene, &Scene), far: usize, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    let pairs = Pairs::new("pareto", scene)?;
    let front = scene.front.as_ref().map_or(0, |front| front.numbers.len());
    let mut remarks = vec![format!("{} on the front", frame::counted(front, "trial"))];
    let beaten = scene.trials.len().saturating_sub(front + scene.infeasible());
    if beaten > 0 {
        remarks.push(format!("{beaten} beaten"));
    }
    remarks.extend(frame::infeasible(scene, "rings"));
    if far > 0 {
        remarks.push(format!("{far} far from the front, drawn at the edge"));
    }
    remarks.extend(scene.left_out.caption());
    let body = frame::caption(&[remarks], body, canvas);
    let (radius, opacity) = theme::mark(scene.trials.len());
    pairs.draw(None, body, canvas, |panel, _, canvas| {
        for trial in pairs.trials.iter().filter(|trial| !scene.is_marked(trial.number)) {
            let Some(at) = panel.at(trial, true) else { continue };
            let draw = |canvas: &mut Canvas| {
                if trial.is_feasible {
                    canvas.dot(at, radius * 0.85, theme::INFEASIBLE.mix(opacity));
                } else {
                    canvas.ring(at, radius * 0.85, theme::INFEASIBLE.mix(opacity));
                }
            };
            canvas.trial(|| panel.tooltip(told, trial), draw);
        }
        pairs.mark(panel, told, radius, canvas);
    });
    Ok(())
}
