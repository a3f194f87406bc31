//! When the trials ran, by worker.

use std::time::Duration;

use hyperopt_core::Sweep;

use crate::{
    axis::plane::{Level, Plane},
    axis::scale::Scale,
    axis::y_axis::YAxis,
    canvas::Canvas,
    color::Rgb,
    figure::{Chart, Figure},
    frame,
    geometry::{Align, Rect},
    model::{Ending, Scene},
    source,
    text::TextStyle,
    theme,
    tooltip::Tooltip,
};

/// Draws the trials as bars in time, a row for each worker, with a colour for how each ended.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. A sweep records the durations of its trials and of itself,
/// but not when each trial began. The starts are therefore reconstructed, and the caption says so: in the order of their
/// numbers, trials are placed on the worker that is free first, with the smallest number of workers that fits them into the
/// duration of the sweep (and a tenth more). Gaps between trials are not shown, nor is the time at which an earlier run of a
/// resumed sweep took place. The figure of a sweep without a trial says so.
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::timeline(ho).save("timeline.png")?;
/// # Ok(())
/// # }
/// ```
pub fn timeline(ho: &impl AsRef<Sweep>) -> Figure {
    let sweep = ho.as_ref();
    Figure::of(Chart::Timeline, Scene { shifts: source::shifts(sweep), ..source::scene(sweep) })
}

/// The endings, with their names and colours.
const ENDINGS: [(Ending, &str, Rgb); 4] = [
    (Ending::Complete, "complete", Rgb(0x2f, 0x86, 0xae)),
    (Ending::Infeasible, "infeasible", Rgb(0x8a, 0x93, 0x9d)),
    (Ending::Pruned, "pruned", Rgb(0xab, 0x80, 0xd0)),
    (Ending::Failed, "failed", Rgb(0x3a, 0x41, 0x4a)),
];

/// Returns the size at which the rows are comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    let workers = workers(scene) as u32;
    if scene.shifts.is_empty() { (640, 240) } else { (860, (190 + 26 * workers).clamp(240, 900)) }
}

fn workers(scene: &Scene) -> usize {
    scene.shifts.iter().map(|shift| shift.worker + 1).max().unwrap_or_default()
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) {
    if scene.shifts.is_empty() {
        frame::no_trials(scene, body, canvas);
        return;
    }
    let workers = workers(scene);
    let remarks = vec![
        frame::counted(workers, "worker"),
        "starts are reconstructed from the durations: each trial on the worker that was free first".to_owned(),
    ];
    let body = frame::caption(&[remarks], body, canvas);
    let body = key(scene, body, canvas);
    let end = scene.shifts.iter().map(|shift| shift.to).fold(0.0, f64::max);
    let (unit, name) = match end {
        end if end >= 2.0 * 86_400.0 => (86_400.0, "days"),
        end if end >= 2.0 * 3600.0 => (3600.0, "hours"),
        end if end >= 120.0 => (60.0, "minutes"),
        end if end >= 0.5 => (1.0, "seconds"),
        end if end >= 5e-4 => (1e-3, "milliseconds"),
        _ => (1e-6, "microseconds"),
    };
    let scale = Scale::linear(0.0, if end > 0.0 { end / unit } else { 1.0 }).with_room(0.01);
    let y = YAxis::of(Scale::steps(workers)).whole(true);
    let plane = Plane::new(Level { scale, is_whole: false, name }, (y, "worker"), &[], body, canvas);
    let row = plane.plot.height / workers as f64;
    let thick = (row * 0.76).min(34.0);
    for shift in &scene.shifts {
        let (from, to) = (plane.x(shift.from / unit), plane.x(shift.to / unit));
        let color = ENDINGS.iter().find(|(ending, ..)| *ending == shift.ending).map_or(theme::MUTED, |ending| ending.2);
        let is_best = scene.is_marked(shift.number);
        let y = plane.y((shift.worker + 1) as f64) - thick / 2.0;
        // Neighbours are told apart by a gap, where there is room.
        let gap = if to - from > 4.0 { 1.0 } else { 0.0 };
        let bar = Rect { x: from, y, width: (to - from - gap).max(0.3), height: thick };
        let told = || {
            let ending = ENDINGS.iter().find(|(ending, ..)| *ending == shift.ending).map_or("", |ending| ending.1);
            let length = Duration::try_from_secs_f64(shift.to - shift.from).unwrap_or_default();
            let tooltip = Tooltip { is_best: scene.best == Some(shift.number), ..Tooltip::of(shift.number) };
            tooltip.with(ending).with(format!("duration: {length:.3?}"))
        };
        canvas.trial(told, |canvas| canvas.rect(bar, if is_best { theme::ACCENT } else { color }));
    }
}

/// Writes what the colours mean; returns the space below.
fn key(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Rect {
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let mut x = body.x;
    for (ending, name, color) in ENDINGS {
        let count = scene.shifts.iter().filter(|shift| shift.ending == ending).count();
        if count == 0 {
            continue;
        }
        let text = format!("{count} {name}");
        canvas.rect(Rect { x, y: body.y, width: 9.0, height: 9.0 }, color);
        canvas.text(&text, (x + 13.0, body.y + 8.5), style, Align::Left);
        x += 13.0 + canvas.fonts().width(&text, style) + 14.0;
    }
    Rect { y: body.y + 20.0, height: (body.height - 20.0).max(1.0), ..body }
}
