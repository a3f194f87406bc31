//! The order of trials from the best to the worst under several goals and constraints.

use super::Vectors;
use crate::history::Goal;
use crate::trial::Trial;

/// A trial with its rank among others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ranked {
    /// Its index among those that were ranked.
    pub(crate) index: usize,
    /// Its front, from 0; trials that violate a constraint have fronts of their own behind all others.
    pub(crate) front: usize,
    /// Its crowding distance on its front; 0 for a trial that violates a constraint.
    pub(crate) crowding: f64,
}

/// Ranks `trials` from the best to the worst: by their fronts, on one front by decreasing crowding distance, equals in the
/// order given. Trials that violate a constraint come last, those that violate them least first (Deb et al., 2002, sections
/// III and VI). Each trial has an objective for each goal.
pub(crate) fn ranking(trials: &[&Trial], goals: &[Goal]) -> Vec<Ranked> {
    let (feasible, infeasible): (Vec<usize>, Vec<usize>) =
        (0..trials.len()).partition(|&index| trials[index].is_feasible());
    let vectors = Vectors::new(feasible.iter().map(|&index| trials[index].objectives()), goals);
    let fronts = vectors.by_front();
    let mut ranked = Vec::with_capacity(trials.len());
    for (front, members) in fronts.iter().enumerate() {
        let distances = vectors.crowding(members);
        let start = ranked.len();
        let places = members.iter().zip(distances);
        ranked.extend(places.map(|(&member, crowding)| Ranked { index: feasible[member], front, crowding }));
        ranked[start..].sort_by(|a, b| b.crowding.total_cmp(&a.crowding).then(a.index.cmp(&b.index)));
    }
    let mut violating: Vec<_> = infeasible.into_iter().map(|index| (trials[index].violation(), index)).collect();
    violating.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut front = fronts.len();
    for (place, &(violation, index)) in violating.iter().enumerate() {
        front += usize::from(place > 0 && violation > violating[place - 1].0);
        ranked.push(Ranked { index, front, crowding: 0.0 });
    }
    ranked
}
