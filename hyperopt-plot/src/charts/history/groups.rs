//! The best so far of several sweeps: a line and a band for each name.

use itertools::Itertools as _;

use crate::{
    axis::plane::{Level, Plane, steps},
    axis::scale::Scale,
    axis::y_axis::YAxis,
    canvas::Canvas,
    color::Rgb,
    frame,
    geometry::{Align, Rect},
    model::{Run, Scene},
    text::TextStyle,
    theme,
};

/// The runs of one name.
#[derive(Debug)]
pub(crate) struct Group<'s> {
    pub(crate) name: &'s str,
    pub(crate) runs: Vec<&'s Scene>,
}

/// The middle of a group after a trial, and the ends of its band.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Middle {
    trial: usize,
    low: f64,
    median: f64,
    high: f64,
}

/// Returns the runs by name, in the order of their first ones.
pub(crate) fn groups(runs: &[Run]) -> Vec<Group<'_>> {
    let names = runs.iter().map(|run| run.name.as_str()).unique();
    let of = |name| runs.iter().filter(|run| run.name == name).map(|run| &run.scene).collect();
    names.map(|name| Group { name, runs: of(name) }).collect()
}

/// Returns a colour for each of `count` lines, which repeat after the sixth.
pub(crate) fn colors(count: usize) -> Vec<Rgb> {
    theme::HUES.into_iter().cycle().take(count).collect()
}

/// Writes the names of the groups, each beside its colour, at the top of `body`; returns the space below. A group without a
/// name needs none.
pub(crate) fn key(groups: &[Group], body: Rect, canvas: &mut Canvas) -> Rect {
    let names: Vec<String> = groups.iter().map(|group| frame::times(group.name, group.runs.len())).collect();
    swatches(&names, body, canvas)
}

/// Writes `names` in the same way; a single empty one needs no place.
pub(crate) fn swatches(names: &[String], body: Rect, canvas: &mut Canvas) -> Rect {
    const LINE: f64 = 18.0;
    const SWATCH: f64 = 16.0;
    let style = TextStyle::regular(theme::SUBTITLE_SIZE - 1.0, theme::INK);
    let (mut x, mut y) = (body.x, body.y + 8.0);
    if names.iter().all(String::is_empty) {
        return body;
    }
    let names = canvas.fonts().distinct(names, style, body.width - SWATCH - 6.0);
    for (name, color) in names.iter().zip(colors(names.len())) {
        let width = SWATCH + 6.0 + canvas.fonts().width(name, style) + 18.0;
        if x > body.x && x + width > body.right() {
            (x, y) = (body.x, y + LINE);
        }
        canvas.rect(Rect { x, y: y - 5.5, width: SWATCH, height: 3.0 }, color);
        canvas.text_within(name, (x + SWATCH + 6.0, y), style, Align::Left, body.right() - x - SWATCH - 6.0);
        x += width;
    }
    let top = y + 14.0;
    Rect { y: top, height: (body.bottom() - top).max(1.0), ..body }
}

/// Returns the remark on the groups that have no line, and why.
pub(crate) fn without(groups: &[Group], has_line: impl Fn(usize) -> bool) -> Option<String> {
    let lacks = groups.iter().enumerate().filter(|(index, _)| !has_line(*index)).map(|(_, group)| {
        let has_none = |run: &&&Scene| !run.trials.iter().any(|trial| trial.is_feasible);
        let empty: Vec<&Scene> = group.runs.iter().filter(has_none).copied().collect();
        let of = if group.runs.len() > 1 && empty.len() < group.runs.len() {
            format!(" in {} of {} sweeps", empty.len(), group.runs.len())
        } else {
            String::new()
        };
        format!("no line for {}: {}{of}", group.name, frame::lack(empty))
    });
    Some(lacks.collect::<Vec<_>>().join("  ·  ")).filter(|lacks| !lacks.is_empty())
}

