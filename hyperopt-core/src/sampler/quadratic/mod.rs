//! A local step: to the minimum of a quadratic model of the best trial's neighbourhood.

mod model;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use itertools::Itertools;

use self::model::{Model, Neighbour};
use crate::history::History;
use crate::sampler::Draw;
use crate::sampler::toolkit::{ClosedTrials, loss, searched};
use crate::space::{Kind, Point, Space};
use crate::trial::Trial;

/// The most trials that are kept to choose neighbours from: the best ones.
const KEPT: usize = 400;
/// The most neighbours of a model.
const NEIGHBOURS: usize = 100;
/// How many neighbours there are for each coefficient of a quadratic function.
const FOR_EACH: f64 = 1.5;
/// A step that ends within this share of itself of a known point, or this near to one, tells nothing new.
const BESIDE: f64 = 1e-4;
const NEAR: f64 = 1e-6;
/// Shares of the trust region in which the minimum is searched: a smaller one where it is being tried in the larger one.
const REGIONS: [f64; 3] = [1.0, 0.5, 0.25];
/// What is this near to a bound is there.
const ROUNDING: f64 = 1e-12;

/// Proposes the minimum of a quadratic model within the region that the model was learned in, as the trust-region methods of
/// derivative-free optimisation do (Powell, "The NEWUOA software for unconstrained optimization without derivatives", 2006,
/// section 2: of all models that fit, the one with the least second derivatives).
///
/// - The model is learned from the trials nearest to the best one, three for every two coefficients. It passes through the
///   best trial.
/// - How closely it has to fit the others is chosen by the error at trials that are left out, so that it follows noisy
///   objectives too. A large loss is fitted less closely than a small one. If the model explains less than half of the variance
///   at trials that are left out, there is no step.
/// - It moves along axes with an order. Neighbours have the best trial's levels along the others, and its active axes.
/// - The trust region is the cube, around the best trial, with the farthest neighbour's distance as half of its width. It
///   shrinks as trials gather around the best. While the minimum of the region is being tried, that of half of it is proposed,
///   or of a quarter, so that trials of one batch differ.
///
/// The step is a function of the trials so far.
#[derive(Clone, Debug, Default)]
pub(super) struct QuadraticStep {
    closed: ClosedTrials,
    /// The losses and numbers of the best trials, from the best on.
    kept: Vec<(f64, usize)>,
    /// The latest trials that ended without a loss.
    failed: VecDeque<usize>,
}

impl QuadraticStep {
    /// Returns the step, `None` where no model can be learned or its minimum is known already.
    pub(super) fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.read(history, draw);
        let &(least, best) = self.kept.first()?;
        let around = Around::new(space, &history.trials()[best])?;
        let most = around.most_neighbours();
        let others = self.kept[1..].iter().filter_map(|&(loss, number)| {
            let point = history.trials()[number].point();
            around.is_comparable(space, point).then(|| Neighbour::new(around.offset(point), loss - least))
        });
        let nearest = others.filter(|other| other.distance > 0.0).sorted_by(|a, b| a.distance.total_cmp(&b.distance));
        let neighbours: Vec<_> = nearest.take(most).collect();
        if neighbours.len() <= around.moved.len() {
            return None;
        }
        let model = Model::fit(&neighbours)?;
        // A failed trial is as known as another.
        let kept = self.kept.iter().map(|&(_, number)| number).chain(self.failed.iter().copied());
        let kept = kept.map(|number| &history.trials()[number]);
        let running = self.closed.running().iter().map(|&number| &history.trials()[number]);
        let (kept, running): (Vec<_>, Vec<_>) = (kept.collect(), running.collect());
        for share in REGIONS {
            let step = model.minimum(&around.bounds(share * model.reach()))?;
            let units = around.stepped(space, &step);
            let is_known =
                |trials: &[&Trial]| trials.iter().any(|trial| around.is_beside(space, trial.point(), &units));
            if is_known(&kept) {
                return None;
            }
            if !is_known(&running) {
                return Some(units.into());
            }
        }
        None
    }

    /// Reads the trials that have been closed since the last call.
    fn read(&mut self, history: &History, draw: &Draw) {
        if self.closed.is_of_another(history) {
            *self = Self::default();
        }
        let Self { closed, kept, failed } = self;
        closed.read(history, |trial| {
            let Some(loss) = loss(trial, draw.goal()) else {
                failed.push_back(trial.number());
                if failed.len() > KEPT {
                    failed.pop_front();
                }
                return;
            };
            let key = (loss, trial.number());
            let at = kept.partition_point(|other| other.0.total_cmp(&key.0).then(other.1.cmp(&key.1)).is_lt());
            if at < KEPT {
                kept.insert(at, key);
                kept.truncate(KEPT);
            }
        });
    }
}

