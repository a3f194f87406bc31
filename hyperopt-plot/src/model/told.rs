//! The tooltips of the trials of a scene.

use hyperopt_core::number;

use crate::{
    model::{Axis, AxisKind, Fate, Other, Scene},
    tooltip::Tooltip,
};

impl Axis {
    /// Writes a value as the candidates have it: a number, or a label.
    pub(crate) fn written(&self, x: f64) -> String {
        match &self.kind {
            AxisKind::Categories(names) => names.get(x as usize).cloned().unwrap_or_default(),
            _ => number(x),
        }
    }
}

impl Scene {
    /// Returns the tooltip of a trial with a value, with its values on `axes`, which the panel shows.
    pub(crate) fn tooltip(&self, number: usize, axes: impl IntoIterator<Item = usize>) -> Tooltip {
        let tooltip = Tooltip { is_best: self.best == Some(number), ..Tooltip::of(number) };
        let Ok(place) = self.trials.binary_search_by_key(&number, |trial| trial.number) else { return tooltip };
        let trial = &self.trials[place];
        let mut tooltip = tooltip;
        // In a figure of three objectives or more, they are the axes.
        if self.axes.iter().all(|axis| axis.name != self.objective) {
            tooltip = tooltip.with(self.value_line(trial.value));
        }
        if let Some(resources) = trial.resources {
            tooltip = tooltip.with(resources_line(resources));
        }
        if !trial.is_feasible {
            tooltip = tooltip.with("infeasible");
        }
        tooltip.lines.extend(self.value_lines(&trial.xs, axes));
        tooltip
    }

    /// Returns the tooltip of a trial without a value.
    pub(crate) fn tooltip_of_other(&self, other: &Other, axes: impl IntoIterator<Item = usize>) -> Tooltip {
        let fate = match other.fate {
            Fate::Failed => "failed",
            Fate::Pruned => "pruned",
            Fate::Unfinished => "unfinished",
        };
        let mut tooltip = Tooltip::of(other.number).with(fate);
        tooltip.lines.extend(self.value_lines(&other.xs, axes));
        tooltip
    }

    /// Returns the line of an objective.
    pub(crate) fn value_line(&self, value: f64) -> String {
        format!("{}: {}", self.objective, number(value))
    }

    fn value_lines(&self, xs: &[Option<f64>], shown: impl IntoIterator<Item = usize>) -> impl Iterator<Item = String> {
        shown.into_iter().filter_map(|index| {
            let (axis, x) = (self.axes.get(index)?, xs.get(index).copied().flatten()?);
            Some(format!("{}: {}", axis.name, axis.written(x)))
        })
    }
}

/// Returns the line of the resources that a trial had.
pub(crate) fn resources_line(resources: f64) -> String {
    format!("resources: {}", number(resources))
}
