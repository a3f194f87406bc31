//! Draws again what has been tried, a bounded number of times.

use rand::{Rng, RngExt};

use crate::history::History;
use crate::sampler::{Draw, Sampler, Tried};
use crate::space::{Point, Space};

/// Largest number of further suggestions to ask a sampler for after one that has been tried.
const SUGGESTIONS: u32 = 8;
/// Largest number of further random points to draw, where untried ones are left for certain.
const DRAWS: u32 = 100;

/// Returns the suggestion of `sampler`, and another one if its point has been tried and does not stand.
///
/// A sampler that does not learn draws from the distributions of the axes. Where some levels are likelier than others, it
/// is not asked again, so that they stay so. Samplers that know what has been tried do not leave a branch of one point beside
/// continuous ones of themselves.
pub(crate) fn suggest<S: Sampler + ?Sized>(
    sampler: &mut S,
    space: &Space,
    history: &History,
    draw: &Draw,
) -> Option<Point> {
    let (keeps, learns) = (sampler.keeps_repeats(), sampler.is_adaptive());
    let bends = |tried: &Tried| tried.bends(space);
    let stands = match draw.beside() {
        Some(tried) => {
            if sampler.is_ours() {
                !learns && (keeps || bends(tried))
            } else {
                keeps || !learns && bends(tried)
            }
        }
        None => keeps || !learns && draw.tried().is_some_and(bends),
    };
    let most = if stands { 0 } else { SUGGESTIONS };
    redrawn(space, draw, most, |draw| sampler.suggest(space, history, draw))
}

/// Returns what `suggest` makes of `draw`, or of one of the same draw with other random numbers if that has been tried. If
/// all of them have been tried, the first stands.
pub(crate) fn suggest_with(space: &Space, draw: &Draw, suggest: impl FnMut(&Draw) -> Option<Point>) -> Option<Point> {
    redrawn(space, draw, SUGGESTIONS, suggest)
}

fn redrawn(space: &Space, draw: &Draw, most: u32, mut suggest: impl FnMut(&Draw) -> Option<Point>) -> Option<Point> {
    let first = suggest(draw)?;
    // A malformed point is passed on: it ends the sweep with an error.
    let is_whole = |point: &Point| point.len() == space.len() && point.units().iter().all(|unit| !unit.is_nan());
    let Some(tried) = known(draw).filter(|_| most > 0 && is_whole(&first)) else { return Some(first) };
    if !tried.contains(space, first.units()) {
        return Some(first);
    }
    let mut others = (1..=most).map_while(|attempt| suggest(&draw.again(attempt)));
    let untried = others.find(|point| is_whole(point) && !tried.contains(space, point.units()));
    // A model may see nothing but a branch that is used up.
    let elsewhere =
        || draw.beside().map(|tried| differing(space, tried, first.clone(), &mut draw.again(most + 1).rng()));
    Some(untried.or_else(elsewhere).unwrap_or(first))
}

/// Returns the points that have been tried, whatever the space.
fn known(draw: &Draw) -> Option<&Tried> {
    draw.tried().or(draw.beside())
}

/// Returns `point`, or one that differs along axes of equally likely levels if it has been tried: each untried point with
/// the same coordinates along the other axes is as likely as any other. If some draws find none, `point` stands.
pub(crate) fn evenly(space: &Space, draw: &Draw, point: Point, rng: &mut impl Rng) -> Point {
    match known(draw).filter(|tried| tried.contains(space, point.units())) {
        Some(tried) if tried.even_axes().is_empty() || tried.is_partial() && tried.bends(space) => point,
        Some(tried) => differing(space, tried, point, rng),
        None => point,
    }
}

/// Returns an untried point that differs from `point` along axes of equally likely levels, or `point` if some draws find none.
fn differing(space: &Space, tried: &Tried, point: Point, rng: &mut impl Rng) -> Point {
    // Of the likelier levels, all points are soon tried.
    let most = if tried.bends(space) { SUGGESTIONS } else { DRAWS };
    let mut other = point.clone();
    for _ in 0..most {
        for &axis in tried.even_axes() {
            other.set(axis, rng.random());
        }
        if !tried.contains(space, other.units()) {
            return other;
        }
    }
    point
}

/// Returns the first untried one of some points that `draw_one` draws; the first one of all if there is none.
pub(crate) fn first_untried(space: &Space, draw: &Draw, mut draw_one: impl FnMut() -> Point) -> Point {
    let first = draw_one();
    let Some(tried) = known(draw).filter(|tried| tried.contains(space, first.units())) else { return first };
    let mut others = (0..SUGGESTIONS).map(|_| draw_one());
    others.find(|point| !tried.contains(space, point.units())).unwrap_or(first)
}
