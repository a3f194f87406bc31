//! One panel of the rungs: a bracket, or all of them together.

use crate::{
    axis::y_axis::YAxis,
    budgets::{Budgets, short},
    canvas::Canvas,
    charts::rungs::brackets::{Bracket, Configuration, Step},
    geometry::{Align, Rect},
    model::{Scene, resources_line},
    text::TextStyle,
    theme::{self, Ramp},
    tooltip::Tooltip,
};

/// One bracket, and its place.
#[derive(Debug)]
pub(crate) struct Panel {
    pub(crate) bracket: Bracket,
    pub(crate) plot: Rect,
    /// Space between the first or last budget and the edge.
    pub(crate) pad: f64,
}

impl Panel {
    /// Returns where a budget lies.
    fn x(&self, resources: f64) -> f64 {
        let (span, first) = (self.bracket.span(), self.bracket.rungs[0].0);
        let share = if span > 0.0 { (resources / first).log10() / span } else { 0.5 };
        self.plot.x + self.pad + (self.plot.width - 2.0 * self.pad) * share
    }

    /// Returns the offset of a configuration from its budget, which tells the many at a small budget apart.
    fn aside(&self, resources: f64, configuration: usize) -> f64 {
        let crowd = self.bracket.rungs.iter().find(|rung| rung.0 == resources).map_or(0, |rung| rung.1);
        let reach = ((crowd as f64).sqrt() - 2.0).clamp(0.0, self.pad * 0.3);
        // Multiples of the golden ratio spread any run of configurations evenly, and are the same in every picture.
        reach * ((configuration as f64 * 0.618_033_988_75).fract() * 2.0 - 1.0)
    }

    /// Draws the grid, the name, the budgets and how many evaluations each had.
    pub(crate) fn scaffold(&self, budgets: &Budgets, y: &YAxis, is_named: bool, canvas: &mut Canvas) {
        let plot = self.plot;
        y.minor_grid(plot, canvas);
        y.grid(plot, canvas);
        let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
        let names = budgets.names();
        let mut free = f64::INFINITY;
        // From the right: the largest budget is the one not to leave out.
        for &(budget, count) in self.bracket.rungs.iter().rev() {
            let x = self.x(budget);
            canvas.rule((x, plot.y), (x, plot.bottom()), theme::GRID);
            let index = budgets.values().partition_point(|other| *other < budget);
            let labels = [names[index].clone(), count.to_string()];
            let half = canvas.fonts().widest(labels.iter().map(String::as_str), style) / 2.0;
            if x + half > free {
                continue;
            }
            free = x - half - 6.0;
            for (label, down) in labels.iter().zip([15.0, 30.0]) {
                canvas.text(label, (x, plot.bottom() + down), style, Align::Center);
            }
        }
        canvas.rule((plot.x, plot.bottom()), (plot.right(), plot.bottom()), theme::AXIS);
        if !is_named {
            return;
        }
        let word = if self.bracket.rungs.len() == 1 { "at" } else { "from" };
        let name = format!("{word} {}", short(self.bracket.rungs[0].0, 3));
        let style = TextStyle::bold(theme::NAME_SIZE, theme::INK);
        canvas.text_within(&name, (plot.x, plot.y - 8.0), style, Align::Left, plot.width);
    }

    /// Draws the configurations, the best of all last.
    pub(crate) fn curves(&self, scene: &Scene, budgets: &Budgets, y: &YAxis, canvas: &mut Canvas) {
        let configurations = &self.bracket.configurations;
        let radius = theme::mark(configurations.len()).0 - 0.75;
        let best =
            |configuration: &&Configuration| configuration.steps.iter().any(|step| Some(step.trial) == scene.best);
        let others = configurations.iter().filter(|configuration| !best(configuration));
        for (configuration, is_best) in
            others.map(|c| (c, false)).chain(configurations.iter().find(best).map(|c| (c, true)))
        {
            let reached = budgets.share(configuration.reached());
            let color = if is_best { theme::ACCENT } else { Ramp::Budget.color(reached) };
            let color = color.mix(if is_best { 1.0 } else { 0.45 + 0.45 * reached });
            let place = |resources: f64, value: f64| {
                (self.x(resources) + self.aside(resources, configuration.number), y.place(value, self.plot).0)
            };
            let path: Vec<_> = configuration.steps.iter().map(|step| place(step.resources, step.value)).collect();
            let told = |step: &Step| Tooltip { is_best, ..told(scene, step) };
            let line = |canvas: &mut Canvas| canvas.line(&path, 0.8 + reached, color);
            match configuration.steps.last() {
                Some(last) => canvas.trial(|| told(last), line),
                None => line(canvas),
            }
            for (place, step) in path.iter().zip(&configuration.steps) {
                let draw = |canvas: &mut Canvas| {
                    if step.is_feasible {
                        canvas.dot(*place, radius, color);
                    } else {
                        canvas.ring(*place, radius, theme::INFEASIBLE);
                    }
                };
                canvas.trial(|| told(step), draw);
            }
            if let Some((end, last)) = path.last().zip(configuration.steps.last()).filter(|_| is_best) {
                canvas.best(told(last), *end, 8.5);
            }
        }
    }
}

/// Returns the tooltip of an evaluation.
fn told(scene: &Scene, step: &Step) -> Tooltip {
    let tooltip = Tooltip::of(step.trial).with(scene.value_line(step.value)).with(resources_line(step.resources));
    if step.is_feasible { tooltip } else { tooltip.with("infeasible") }
}
