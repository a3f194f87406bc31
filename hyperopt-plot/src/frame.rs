//! The frame of every figure: the title, the best trial, the legend, the caption, and the message where there is nothing to
//! draw.

use hyperopt_core::number;

use crate::{
    axis::ticks::grouped,
    budgets::{Budgets, short},
    canvas::Canvas,
    color::Rgb,
    geometry::{Align, Rect},
    model::{Fate, Scene, Trial},
    text::TextStyle,
    theme::{self, Ramp},
};

/// The meaning of the colours of the marks.
#[derive(Clone, Debug)]
pub(crate) enum Legend {
    /// The order of the trials.
    Trials,
    /// The budgets, and the word in front of them.
    Budgets(Budgets, &'static str),
    /// None: there is no legend.
    Plain,
    /// None, and the figure itself says what is best.
    Bare,
}

/// Writes the title, the best trial and what the colours mean; returns the space below them.
pub(crate) fn header(title: &str, scene: &Scene, legend: &Legend, inside: Rect, canvas: &mut Canvas) -> Rect {
    let is_bare = matches!(legend, Legend::Bare);
    let style = TextStyle::bold(theme::TITLE_SIZE, theme::INK);
    let room = inside.width - canvas.fonts().width(title, style);
    let legend = if scene.trials.is_empty() || inside.width < 360.0 {
        inside.right()
    } else {
        match legend {
            Legend::Trials => trials_legend(scene, inside, canvas),
            Legend::Budgets(budgets, word) => budgets_legend(scene, (budgets, word), room, inside, canvas),
            Legend::Plain | Legend::Bare => inside.right(),
        }
    };
    let baseline = inside.y + 12.0;
    canvas.text_within(title, (inside.x, baseline), style, Align::Left, legend - inside.x);
    let below = |top: f64| Rect { y: top, height: inside.bottom() - top, ..inside };
    let style = TextStyle::regular(theme::SUBTITLE_SIZE, theme::ACCENT);
    let text = if is_bare {
        return below(baseline + 14.0);
    } else if let Some(best) = scene.best_trial() {
        let resources = best.resources.map(|resources| format!(", resources {}", short(resources, 3)));
        format!("best {} at trial {}{}", number(best.value), best.number, resources.unwrap_or_default())
    } else if let Some(front) = scene.front.as_ref().filter(|front| !front.numbers.is_empty()) {
        let count = counted(front.numbers.len(), "trial");
        format!("{count} on the front of {} objectives", front.goals.len())
    } else {
        return below(baseline + 14.0);
    };
    let baseline = baseline + 23.0;
    let mark = (inside.x + 6.0, baseline - 4.5);
    if let Some(best) = scene.best {
        canvas.best(scene.tooltip(best, 0..scene.axes.len()), mark, 6.0);
    } else {
        // No circle: those are trials.
        let corners = [(0.0, -4.5), (4.5, 0.0), (0.0, 4.5), (-4.5, 0.0)].map(|(x, y)| (mark.0 + x, mark.1 + y));
        canvas.area(&corners, theme::ACCENT);
    }
    canvas.text_within(&text, (inside.x + 18.0, baseline), style, Align::Left, inside.width - 18.0);
    below(baseline + 18.0)
}

/// Draws the colours from the first trial to the last in the right corner; returns where the title must end.
fn trials_legend(scene: &Scene, inside: Rect, canvas: &mut Canvas) -> f64 {
    let number = |trial: Option<&Trial>| trial.map_or(0, |trial| trial.number);
    let (first, last) = (number(scene.trials.first()), number(scene.trials.last()));
    if first == last {
        return inside.right();
    }
    let colors: Vec<_> = (0..36).map(|step| Ramp::Order.color(f64::from(step) / 35.0)).collect();
    bar(&colors, (&format!("trial {first}"), &last.to_string()), inside, canvas)
}

/// Names the colour of each budget in the right corner, or the first and the last where there is no `room` for all; returns
/// where the title must end.
fn budgets_legend(
    scene: &Scene,
    (budgets, word): (&Budgets, &str),
    room: f64,
    inside: Rect,
    canvas: &mut Canvas,
) -> f64 {
    const SWATCH: f64 = 9.0;
    let names = budgets.names();
    let mut entries: Vec<_> = names
        .iter()
        .zip(budgets.values())
        .map(|(name, &budget)| (name.as_str(), budgets.color(Some(budget))))
        .collect();
    if scene.trials.iter().any(|trial| trial.resources.is_none()) {
        entries.insert(0, ("none", budgets.color(None)));
    }
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let entry = |name: &str, canvas: &Canvas| SWATCH + 4.0 + canvas.fonts().width(name, style) + 11.0;
    let width: f64 = entries.iter().map(|(name, _)| entry(name, canvas)).sum();
    let word_width = canvas.fonts().width(word, style) + 9.0;
    if width + word_width + 20.0 > room {
        let colors: Vec<_> = entries.iter().map(|(_, color)| *color).collect();
        let ends = (entries[0].0, entries[entries.len() - 1].0);
        return bar(&colors, (&format!("{word} {}", ends.0), ends.1), inside, canvas);
    }
    let baseline = inside.y + 11.0;
    let start = inside.right() + 11.0 - width;
    let mut x = start;
    for (name, color) in entries {
        canvas.rect(Rect { x, y: baseline - 8.5, width: SWATCH, height: SWATCH }, color);
        canvas.text(name, (x + SWATCH + 4.0, baseline), style, Align::Left);
        x += entry(name, canvas);
    }
    canvas.text(word, (start - 9.0, baseline), style, Align::Right);
    start - word_width - 20.0
}

/// Draws `colors` side by side in the right corner, between two texts; returns where the title must end.
fn bar(colors: &[Rgb], (start, end): (&str, &str), inside: Rect, canvas: &mut Canvas) -> f64 {
    const BAR: f64 = 72.0;
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let baseline = inside.y + 11.0;
    canvas.text(end, (inside.right(), baseline), style, Align::Right);
    let right = inside.right() - canvas.fonts().width(end, style) - 7.0;
    for (step, color) in colors.iter().enumerate() {
        // Each reaches to the end, under the next: side by side they would show seams.
        let width = BAR * (1.0 - step as f64 / colors.len() as f64);
        canvas.rect(Rect { x: right - width, y: baseline - 8.0, width, height: 8.0 }, *color);
    }
    canvas.text(start, (right - BAR - 7.0, baseline), style, Align::Right);
    right - BAR - 7.0 - canvas.fonts().width(start, style) - 20.0
}

/// Writes a number and a noun, which has an `s` if there are several or none: `1 trial`, `10,000 trials`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count.to_string()), if count == 1 { "" } else { "s" })
}

