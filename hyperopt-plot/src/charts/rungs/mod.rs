//! The objective against the resources: one line for each configuration of a multi-fidelity sweep.

mod brackets;
mod panel;

use hyperopt_core::Sweep;
use itertools::Itertools as _;

use crate::{
    axis::y_axis::YAxis,
    budgets::{Budgets, short},
    canvas::Canvas,
    charts::rungs::brackets::Bracket,
    charts::rungs::panel::Panel,
    error::Error,
    figure::{Chart, Figure},
    frame::{self, Legend},
    geometry::{Align, Rect},
    model::Scene,
    source,
    text::TextStyle,
    theme,
};

/// Draws the objective against the resources: one line for each configuration of a multi-fidelity sweep.
///
/// Takes what `hyperopt!` evaluates to, as well as a bare [`Sweep`]. Each evaluation with a finite objective is a mark above
/// the budget that it was given, on a logarithmic axis. The darker a line, the larger the budget that its configuration
/// reached; the line of the best configuration is orange, with a star at its end. Configurations that started with the same
/// budget (a bracket of Hyperband) share a panel if there is room for several panels. The number under each budget is that of
/// its evaluations, including failed ones; many marks at one budget are spread to its left and right. The axis of the objective
/// is logarithmic if its values are positive and span more than one decade for a loss, or two for a score.
///
/// The caption says what the sweep cost: the resources of all evaluations, and those if each evaluation resumes from the
/// `state` of the one before. It has Spearman's rank correlation between each budget and the next, if five or more
/// configurations were evaluated at both. Configurations that were not promoted have no second rank; with them, the correlation
/// would tend to be higher.
///
/// Saving the figure of a sweep without budgets fails with [`Error::Unsuited`]. The figure of a sweep without a complete trial
/// says so.
///
/// # Examples
///
/// ```
/// # fn show<P>(ho: &hyperopt_core::Hyperoptimizer<P>) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::rungs(ho).save("rungs.png")?;
/// hyperopt_plot::rungs(ho).title("Hyperband on the small model").size(900, 400).save("rungs.svg")?;
/// # Ok(())
/// # }
/// ```
pub fn rungs(ho: &impl AsRef<Sweep>) -> Figure {
    let mut scene = source::scene(ho.as_ref());
    if !scene.evaluations.is_empty() {
        // Left from an earlier sweep that this one went on from.
        let all = scene.trials.len();
        scene.trials.retain(|trial| trial.resources.is_some());
        scene.left_out.unbudgeted = all - scene.trials.len();
    }
    Figure::of(Chart::Rungs, scene)
}

/// Space above a panel for its name.
const NAME_HEIGHT: f64 = 20.0;
/// Space under a panel for the budgets and the numbers of evaluations.
const FOOT_HEIGHT: f64 = 38.0;
/// Space between panels.
const GAP: f64 = 12.0;
/// Space between the first or last budget and the edge of a panel, where there is enough.
const PAD: f64 = 26.0;
/// A comfortable distance of neighbouring budgets.
const STEP: f64 = 48.0;
/// The least distance of neighbouring budgets with which brackets get a panel each.
const LEAST_STEP: f64 = 26.0;
/// The names of the two lines under the panels.
const ROWS: [&str; 2] = ["resources", "evaluations"];

/// Returns the size at which the panels are comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    if scene.trials.is_empty() || scene.evaluations.is_empty() {
        return (640, 240);
    }
    let width = |bracket: &Bracket| GAP + 2.0 * PAD + STEP * (bracket.rungs.len() - 1) as f64;
    let panels: f64 = brackets::by_first_budget(scene).iter().map(width).sum();
    ((130.0 + panels).clamp(640.0, 1240.0) as u32, 440)
}

/// Returns what the colours of the lines mean: the largest budget that a configuration reached.
pub(crate) fn legend(scene: &Scene) -> Legend {
    let budgets = Budgets::of(scene);
    if budgets.differ() { Legend::Budgets(budgets, "up to") } else { Legend::Plain }
}

/// Draws the chart into `body`.
pub(crate) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) -> Result<(), Error> {
    if scene.count() > 0 && scene.evaluations.is_empty() {
        return Err(Error::unsuited(
            "rungs",
            "it has no budgets",
            "`sampler = Hyperband::new(3.0)` and `for (resources, state) in 1.0..=81.0` give it some",
        ));
    }
    if scene.trials.is_empty() {
        frame::no_trials(scene, body, canvas);
        return Ok(());
    }
    // Losses fall as powers of the resources, towards a floor where all the difference is; scores have theirs at the top.
    let y = YAxis::new(scene, if scene.is_loss { 10.0 } else { 100.0 });
    let budgets = Budgets::of(scene);
    let mut lines = vec![vec![effort(scene)]];
    lines[0].extend(frame::remarks(scene, y.beyond(scene)));
    if body.bottom() - theme::MARGIN >= 240.0 {
        lines.push(agreement(scene, &budgets));
    }
    let body = frame::caption(&lines, body, canvas);
    panels(scene, &budgets, y, body, canvas);
    Ok(())
}

