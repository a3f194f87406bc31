//! The brackets of a multi-fidelity sweep: their rungs, and the budgets and values of each configuration.

use crate::model::{Evaluation, Scene};

/// The configurations that started with the same budget: a bracket of Hyperband.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bracket {
    /// With the least climbed first, so that the others are drawn over them.
    pub(crate) configurations: Vec<Configuration>,
    /// The different budgets, from the smallest, and how many evaluations each had, those without a value included.
    pub(crate) rungs: Vec<(f64, usize)>,
}

/// One configuration and its evaluations that have a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Configuration {
    pub(crate) number: usize,
    /// From the smallest budget to the largest.
    pub(crate) steps: Vec<Step>,
}

/// One evaluation with a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) trial: usize,
    pub(crate) resources: f64,
    pub(crate) value: f64,
    pub(crate) is_feasible: bool,
}

/// The cost of a sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Effort {
    pub(crate) evaluations: usize,
    pub(crate) configurations: usize,
    /// The sum of the resources of all evaluations.
    pub(crate) units: f64,
    /// The same if each evaluation resumes where the last one of its configuration ended.
    pub(crate) resumed: f64,
}

impl Bracket {
    /// Returns the decades from the first budget to the last.
    pub(crate) fn span(&self) -> f64 {
        let ends = self.rungs.first().zip(self.rungs.last());
        ends.map_or(0.0, |(first, last)| (last.0 / first.0).log10())
    }
}

impl Configuration {
    /// Returns the largest budget at which it has a value.
    pub(crate) fn reached(&self) -> f64 {
        self.steps.last().map_or(0.0, |step| step.resources)
    }

    fn value_at(&self, resources: f64) -> Option<f64> {
        self.steps.iter().rev().find(|step| step.resources == resources).map(|step| step.value)
    }
}

/// Returns the evaluations of each configuration, in order.
fn by_configuration(scene: &Scene) -> Vec<Vec<Evaluation>> {
    let mut evaluations = scene.evaluations.clone();
    evaluations.sort_by(|a, b| a.configuration.cmp(&b.configuration).then(a.resources.total_cmp(&b.resources)));
    evaluations.chunk_by(|a, b| a.configuration == b.configuration).map(<[Evaluation]>::to_vec).collect()
}

/// Returns the brackets, the one with the smallest first budget first.
pub(crate) fn by_first_budget(scene: &Scene) -> Vec<Bracket> {
    let mut groups = by_configuration(scene);
    groups.sort_by(|a, b| a[0].resources.total_cmp(&b[0].resources));
    groups.chunk_by(|a, b| a[0].resources == b[0].resources).map(bracket).collect()
}

/// Returns one bracket of all configurations, for where there is no room for several.
pub(crate) fn together(scene: &Scene) -> Bracket {
    bracket(&by_configuration(scene))
}

fn bracket(configurations: &[Vec<Evaluation>]) -> Bracket {
    let mut budgets: Vec<f64> = configurations.iter().flatten().map(|evaluation| evaluation.resources).collect();
    budgets.sort_by(f64::total_cmp);
    let rungs = budgets.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect();
    let steps = |evaluations: &Vec<Evaluation>| {
        let step = |e: &Evaluation| {
            Some(Step { trial: e.number, resources: e.resources, value: e.value?, is_feasible: e.is_feasible })
        };
        let number = evaluations.first().map_or(0, |evaluation| evaluation.configuration);
        Configuration { number, steps: evaluations.iter().filter_map(step).collect() }
    };
    let mut configurations: Vec<_> = configurations.iter().map(steps).filter(|c| !c.steps.is_empty()).collect();
    configurations.sort_by(|a, b| a.reached().total_cmp(&b.reached()));
    Bracket { configurations, rungs }
}

/// Returns the cost of the sweep.
pub(crate) fn effort(scene: &Scene) -> Effort {
    let configurations = by_configuration(scene);
    let largest = |evaluations: &Vec<Evaluation>| evaluations.last().map_or(0.0, |evaluation| evaluation.resources);
    Effort {
        evaluations: scene.evaluations.len(),
        configurations: configurations.len(),
        units: scene.evaluations.iter().map(|evaluation| evaluation.resources).sum(),
        resumed: configurations.iter().map(largest).sum(),
    }
}