/// Returns the name of `count` sweeps; one without a name has none for several either.
pub(crate) fn times(name: &str, count: usize) -> String {
    if count > 1 && !name.is_empty() { format!("{name} × {count}") } else { name.to_owned() }
}

/// Returns the remarks on trials that are marked as such or have no place: the infeasible ones, those left out, and those
/// `beyond` the y axis.
pub(crate) fn remarks(scene: &Scene, beyond: usize) -> Vec<String> {
    let beyond = self::beyond(beyond);
    let infeasible = infeasible(scene, if scene.infeasible() == 1 { "a grey ring" } else { "grey rings" });
    // Where all failed, the figure says so in its middle.
    let missing = scene.left_out.caption().filter(|_| scene.left_out.failed < scene.count());
    infeasible.into_iter().chain(missing).chain(beyond).collect()
}

/// Returns the remark on trials beyond the break of the axis.
pub(crate) fn beyond(beyond: usize) -> Option<String> {
    (beyond > 0).then(|| format!("{} far outside the others beyond the break of the axis", counted(beyond, "trial")))
}

/// Returns the remark on the trials that violate a constraint, and how they are drawn.
pub(crate) fn infeasible(scene: &Scene, drawn: &str) -> Option<String> {
    let count = scene.infeasible();
    (count > 0).then(|| format!("{count} infeasible, drawn as {drawn}"))
}

