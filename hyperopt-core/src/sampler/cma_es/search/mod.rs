//! The state of the search: the distributions, as the trials so far have shaped them.

mod drawn;
mod draws;

use std::collections::VecDeque;

use rand::RngExt;

use self::drawn::{Drawn, Recalled};
use super::categorical::Categorical;
use super::coordinates::Coordinates;
use super::gaussian::{Gaussian, Members};
use super::generation::Generation;
use super::margin;
use super::options::{LEAST_POPULATION, Options};
use super::parameters::{Parameters, default_population};
use super::source::Source;
use super::stopping::Stopping;
use super::visited::Visited;
use crate::history::{Goal, History};
use crate::sampler::Draw;
use crate::sampler::toolkit::{self, Cursor};
use crate::space::Space;
use crate::trial::{State, Trial};

/// The distributions, and how far into the history they go: a function of that history alone, brought up to date step by step.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    pub(super) coordinates: Coordinates,
    pub(super) gaussian: Gaussian,
    pub(super) categorical: Categorical,
    parameters: Parameters,
    /// How often the search has started anew.
    pub(super) restarts: u32,
    stopping: Stopping,
    cursor: Cursor,
    /// The first trials of configurations that are no members of a generation yet.
    waiting: VecDeque<usize>,
    generation: Generation,
    /// Trials of others before the first generation of its own.
    source: Source,
    /// The last trial that became a member, to tell histories apart.
    last: Option<(Draw, usize, f64)>,
    drawn: Drawn,
    visited: Visited,
}

impl Search {
    pub(super) fn new(space: &Space, options: &Options) -> Self {
        let coordinates = Coordinates::new(space);
        let population = options.population.unwrap_or_else(|| default_population(coordinates.len()));
        let n = coordinates.gaussian.len();
        Self {
            gaussian: Gaussian::new(vec![0.5; n], options.sigma),
            categorical: Categorical::new(&coordinates.categorical),
            parameters: Parameters::new(n, population.max(LEAST_POPULATION)),
            drawn: Drawn {
                direction: vec![0.0; n],
                step: vec![0.0; n],
                place: vec![0.0; n],
                levels: vec![0; coordinates.categorical.len()],
            },
            coordinates,
            visited: Visited::new(space),
            ..Self::default()
        }
    }

    /// How many trials a generation has now.
    pub(super) fn population(&self) -> usize {
        self.parameters.weights.len()
    }

    /// Reads what is new in `history`, or all of it if it is another one than before.
    pub(super) fn update(&mut self, space: &Space, history: &History, draw: &Draw, options: &Options) {
        if !self.continues(history, draw) {
            *self = Self::new(space, options);
        }
        let sees = !draw.allows_repeats() && self.visited.is_of_use();
        self.visited.reopen(space, history);
        for trial in self.cursor.configurations(history) {
            self.waiting.push_back(trial.number());
            if sees {
                self.visited.note(space, history, trial);
            }
        }
        while let Some(trial) = self.waiting.front().and_then(|&number| history.trials().get(number)) {
            match trial.state() {
                State::Running => break,
                // It says nothing about its configuration.
                State::Cancelled => {}
                State::Complete | State::Pruned | State::Failed => self.absorb(space, history, trial, draw, options),
            }
            self.waiting.pop_front();
        }
    }

    fn continues(&self, history: &History, draw: &Draw) -> bool {
        let same = |(before, number, value): &(Draw, usize, f64)| {
            let trial = history.trials().get(*number);
            before.shares_sweep(draw)
                && trial.is_some_and(|trial| loss(trial, draw.goal()).to_bits() == value.to_bits())
        };
        !self.cursor.is_of_another(history) && self.last.as_ref().is_none_or(same)
    }

    /// Makes a closed trial a member of the generation, and ends that if it is complete. Losses at different resources are
    /// not comparable, so those of a generation are equal; a new bracket begins a new one.
    fn absorb(&mut self, space: &Space, history: &History, trial: &Trial, draw: &Draw, options: &Options) {
        if self.generation.len() > 0 && !self.generation.compares(trial.resources()) {
            if self.generation.len() >= LEAST_POPULATION {
                self.end_generation(space, draw, options);
            }
            self.generation.clear();
            self.stopping.clear();
        }
        let (told, own) = match self.recall(space, history, trial, draw, options) {
            Recalled::Own => (trial, true),
            Recalled::Repeat(earlier) => (earlier, true),
            Recalled::Foreign => (trial, false),
            Recalled::Better => {
                self.last = Some((draw.without_tried(), trial.number(), loss(trial, draw.goal())));
                self.start_at(trial, options);
                return;
            }
        };
        let levels = self.coordinates.categorical.iter().map(|axis| axis.level(space, told.point()));
        let Drawn { step, direction, place, .. } = &self.drawn;
        let is_active = self.coordinates.gaussian.iter().map(|coordinate| told.point().is_active(coordinate.axis));
        let objective = loss(told, draw.goal());
        self.generation.push((step, direction, place), is_active, levels, objective, own, trial.resources());
        self.last = Some((draw.without_tried(), trial.number(), loss(trial, draw.goal())));
        if self.generation.len() >= self.population() {
            self.end_generation(space, draw, options);
            self.generation.clear();
        }
    }

