//! Figures of pairs on true axes: a panel for each pair of hyperparameters, or of objectives, below the diagonal.

mod contour;
mod front;
mod rank;
mod track;

pub use contour::contour;
pub use rank::rank;

pub(crate) use contour::draw as draw_contour;
pub(crate) use front::draw as draw_front;
pub(crate) use rank::draw as draw_rank;

use crate::{
    axis::color_bar::ColorBar,
    canvas::Canvas,
    charts::matrix::track::Track,
    error::Error,
    frame,
    geometry::{Align, Rect},
    model::{Axis, Scene, Trial},
    text::TextStyle,
    theme,
    tooltip::Tooltip,
};

/// The width of the colour bar.
const BAR: f64 = 12.0;
/// The space round the colour bar: to the left of it, and on the right for the name.
const BAR_SPACE: f64 = 36.0;
/// The space for the name of an axis.
const NAME: f64 = 20.0;

/// Returns the size at which the panels are comfortable, in points.
pub(crate) fn default_size(scene: &Scene) -> (u32, u32) {
    let count = scene.axes.len().min(theme::MOST_IN_PAIRS) as u32;
    if scene.trials.is_empty() || count < 2 {
        return (640, 240);
    }
    let side = match count {
        2 => 420,
        3 => 270,
        4 => 210,
        5 => 175,
        _ => 150,
    };
    (230 + side * (count - 1), 170 + side * (count - 1))
}

/// What there is to draw of a sweep: the axes, and the trials that are drawn, the best last.
struct Pairs<'s> {
    scene: &'s Scene,
    axes: &'s [Axis],
    trials: Vec<&'s Trial>,
}

/// The two hyperparameters of a panel, with the places of the trials that have both.
pub(crate) struct Panel<'p> {
    pub(crate) x: &'p Track<'p>,
    pub(crate) y: &'p Track<'p>,
    pub(crate) plot: Rect,
}

impl Panel<'_> {
    /// Returns where a trial lies; `None` where one of both was not active.
    pub(crate) fn at(&self, trial: &Trial, is_exact: bool) -> Option<(f64, f64)> {
        let (x, y) = (self.x.place(trial, is_exact)?, self.y.place(trial, is_exact)?);
        Some((self.plot.x + self.plot.width * x, self.plot.bottom() - self.plot.height * y))
    }

    /// Returns the tooltip of a trial.
    fn tooltip(&self, scene: &Scene, trial: &Trial) -> Tooltip {
        scene.tooltip(trial.number, [self.x.index, self.y.index])
    }
}

impl<'s> Pairs<'s> {
    /// Returns the pairs of the hyperparameters of `scene`.
    ///
    /// # Errors
    ///
    /// Fails if there are fewer than two hyperparameters.
    fn new(figure: &'static str, scene: &'s Scene) -> Result<Self, Error> {
        let axes = &scene.axes[..scene.axes.len().min(theme::MOST_IN_PAIRS)];
        if axes.len() < 2 {
            let reason = if axes.is_empty() { "it has no hyperparameter" } else { "one hyperparameter makes no pair" };
            return Err(Error::unsuited(figure, reason, "`slice` draws the objective against each hyperparameter"));
        }
        Ok(Self { scene, axes, trials: scene.outcomes() })
    }