/// Returns the kinds of trials without a value that a sweep has, with their names.
pub(crate) fn fates(scene: &Scene) -> Vec<(Fate, &'static str)> {
    let all = [(Fate::Failed, "failed"), (Fate::Pruned, "pruned"), (Fate::Unfinished, "unfinished")];
    all.into_iter().filter(|(fate, _)| scene.others.iter().any(|other| other.fate == *fate)).collect()
}

/// Returns the remarks on what is chosen: of the evaluations, of the objectives, and of the hyperparameters.
pub(crate) fn choices(scene: &Scene, outcomes: usize) -> Vec<String> {
    let mut choices = Vec::new();
    if !scene.evaluations.is_empty() {
        choices.push(format!("{}, each at its most resources", counted(outcomes, "configuration")));
    }
    if scene.further > 0 {
        choices.push(format!("{}, the first of {} objectives", scene.objective, scene.further + 1));
    }
    choices.extend(scene.chosen.clone());
    choices
}

/// Writes `lines` of remarks at the foot of `body`, without the empty ones, and in several where they do not fit into one;
/// returns the space above them.
pub(crate) fn caption(lines: &[Vec<String>], body: Rect, canvas: &mut Canvas) -> Rect {
    const BETWEEN: &str = "  ·  ";
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let mut written: Vec<String> = Vec::new();
    for parts in lines {
        let mut line = String::new();
        for part in parts {
            let longer = if line.is_empty() { part.clone() } else { format!("{line}{BETWEEN}{part}") };
            if !line.is_empty() && canvas.fonts().width(&longer, style) > body.width {
                written.push(std::mem::replace(&mut line, part.clone()));
            } else {
                line = longer;
            }
        }
        written.extend(Some(line).filter(|line| !line.is_empty()));
    }
    let mut bottom = body.bottom() + 6.0;
    for (above, line) in written.iter().rev().enumerate() {
        let baseline = body.bottom() + 4.0 - 15.0 * above as f64;
        canvas.text_within(line, (body.x, baseline), style, Align::Left, body.width);
        bottom = baseline - 22.0;
    }
    Rect { height: bottom - body.y, ..body }
}

/// Writes why there is no trial to draw.
pub(crate) fn no_trials(scene: &Scene, body: Rect, canvas: &mut Canvas) {
    let runs: Vec<&Scene> = scene.runs.iter().map(|run| &run.scene).collect();
    let text = lack(if runs.is_empty() { vec![scene] } else { runs });
    let mut letters = text.chars();
    let text: String = letters.next().iter().flat_map(|first| first.to_uppercase()).chain(letters).collect();
    nothing(&text, scene.error.as_deref(), body, canvas);
}

/// Returns why none of `scenes` has a trial to draw.
pub(crate) fn lack<'s>(scenes: impl IntoIterator<Item = &'s Scene>) -> String {
    let (mut count, mut failed, mut infeasible) = (0, 0, 0);
    for scene in scenes {
        count += scene.count();
        failed += scene.left_out.failed;
        infeasible += scene.infeasible();
    }
    match count {
        0 => "no trials yet".to_owned(),
        1 if failed == 1 => "the only trial failed".to_owned(),
        _ if failed == count => format!("all {} trials failed", grouped(count.to_string())),
        _ if infeasible > 0 => {
            let noun = if infeasible == 1 { "trial violates" } else { "trials violate" };
            let all = if infeasible > 1 { "all " } else { "the " };
            format!("no trial is feasible: {all}{} complete {noun} a constraint", grouped(infeasible.to_string()))
        }
        _ => "no trial has a value to draw".to_owned(),
    }
}

/// Writes in the middle why there is nothing to draw, and more about it below.
pub(crate) fn nothing(text: &str, more: Option<&str>, body: Rect, canvas: &mut Canvas) {
    let (x, y) = (body.x + body.width / 2.0, body.y + body.height / 2.0);
    let style = TextStyle::regular(theme::TITLE_SIZE, theme::MUTED);
    canvas.text_within(text, (x, y), style, Align::Center, body.width);
    if let Some(more) = more {
        let style = TextStyle::regular(theme::SUBTITLE_SIZE, theme::MUTED);
        canvas.text_within(more, (x, y + 24.0), style, Align::Center, body.width);
    }
}
