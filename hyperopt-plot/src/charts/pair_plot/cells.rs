//! The cells of a pair plot, into which the values of a hyperparameter are sorted.

use crate::{
    axis::ticks,
    budgets,
    model::{Axis, AxisKind, Trial},
};

/// The most values of an ordered hyperparameter that have a cell each, and the number of cells of one that has more.
pub(crate) const MOST_VALUES: usize = 10;

/// The cells of a hyperparameter, and the cell of each trial.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cells {
    /// The cell of each trial; `None` where the hyperparameter was not active.
    pub(crate) of: Vec<Option<usize>>,
    pub(crate) names: Names,
}

/// The labels beside the cells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Names {
    /// A value for each cell.
    Values(Vec<String>),
    /// The smallest value in each cell, and the largest in the last.
    Borders(Vec<String>),
}

impl Cells {
    /// Sorts the values of axis number `index` into cells: categories as they are, numbers and ordered labels as they are if
    /// ten or fewer were tried, and else ten cells of about equally many trials.
    pub(crate) fn new(axis: &Axis, index: usize, trials: &[&Trial]) -> Self {
        let values = || trials.iter().map(|trial| trial.xs.get(index).copied().flatten().filter(|x| x.is_finite()));
        let names = match &axis.kind {
            AxisKind::Categories(names) if !axis.is_ordered || names.len() <= MOST_VALUES => {
                let last = names.len().saturating_sub(1);
                let of = values().map(|value| value.map(|value| (value as usize).min(last))).collect();
                return Self { of, names: Names::Values(names.clone()) };
            }
            AxisKind::Categories(names) => Some(names),
            AxisKind::Linear(_) | AxisKind::Log(_) => None,
        };
        let text = |values: &[f64]| match names {
            Some(names) => values.iter().map(|&at| names.get(at as usize).cloned().unwrap_or_default()).collect(),
            None => budgets::names(&values.iter().copied().map(ticks::rounded).collect::<Vec<_>>()),
        };
        let mut sorted: Vec<f64> = values().flatten().collect();
        sorted.sort_by(f64::total_cmp);
        let mut distinct = sorted.clone();
        distinct.dedup();
        if distinct.len() <= MOST_VALUES {
            let of = values().map(|value| value.map(|value| distinct.partition_point(|other| *other < value)));
            return Self { of: of.collect(), names: Names::Values(text(&distinct)) };
        }
        let tenths: Vec<usize> = distinct.iter().map(|&value| tenth(value, &sorted)).collect();
        let mut starts: Vec<usize> = (0..distinct.len()).collect();
        starts.dedup_by_key(|start| tenths[*start]);
        let mut borders: Vec<f64> = starts.iter().map(|&start| distinct[start]).collect();
        let of = values().map(|value| value.map(|value| borders.partition_point(|border| *border <= value) - 1));
        let of = of.collect();
        borders.extend(distinct.last().filter(|last| borders.last() < Some(last)));
        // The last cell may hold one value only; its end is written all the same.
        let mut names = text(&borders);
        if borders.len() == starts.len() {
            names.extend(names.last().cloned());
        }
        Self { of, names: Names::Borders(names) }
    }

    /// Returns the number of cells.
    pub(crate) fn count(&self) -> usize {
        match &self.names {
            Names::Values(names) => names.len(),
            Names::Borders(names) => names.len().saturating_sub(1),
        }
    }

    /// Returns the number of trials in which the hyperparameter was active.
    pub(crate) fn active(&self) -> usize {
        self.of.iter().flatten().count()
    }
}

/// Returns in which tenth of the ranks `value` lies: equal values share the middle of theirs.
fn tenth(value: f64, sorted: &[f64]) -> usize {
    let (below, through) =
        (sorted.partition_point(|other| *other < value), sorted.partition_point(|other| *other <= value));
    (below + through) * MOST_VALUES / (2 * sorted.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(kind: AxisKind, is_ordered: bool, values: &[Option<f64>]) -> Cells {
        let trials: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(number, &x)| Trial { number, value: 0.0, resources: None, xs: vec![x] })
            .collect();
        let axis = Axis { name: "x".to_owned(), kind, is_ordered };
        Cells::new(&axis, 0, &trials.iter().collect::<Vec<_>>())
    }

    fn sizes(cells: &Cells) -> Vec<usize> {
        (0..cells.count()).map(|cell| cells.of.iter().filter(|of| **of == Some(cell)).count()).collect()
    }

    fn labels(count: usize) -> AxisKind {
        AxisKind::Categories((0..count).map(|label| format!("label {label}")).collect())
    }

    #[test]
    fn few_values_have_a_cell_each() {
        let cells = cells(AxisKind::Log(None), true, &[Some(0.1), None, Some(0.001), Some(0.1), Some(f64::NAN)]);
        assert_eq!(cells.of, [Some(1), None, Some(0), Some(1), None]);
        assert_eq!(cells.names, Names::Values(vec!["0.001".to_owned(), "0.1".to_owned()]));
        assert_eq!((cells.count(), cells.active()), (2, 3));
    }

    #[test]
    fn many_values_are_cut_into_tenths() {
        let values: Vec<_> = (0..200).rev().map(|i| Some(f64::from(i))).collect();
        let cells = cells(AxisKind::Linear(None), true, &values);
        assert_eq!(sizes(&cells), [20; 10]);
        assert_eq!((cells.of[0], cells.of[199]), (Some(9), Some(0)));
        let Names::Borders(names) = cells.names else { panic!("{cells:?}") };
        assert_eq!((&*names[0], &*names[1], &*names[9], &*names[10]), ("0", "20", "180", "199"));
    }

    #[test]
    fn a_value_that_repeats_is_in_one_cell() {
        for often in [0.0, 50.0] {
            let rest = (1..=20).map(|i| Some(f64::from(i)));
            let values: Vec<_> = rest.chain(vec![Some(often); 180]).collect();
            let cells = cells(AxisKind::Linear(None), true, &values);
            let mut sizes = sizes(&cells);
            sizes.sort_unstable();
            assert_eq!(sizes.iter().sum::<usize>(), 200, "{sizes:?}");
            assert_eq!(sizes.last(), Some(&180), "alone in its cell: {sizes:?}");
        }
    }

    #[test]
    fn categories_stay_and_long_orders_are_cut() {
        let values: Vec<_> = (0..30).map(|label| Some(f64::from(label))).collect();
        assert_eq!(cells(labels(30), false, &values).count(), 30);
        assert_eq!(cells(labels(10), true, &values[..3]).count(), 10, "with those never tried");
        let ordered = cells(labels(30), true, &values);
        assert_eq!(sizes(&ordered), [3; 10]);
        let Names::Borders(names) = ordered.names else { panic!("{ordered:?}") };
        assert_eq!((&*names[1], &*names[10]), ("label 3", "label 29"));
    }

    #[test]
    fn a_hyperparameter_that_never_was_active_has_no_cells() {
        assert_eq!(cells(AxisKind::Linear(None), true, &[None, None]).count(), 0);
    }
}