    /// Draws a panel for each pair by `paint`, with the axes, and the bar of the colours on the right if there is one.
    fn draw(
        &self,
        bar: Option<(ColorBar, &str)>,
        body: Rect,
        canvas: &mut Canvas,
        paint: impl Fn(&Panel, Option<&ColorBar>, &mut Canvas),
    ) {
        let tracks: Vec<Track> =
            self.axes.iter().enumerate().map(|(index, axis)| Track::new(axis, index, &self.trials)).collect();
        let (columns, rows) = (&tracks[..tracks.len() - 1], &tracks[1..]);
        let count = rows.len() as f64;
        let gap = if count < 4.0 { 14.0 } else { 10.0 };
        let bar = bar.map(|(bar, name)| (bar.labelled(body.height * 0.6), name));
        let taken = bar.as_ref().map_or(8.0, |(bar, _)| bar.label_width(canvas.fonts()) + BAR + BAR_SPACE);
        let right = body.right() - taken;
        let guess = (body.height - NAME - 18.0 - gap * (count - 1.0)) / count;
        let room = (body.width * 0.16).clamp(16.0, 110.0);
        let labels = rows.iter().map(|track| track.label_width(guess, room, canvas.fonts())).fold(0.0, f64::max) + 7.0;
        let left = body.x + NAME + labels;
        let width = ((right - left - gap * (count - 1.0)) / count).max(1.0);
        let feet: Vec<_> =
            columns.iter().map(|track| track.level((width, body.height * 0.3), canvas.fonts())).collect();
        let foot = feet.iter().map(|foot| foot.height).fold(0.0, f64::max) + NAME;
        let height = ((body.height - foot - gap * (count - 1.0)) / count).max(1.0);
        let style = TextStyle::bold(theme::NAME_SIZE - 1.0, theme::INK);
        let names: Vec<String> = tracks.iter().map(Track::name).collect();
        for (row, y) in rows.iter().enumerate() {
            let top = body.y + row as f64 * (height + gap);
            for (column, x) in columns.iter().enumerate().take(row + 1) {
                let plot = Rect { x: left + column as f64 * (width + gap), y: top, width, height };
                canvas.rect(plot, theme::GRID_MINOR);
                paint(&Panel { x, y, plot }, bar.as_ref().map(|(bar, _)| bar), canvas);
            }
            y.upright(Rect { x: left, y: top, width, height }, room, canvas);
            let name = canvas.fonts().distinct_one(&names, row + 1, style, height);
            canvas.upright(&name, (body.x + 10.0, top + height / 2.0), style, Align::Center);
        }
        let bottom = body.y + count * height + gap * (count - 1.0);
        for (column, foot) in feet.iter().enumerate() {
            let plot = Rect { x: left + column as f64 * (width + gap), y: bottom - height, width, height };
            foot.draw_within(plot, gap * 0.25, canvas);
            let at = (plot.x + width / 2.0, body.bottom() - 2.0);
            let name = canvas.fonts().distinct_one(&names, column, style, width);
            canvas.text_within(&name, at, style, Align::Center, width);
        }
        let Some((bar, name)) = bar else { return };
        let strip = Rect { x: right + BAR_SPACE / 2.0, y: body.y, width: BAR, height: body.height * 0.6 };
        bar.draw(strip, canvas);
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let name = canvas.fonts().shorten(&bar.name(name), style, strip.height).into_owned();
        canvas.upright(&name, (body.right(), strip.y + strip.height / 2.0), style, Align::Center);
    }

    /// Returns the bar of the colours of all drawn trials.
    fn bar(&self) -> ColorBar {
        let feasible: Vec<f64> =
            self.trials.iter().filter(|trial| trial.is_feasible).map(|trial| trial.value).collect();
        let all = || self.trials.iter().map(|trial| trial.value).collect();
        ColorBar::new(&if feasible.is_empty() { all() } else { feasible }, self.scene.is_loss)
    }

    /// Returns the trials that have a mark, the best last: all, or of very many each second, third … from the best.
    fn drawn(&self) -> Vec<&Trial> {
        let stride = self.stride();
        let mut drawn: Vec<&Trial> = self.trials.iter().rev().step_by(stride).copied().collect();
        drawn.reverse();
        drawn
    }

    fn stride(&self) -> usize {
        /// With more in each of twenty panels, an SVG is too large to be opened.
        const MOST: usize = 2000;
        self.trials.len().div_ceil(MOST).max(1)
    }

    /// Draws the best trial as a star, or those on the front of several objectives as orange marks; their values are those of
    /// `told`.
    fn mark(&self, panel: &Panel, told: &Scene, radius: f64, canvas: &mut Canvas) {
        for trial in self.trials.iter().filter(|trial| self.scene.is_marked(trial.number)) {
            let Some(at) = panel.at(trial, true) else { continue };
            if self.scene.front.is_some() {
                canvas.trial(|| panel.tooltip(told, trial), |canvas| canvas.dot(at, radius, theme::ACCENT));
            } else {
                canvas.best(panel.tooltip(told, trial), at, 6.5);
            }
        }
    }

    /// Returns the remarks that are the same in all of these figures.
    fn remarks(&self, infeasible: &str) -> Vec<Vec<String>> {
        let mut remarks: Vec<_> = frame::infeasible(self.scene, infeasible).into_iter().collect();
        remarks.extend(self.scene.left_out.caption());
        let mut choices = frame::choices(self.scene, self.trials.len());
        if self.stride() > 1 {
            let all = frame::counted(self.trials.len(), "trial");
            choices.push(format!("{} of {all} drawn, evenly by rank", self.drawn().len()));
        }
        vec![remarks, choices]
    }
}