/// The best trial, and the axes along which a step can leave it.
#[derive(Debug)]
struct Around {
    centre: Vec<Option<f64>>,
    moved: Vec<usize>,
}

impl Around {
    /// `None` if there is no axis to move along.
    fn new(space: &Space, best: &Trial) -> Option<Self> {
        let centre: Vec<_> = best.point().iter().collect();
        let moved = searched(space).map(|(index, _)| index);
        let moved: Vec<_> = moved.filter(|&index| is_ordered(space, index) && centre[index].is_some()).collect();
        (!moved.is_empty()).then_some(Self { centre, moved })
    }

    fn most_neighbours(&self) -> usize {
        let d = self.moved.len();
        let coefficients = ((d + 1) * (d + 2) / 2) as f64;
        ((FOR_EACH * coefficients) as usize).clamp(d + 1, NEIGHBOURS.max(d + 1))
    }

    /// Whether `point` has the same active axes, and the same levels along those without an order.
    fn is_comparable(&self, space: &Space, point: &Point) -> bool {
        self.centre.iter().zip(point.iter()).enumerate().all(|(index, pair)| match pair {
            (Some(_), Some(_)) if is_ordered(space, index) => true,
            (Some(centre), Some(unit)) => {
                let axis = &space.axes()[index];
                axis.level(*centre) == axis.level(unit)
            }
            (None, None) => true,
            _ => false,
        })
    }

    fn offset(&self, point: &Point) -> Vec<f64> {
        let from = |&index: &usize| point.get(index).unwrap_or(0.5) - self.centre[index].unwrap_or(0.5);
        self.moved.iter().map(from).collect()
    }

    /// How far a step can go along each axis: no farther than `reach`, and not out of the unit cube.
    fn bounds(&self, reach: f64) -> Vec<(f64, f64)> {
        let centres = self.moved.iter().map(|&index| self.centre[index].unwrap_or(0.5));
        centres.map(|centre| ((-centre).max(-reach), (1.0 - centre).min(reach))).collect()
    }

    /// Returns the coordinates after `step`, one for each axis.
    fn stepped(&self, space: &Space, step: &[f64]) -> Vec<f64> {
        let mut units: Vec<f64> = self.centre.iter().map(|unit| unit.unwrap_or(0.5)).collect();
        for (&index, step) in self.moved.iter().zip(step) {
            let unit = units[index] + step;
            // Of a step to a bound, no rounding is left.
            let unit = if unit < ROUNDING {
                0.0
            } else if unit > 1.0 - ROUNDING {
                1.0
            } else {
                unit
            };
            units[index] = space.axes()[index].snap(unit);
        }
        units
    }

    /// Whether a trial at `units` would tell the same as one at `point`.
    fn is_beside(&self, space: &Space, point: &Point, units: &[f64]) -> bool {
        let length = |&index: &usize| (units[index] - self.centre[index].unwrap_or(0.5)).abs();
        let longest = self.moved.iter().map(length).fold(0.0, f64::max);
        let near = NEAR.max(BESIDE * longest);
        let is_near = |&index: &usize| (point.get(index).unwrap_or(0.5) - units[index]).abs() <= near;
        self.is_comparable(space, point) && self.moved.iter().all(is_near)
    }
}

fn is_ordered(space: &Space, index: usize) -> bool {
    !matches!(space.axes()[index].kind(), Kind::Categorical(_))
}
