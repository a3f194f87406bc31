//! Counting ones, from the code of BOHB's paper: levels, and numbers that are the probabilities of draws, as many as the budget.
//!
//! The seed says which levels and which numbers count as ones: every second one on average is turned round, so that neither
//! end of an axis is the good one everywhere.

use crate::budgeted::BudgetedInstance;
use crate::random::SplitMix;
use crate::space::Axis;

const LEVELS: [&str; 8] = ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"];
const NUMBERS: [&str; 8] = ["x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7"];

pub fn axes(of_each: usize) -> Vec<Axis> {
    let levels = LEVELS[..of_each].iter().map(|name| Axis::choice(name, 2));
    levels.chain(NUMBERS[..of_each].iter().map(|name| Axis::float(name, 0.0, 1.0))).collect()
}

pub fn instance(of_each: usize, seed: u64) -> BudgetedInstance {
    let mut stream = SplitMix::new("counting-ones", seed);
    let turned: Vec<bool> = (0..2 * of_each).map(|_| stream.below(2) == 1).collect();
    let minimiser = turned.iter().map(|&turned| if turned { 0.0 } else { 1.0 }).collect();
    let ones = move |x: &[f64]| -> Vec<f64> {
        x.iter().zip(&turned).map(|(&x, &turned)| if turned { 1.0 - x } else { x }).collect()
    };
    let seen = ones.clone();
    BudgetedInstance {
        loss: Box::new(move |x, budget, noise| {
            let ones = seen(x);
            let (levels, numbers) = ones.split_at(of_each);
            let drawn = numbers.iter().map(|&number| noise.binomial(budget, number) / f64::from(budget));
            -(levels.iter().sum::<f64>() + drawn.sum::<f64>()) / ones.len() as f64
        }),
        regret: Box::new(move |x| {
            let ones = ones(x);
            1.0 - ones.iter().sum::<f64>() / ones.len() as f64
        }),
        minimiser,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The loss is, on average and at any budget, the share of ones below 0.
    #[test]
    fn counting_ones_counts() {
        let instance = instance(4, 0);
        let mut noise = SplitMix::new("noise", 0);
        let best = &instance.minimiser;
        assert_eq!((instance.loss)(best, 9, &mut noise), -1.0);
        let mut half = best.clone();
        half[4..].fill(0.5);
        let mean = |budget, noise: &mut SplitMix| {
            (0..2000).map(|_| (instance.loss)(&half, budget, noise)).sum::<f64>() / 2000.0
        };
        assert!((mean(9, &mut noise) + 0.75).abs() < 0.005);
        assert!((mean(729, &mut noise) + 0.75).abs() < 0.001);
        assert_eq!((instance.regret)(&half), 0.25);
    }
}
