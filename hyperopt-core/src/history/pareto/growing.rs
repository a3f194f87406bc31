//! The first fronts of a set of vectors that grows.

use super::{Vectors, dominates};

/// Vectors front by front, as far as fronts have been asked for. A new vector goes into the first front; there it stays, or
/// moves on behind vectors that dominate it, as do those that it dominates. A front takes in what has moved on to it when it
/// is asked for, so that the fronts far behind cost nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct GrowingFronts {
    fronts: Vec<Front>,
}

#[derive(Clone, Debug, Default)]
struct Front {
    /// In lexicographic order, equals by their numbers.
    members: Vec<usize>,
    /// Vectors of this front and of those behind it, still to be taken in.
    waiting: Vec<usize>,
    /// Vectors that have joined or left since the changes were last taken.
    changed: Vec<usize>,
}

impl GrowingFronts {
    /// Adds the vector `index`.
    pub(super) fn push(&mut self, index: usize) {
        self.wait(0, index);
    }

    /// Returns the vectors of a front that has been settled and not changed since, in lexicographic order.
    pub(super) fn members(&self, depth: usize) -> &[usize] {
        &self.fronts[depth].members
    }

    /// Takes in what waits at the front `depth`, those before it having been settled. Returns how many vectors it has, and
    /// whether they are others than before; `None` behind the last front.
    pub(super) fn settle(&mut self, depth: usize, vectors: &Vectors, numbers: &[usize]) -> Option<(usize, bool)> {
        let front = self.fronts.get_mut(depth)?;
        let mut is_changed = false;
        for index in std::mem::take(&mut front.waiting) {
            match self.fronts[depth].insert(index, vectors, numbers) {
                Some(dominated) => {
                    is_changed = true;
                    let changed = &mut self.fronts[depth].changed;
                    changed.push(index);
                    changed.extend(&dominated);
                    for index in dominated {
                        self.wait(depth + 1, index);
                    }
                }
                None => self.wait(depth + 1, index),
            }
        }
        Some((self.fronts[depth].members.len(), is_changed))
    }

    /// Returns the vectors that have joined a front or left it since the last call.
    pub(super) fn take_changes(&mut self, depth: usize) -> Vec<usize> {
        std::mem::take(&mut self.fronts[depth].changed)
    }

    fn wait(&mut self, depth: usize, index: usize) {
        if depth == self.fronts.len() {
            self.fronts.push(Front::default());
        }
        self.fronts[depth].waiting.push(index);
    }
}

impl Front {
    /// Inserts a vector unless a member dominates it; returns the members that it dominates, which are removed.
    fn insert(&mut self, index: usize, vectors: &Vectors, numbers: &[usize]) -> Option<Vec<usize>> {
        let Self { members, .. } = self;
        let new = vectors.row(index);
        let is_before = |&other: &usize| {
            let row = vectors.row(other);
            row < new || row == new && numbers[other] < numbers[index]
        };
        let place = members.partition_point(is_before);
        let (before, after) = members.split_at(place);
        let is_same = |member: Option<&usize>| member.is_some_and(|&member| vectors.row(member) == new);
        if is_same(before.last()) || is_same(after.first()) {
            members.insert(place, index);
            return Some(Vec::new());
        }
        // The nearest in order are the likeliest to dominate it; under two goals, the second objective falls from member to
        // member, so the nearest does if any does.
        let nearest = if vectors.width == 2 { 1 } else { before.len() };
        if before.iter().rev().take(nearest).any(|&member| dominates(vectors.row(member), new)) {
            return None;
        }
        let dominated: Vec<usize> = if vectors.width == 2 {
            let end = after.partition_point(|&member| vectors.row(member)[1] >= new[1]);
            members.splice(place..place + end, [index]).collect()
        } else {
            let is_behind = |&member: &usize| dominates(new, vectors.row(member));
            let behind: Vec<usize> = after.iter().copied().filter(is_behind).collect();
            if !behind.is_empty() {
                let mut at = 0;
                members.retain(|member| {
                    let is_kept = behind.get(at) != Some(member);
                    at += usize::from(!is_kept);
                    is_kept
                });
            }
            members.insert(place, index);
            behind
        };
        Some(dominated)
    }
}
