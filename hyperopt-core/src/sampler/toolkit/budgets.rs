//! What a sampler keeps for each budget of a multi-fidelity sweep.

/// Two budgets that differ by less than this share of themselves are one: the rungs of different brackets may reach it by
/// different roundings.
const TOLERANCE: f64 = 1e-9;

/// One `T` for each budget of which there is a trial. A sweep without budgets has one, of 0.
#[derive(Clone, Debug)]
pub(crate) struct ByBudget<T> {
    /// From the smallest to the largest budget.
    budgets: Vec<(f64, T)>,
}

impl<T> Default for ByBudget<T> {
    fn default() -> Self {
        Self { budgets: Vec::new() }
    }
}

impl<T: Default> ByBudget<T> {
    /// Returns the entry of the budget of a trial with these resources, a new one if there is none.
    pub(crate) fn entry(&mut self, resources: Option<f64>) -> &mut T {
        let resources = resources.unwrap_or(0.0);
        let index = self.budgets.partition_point(|(budget, _)| *budget < resources * (1.0 - TOLERANCE));
        if !self.budgets.get(index).is_some_and(|(budget, _)| *budget <= resources * (1.0 + TOLERANCE)) {
            self.budgets.insert(index, (resources, T::default()));
        }
        &mut self.budgets[index].1
    }

    /// Returns the place of the budget of a trial with these resources among all, from the smallest.
    pub(crate) fn position(&self, resources: f64) -> Option<usize> {
        let index = self.budgets.partition_point(|(budget, _)| *budget < resources * (1.0 - TOLERANCE));
        let (budget, _) = self.budgets.get(index)?;
        (*budget <= resources * (1.0 + TOLERANCE)).then_some(index)
    }

    pub(crate) fn len(&self) -> usize {
        self.budgets.len()
    }

    /// Returns the budgets from the smallest to the largest, each with its entry.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (f64, &T)> + ExactSizeIterator {
        self.budgets.iter().map(|(budget, entry)| (*budget, entry))
    }

    /// Returns the budgets from the largest to the smallest, each with its entry.
    pub(crate) fn largest_first(&self) -> impl Iterator<Item = (f64, &T)> {
        self.iter().rev()
    }
}

/// Whether a trial with these resources is one of `budget`.
#[cfg(feature = "models")]
pub(crate) fn is_of_budget(resources: Option<f64>, budget: f64) -> bool {
    (resources.unwrap_or(0.0) - budget).abs() <= TOLERANCE * budget.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_that_differ_by_a_rounding_are_one() {
        let mut counts = ByBudget::<u32>::default();
        for resources in [9.0, 3.0, 9.0 * (1.0 + 1e-12), 27.0, 9.0 * (1.0 - 1e-12), 9.1] {
            *counts.entry(Some(resources)) += 1;
        }
        let found: Vec<_> = counts.largest_first().map(|(budget, count)| (budget, *count)).collect();
        assert_eq!(found, [(27.0, 1), (9.1, 1), (9.0, 3), (3.0, 1)]);
    }

    #[test]
    fn trials_without_resources_are_of_one_budget() {
        let mut counts = ByBudget::<u32>::default();
        *counts.entry(None) += 1;
        *counts.entry(None) += 1;
        assert_eq!(counts.largest_first().map(|(budget, count)| (budget, *count)).collect::<Vec<_>>(), [(0.0, 2)]);
    }
}
