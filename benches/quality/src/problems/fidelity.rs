//! Problems with budgets, and what a method has reached after so many largest budgets.
//!
//! As in the code of BOHB's paper (`countingones.py`, `util.py`): the incumbent gives way to a smaller loss at a budget at
//! least as large, its regret is reckoned without noise at the largest budget, and time is the sum of the budgets.

use std::collections::HashMap;

use crate::problems::Objective;
use crate::random::SplitMix;
use crate::space::Axis;

/// After how many largest budgets the incumbent is looked at.
pub const CHECKPOINTS: [f64; 6] = [2.0, 5.0, 10.0, 20.0, 50.0, 100.0];

#[derive(Clone, Copy)]
pub struct Problem {
    pub name: &'static str,
    pub axes: fn() -> Vec<Axis>,
    pub budgets: (u32, u32),
    /// Whether a configuration that is given more goes on from where it was, and costs the difference only.
    pub hands_over: bool,
    pub instance: fn(seed: u64) -> Instance,
}

/// The loss of a point at a budget, with noise.
pub type Loss = Box<dyn Fn(&[f64], u32, &mut SplitMix) -> f64>;

pub struct Instance {
    /// What is told for a point at a budget; the number of the evaluation draws the noise.
    pub loss: Loss,
    /// How far a point is from the best, trained to the end and without noise.
    pub regret: Objective,
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests go there"))]
    pub minimiser: Vec<f64>,
}

pub const PROBLEMS: [Problem; 3] = [
    Problem {
        name: "counting-ones-4+4",
        axes: || counting_ones::axes(4),
        budgets: (9, 729),
        hands_over: false,
        instance: |seed| counting_ones::instance(4, seed),
    },
    Problem {
        name: "counting-ones-8+8",
        axes: || counting_ones::axes(8),
        budgets: (9, 729),
        hands_over: false,
        instance: |seed| counting_ones::instance(8, seed),
    },
    Problem { name: "curves-6", axes: curves::axes, budgets: (1, 81), hands_over: true, instance: curves::instance },
];

pub fn find(name: &str) -> Option<&'static Problem> {
    static ALL: [Problem; 3] = PROBLEMS;
    ALL.iter().find(|problem| problem.name == name)
}

/// One run of a method: what it has spent and found.
pub struct Run {
    instance: Instance,
    largest: f64,
    hands_over: bool,
    noise: SplitMix,
    /// The resources that each configuration has had.
    trained: HashMap<u64, f64>,
    configurations: u64,
    spent: f64,
    /// Its loss, budget and regret.
    incumbent: (f64, u32, f64),
    regrets: Vec<f64>,
    evaluations: u64,
}

impl Run {
    pub fn new(problem: &Problem, seed: u64) -> Self {
        Self {
            instance: (problem.instance)(seed),
            largest: f64::from(problem.budgets.1),
            hands_over: problem.hands_over,
            noise: SplitMix::new("noise", seed),
            trained: HashMap::new(),
            configurations: 0,
            spent: 0.0,
            incumbent: (f64::INFINITY, 0, f64::NAN),
            regrets: Vec::new(),
            evaluations: 0,
        }
    }

    /// The name of a new configuration.
    pub fn configuration(&mut self) -> u64 {
        self.configurations += 1;
        self.configurations
    }

    /// Trains `configuration` up to `budget`; nothing once the last checkpoint has been passed.
    pub fn evaluate(&mut self, configuration: u64, budget: u32, point: &[f64]) -> Option<f64> {
        if self.regrets.len() == CHECKPOINTS.len() {
            return None;
        }
        let loss = (self.instance.loss)(point, budget, &mut self.noise);
        self.evaluations += 1;
        let trained = self.trained.insert(configuration, f64::from(budget)).filter(|_| self.hands_over);
        self.spent += (f64::from(budget) - trained.unwrap_or_default()).max(0.0) / self.largest;
        while CHECKPOINTS.get(self.regrets.len()).is_some_and(|&checkpoint| self.spent > checkpoint + 1e-9) {
            self.regrets.push(self.incumbent.2);
        }
        if loss < self.incumbent.0 && budget >= self.incumbent.1 {
            self.incumbent = (loss, budget, (self.instance.regret)(point));
        }
        Some(loss)
    }

    /// The regret at each checkpoint that was passed.
    pub fn regrets(&self) -> &[f64] {
        &self.regrets
    }

    pub fn evaluations(&self) -> u64 {
        self.evaluations
    }
}

/// Which levels and which numbers are ones goes with the seed: every second one on average is turned round, so that neither
/// end of an axis is the good one everywhere.
pub mod counting_ones {
    use super::{Instance, SplitMix};
    use crate::space::Axis;

    const LEVELS: [&str; 8] = ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"];
    const NUMBERS: [&str; 8] = ["x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7"];

    pub fn axes(of_each: usize) -> Vec<Axis> {
        let levels = LEVELS[..of_each].iter().map(|name| Axis::choice(name, 2));
        levels.chain(NUMBERS[..of_each].iter().map(|name| Axis::float(name, 0.0, 1.0))).collect()
    }

