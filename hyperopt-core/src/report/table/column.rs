//! The columns of a table, and which of them fit.

use std::cmp::Ordering;

use console::measure_text_width;

use crate::space::{Value, distinct_numbers, number};

/// A column of a table.
#[derive(Debug)]
pub(super) struct Column {
    /// What it shows, in full.
    pub(super) name: String,
    /// The values, in full.
    pub(super) full: Vec<String>,
    pub(super) title: String,
    pub(super) cells: Vec<String>,
    pub(super) weight: Weight,
}

/// How much a column matters: the least one is left out first.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) enum Weight {
    /// A named value beside the objectives, by its place from the end.
    Metric(usize),
    /// A hyperparameter, by its importance and its place from the end.
    Parameter(f64, usize),
    Constraint(usize),
    Time,
    Budget,
    /// One of several objectives, by its place from the end.
    Objective(usize),
    /// The trial and its first objective, which are always shown.
    Always,
}

impl Column {
    pub(super) fn new(title: impl Into<String>, cells: Vec<String>, weight: Weight) -> Self {
        let (title, full) = (title.into(), cells.clone());
        Self { name: title.clone(), full, title, cells, weight }
    }

    /// Returns whether its name or its value in one of `rows` is cut.
    pub(super) fn is_cut(&self, rows: &[usize]) -> bool {
        self.title != self.name || rows.iter().any(|&row| self.cells[row] != self.full[row])
    }

    /// Returns the width of its widest cell.
    fn width(&self) -> usize {
        self.cells.iter().chain([&self.title]).map(|cell| measure_text_width(cell)).max().unwrap_or_default()
    }
}

/// The spaces at the left and at the right of a cell, where there is room and where there is not.
pub(super) const PADDINGS: [(u16, u16); 2] = [(1, 1), (1, 0)];

/// Returns the width of a table of `count` columns, which are `sum` wide together.
fn width(count: usize, sum: usize, padding: (u16, u16)) -> usize {
    let around = usize::from(padding.0 + padding.1);
    // There is a space between two cells.
    (sum + count * (around + 1)).saturating_sub(1)
}

/// Keeps the columns that fit into `most` columns of text, those that matter most first; one that does not fit leaves room for
/// those that matter less. Returns the titles of the others, in their order, and the padding.
pub(super) fn fold(columns: &mut Vec<Column>, most: Option<usize>) -> (Vec<String>, (u16, u16)) {
    let [loose, tight] = PADDINGS;
    let widths: Vec<_> = columns.iter().map(Column::width).collect();
    let Some(most) = most.filter(|most| width(widths.len(), widths.iter().sum(), loose) > *most) else {
        return (Vec::new(), loose);
    };
    let mut is_kept: Vec<_> = columns.iter().map(|column| column.weight == Weight::Always).collect();
    let mut order: Vec<_> = (0..columns.len()).filter(|&index| !is_kept[index]).collect();
    let by_weight = |&a: &usize, &b: &usize| columns[b].weight.partial_cmp(&columns[a].weight);
    order.sort_by(|a, b| by_weight(a, b).unwrap_or(Ordering::Equal));
    let kept = widths.iter().zip(&is_kept).filter(|(_, kept)| **kept).map(|(width, _)| *width);
    let (mut count, mut sum) = kept.fold((0, 0), |(count, sum), width| (count + 1, sum + width));
    for index in order {
        let with = sum + widths[index];
        if width(count + 1, with, tight) <= most {
            (is_kept[index], count, sum) = (true, count + 1, with);
        }
    }
    let mut kept = is_kept.into_iter();
    let folded = columns.extract_if(.., |_| !kept.next().unwrap_or(true)).map(|column| column.title).collect();
    (folded, tight)
}

/// Writes the values of a column: numbers with as many digits as tell them apart, and `missing` for `None`.
pub(super) fn cells(values: &[Option<Value>], missing: &str, shown: impl Fn(&Value) -> String) -> Vec<String> {
    let floats = values.iter().filter_map(|value| match value {
        Some(Value::Float(float)) => Some(*float),
        _ => None,
    });
    let mut numbers = distinct_numbers(&floats.collect::<Vec<_>>()).into_iter();
    let cell = |value: &Option<Value>| match value {
        Some(Value::Float(float)) => numbers.next().unwrap_or_else(|| number(*float)),
        Some(value) => shown(value),
        None => missing.to_owned(),
    };
    values.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(title: &str, weight: Weight) -> Column {
        Column::new(title, vec!["12345678".into()], weight)
    }

    #[test]
    fn the_least_important_columns_are_folded_first() {
        let all = || {
            vec![
                column("trial", Weight::Always),
                column("loss", Weight::Always),
                column("a", Weight::Parameter(0.1, 2)),
                column("b", Weight::Parameter(0.7, 1)),
                column("c", Weight::Parameter(0.1, 0)),
                column("m", Weight::Metric(1)),
                column("n", Weight::Metric(0)),
                column("time", Weight::Time),
            ]
        };
        // Loose columns are 8 + 2 + 1 wide, tight ones 8 + 1 + 1, and there is nothing behind the last one.
        let folded = |most| {
            let mut columns = all();
            let (folded, padding) = fold(&mut columns, most);
            (folded.join(" "), padding, columns.len())
        };
        let [loose, tight] = PADDINGS;
        assert_eq!(folded(None), (String::new(), loose, 8));
        assert_eq!(folded(Some(87)), (String::new(), loose, 8));
        assert_eq!(folded(Some(86)), (String::new(), tight, 8));
        assert_eq!(folded(Some(78)), ("n".into(), tight, 7));
        assert_eq!(folded(Some(60)), ("m n".into(), tight, 6));
        assert_eq!(folded(Some(58)), ("c m n".into(), tight, 5));
        assert_eq!(folded(Some(48)), ("a c m n".into(), tight, 4));
        assert_eq!(folded(Some(0)), ("a b c m n time".into(), tight, 2));
    }

    #[test]
    fn a_column_that_does_not_fit_leaves_room_for_narrower_ones() {
        let narrow = |title: &str, place| Column::new(title, vec!["1".into()], Weight::Parameter(0.1, place));
        let long = column("a long and important name", Weight::Parameter(0.9, 3));
        let mut columns = vec![column("loss", Weight::Always), narrow("a", 2), long, narrow("i", 1), narrow("j", 0)];
        let (folded, _) = fold(&mut columns, Some(18));
        assert_eq!(folded, ["a long and important name"]);
        assert_eq!(columns.iter().map(|column| column.title.as_str()).collect::<Vec<_>>(), ["loss", "a", "i", "j"]);
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(column("学習率の対数", Weight::Time).width(), 12);
    }

    #[test]
    fn numbers_of_a_column_are_told_apart() {
        let values = [Some(Value::Float(1.0)), Some(Value::Float(1.000_000_1)), None, Some(Value::Int(3))];
        assert_eq!(cells(&values, "-", ToString::to_string), ["1", "1.0000001", "-", "3"]);
    }
}
