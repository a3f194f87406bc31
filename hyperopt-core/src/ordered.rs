//! Values that are kept in order and counted by rank, however many there are.

use std::ops::Range;

/// The number of values at which a block is divided into two.
const BLOCK: usize = 256;
/// The number of blocks at which a group is divided into two.
const GROUP: usize = 128;

/// Values in order. They lie in blocks of bounded size, and these in groups, so that a new value moves few others, and a rank
/// is found without counting them one by one.
#[derive(Clone, Debug)]
pub(crate) struct Ordered<T> {
    /// None is empty.
    groups: Vec<Group<T>>,
}

#[derive(Clone, Debug)]
struct Group<T> {
    /// None is empty.
    blocks: Vec<Vec<T>>,
    len: usize,
}

/// A place between values: the numbers of a group, of a block there, and of a value there.
struct Place {
    group: usize,
    block: usize,
    at: usize,
}

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self { groups: Vec::new() }
    }
}

impl<T> Ordered<T> {
    pub(crate) fn len(&self) -> usize {
        self.groups.iter().map(|group| group.len).sum()
    }

    pub(crate) fn first(&self) -> Option<&T> {
        self.groups.first()?.blocks.first()?.first()
    }

    pub(crate) fn last(&self) -> Option<&T> {
        self.groups.last()?.last()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.groups.iter().flat_map(|group| &group.blocks).flatten()
    }

    /// Returns the value with this rank from 0.
    pub(crate) fn get(&self, rank: usize) -> Option<&T> {
        let Place { group, block, at } = self.of_rank(rank)?;
        self.groups[group].blocks[block].get(at)
    }

    /// Returns the number of values for which `is_before` holds: those before the first for which it does not.
    pub(crate) fn rank(&self, is_before: impl Fn(&T) -> bool) -> usize {
        let Place { group, block, at } = self.place(is_before);
        let before: usize = self.groups[..group].iter().map(|group| group.len).sum();
        let blocks = self.groups.get(group).map_or(&[][..], |group| &group.blocks[..block]);
        before + blocks.iter().map(Vec::len).sum::<usize>() + at
    }

    /// Returns the values with these ranks.
    pub(crate) fn range(&self, ranks: Range<usize>) -> impl Iterator<Item = &T> {
        let Place { group, block, at } = self.of_rank(ranks.start).unwrap_or_else(|| self.place(|_| true));
        let first = self.groups.get(group).into_iter().flat_map(move |group| &group.blocks[block..]).flatten();
        let others = self.groups.iter().skip(group + 1).flat_map(|group| &group.blocks).flatten();
        first.skip(at).chain(others).take(ranks.len())
    }

    /// Inserts a value behind those for which `is_before` holds.
    pub(crate) fn insert(&mut self, value: T, is_before: impl Fn(&T) -> bool) {
        let Place { mut group, mut block, mut at } = self.place(is_before);
        let Some(last) = self.groups.len().checked_sub(1) else {
            return self.groups.push(Group { blocks: vec![vec![value]], len: 1 });
        };
        if group > last {
            let blocks = &self.groups[last].blocks;
            (group, block) = (last, blocks.len() - 1);
            at = blocks[block].len();
        }
        let place = &mut self.groups[group];
        place.len += 1;
        let full = &mut place.blocks[block];
        full.insert(at, value);
        if full.len() >= BLOCK {
            let upper = full.split_off(BLOCK / 2);
            place.blocks.insert(block + 1, upper);
        }
        if place.blocks.len() >= GROUP {
            let upper = Group::of(place.blocks.split_off(GROUP / 2));
            place.len -= upper.len;
            self.groups.insert(group + 1, upper);
        }
    }

    /// Removes the value with this rank from 0, and returns it.
    pub(crate) fn remove(&mut self, rank: usize) -> Option<T> {
        let Place { group, block, at } = self.of_rank(rank)?;
        let place = &mut self.groups[group];
        let removed = place.blocks[block].remove(at);
        place.len -= 1;
        if place.blocks[block].is_empty() {
            place.blocks.remove(block);
        }
        if place.blocks.is_empty() {
            self.groups.remove(group);
        }
        Some(removed)
    }

    /// Removes the last value, and returns it.
    pub(crate) fn pop(&mut self) -> Option<T> {
        self.remove(self.len().checked_sub(1)?)
    }

    fn of_rank(&self, rank: usize) -> Option<Place> {
        let mut at = rank;
        let group = self.groups.iter().position(|group| passed(&mut at, group.len))?;
        let block = self.groups[group].blocks.iter().position(|block| passed(&mut at, block.len()))?;
        Some(Place { group, block, at })
    }

    fn place(&self, is_before: impl Fn(&T) -> bool) -> Place {
        let group = self.groups.partition_point(|group| group.last().is_none_or(&is_before));
        let Some(blocks) = self.groups.get(group).map(|group| &group.blocks) else {
            return Place { group, block: 0, at: 0 };
        };
        let block = blocks.partition_point(|block| block.last().is_none_or(&is_before));
        let at = blocks.get(block).map_or(0, |block| block.partition_point(is_before));
        Place { group, block, at }
    }
}

impl<T> Group<T> {
    fn of(blocks: Vec<Vec<T>>) -> Self {
        let len = blocks.iter().map(Vec::len).sum();
        Self { blocks, len }
    }

    fn last(&self) -> Option<&T> {
        self.blocks.last()?.last()
    }
}

/// Returns whether `at` lies within the next `len` values, and else counts on from behind them.
fn passed(at: &mut usize, len: usize) -> bool {
    let is_within = *at < len;
    if !is_within {
        *at -= len;
    }
    is_within
}

#[cfg(test)]
mod tests {
    use rand::rngs::ChaCha8Rng;
    use rand::{RngExt, SeedableRng};

    use super::*;

    /// Values come and go as in a sorted list, over more than one group; `levels` is the number of different ones.
    #[test]
    fn ranks_are_those_of_a_sorted_list() {
        for (seed, levels) in [(0, 1_000_000), (1, 20), (2, 1)] {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let (mut ordered, mut list) = (Ordered::default(), Vec::<(u32, usize)>::new());
            for number in 0..60_000 {
                let new = (rng.random_range(0..levels), number);
                ordered.insert(new, |other| *other < new);
                let rank = list.partition_point(|other| *other < new);
                assert_eq!(ordered.rank(|other| *other < new), rank);
                list.insert(rank, new);
                if number % 7 == 0 {
                    let rank = rng.random_range(0..list.len());
                    assert_eq!(ordered.get(rank), Some(&list[rank]));
                    assert_eq!(ordered.remove(rank), Some(list.remove(rank)));
                }
                if number % 101 == 0 {
                    assert_eq!(ordered.pop(), list.pop());
                }
                if number % 1_000 == 0 {
                    let level = rng.random_range(0..=levels);
                    let below = list.partition_point(|other| other.0 < level);
                    assert_eq!(ordered.rank(|other| other.0 < level), below);
                    assert!(ordered.range(below..below + 400).eq(list[below..].iter().take(400)));
                }
            }
            assert!(ordered.groups.len() > 1);
            assert!(ordered.iter().eq(&list));
            assert_eq!((ordered.len(), ordered.first(), ordered.last()), (list.len(), list.first(), list.last()));
            assert!(ordered.get(list.len()).is_none() && ordered.remove(list.len()).is_none());
            while let Some(last) = list.pop() {
                assert_eq!(ordered.pop(), Some(last));
            }
            assert!(ordered.len() == 0 && ordered.pop().is_none() && ordered.first().is_none());
            assert_eq!(ordered.rank(|_| true), 0);
        }
    }
}