    pub fn instance(of_each: usize, seed: u64) -> Instance {
        let mut stream = SplitMix::new("counting-ones", seed);
        let turned: Vec<bool> = (0..2 * of_each).map(|_| stream.below(2) == 1).collect();
        let minimiser = turned.iter().map(|&turned| if turned { 0.0 } else { 1.0 }).collect();
        let ones = move |x: &[f64]| -> Vec<f64> {
            x.iter().zip(&turned).map(|(&x, &turned)| if turned { 1.0 - x } else { x }).collect()
        };
        let seen = ones.clone();
        Instance {
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
}

/// Learning curves that cross: a smaller rate learns more slowly and, down to the best one, ends lower; curves of different
/// widths start from different heights. All are power laws with noise, and meet their final loss at the largest budget.
pub mod curves {
    use super::{Instance, SplitMix};
    use crate::space::Axis;

    const EPOCHS: f64 = 81.0;
    const NOISE: f64 = 0.004;

    pub fn axes() -> Vec<Axis> {
        vec![
            Axis::log("rate", 1e-4, 1e0),
            Axis::log("decay", 1e-6, 1e-2),
            Axis::float("dropout", 0.0, 0.6),
            Axis::log_int("width", 8, 256),
            Axis::choice("optimiser", 3),
            Axis::choice("schedule", 2),
        ]
    }

    pub fn instance(seed: u64) -> Instance {
        let axes = axes();
        let mut stream = SplitMix::new("curves", seed);
        let mut minimiser: Vec<f64> = [0.2, 0.15, 0.15, 0.4]
            .iter()
            .zip(&axes)
            .map(|(lo, axis)| axis.value(stream.between(*lo, lo + 0.4)))
            .collect();
        let (optimiser, schedule) = (stream.below(3), stream.below(2));
        minimiser.extend([optimiser as f64, schedule as f64]);
        let place: Vec<f64> = axes.iter().zip(&minimiser).map(|(axis, &value)| axis.unit(value)).collect();
        let optimisers: Vec<f64> =
            (0..3).map(|level| if level == optimiser { 0.0 } else { stream.between(0.02, 0.08) }).collect();

        let units = move |x: &[f64]| -> Vec<f64> { x.iter().zip(&axes).map(|(&x, axis)| axis.unit(x)).collect() };
        let end = {
            let units = units.clone();
            move |x: &[f64]| {
                let u = units(x);
                let off = |axis: usize| u[axis] - place[axis];
                // Wide networks want more dropout, and other optimisers another rate.
                let rate = off(0) - if x[4] == optimiser as f64 { 0.0 } else { 0.1 };
                1.2 * rate * rate
                    + 0.2 * off(1).powi(2)
                    + 0.4 * (off(2) - 0.4 * off(3)).powi(2)
                    + 0.2 * off(3).powi(2)
                    + optimisers[x[4] as usize]
                    + if x[5] == schedule as f64 { 0.0 } else { 0.03 }
            }
        };
        let regret = end.clone();
        Instance {
            loss: Box::new(move |x, budget, noise| {
                let u = units(x);
                // Half of the way is learnt after half an epoch to 30, by the rate.
                let pace = 0.5 * 60_f64.powf(1.0 - u[0]);
                let left = |epochs: f64| (1.0 + epochs / pace).powf(-1.2);
                let height = 0.6 + 0.6 * u[3] + if x[5] == 1.0 { 0.3 } else { 0.0 };
                let learning = left(f64::from(budget)) - left(EPOCHS);
                end(x) + height * learning + NOISE * noise.normal()
            }),
            regret: Box::new(regret),
            minimiser,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Kind;

    #[test]
    fn minimisers_have_no_regret_and_nothing_has_less() {
        for problem in PROBLEMS {
            let axes = (problem.axes)();
            for seed in 0..20 {
                let instance = (problem.instance)(seed);
                assert!((instance.regret)(&instance.minimiser).abs() < 1e-12);
                let mut stream = SplitMix::new("anywhere", seed);
                for _ in 0..500 {
                    let x: Vec<f64> = axes
                        .iter()
                        .map(|axis| match axis.kind {
                            Kind::Choice(of) => stream.below(of) as f64,
                            _ => axis.value(stream.unit()),
                        })
                        .collect();
                    assert!((instance.regret)(&x) >= 0.0);
                }
            }
        }
    }

    /// What the paper's toy tells is, on average and at any budget, the share of ones.
    #[test]
    fn counting_ones_counts() {
        let instance = counting_ones::instance(4, 0);
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

    /// Of two curves near the optimum, the one with the greater rate leads at first and loses in the end.
    #[test]
    fn curves_cross() {
        let mut crossing = 0;
        for seed in 0..50 {
            let instance = curves::instance(seed);
            let mut noise = SplitMix::new("noise", seed);
            let slow = instance.minimiser.clone();
            let mut fast = slow.clone();
            fast[0] = (fast[0] * 20.0).min(1.0);
            let mut leads =
                |budget| (instance.loss)(&fast, budget, &mut noise) < (instance.loss)(&slow, budget, &mut noise);
            crossing += usize::from(leads(3) && !leads(81));
        }
        assert!(crossing >= 45, "{crossing} of 50");
    }

    /// Random search as the protocol has it: with no more than so many largest budgets, each of them one.
    #[test]
    fn a_run_spends_what_it_is_charged() {
        let problem = &PROBLEMS[2];
        let mut run = Run::new(problem, 0);
        let x = (problem.instance)(1).minimiser;
        // Going on costs the difference: 1 + 2 + 6 + … = 81 epochs.
        let configuration = run.configuration();
        for budget in [1, 3, 9, 27, 81] {
            assert!(run.evaluate(configuration, budget, &x).is_some());
        }
        assert!((run.spent - 1.0).abs() < 1e-12);
        let mut evaluations = 5;
        loop {
            let configuration = run.configuration();
            if run.evaluate(configuration, 81, &x).is_none() {
                break;
            }
            evaluations += 1;
        }
        // The evaluation that passes the last checkpoint is the last.
        assert_eq!((evaluations, run.regrets().len()), (5 + 100, 6));
    }
}
