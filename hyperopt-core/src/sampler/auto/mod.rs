//! The sampler that chooses among the others, trial by trial.

mod plan;
#[cfg(test)]
mod tests;

use std::error::Error;

use itertools::Itertools;
use rand::RngExt;

use self::plan::{Member, Plan};
use crate::history::History;
use crate::sampler::quadratic::QuadraticStep;
use crate::sampler::toolkit::ClosedTrials;
use crate::sampler::{CmaEsSampler, Draw, GpSampler, Sampler, Setup, TpeSampler, redraw};
use crate::space::{Kind, Point, Space};

/// The share of an axis that the plan of the first trials covers. A shorter one makes the first ten trials better, and leaves
/// more to the model.
const DRAWN_IN: f64 = 0.7;

/// Chooses among the samplers, trial by trial, and says in the table of the sweep which of them it has used.
///
/// The choice depends on the space, the number of planned trials, and the number of trials so far:
///
/// | trials | sampler |
/// |---|---|
/// | the first | the middle of each axis that has an order |
/// | up to 10 | [`GpSampler`], which begins with a Latin hypercube over the middle seven tenths of each axis |
/// | up to 200 | of four, two by [`GpSampler`], one by [`TpeSampler`] and one by a quadratic model |
/// | after that | of four, three by [`CmaEsSampler`], which starts from the best of those before, and one by a quadratic model |
///
/// - [`TpeSampler`] alone proposes the trials of a sweep with several goals, and those after the first trial with a constraint.
/// - It also proposes the configurations of [`Hyperband`](crate::Hyperband) and other schedulers, of which few reach the full
///   budget.
/// - If at most 250 trials are planned, CMA-ES proposes none of them. If more than 10,000 are planned, or there are more than
///   40 axes, the Gaussian process proposes none, since it would take longer than such trials do: [`TpeSampler`] then proposes
///   the first 20, and the later ones are as in the last row.
/// - CMA-ES needs two axes with an order; without them, [`TpeSampler`] proposes the trials after the first 200.
///
/// Trials by other models keep the sampler from doing badly where one of them is misled: a Gaussian process by cliffs and
/// plateaus, TPE by valleys that lie across the axes. The quadratic model is a local one: it is learned from the trials
/// nearest to the best one, and its minimum in the region of these trials is tried (Powell, "The NEWUOA software for
/// unconstrained optimization without derivatives", 2006, whose models have the least second derivatives, too). Where it does
/// not explain half of the variance at trials that it has not seen, or its minimum has been tried, the turn is the Gaussian
/// process's, or CMA-ES's after the first 200 trials.
///
/// Only [`TpeSampler`] uses prior knowledge: with candidates that have a prior, or with `transfer`, it proposes the first 20
/// trials.
///
/// The choice is a function of the sweep alone, never of how long trials take, so one seed gives one history here too.
///
/// ```
/// use hyperopt_core::{AutoSampler, Sampler};
///
/// assert_eq!(AutoSampler::new().name(), "AutoSampler");
/// ```
///
/// A suggestion takes as long as the sampler that makes it, which is longest for the Gaussian process, up to 200 trials.
#[derive(Clone, Debug)]
pub struct AutoSampler {
    tpe: TpeSampler,
    gp: GpSampler,
    cma_es: CmaEsSampler,
    quadratic: QuadraticStep,
    plan: Plan,
    closed: ClosedTrials,
    /// Whether any closed trial has a constraint.
    is_constrained: bool,
    /// The trials that each member has proposed, in the order of [`Member`].
    proposed: [usize; 5],
    /// The number of the first trial that can be among them.
    first: usize,
    name: String,
}

impl AutoSampler {
    /// Makes the sampler, which has no options; the seed belongs to the sweep.
    #[must_use]
    pub fn new() -> Self {
        Self {
            tpe: TpeSampler::new(),
            gp: GpSampler::new(),
            cma_es: CmaEsSampler::new(),
            quadratic: QuadraticStep::default(),
            plan: Plan::default(),
            closed: ClosedTrials::default(),
            is_constrained: false,
            proposed: [0; 5],
            first: 0,
            name: "AutoSampler".to_owned(),
        }
    }

    /// Looks for constraints among the trials that have been closed since the last suggestion.
    fn read(&mut self, history: &History) {
        self.closed.read(history, |trial| self.is_constrained |= !trial.constraints().is_empty());
    }

    /// Counts a trial of `member`, and says so in the name.
    fn count(&mut self, member: Member) {
        self.proposed[member as usize] += 1;
        let names = ["the middle", self.tpe.name(), self.gp.name(), "quadratic models", self.cma_es.name()];
        let used = self.proposed.iter().zip(names).filter(|(count, _)| **count > 0);
        let used = used.map(|(count, name)| format!("{count} by {name}")).join(", ");
        let from = if self.first > 0 { format!("from trial {} on: ", self.first) } else { String::new() };
        self.name = format!("AutoSampler ({from}{used})");
    }
}

/// Returns the middle of each axis with an order, and any level of the others: ranges are written around what is likely.
fn centre(space: &Space, draw: &Draw) -> Point {
    let mut rng = draw.rng();
    let units = space.axes().iter().map(|axis| match axis.kind() {
        Kind::Categorical(_) => rng.random(),
        _ => 0.5,
    });
    units.collect()
}

/// Moves a planned point towards the middle, along axes with an order.
fn draw_in(point: &mut Point, space: &Space) {
    for (index, axis) in space.axes().iter().enumerate() {
        if !matches!(axis.kind(), Kind::Categorical(_)) {
            point.set(index, 0.5 + DRAWN_IN * (point.unit(index) - 0.5));
        }
    }
}

impl Default for AutoSampler {
    fn default() -> Self {
        Self::new()
    }
}

impl Sampler for AutoSampler {
    fn suggest(&mut self, space: &Space, history: &History, draw: &Draw) -> Option<Point> {
        self.read(history);
        let number = draw.number();
        let mut member = if self.is_constrained { Member::Tpe } else { self.plan.member(number) };
        let mut step = None;
        if member == Member::Quadratic {
            step = self.quadratic.suggest(space, history, draw);
            if step.is_none() {
                member = self.plan.instead(number);
            }
        }
        self.count(member);
        match member {
            Member::Centre => Some(centre(space, draw)),
            Member::Tpe => self.tpe.suggest(space, history, draw),
            Member::Gp => {
                let mut point = self.gp.suggest(space, history, draw)?;
                if self.gp.plans(number) {
                    draw_in(&mut point, space);
                }
                Some(point)
            }
            Member::Quadratic => step,
            Member::CmaEs => redraw::suggest(&mut self.cma_es, space, history, draw),
        }
    }

    fn prepare(&mut self, setup: &Setup<'_>) -> Result<Option<u64>, Box<dyn Error + Send + Sync>> {
        let Self { tpe, gp, cma_es, mut closed, mut is_constrained, .. } = std::mem::take(self);
        if closed.is_of_another(setup.history()) {
            (closed, is_constrained) = (ClosedTrials::default(), false);
        }
        let (plan, first) = (Plan::new(setup), setup.first());
        *self = Self { tpe, gp, cma_es, plan, closed, is_constrained, first, ..Self::new() };
        if self.plan.gp_until > 0 {
            self.gp.prepare(setup)?;
        }
        if self.plan.has_cma_es {
            self.cma_es.prepare(setup)?;
        }
        self.tpe.prepare(setup)
    }

    /// CMA-ES, which would not, is asked again here.
    fn keeps_repeats(&self) -> bool {
        true
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn is_ours(&self) -> bool {
        true
    }
}
