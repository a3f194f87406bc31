//! A part of a scene, for a page of bounded size: some of the trials, and some of the hyperparameters.

use std::collections::HashSet;

use crate::model::Scene;

impl Scene {
    /// Keeps about `most` of the trials, evenly spread over the sweep, with the best one, the front, and all that improved the
    /// objective.
    pub(super) fn thin(&mut self, most: usize) {
        let marked = self.best_so_far().into_iter().map(|(number, _)| number).chain(self.best);
        let marked: HashSet<_> =
            marked.chain(self.front.iter().flat_map(|front| front.numbers.iter().copied())).collect();
        let all = self.trials.len();
        let place = |index: usize| index * most / all.max(1);
        let mut index = 0;
        self.trials.retain(|trial| {
            index += 1;
            place(index) > place(index - 1) || marked.contains(&trial.number)
        });
        let kept: HashSet<_> = self.trials.iter().map(|trial| trial.number).collect();
        let others = self.others.len();
        let mut index = 0;
        self.others.retain(|_| {
            index += 1;
            index * most / all.max(others) > (index - 1) * most / all.max(others)
        });
        let others: HashSet<_> = self.others.iter().map(|other| other.number).collect();
        let is_kept = |number: &usize| kept.contains(number) || others.contains(number);
        let configurations = self.evaluations.iter().filter(|evaluation| is_kept(&evaluation.number));
        let configurations: HashSet<_> = configurations.map(|evaluation| evaluation.configuration).collect();
        self.evaluations.retain(|evaluation| configurations.contains(&evaluation.configuration));
        self.curves.retain(|curve| is_kept(&curve.number));
    }

    /// Keeps the hyperparameters whose places `axes` are, in that order.
    pub(super) fn choose(&mut self, axes: &[usize]) {
        let chosen = |xs: &[Option<f64>]| axes.iter().map(|&axis| xs.get(axis).copied().flatten()).collect();
        self.trials.iter_mut().for_each(|trial| trial.xs = chosen(&trial.xs));
        self.others.iter_mut().for_each(|other| other.xs = chosen(&other.xs));
        self.axes = axes.iter().filter_map(|&axis| self.axes.get(axis).cloned()).collect();
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::scenes;

    #[test]
    fn a_thinned_scene_has_the_best_and_an_even_part_of_the_rest() {
        let mut scene = scenes::three(400);
        let (all, best, steps) = (scene.trials.len(), scene.best, scene.best_so_far());
        scene.thin(50);
        assert!((50..50 + steps.len() + 1).contains(&scene.trials.len()), "{} of {all}", scene.trials.len());
        assert!(scene.best_trial().is_some() && scene.best == best);
        assert_eq!(scene.best_so_far(), steps);
        let late = scene.trials.iter().filter(|trial| trial.number >= 200).count();
        assert!((20..=35).contains(&late), "{late}");
    }

    #[test]
    fn chosen_hyperparameters_keep_their_values() {
        let mut scene = scenes::three(10);
        let before = scene.clone();
        scene.choose(&[2, 0]);
        assert_eq!(scene.axes.iter().map(|axis| axis.name.as_str()).collect::<Vec<_>>(), ["c", "a"]);
        assert_eq!(scene.trials[3].xs, [before.trials[3].xs[2], before.trials[3].xs[0]]);
    }
}
