//! The objective as a landscape over pairs of hyperparameters.

use hyperopt_core::Sweep;

use crate::{
    axis::color_bar::ColorBar,
    canvas::Canvas,
    charts::matrix::{Pairs, Panel},
    error::Error,
    figure::{Chart, Figure},
    frame,
    geometry::Rect,
    model::{Scene, Trial},
    source,
    theme::{self, Ramp},
};

/// Draws the objective as a landscape over every pair of hyperparameters, on true axes.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. The colour of a point is the interpolated rank of the
/// objective there, in ten steps, the darker the better. It is the mean of the ranks of the trials, each weighted by the
/// inverse fourth power of its distance (Shepard's interpolation). Points farther than a fifth of an axis from every trial are
/// left pale. Categories are separate bands, between which nothing is interpolated. The trials are small marks, and the best
/// one is a star. Trials that violate a constraint are rings and are not interpolated.
///
/// In a multi-fidelity sweep, each configuration counts once, with its objective at the largest budget that it reached. Of
/// several objectives, the first is drawn. Of more than 2,000 trials, at most 2,000 are drawn and interpolated, evenly by rank.
/// Of more than seven hyperparameters, the most important seven are drawn. Saving the figure of a sweep with fewer than two
/// hyperparameters fails with [`Error::Unsuited`].
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::contour(ho).save("contour.png")?;
/// # Ok(())
/// # }
/// ```
pub fn contour(ho: &impl AsRef<Sweep>) -> Figure {
    Figure::of(Chart::Contour, source::ranked(ho.as_ref()))
}

/// Cells along a continuous axis of a panel: fewer where there are many panels.
const FINE: usize = 56;
const COARSE: usize = 32;
/// Steps of colour.
const STEPS: f64 = 10.0;
/// How far from every trial a place has no colour, in lengths of an axis.
const REACH: f64 = 0.2;
/// Trials beyond which only each second, third … counts: the landscape of more is the same.
const MOST: usize = 2000;

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    if scene.trials.is_empty() {
        frame::no_trials(scene, body, canvas);
        return Ok(());
    }
    let pairs = Pairs::new("contour", scene)?;
    let mut remarks = pairs.remarks("rings");
    remarks[1].push("interpolated between the trials, pale where none is near".to_owned());
    let body = frame::caption(&remarks, body, canvas);
    let (radius, opacity) = theme::mark(pairs.trials.len());
    let fine = if pairs.axes.len() > 3 { COARSE } else { FINE };
    pairs.draw(Some((pairs.bar(), &scene.objective)), body, canvas, |panel, bar, canvas| {
        if let Some(bar) = bar {
            landscape(panel, &pairs.trials, bar, fine, canvas);
        }
        for trial in pairs.drawn().into_iter().filter(|trial| !scene.is_marked(trial.number)) {
            let Some(at) = panel.at(trial, false) else { continue };
            let tooltip = || panel.tooltip(scene, trial);
            if trial.is_feasible {
                canvas.trial(tooltip, |canvas| canvas.dot(at, radius * 0.38, theme::INK.mix(opacity)));
            } else {
                canvas.trial(tooltip, |canvas| canvas.ring(at, radius * 0.6, theme::INK.mix(0.7)));
            }
        }
        pairs.mark(panel, scene, radius * 0.8, canvas);
    });
    Ok(())
}

/// A trial in the unit square of a panel.
#[derive(Clone, Copy, Debug)]
struct Sample {
    x: f64,
    y: f64,
    /// The bands of its categories.
    band: (Option<usize>, Option<usize>),
    merit: f64,
}

