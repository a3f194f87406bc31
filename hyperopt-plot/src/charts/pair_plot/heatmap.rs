//! One heat map: the mean objective for each pair of cells of two hyperparameters.

use crate::{
    axis::color_bar::ColorBar,
    canvas::Canvas,
    charts::pair_plot::cells::Cells,
    geometry::{Align, Rect},
    text::TextStyle,
    theme,
    tooltip::Tooltip,
};

/// The mean objectives, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Means {
    columns: usize,
    rows: usize,
    cells: Vec<Option<f64>>,
}

impl Means {
    /// Returns the means of `values`, one for each trial, over the trials in which both hyperparameters were active.
    pub(crate) fn new(x: &Cells, y: &Cells, values: &[f64]) -> Self {
        let (columns, rows) = (x.count(), y.count());
        let places: Vec<_> = x.of.iter().zip(&y.of).map(|(&x, &y)| x.zip(y).map(|(x, y)| y * columns + x)).collect();
        let mut counts = vec![0_u32; columns * rows];
        places.iter().flatten().for_each(|&place| counts[place] += 1);
        let mut means: Vec<_> = counts.iter().map(|&count| (count > 0).then_some(0.0)).collect();
        for (place, value) in places.iter().zip(values).filter_map(|(place, value)| Some(((*place)?, value))) {
            // Divided first: the sum of values near the largest may overflow.
            let share = value / f64::from(counts[place]);
            means[place] = means[place].map(|mean| mean + share);
        }
        Self { columns, rows, cells: means }
    }

    /// Returns the means there are.
    pub(crate) fn values(&self) -> impl Iterator<Item = f64> {
        self.cells.iter().copied().flatten()
    }

    /// Returns whether some cells have no trial, but not all.
    pub(crate) fn has_gaps(&self) -> bool {
        self.cells.iter().any(Option::is_none) && self.values().next().is_some()
    }
}

/// A heat map, and its place.
#[derive(Debug)]
pub(crate) struct Heatmap<'m> {
    pub(crate) means: &'m Means,
    pub(crate) bar: &'m ColorBar,
    pub(crate) plot: Rect,
}

impl Heatmap<'_> {
    /// Draws the cells that have a mean, and a star at the place of the best trial, of which the tooltip tells.
    pub(crate) fn draw(&self, best: Option<((f64, f64), Tooltip)>, canvas: &mut Canvas) {
        let plot = self.plot;
        canvas.rect(plot, theme::GRID_MINOR);
        if self.means.values().next().is_none() {
            let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
            let lines = canvas.fonts().wrap("never active together", style, plot.width - 8.0, 3);
            let mut baseline = plot.y + plot.height / 2.0 + 4.0 - 7.0 * (lines.len() - 1) as f64;
            for line in lines {
                canvas.text(&line, (plot.x + plot.width / 2.0, baseline), style, Align::Center);
                baseline += 14.0;
            }
            return;
        }
        for (place, mean) in self.means.cells.iter().enumerate() {
            if let Some(mean) = mean {
                canvas.rect(self.cell(place % self.means.columns, place / self.means.columns), self.bar.color(*mean));
            }
        }
        let Some(((x, y), tooltip)) = best else { return };
        canvas.best(tooltip, (plot.x + plot.width * x, plot.bottom() - plot.height * y), 5.0);
    }

    /// Returns the rectangle of a cell, whose row is counted from below, with a gap round it where there is room.
    fn cell(&self, column: usize, row: usize) -> Rect {
        let (width, height) = (self.plot.width / self.means.columns as f64, self.plot.height / self.means.rows as f64);
        let (x, y) = (self.plot.x + width * column as f64, self.plot.bottom() - height * (row + 1) as f64);
        let gap = if width.min(height) < 6.0 { 0.0 } else { 1.0 };
        Rect { x: x + gap / 2.0, y: y + gap / 2.0, width: width - gap, height: height - gap }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::pair_plot::cells::Names;

    fn cells(of: &[Option<usize>]) -> Cells {
        let names = Names::Levels(vec!["a".to_owned(), "b".to_owned()]);
        Cells { of: of.to_vec(), places: Vec::new(), names }
    }

    #[test]
    fn means_are_over_trials_with_both() {
        let x = cells(&[Some(0), Some(0), Some(1), None, Some(1)]);
        let y = cells(&[Some(0), Some(0), Some(0), Some(1), None]);
        let means = Means::new(&x, &y, &[1.0, 4.0, 7.0, 100.0, 1000.0]);
        assert_eq!(means.cells, [Some(2.5), Some(7.0), None, None]);
        assert!(means.has_gaps());
        let other = Means::new(&y, &x, &[1.0, 4.0, 7.0, 100.0, 1000.0]);
        assert_eq!(other.cells, [Some(2.5), None, Some(7.0), None], "its mirror image");
    }

    #[test]
    fn means_of_the_largest_numbers_are_finite() {
        let x = cells(&[Some(0); 3]);
        let means = Means::new(&x, &x, &[f64::MAX, f64::MAX, f64::MAX / 2.0]);
        assert!(means.values().all(f64::is_finite));
    }
}
