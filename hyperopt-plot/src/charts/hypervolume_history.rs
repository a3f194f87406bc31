//! The hypervolume in the order of the trials.

use hyperopt_core::Sweep;

use crate::{
    axis::plane::{Level, Plane, steps},
    axis::scale::Scale,
    axis::y_axis::YAxis,
    canvas::Canvas,
    error::Error,
    figure::{Chart, Figure},
    frame,
    geometry::Rect,
    model::Scene,
    source, theme,
    tooltip::Tooltip,
};

/// Draws the hypervolume that the trials of a sweep with several goals dominate, in the order of the trials.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. The reference point is made of the worst value of each
/// objective among the feasible trials; the caption shows it. The hypervolume grows with every trial that joins the front.
///
/// Saving the figure of a sweep with a single goal fails with [`Error::Unsuited`]. So does saving that of a sweep whose
/// hypervolume takes too long to compute, such as one of 8 objectives with 600 trials on the front. The figure of a sweep
/// without a complete trial says so.
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::hypervolume_history(ho).save("hypervolume.png")?;
/// # Ok(())
/// # }
/// ```
pub fn hypervolume_history(ho: &impl AsRef<Sweep>) -> Figure {
    let sweep = ho.as_ref();
    Figure::of(Chart::Hypervolume, Scene { volumes: source::volumes(sweep), ..source::scene(sweep) })
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    let Some(volumes) = &scene.volumes else {
        let advice = "`optimization_history` draws the best so far";
        return Err(Error::unsuited("hypervolume_history", "it has one goal", advice));
    };
    let volumes = match volumes {
        Ok(volumes) => volumes,
        Err(reason) => {
            let advice = "`pareto_front` draws every pair of the objectives";
            return Err(Error::unsuited("hypervolume_history", reason.clone(), advice));
        }
    };
    if volumes.steps.is_empty() {
        frame::no_trials(scene, body, canvas);
        return Ok(());
    }
    let mut remarks = vec![format!("reference: {}, the worst of each", volumes.reference)];
    remarks.extend(scene.left_out.caption());
    let body = frame::caption(&[remarks], body, canvas);
    let numbers = scene.trials.iter().map(|trial| trial.number).chain(scene.others.iter().map(|other| other.number));
    let last = numbers.max().unwrap_or_default() as f64;
    let level = Level { scale: Scale::linear(0.0, last.max(1.0)).with_room(0.02), is_whole: true, name: "trial" };
    let (first, last_volume) = (volumes.steps[0].1, volumes.steps[volumes.steps.len() - 1].1);
    let y = YAxis::of(Scale::linear(first, last_volume).padded(0.07));
    let plane = Plane::new(level, (y, "hypervolume"), &[], body, canvas);
    let places: Vec<_> = volumes.steps.iter().map(|&(number, volume)| plane.at(number as f64, volume)).collect();
    canvas.line(&steps(&places, plane.x(last)), 2.0, theme::ACCENT);
    let radius = theme::mark(places.len()).0 * 0.7;
    for (place, (number, volume)) in places.into_iter().zip(&volumes.steps) {
        let tooltip = || Tooltip::of(*number).with(format!("hypervolume: {}", hyperopt_core::number(*volume)));
        canvas.trial(tooltip, |canvas| canvas.dot(place, radius, theme::ACCENT));
    }
    Ok(())
}