/// Fills a panel with the colours of the ranks.
fn landscape(panel: &Panel, trials: &[&Trial], bar: &ColorBar, fine: usize, canvas: &mut Canvas) {
    let stride = trials.len().div_ceil(MOST).max(1);
    let samples: Vec<Sample> = trials
        .iter()
        .rev()
        .step_by(stride)
        .filter(|trial| trial.is_feasible)
        .filter_map(|trial| {
            let (x, y) = (panel.x.place(trial, true)?, panel.y.place(trial, true)?);
            let band = (panel.x.category(trial), panel.y.category(trial));
            Some(Sample { x, y, band, merit: bar.merit(trial.value) })
        })
        .collect();
    let (columns, rows) = (panel.x.categories().unwrap_or(fine), panel.y.categories().unwrap_or(fine));
    let (width, height) = (panel.plot.width / columns as f64, panel.plot.height / rows as f64);
    for row in 0..rows {
        let steps: Vec<Option<i32>> = (0..columns)
            .map(|column| {
                let place = ((column as f64 + 0.5) / columns as f64, (row as f64 + 0.5) / rows as f64);
                let band = (panel.x.categories().map(|_| column), panel.y.categories().map(|_| row));
                merit(place, band, &samples).map(|merit| ((merit * STEPS) as i32).min(STEPS as i32 - 1))
            })
            .collect();
        let mut from = 0;
        for run in steps.chunk_by(|a, b| a == b) {
            if let Some(step) = run[0] {
                let y = panel.plot.bottom() - height * (row + 1) as f64;
                // A little over the next: side by side they would show seams.
                let (x, over) =
                    (panel.plot.x + width * from as f64, if from + run.len() < columns { 0.4 } else { 0.0 });
                let cell = Rect {
                    x,
                    y,
                    width: width * run.len() as f64 + over,
                    height: height + if row > 0 { 0.4 } else { 0.0 },
                };
                canvas.rect(cell, theme::BACKGROUND.towards(Ramp::Merit.color((f64::from(step) + 0.5) / STEPS), 0.85));
            }
            from += run.len();
        }
    }
}

/// Returns the mean merit at a place of the unit square, by the samples of its band; `None` where none is near.
fn merit((x, y): (f64, f64), band: (Option<usize>, Option<usize>), samples: &[Sample]) -> Option<f64> {
    // Among many, a place has the mean of its neighbours: each alone would be a spot of its own.
    let wide = if samples.len() < 50 { 0.01 } else { (1.2 / (samples.len() as f64).sqrt()).min(0.08) };
    let (mut sum, mut weights, mut nearest) = (0.0, 0.0, f64::INFINITY);
    for sample in samples.iter().filter(|sample| sample.band == band) {
        let (dx, dy) = (sample.x - x, sample.y - y);
        // A category has no distance to itself.
        let dx = if band.0.is_some() { 0.0 } else { dx };
        let dy = if band.1.is_some() { 0.0 } else { dy };
        let square = dx * dx + dy * dy;
        nearest = f64::min(nearest, square);
        let weight = (square + wide * wide).powi(-2);
        sum += weight * sample.merit;
        weights += weight;
    }
    (nearest <= REACH * REACH).then(|| sum / weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_the_merit_of_the_trials_beside_them() {
        let sample = |x, y, merit| Sample { x, y, band: (None, None), merit };
        let samples = [sample(0.1, 0.1, 1.0), sample(0.3, 0.1, 0.0)];
        let at = |x, y| merit((x, y), (None, None), &samples);
        assert!(at(0.1, 0.1).unwrap() > 0.95 && at(0.3, 0.1).unwrap() < 0.05);
        assert!((at(0.2, 0.1).unwrap() - 0.5).abs() < 1e-9);
        assert_eq!(at(0.9, 0.9), None);
    }

    #[test]
    fn categories_are_not_mixed() {
        let sample = |band, merit| Sample { x: 0.5, y: 0.5, band: (Some(band), None), merit };
        let samples = [sample(0, 1.0), sample(1, 0.0)];
        let at = |band| merit((0.25, 0.5), (Some(band), None), &samples);
        assert_eq!((at(0), at(1), at(2)), (Some(1.0), Some(0.0), None));
    }
}
