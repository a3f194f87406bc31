//! The cells of a pair plot, into which the values of a hyperparameter are sorted: of equal width on its true axis.

use crate::{
    axis::scale::Scale,
    budgets,
    model::{Axis, AxisKind, Trial},
};

/// The most levels that have a cell each, and the number of cells of an axis that has more.
pub(crate) const MOST_LEVELS: usize = 12;

/// The cells of a hyperparameter, and the place of each trial.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cells {
    /// The cell of each trial; `None` where the hyperparameter was not active.
    pub(crate) of: Vec<Option<usize>>,
    /// The place of each trial, from 0 at the low end to 1 at the high one.
    pub(crate) places: Vec<Option<f64>>,
    pub(crate) names: Names,
}

/// What stands beside the cells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Names {
    /// A label for each cell, including untried ones.
    Levels(Vec<String>),
    /// An axis that is divided into this many cells.
    Axis(Scale, usize),
    /// Nothing: no trial has a value.
    Nothing,
}

impl Cells {
    /// Sorts the values of axis number `index` into cells: a cell for each label or number where there are twelve or fewer, or
    /// of labels without an order, and else twelve cells of the same width.
    pub(crate) fn new(axis: &Axis, index: usize, trials: &[&Trial]) -> Self {
        let values = || trials.iter().map(|trial| trial.xs.get(index).copied().flatten().filter(|x| x.is_finite()));
        match &axis.kind {
            AxisKind::Categories(names) if !axis.is_ordered || names.len() <= MOST_LEVELS => {
                let last = names.len().saturating_sub(1);
                Self::levels(values().map(|value| value.map(|value| (value as usize).min(last))), names.clone())
            }
            AxisKind::Categories(names) => {
                let scale = Scale::linear(-0.5, names.len() as f64 - 0.5);
                Self::on_axis(values(), scale)
            }
            _ if (1..=MOST_LEVELS).contains(&axis.levels.len()) => {
                let last = axis.levels.len() - 1;
                let level = |value: f64| axis.levels.partition_point(|level| *level < value).min(last);
                let names = budgets::names(&axis.levels);
                Self::levels(values().map(|value| value.map(level)), names)
            }
            kind => match Scale::of_kind(kind, values().flatten()) {
                Some(scale) => Self::on_axis(values(), scale),
                None => Self { of: vec![None; trials.len()], places: vec![None; trials.len()], names: Names::Nothing },
            },
        }
    }

    fn levels(of: impl Iterator<Item = Option<usize>>, names: Vec<String>) -> Self {
        let (of, count) = (of.collect::<Vec<_>>(), names.len().max(1) as f64);
        let places = of.iter().map(|cell| cell.map(|cell| (cell as f64 + 0.5) / count)).collect();
        Self { of, places, names: Names::Levels(names) }
    }

    fn on_axis(values: impl Iterator<Item = Option<f64>>, scale: Scale) -> Self {
        let count = if scale.only.is_some() { 1 } else { MOST_LEVELS };
        let places: Vec<_> = values.map(|value| value.map(|value| scale.place(value).clamp(0.0, 1.0))).collect();
        let cell = |place: f64| ((place * count as f64) as usize).min(count - 1);
        Self { of: places.iter().map(|place| place.map(cell)).collect(), places, names: Names::Axis(scale, count) }
    }

    /// Returns the number of cells.
    pub(crate) fn count(&self) -> usize {
        match &self.names {
            Names::Levels(names) => names.len(),
            Names::Axis(_, count) => *count,
            Names::Nothing => 0,
        }
    }

    /// Returns the number of trials in which the hyperparameter was active.
    pub(crate) fn active(&self) -> usize {
        self.of.iter().flatten().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(kind: AxisKind, is_ordered: bool, levels: &[f64], values: &[Option<f64>]) -> Cells {
        let trials: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(number, &x)| Trial { number, value: 0.0, resources: None, xs: vec![x], is_feasible: true })
            .collect();
        let axis = Axis { name: "x".to_owned(), parameter: "x".to_owned(), kind, is_ordered, levels: levels.to_vec() };
        Cells::new(&axis, 0, &trials.iter().collect::<Vec<_>>())
    }

    fn sizes(cells: &Cells) -> Vec<usize> {
        (0..cells.count()).map(|cell| cells.of.iter().filter(|of| **of == Some(cell)).count()).collect()
    }

    fn labels(count: usize) -> AxisKind {
        AxisKind::Categories((0..count).map(|label| format!("label {label}")).collect())
    }

    #[test]
    fn cells_are_as_wide_as_each_other() {
        // Most trials lie at one end, where a sampler looked most.
        let values: Vec<_> = (0..200).map(|i| Some(10_f64.powf(-5.0 + 4.0 * (f64::from(i) / 200.0).powi(4)))).collect();
        let cells = cells(AxisKind::Log(Some((1e-5, 1e-1))), true, &[], &values);
        assert_eq!(cells.count(), 12);
        for (value, of) in values.iter().zip(&cells.of) {
            let place = (value.unwrap().log10() + 5.0) / 4.0;
            assert_eq!(*of, Some((place * 12.0) as usize));
        }
        assert!(sizes(&cells)[0] > 80, "{:?}", sizes(&cells));
    }

    #[test]
    fn every_level_has_a_cell_tried_or_not() {
        let levels = [1.0, 2.0, 3.0, 4.0];
        let cells =
            cells(AxisKind::Linear(Some((1.0, 4.0))), true, &levels, &[Some(2.0), None, Some(4.0), Some(f64::NAN)]);
        assert_eq!(cells.of, [Some(1), None, Some(3), None]);
        assert_eq!(cells.names, Names::Levels(["1", "2", "3", "4"].map(str::to_owned).to_vec()));
        assert_eq!((cells.count(), cells.active()), (4, 2));
    }

    #[test]
    fn categories_stay_and_long_orders_are_cut() {
        let values: Vec<_> = (0..36).map(|label| Some(f64::from(label))).collect();
        assert_eq!(cells(labels(36), false, &[], &values).count(), 36);
        assert_eq!(cells(labels(10), true, &[], &values[..3]).count(), 10, "with those never tried");
        assert_eq!(sizes(&cells(labels(36), true, &[], &values)), [3; 12]);
    }

    #[test]
    fn a_constant_has_one_cell_and_what_never_was_active_none() {
        assert_eq!(cells(AxisKind::Linear(Some((7.0, 7.0))), true, &[], &[Some(7.0)]).of, [Some(0)]);
        assert_eq!(cells(AxisKind::Linear(None), true, &[], &[None, None]).count(), 0);
    }
}
