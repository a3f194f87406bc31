//! The populations of DEHB.

use itertools::Itertools;

use crate::history::Goal;
use crate::scheduler::score::Score;

/// The configurations that compete at one budget.
#[derive(Clone, Debug, Default)]
pub(super) struct Population {
    /// The places; `None` before a trial has taken one.
    places: Vec<Option<Individual>>,
    /// The next place whose holder is challenged.
    next: usize,
}

/// A configuration and its score at the budget of its population.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Individual {
    /// The units as proposed: not rounded to levels, and with coordinates along inactive axes.
    pub(super) units: Vec<f64>,
    pub(super) told: Score,
    pub(super) trial: usize,
    /// Whether the configuration may still be promoted to the next budget.
    pub(super) may_go_on: bool,
}

impl Population {
    pub(super) fn new(size: usize) -> Self {
        Self { places: vec![None; size], next: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns the next place, cyclically.
    pub(super) fn next_place(&mut self) -> usize {
        let place = self.next;
        self.next = (place + 1) % self.places.len();
        place
    }

    pub(super) fn get(&self, place: usize) -> Option<&Individual> {
        self.places[place].as_ref()
    }

    /// Iterates over the individuals, place by place.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Individual> {
        self.places.iter().flatten()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Individual> {
        self.places.iter_mut().flatten()
    }

    /// Returns the individuals from the best to the worst; equals in the order of asking.
    pub(super) fn ranked(&self, goal: Goal) -> Vec<&Individual> {
        self.iter().sorted_by(|a, b| a.told.compare(&b.told, goal).then(a.trial.cmp(&b.trial))).collect()
    }

    /// Puts `challenger` in the place unless the holder is better; returns the loser, if there is one.
    pub(super) fn select(&mut self, place: usize, challenger: Individual, goal: Goal) -> Option<Individual> {
        match &mut self.places[place] {
            Some(holder) if holder.told.compare(&challenger.told, goal).is_lt() => Some(challenger),
            holder => holder.replace(challenger),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Goal::{Maximize, Minimize};

    fn individual(trial: usize, objective: f64) -> Individual {
        Individual { units: vec![0.5], told: objective.into(), trial, may_go_on: false }
    }

    #[test]
    fn the_better_one_stays() {
        let mut population = Population::new(2);
        assert_eq!(population.select(0, individual(0, 2.0), Minimize), None);
        assert_eq!(population.select(0, individual(1, 3.0), Minimize).unwrap().trial, 1);
        assert_eq!(population.select(0, individual(2, 1.0), Minimize).unwrap().trial, 0);
        // Of equals the new one, for the sake of plateaus.
        assert_eq!(population.select(0, individual(3, 1.0), Minimize).unwrap().trial, 2);
        assert_eq!(population.select(0, individual(4, 3.0), Maximize).unwrap().trial, 3);
        assert_eq!((population.get(0).unwrap().trial, population.get(1)), (4, None));
    }

    #[test]
    fn ranks_go_by_the_goal() {
        let mut population = Population::new(4);
        for (place, objective) in [(0, 2.0), (1, 1.0), (3, 2.0)] {
            population.select(place, individual(place, objective), Minimize);
        }
        let trials = |goal| population.ranked(goal).iter().map(|one| one.trial).collect::<Vec<_>>();
        assert_eq!((trials(Minimize), trials(Maximize)), (vec![1, 0, 3], vec![0, 3, 1]));
    }

    #[test]
    fn places_come_around() {
        let mut population = Population::new(3);
        assert_eq!([(); 5].map(|()| population.next_place()), [0, 1, 2, 0, 1]);
    }
}