/// Returns the cost of the sweep: "69 evaluations of 49 configurations, 783 units".
fn effort(scene: &Scene) -> String {
    let effort = brackets::effort(scene);
    let evaluations = frame::counted(effort.evaluations, "evaluation");
    let configurations = frame::counted(effort.configurations, "configuration");
    let (units, resumed) = (short(effort.units, 3), short(effort.resumed, 3));
    let resumed = if units == resumed { String::new() } else { format!(" ({resumed} if rungs resume)") };
    format!("{evaluations} of {configurations}, {units} units{resumed}")
}

/// Returns how well the ranks at each budget predict those at the next.
fn agreement(scene: &Scene, budgets: &Budgets) -> Vec<String> {
    let (all, names) = (brackets::together(scene), budgets.names());
    let rungs = budgets.values().iter().zip(&names).tuple_windows();
    let mut steps = rungs.filter_map(|((&from, from_name), (&to, to_name))| {
        let (agreement, pairs) = brackets::agreement(&all, (from, to))?;
        Some(format!("{from_name}–{to_name} {agreement:.2} ({pairs})"))
    });
    let steps = steps.join(", ");
    if steps.is_empty() {
        return Vec::new();
    }
    vec![format!("rank correlation of the promoted (their number): {steps}")]
}

/// Draws a panel for each bracket, or one for all where they are too many or too narrow.
fn panels(scene: &Scene, budgets: &Budgets, y: YAxis, body: Rect, canvas: &mut Canvas) {
    let y = y.labelled(body.height - NAME_HEIGHT - FOOT_HEIGHT);
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let rows = canvas.fonts().widest(ROWS, style) + 7.0;
    let left = body.x + y.width(canvas.fonts()).max(rows);
    let row = Rect { x: left, width: (body.right() - left).max(1.0), ..body };
    let mut brackets = brackets::by_first_budget(scene);
    let mut widths = widths(&brackets, row.width);
    if brackets.len() > 1 && narrowest(&brackets, &widths) < LEAST_STEP {
        (brackets, widths) = (vec![brackets::together(scene)], vec![row.width]);
    }
    let name_height = if brackets.len() > 1 { NAME_HEIGHT } else { 6.0 };
    let (top, height) = (row.y + name_height, (row.height - name_height - FOOT_HEIGHT).max(1.0));
    y.draw(&scene.objective, (body.x, left), (top, height), canvas);
    for (name, down) in ROWS.into_iter().zip([15.0, 30.0]) {
        canvas.text(name, (left - 7.0, top + height + down), style, Align::Right);
    }
    let (mut x, several) = (left, brackets.len() > 1);
    for (bracket, width) in brackets.into_iter().zip(widths) {
        let panel = Panel { bracket, plot: Rect { x, y: top, width, height }, pad: PAD.min(width / 4.0) };
        panel.scaffold(budgets, &y, several, canvas);
        panel.curves(scene, budgets, &y, canvas);
        x += width + GAP;
    }
}

/// Returns the widths of panels in which a decade is equally long.
fn widths(brackets: &[Bracket], total: f64) -> Vec<f64> {
    let count = brackets.len() as f64;
    let all: f64 = brackets.iter().map(Bracket::span).sum();
    let total = total - GAP * (count - 1.0);
    let pads = 2.0 * PAD.min(total / count / 4.0);
    let width = |bracket: &Bracket| {
        let share = if all > 0.0 { bracket.span() / all } else { 1.0 / count };
        pads + share * (total - pads * count)
    };
    brackets.iter().map(width).collect()
}

/// Returns the least distance of neighbouring budgets.
fn narrowest(brackets: &[Bracket], widths: &[f64]) -> f64 {
    let steps = brackets.iter().zip(widths).flat_map(|(bracket, width)| {
        let decade = (width - 2.0 * PAD) / bracket.span();
        bracket.rungs.iter().tuple_windows().map(move |(from, to)| (to.0 / from.0).log10() * decade)
    });
    steps.chain(widths.iter().copied()).fold(f64::INFINITY, f64::min)
}
