//! The ranks of the objectives over pairs of hyperparameters.

use hyperopt_core::Sweep;

use crate::{
    canvas::Canvas,
    charts::matrix::Pairs,
    error::Error,
    figure::{Chart, Figure},
    frame,
    geometry::Rect,
    model::Scene,
    source, theme,
};

/// Draws every pair of hyperparameters against each other, and each trial in the colour of its rank.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. Each complete trial is a mark in the panels where both
/// hyperparameters were active. The better its objective ranks, the darker the mark; better trials are drawn over worse ones,
/// and the best one is a star. Trials that violate a constraint are grey rings. Marks at the same integer or category are
/// spread around it.
///
/// In a multi-fidelity sweep, each configuration counts once, with its objective at the largest budget that it reached. Of more
/// than 2,000 trials, at most 2,000 are drawn, evenly by rank. Of several objectives, the first gives the colours, and the
/// front is orange. Of more than seven hyperparameters, the most important seven are drawn. Saving the figure of a sweep with
/// fewer than two hyperparameters fails with [`Error::Unsuited`].
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::rank(ho).save("rank.png")?;
/// # Ok(())
/// # }
/// ```
pub fn rank(ho: &impl AsRef<Sweep>) -> Figure {
    Figure::of(Chart::Rank, source::ranked(ho.as_ref()))
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    if scene.trials.is_empty() {
        frame::no_trials(scene, body, canvas);
        return Ok(());
    }
    let pairs = Pairs::new("rank", scene)?;
    let body = frame::caption(&pairs.remarks("grey rings"), body, canvas);
    let (radius, opacity) = theme::mark(pairs.trials.len());
    let opacity = opacity.max(0.6);
    pairs.draw(Some((pairs.bar(), &scene.objective)), body, canvas, |panel, bar, canvas| {
        for trial in pairs.drawn().into_iter().filter(|trial| !scene.is_marked(trial.number)) {
            let Some(at) = panel.at(trial, false) else { continue };
            let draw = |canvas: &mut Canvas| match bar.filter(|_| trial.is_feasible) {
                Some(bar) => canvas.dot(at, radius * 0.85, bar.color(trial.value).mix(opacity)),
                None => canvas.ring(at, radius * 0.85, theme::INFEASIBLE),
            };
            canvas.trial(|| panel.tooltip(scene, trial), draw);
        }
        pairs.mark(panel, scene, radius, canvas);
    });
    Ok(())
}