    fn end_generation(&mut self, space: &Space, draw: &Draw, options: &Options) {
        if self.gaussian.generation == 0 && self.restarts == 0 && self.generation.is_foreign() {
            if self.source.extend(&self.generation) {
                self.start_from_source(space, options);
            }
            return;
        }
        self.generation.rank();
        #[cfg(test)]
        self.generation.spoil(options.sabotage);
        let finite = self.generation.finite();
        // Where all have failed, no direction is better than another.
        if finite == 0 {
            return;
        }
        let cut;
        let parameters = if self.generation.len() == self.population() {
            &self.parameters
        } else {
            cut = Parameters::new(self.gaussian.dimensions(), self.generation.len());
            &cut
        };
        let Generation { steps, directions, moves, order, .. } = &self.generation;
        self.gaussian.update(Members { steps, directions, moves, order, finite }, parameters);
        let losses = self.generation.ranked_losses(finite);
        // Where all are as good, no level is better than another, and the order of asking would choose one.
        if losses[0] < losses[finite - 1] {
            let better = order[..parameters.mu.min(finite)].iter();
            let levels = better.map(|&row| self.generation.levels(row));
            self.categorical.update(parameters.weights.iter().copied().zip(levels));
        }
        self.settle(space);
        let losses = self.generation.ranked_losses(finite);
        let continuous = self.coordinates.gaussian.iter().enumerate().filter(|(_, it)| !it.has_levels);
        let continuous = continuous.map(|(index, _)| index);
        if self.stopping.is_over(losses, &self.gaussian, continuous, (&self.parameters, options.sigma)) {
            self.restart(draw, options);
        }
    }

    fn start_from_source(&mut self, space: &Space, options: &Options) {
        if let Some((gaussian, categorical)) = self.source.start(&self.categorical, &self.parameters, options.sigma) {
            self.gaussian = gaussian;
            self.categorical = categorical;
            self.settle(space);
        }
    }

    /// What the search on a cube with cells asks of the normal distribution after each change.
    fn settle(&mut self, space: &Space) {
        self.gaussian.limit();
        let margin = 1.0 / (self.coordinates.gaussian.len() * self.population()) as f64;
        for (index, &coordinate) in self.coordinates.gaussian.iter().enumerate() {
            if coordinate.has_levels {
                margin::correct(&mut self.gaussian, index, coordinate, &space.axes()[coordinate.axis], margin);
            } else {
                self.gaussian.fold(index);
            }
        }
    }

    /// Starts anew around a trial: it is better than what the search repeats.
    fn start_at(&mut self, trial: &Trial, options: &Options) {
        let mean = |axis: usize| trial.point().get(axis).unwrap_or(0.5);
        let mean = self.coordinates.gaussian.iter().map(|coordinate| mean(coordinate.axis)).collect();
        self.restarts += 1;
        self.gaussian = Gaussian::new(mean, options.sigma);
        self.categorical = Categorical::new(&self.coordinates.categorical);
        self.generation.clear();
        self.stopping.clear();
    }

    /// Starts anew somewhere else, with generations of twice the size.
    fn restart(&mut self, draw: &Draw, options: &Options) {
        let is_usable = self.gaussian.sigma.is_finite() && self.gaussian.mean.iter().all(|mean| mean.is_finite());
        if !options.restarts && is_usable {
            return;
        }
        self.restarts += 1;
        let n = self.gaussian.dimensions();
        let mut rng = draw.plan_rng(self.restarts as usize);
        self.gaussian = Gaussian::new((0..n).map(|_| rng.random()).collect(), options.sigma);
        self.categorical = Categorical::new(&self.coordinates.categorical);
        self.stopping.clear();
        if options.restarts {
            self.parameters = Parameters::new(n, 2 * self.population());
        }
    }
}

/// Returns the loss of a trial: infinite, the largest, without an objective.
fn loss(trial: &Trial, goal: Goal) -> f64 {
    toolkit::loss(trial, goal).unwrap_or(f64::INFINITY)
}
