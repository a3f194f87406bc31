//! Draws from the distributions, and what a trial was of them.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;

use super::super::options::Options;
use super::drawn::Recalled;
use super::{Search, loss};
use crate::history::History;
use crate::normal::{deviate, uniform};
use crate::sampler::Draw;
use crate::space::{Point, Space};
use crate::trial::Trial;

/// How often a configuration is drawn, for one within the bounds, before the last of them is folded there. More tries gain
/// nothing in stretched valleys, and lose where the minimum lies on many bounds; fewer lose where it is close to many.
const TRIES: usize = 3;

impl Search {
    /// Returns the configuration that the distributions give to `draw`, or an even draw if that has been tried.
    pub(in super::super) fn propose(&mut self, space: &Space, history: &History, draw: &Draw) -> Point {
        let mut rng = self.draw(draw);
        let mut units = self.units(space);
        if self.repeated(space, history, &units, draw, usize::MAX).is_some() {
            units = explored(space, &mut rng);
        }
        units.into()
    }

    /// Returns the coordinates of what was drawn.
    fn units(&self, space: &Space) -> Vec<f64> {
        // Constant axes: any coordinate will do.
        let mut units = vec![0.5; space.len()];
        for (index, coordinate) in self.coordinates.gaussian.iter().enumerate() {
            units[coordinate.axis] = coordinate.unit(space, self.drawn.place[index], self.gaussian.deviation(index));
        }
        for (unordered, &level) in self.coordinates.categorical.iter().zip(&self.drawn.levels) {
            units[unordered.axis] = unordered.unit(space, level);
        }
        units
    }

    /// Returns the trial before the trial `number` whose point these units repeat; `None` where points may repeat.
    fn repeated<'h>(
        &self,
        space: &Space,
        history: &'h History,
        units: &[f64],
        draw: &Draw,
        number: usize,
    ) -> Option<&'h Trial> {
        if draw.allows_repeats() { None } else { self.visited.earlier(space, history, units, number) }
    }

    /// Returns the generator, for what is drawn after the configuration.
    fn draw(&mut self, draw: &Draw) -> ChaCha8Rng {
        let mut rng = draw.rng();
        for _ in 0..TRIES {
            for z in &mut self.drawn.direction {
                *z = deviate(&mut rng);
            }
            self.gaussian.step(&self.drawn.direction, &mut self.drawn.step);
            let mut is_within = true;
            for (axis, (place, &y)) in self.drawn.place.iter_mut().zip(&self.drawn.step).enumerate() {
                *place = self.gaussian.at(axis, y);
                is_within &= self.coordinates.gaussian[axis].is_within(*place);
            }
            if is_within {
                break;
            }
        }
        for (axis, level) in self.drawn.levels.iter_mut().enumerate() {
            *level = self.categorical.level(axis, uniform(&mut rng));
        }
        rng
    }

    /// Works out the step to a trial: as it was drawn, with what the cells of levels have hidden since, if the distributions
    /// give it this very point; else from the point. Says which.
    pub(super) fn recall<'h>(
        &mut self,
        space: &Space,
        history: &'h History,
        trial: &Trial,
        draw: &Draw,
        options: &Options,
    ) -> Recalled<'h> {
        let mut rng = self.draw(&draw.of(trial.configuration()));
        let units = self.units(space);
        let is_at = |units: &[f64]| {
            units.iter().zip(trial.point().iter()).all(|(unit, told)| told.is_none_or(|told| told == *unit))
        };
        if is_at(&units) {
            return Recalled::Own;
        }
        if let Some(earlier) = self.repeated(space, history, &units, draw, trial.number())
            && earlier.resources() == trial.resources()
            && is_at(&explored(space, &mut rng))
        {
            if loss(trial, draw.goal()) >= loss(earlier, draw.goal()) {
                return Recalled::Repeat(earlier);
            } else if options.restarts {
                return Recalled::Better;
            }
        }
        let Self { coordinates, gaussian, drawn, .. } = self;
        for (index, coordinate) in coordinates.gaussian.iter().enumerate() {
            if let Some(unit) = trial.point().get(coordinate.axis) {
                drawn.place[index] = unit;
                drawn.step[index] = gaussian.step_to(index, unit);
            }
        }
        gaussian.inject(&mut drawn.step, &mut drawn.direction);
        Recalled::Foreign
    }
}

/// An even draw, as the engine snaps it.
fn explored(space: &Space, rng: &mut ChaCha8Rng) -> Vec<f64> {
    space.axes().iter().map(|axis| axis.snap(rng.random())).collect()
}
