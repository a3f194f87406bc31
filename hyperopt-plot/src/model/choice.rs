//! Which hyperparameters a figure draws, and in which order.

use std::borrow::Cow;

use itertools::Itertools as _;

use crate::{
    error::Error,
    model::{Axis, Scene},
};

impl Scene {
    /// More hyperparameters than this are drawn in the order of their importance; fewer are found as they were written.
    pub(crate) const MANY: usize = 6;

    /// Returns the scene with the hyperparameters that a figure draws, `most` of them: the most important ones if they are
    /// many, the first ones if importances could not be computed.
    pub(crate) fn with_most_important(&self, most: usize) -> Cow<'_, Self> {
        let all = self.axes.len();
        let ranking = self.ranking.as_ref().filter(|ranking| all > Self::MANY && ranking.axes.len() == all);
        let order: Vec<usize> = ranking.map_or_else(|| (0..all).collect(), |ranking| ranking.axes.clone());
        let chosen = match ranking {
            Some(ranking) if all > most => {
                format!("the {most} most important of {all} hyperparameters, by {}", ranking.basis)
            }
            Some(ranking) => format!("the most important hyperparameters first, by {}", ranking.basis),
            None if all > most => format!("the first {most} of {all} hyperparameters"),
            None => return Cow::Borrowed(self),
        };
        Cow::Owned(self.of_axes(&order[..order.len().min(most)], chosen))
    }

    /// Returns the scene with the hyperparameters of these names, in their order.
    ///
    /// # Errors
    ///
    /// Fails if there is no hyperparameter of a name, or there are more than `most`.
    pub(crate) fn with_named(&self, names: &[String], figure: &'static str, most: usize) -> Result<Self, Error> {
        let mut order = Vec::new();
        for name in names {
            let has_name = |axis: &Axis| axis.name == *name || axis.parameter == *name;
            let found = self.axes.iter().positions(has_name);
            let before = order.len();
            order.extend(found);
            if order.len() == before {
                let known = self.axes.iter().map(|axis| axis.parameter.clone()).unique().collect();
                return Err(Error::Hyperparameter { name: name.clone(), known });
            }
        }
        let order: Vec<usize> = order.into_iter().unique().collect();
        if order.len() > most {
            let reason = format!("it has room for {most} hyperparameters, and {} are chosen", order.len());
            return Err(Error::unsuited(figure, reason, format!("choose {most} or fewer")));
        }
        let all = self.axes.len();
        let chosen = if order.len() < all {
            format!("{} of {all} hyperparameters, as chosen", order.len())
        } else {
            "the hyperparameters as chosen".to_owned()
        };
        Ok(self.of_axes(&order, chosen))
    }

    /// Returns the scene with these axes only, in this order.
    fn of_axes(&self, order: &[usize], chosen: String) -> Self {
        let pick = |xs: &[Option<f64>]| order.iter().map(|&index| xs.get(index).copied().flatten()).collect();
        let mut scene = self.clone();
        scene.axes = order.iter().map(|&index| self.axes[index].clone()).collect();
        scene.trials.iter_mut().for_each(|trial| trial.xs = pick(&trial.xs));
        scene.others.iter_mut().for_each(|other| other.xs = pick(&other.xs));
        if let Some(Ok(shares)) = &mut scene.shares {
            shares.bars.retain(|bar| scene.axes.iter().any(|axis| axis.parameter == bar.name));
        }
        scene.chosen = Some(chosen);
        scene
    }
}