/// Draws the lines and the bands into `body`.
pub(super) fn draw(scene: &Scene, body: Rect, canvas: &mut Canvas) {
    let groups = groups(&scene.runs);
    let middles: Vec<Vec<Middle>> = groups.iter().map(|group| middles(&group.runs, scene.is_loss)).collect();
    if middles.iter().all(Vec::is_empty) {
        return frame::no_trials(scene, body, canvas);
    }
    let mut remarks = Vec::new();
    let most = groups.iter().map(|group| group.runs.len()).max().unwrap_or_default();
    if most > 3 {
        remarks.push("median of the best so far, with the quartiles".to_owned());
    } else if most > 1 {
        remarks.push("median of the best so far, with the best and the worst".to_owned());
    }
    let is_cut = |group: &Group| group.runs.iter().map(|run| run.count()).unique().nth(1).is_some();
    if groups.iter().any(is_cut) {
        remarks.push("each line ends with its shortest sweep".to_owned());
    }
    remarks.extend(without(&groups, |index| !middles[index].is_empty()));
    remarks.extend(scene.unnamed.clone());
    if scene.further > 0 {
        remarks.push(format!("{}, the first of {} objectives", scene.objective, scene.further + 1));
    }
    let body = key(&groups, frame::caption(&[remarks], body, canvas), canvas);
    let all: Vec<f64> = middles.iter().flatten().flat_map(|middle| [middle.low, middle.median, middle.high]).collect();
    let y = YAxis::broken(&all, scene.is_loss, 100.0);
    let last = middles.iter().flatten().map(|middle| middle.trial).max().unwrap_or_default() as f64;
    let level = Level { scale: Scale::linear(0.0, last.max(1.0)).with_room(0.02), is_whole: true, name: "trial" };
    let plane = Plane::new(level, (y, &scene.objective), &[], body, canvas);
    let colors = colors(groups.len());
    for (middles, color) in middles.iter().zip(&colors).filter(|(middles, _)| !middles.is_empty()) {
        let side = |value: fn(&Middle) -> f64| stepped(middles, value, &plane);
        let mut band = side(|middle| middle.high);
        let low = side(|middle| middle.low);
        band.extend(low.into_iter().rev());
        canvas.area(&band, color.mix(0.16));
    }
    for (middles, color) in middles.iter().zip(&colors).filter(|(middles, _)| !middles.is_empty()) {
        let line = stepped(middles, |middle| middle.median, &plane);
        canvas.line(&line, 2.2, *color);
        if let [only] = line[..] {
            canvas.dot(only, 3.0, *color);
        }
    }
}

/// Returns the line through a value of `middles`, level until the trial that changes it.
fn stepped(middles: &[Middle], value: fn(&Middle) -> f64, plane: &Plane) -> Vec<(f64, f64)> {
    let changes = middles.iter().dedup_by(|a, b| value(a) == value(b));
    let places: Vec<_> = changes.map(|middle| plane.at(middle.trial as f64, value(middle))).collect();
    let mut line = middles.last().map_or_else(Vec::new, |last| steps(&places, plane.x(last.trial as f64)));
    line.dedup();
    line
}

/// Returns the middle of the best so far of `runs` after each trial, from the first after which all have one to the last that
/// all have.
fn middles(runs: &[&Scene], is_loss: bool) -> Vec<Middle> {
    let ends = runs.iter().map(|run| run.count()).min().unwrap_or_default();
    let bests: Vec<_> = runs.iter().map(|run| run.best_so_far()).collect();
    let mut places = vec![0; runs.len()];
    let after = |trial: usize| {
        let mut values = Vec::with_capacity(runs.len());
        for (best, place) in bests.iter().zip(&mut places) {
            while best.get(*place).is_some_and(|(number, _)| *number <= trial) {
                *place += 1;
            }
            values.push(best.get(place.checked_sub(1)?)?.1);
        }
        values.sort_by(f64::total_cmp);
        let outer = if values.len() > 3 { 0.25 } else { 0.0 };
        let [low, median, high] = [outer, 0.5, 1.0 - outer].map(|share| quantile(&values, share));
        Some(if is_loss { Middle { trial, low, median, high } } else { Middle { trial, low: high, median, high: low } })
    };
    (0..ends).filter_map(after).collect()
}

/// Returns a quantile of `sorted`, which is not empty: between two values in proportion.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[at as usize], sorted[(at.ceil() as usize).min(sorted.len() - 1)]);
    // Their difference may overflow.
    below * (1.0 - at.fract()) + above * at.fract()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LeftOut, Trial};

    fn run(values: &[f64]) -> Scene {
        let trial = |(number, &value)| Trial { number, value, resources: None, xs: Vec::new(), is_feasible: true };
        Scene { trials: values.iter().enumerate().map(trial).collect(), is_loss: true, ..Scene::default() }
    }

    #[test]
    fn the_middle_is_the_median_of_what_all_have() {
        let mut late = run(&[9.0, 1.0]);
        late.trials.remove(0);
        late.left_out = LeftOut { failed: 1, ..LeftOut::default() };
        let (a, b) = (run(&[3.0, 5.0, 2.0]), run(&[4.0, 2.0]));
        let expected = Middle { trial: 1, low: 1.0, median: 2.0, high: 3.0 };
        assert_eq!(middles(&[&a, &b, &late], true), [expected], "not before all have a value, nor after one has ended");
        let one = middles(&[&a], true);
        assert_eq!(one.iter().map(|middle| middle.median).collect::<Vec<_>>(), [3.0, 3.0, 2.0]);
    }

    #[test]
    fn bands_of_many_are_quartiles() {
        let runs: Vec<Scene> = (0..5).map(|i| run(&[f64::from(i)])).collect();
        let runs: Vec<&Scene> = runs.iter().collect();
        assert_eq!(middles(&runs, true), [Middle { trial: 0, low: 1.0, median: 2.0, high: 3.0 }]);
    }
}
