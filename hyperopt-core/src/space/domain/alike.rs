//! Levels that are listed more than once: each is one level, with its share of the list as its weight.

use std::collections::HashMap;

use crate::space::Value;
use crate::space::domain::ends;

/// The levels of a list in which some may be repeated.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alike {
    /// The place of each level in the list: its first one.
    pub(crate) first: Vec<usize>,
    /// The level of each entry of the list.
    pub(crate) levels: Vec<usize>,
    /// Where the cell of each level ends; `None` where all have one width.
    pub(crate) ends: Option<Box<[f64]>>,
}

impl Alike {
    /// Finds the levels of a list with these labels: entries with one label are one level. `chances` are the weights of the
    /// entries, by default equal ones.
    pub(crate) fn new(labels: &[Value], chances: Option<&[f64]>) -> Self {
        let mut found = HashMap::with_capacity(labels.len());
        let (mut first, mut weights, mut levels) = (Vec::new(), Vec::new(), Vec::with_capacity(labels.len()));
        for (index, label) in labels.iter().enumerate() {
            let level = *found.entry(label.identity()).or_insert(first.len());
            if level == first.len() {
                first.push(index);
                weights.push(0.0);
            }
            weights[level] += chances.and_then(|chances| chances.get(index).copied()).unwrap_or(1.0);
            levels.push(level);
        }
        let is_even = chances.is_none() && weights.iter().all(|weight| Some(weight) == weights.first());
        Self { first, levels, ends: (!is_even).then(|| ends(&weights)) }
    }

    /// Returns the entries of `list` that are no repetitions.
    pub(crate) fn keep<T>(&self, list: impl IntoIterator<Item = T>) -> Vec<T> {
        let mut first = self.first.iter().peekable();
        list.into_iter().enumerate().filter_map(|(index, entry)| first.next_if_eq(&&index).map(|_| entry)).collect()
    }

    /// Returns the repetitions, each after the entry that it repeats.
    pub(crate) fn repeated(&self) -> impl Iterator<Item = (usize, usize)> {
        let placed = self.levels.iter().enumerate().map(|(index, &level)| (self.first[level], index));
        placed.filter(|(first, index)| first != index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(labels: &[&str], chances: Option<&[f64]>) -> (Vec<usize>, Vec<usize>, Option<Vec<f64>>) {
        let labels: Vec<_> = labels.iter().map(|&label| Value::from(label)).collect();
        let Alike { first, levels, ends } = Alike::new(&labels, chances);
        (first, levels, ends.map(Vec::from))
    }

    #[test]
    fn repeated_levels_have_their_share() {
        assert_eq!(alike(&["a", "b"], None), (vec![0, 1], vec![0, 1], None));
        assert_eq!(alike(&["a", "b", "a", "b"], None), (vec![0, 1], vec![0, 1, 0, 1], None));
        assert_eq!(alike(&["a", "b", "b", "b"], None), (vec![0, 1], vec![0, 1, 1, 1], Some(vec![0.25, 1.0])));
        let weighted = alike(&["a", "b", "a"], Some(&[0.25, 0.25, 0.5]));
        assert_eq!(weighted, (vec![0, 1], vec![0, 1, 0], Some(vec![0.75, 1.0])));
        let kinds = [Value::from(1), Value::from("1"), Value::from(1.0), f64::NAN.into(), f64::NAN.into()];
        let found = Alike::new(&kinds, None);
        assert_eq!(
            (found.keep([0, 1, 2, 3, 4]), found.repeated().collect::<Vec<_>>()),
            (vec![0, 1, 2, 3], vec![(3, 4)])
        );
    }
}