/// Returns Spearman's rank correlation between the values that configurations have at two budgets, and how many have both;
/// `None` below five.
pub(crate) fn agreement(bracket: &Bracket, (from, to): (f64, f64)) -> Option<(f64, usize)> {
    /// Fewer pairs agree by chance.
    const LEAST: usize = 5;
    let both = |configuration: &Configuration| Some((configuration.value_at(from)?, configuration.value_at(to)?));
    let (before, after): (Vec<_>, Vec<_>) = bracket.configurations.iter().filter_map(both).unzip();
    if before.len() < LEAST {
        return None;
    }
    Some((correlation(&ranks(&before), &ranks(&after))?, before.len()))
}

/// Returns the place of each value from the smallest, from 0; equals share the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count();
        let equal = values.iter().filter(|other| *other == value).count();
        below as f64 + (equal as f64 - 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

/// Returns Pearson's correlation of two samples of one size; `None` if one of them is constant.
fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let products = |x: &[f64], mean_x: f64, y: &[f64], mean_y: f64| {
        x.iter().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum::<f64>()
    };
    let spread = (products(a, mean_a, a, mean_a) * products(b, mean_b, b, mean_b)).sqrt();
    (spread > 0.0).then(|| products(a, mean_a, b, mean_b) / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a scene of `(configuration, resources, value)`.
    fn scene(evaluations: &[(usize, f64, Option<f64>)]) -> Scene {
        let evaluation = |(number, &(configuration, resources, value)): (usize, &(usize, f64, Option<f64>))| {
            Evaluation { number, configuration, resources, value, is_feasible: true }
        };
        Scene { evaluations: evaluations.iter().enumerate().map(evaluation).collect(), ..Scene::default() }
    }

    #[test]
    fn brackets_are_told_by_the_first_budget() {
        let scene = scene(&[
            (0, 1.0, Some(0.5)),
            (1, 1.0, Some(0.4)),
            (2, 1.0, None),
            (1, 3.0, Some(0.3)),
            (3, 3.0, Some(0.2)),
            (4, 3.0, Some(0.6)),
            (5, 3.0, None),
        ]);
        let brackets = by_first_budget(&scene);
        let rungs: Vec<_> = brackets.iter().map(|bracket| bracket.rungs.clone()).collect();
        assert_eq!(rungs, [vec![(1.0, 3), (3.0, 1)], vec![(3.0, 3)]]);
        let reached: Vec<_> = brackets[0].configurations.iter().map(Configuration::reached).collect();
        assert_eq!(reached, [1.0, 3.0], "the survivor is last, the failed one is no curve");
        assert_eq!(together(&scene).rungs, [(1.0, 3), (3.0, 4)]);
        let expected = Effort { evaluations: 7, configurations: 6, units: 15.0, resumed: 14.0 };
        assert_eq!(effort(&scene), expected);
    }

    #[test]
    fn ranks_agree_or_do_not() {
        let pairs = |second: [f64; 5]| {
            let first = (0..5).map(|i| (i, 1.0, Some(i as f64 * 10.0)));
            let all: Vec<_> = first.chain((0..5).map(|i| (i, 3.0, Some(second[i])))).collect();
            agreement(&together(&scene(&all)), (1.0, 3.0))
        };
        assert_eq!(pairs([1.0, 2.0, 3.0, 4.0, 500.0]), Some((1.0, 5)));
        assert_eq!(pairs([5.0, 4.0, 3.0, 2.0, 1.0]), Some((-1.0, 5)));
        assert_eq!(pairs([7.0; 5]), None);
        assert_eq!(ranks(&[2.0, 1.0, 2.0]), [1.5, 0.0, 1.5]);
        let few = scene(&[(0, 1.0, Some(1.0)), (0, 3.0, Some(1.0))]);
        assert_eq!(agreement(&together(&few), (1.0, 3.0)), None);
    }
}
