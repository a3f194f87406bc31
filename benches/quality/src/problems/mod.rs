//! The problems that every method is given: single-fidelity ones in [`PROBLEMS`], those with budgets in [`BUDGETED`].

mod bbob;
mod bounds;
mod boxes;
mod conditional;
mod counting_ones;
mod curves;
mod functions;
mod levels;
mod mixed;
mod pipe;
mod sparse;
mod tables;
mod terrain;
mod tree;

use crate::budgeted::BudgetedProblem;
use crate::problem::Problem;

/// The single-fidelity problems.
pub const PROBLEMS: [Problem; 20] = [
    boxes::BRANIN,
    boxes::HARTMANN,
    boxes::ACKLEY,
    boxes::ROSENBROCK_5,
    boxes::ROSENBROCK_10,
    boxes::LEVY,
    boxes::STYBLINSKI_TANG,
    mixed::PROBLEM,
    conditional::PROBLEM,
    levels::GRID,
    levels::NOISY_GRID,
    levels::INTEGERS,
    levels::LOG_LEVELS,
    levels::CATEGORIES,
    bounds::CORNER,
    bounds::EDGE,
    bounds::CLIFF,
    sparse::SPARSE,
    sparse::NOISY,
    tree::PROBLEM,
];

/// The problems with budgets.
pub const BUDGETED: [BudgetedProblem; 3] = [
    BudgetedProblem {
        name: "counting-ones-4+4",
        axes: || counting_ones::axes(4),
        budgets: (9, 729),
        hands_over: false,
        instance: |seed| counting_ones::instance(4, seed),
    },
    BudgetedProblem {
        name: "counting-ones-8+8",
        axes: || counting_ones::axes(8),
        budgets: (9, 729),
        hands_over: false,
        instance: |seed| counting_ones::instance(8, seed),
    },
    BudgetedProblem {
        name: "curves-6",
        axes: curves::axes,
        budgets: (1, 81),
        hands_over: true,
        instance: curves::instance,
    },
];

/// Problems that are run and reported together.
pub struct Suite {
    pub name: &'static str,
    pub title: &'static str,
    pub problems: &'static [Problem],
}

/// All single-fidelity problems: those of this program, and those of others.
pub static SUITES: [Suite; 4] = [
    Suite { name: OWN, title: "the problems of this program", problems: &PROBLEMS },
    Suite { name: "bbob-5", title: "BBOB in 5 dimensions", problems: &bbob::FIVE },
    Suite { name: "bbob-10", title: "BBOB in 10 dimensions", problems: &bbob::TEN },
    Suite { name: "tables", title: "tables of trained networks", problems: &tables::TABLES },
];

/// The suite that needs no other program.
pub const OWN: &str = "own";

/// Returns the problems of a suite; the error says why there are none.
pub fn suite(name: &str) -> Result<&'static [Problem], String> {
    let suite = SUITES.iter().find(|suite| suite.name == name).ok_or_else(|| format!("no suite is called {name}"))?;
    let fault = if name == OWN { None } else { pipe::fault() };
    fault.map_or(Ok(suite.problems), Err)
}

/// Returns the single-fidelity problem called `name`.
pub fn find(name: &str) -> Option<&'static Problem> {
    SUITES.iter().flat_map(|suite| suite.problems).find(|problem| problem.name == name)
}

/// Returns the problem with budgets called `name`.
pub fn find_budgeted(name: &str) -> Option<&'static BudgetedProblem> {
    static ALL: [BudgetedProblem; 3] = BUDGETED;
    ALL.iter().find(|problem| problem.name == name)
}

#[cfg(test)]
mod tests {
    use hyperopt::prelude::*;

    use super::*;
    use crate::problem::Sweep;
    use crate::random::SplitMix;
    use crate::space::{Axis, Kind, point};

    fn anywhere(axes: &[Axis], stream: &mut SplitMix) -> Vec<f64> {
        point(axes, |_, axis| match axis.kind {
            Kind::Choice(of) => stream.below(of) as f64,
            _ => axis.value(stream.unit()),
        })
    }

    #[test]
    fn minimisers_lie_in_the_space_and_have_the_smallest_value() {
        for problem in PROBLEMS {
            for seed in 0..40 {
                let axes = (problem.axes)(seed);
                let instance = (problem.instance)(seed);
                let value = (instance.objective)(&instance.minimiser);
                assert!((value - instance.optimum).abs() < 1e-9, "{}: {value}", problem.name);
                for (axis, &value) in axes.iter().zip(&instance.minimiser) {
                    let (lo, hi) = axis.ends();
                    assert!(value.is_nan() || (lo..=hi).contains(&value), "{} {}", problem.name, axis.name);
                }
                assert_eq!(point(&axes, |index, _| instance.minimiser[index]).len(), axes.len());
            }
        }
    }

    /// Neither anywhere nor near the minimiser is anything better.
    #[test]
    fn nothing_is_better_than_the_optimum() {
        for problem in PROBLEMS {
            for seed in 0..8 {
                let axes = (problem.axes)(seed);
                let instance = (problem.instance)(seed);
                let mut stream = SplitMix::new("anywhere", seed);
                for trial in 0..4000 {
                    let x = anywhere(&axes, &mut stream);
                    assert!((instance.objective)(&x) >= instance.optimum - 1e-9, "{} at {x:?}", problem.name);
                    let reach = 0.3 * 0.5_f64.powi(trial % 24);
                    let near = point(&axes, |index, axis| {
                        let (lo, hi) = axis.ends();
                        match axis.kind {
                            Kind::Float { .. } => axis.value(
                                (axis.unit(instance.minimiser[index]) + reach * stream.normal()).clamp(0.0, 1.0),
                            ),
                            _ => instance.minimiser[index].clamp(lo, hi),
                        }
                    });
                    assert!((instance.objective)(&near) >= instance.optimum - 1e-9, "{} at {near:?}", problem.name);
                }
            }
        }
    }

    /// Half of the distance to the ends and more is left to the optimum: seeds move it.
    #[test]
    fn seeds_move_the_optimum() {
        for problem in PROBLEMS {
            // Two corners may be the same; the values somewhere else are not.
            let place = |seed| {
                let instance = (problem.instance)(seed);
                let somewhere = anywhere(&(problem.axes)(seed), &mut SplitMix::new("somewhere", 0));
                format!("{:?} {:?}", instance.minimiser, (instance.objective)(&somewhere))
            };
            let places: Vec<_> = (0..6).map(place).collect();
            assert!(places.iter().enumerate().all(|(k, place)| !places[..k].contains(place)), "{}", problem.name);
            assert_eq!(place(3), places[3], "{}", problem.name);
        }
    }

    /// What `hyperopt!` sweeps over is what the list of axes says, which the peers sweep over.
    #[test]
    fn our_spaces_are_those_of_the_peers() {
        for problem in SUITES.iter().flat_map(|suite| suite.problems) {
            let axes = (problem.axes)(1);
            let mut seen = vec![(f64::INFINITY, f64::NEG_INFINITY, 0); axes.len()];
            let mut f = |x: &[f64]| {
                assert_eq!(x.len(), axes.len());
                for (index, axis) in axes.iter().enumerate() {
                    assert_eq!(x[index].is_nan(), !axis.exists(&x[..index]), "{} {x:?}", problem.name);
                    let unit = if x[index].is_nan() { continue } else { axis.unit(x[index]) };
                    let (least, most, count) = &mut seen[index];
                    (*least, *most, *count) = (least.min(unit), most.max(unit), *count + 1);
                    if axis.kind == (Kind::Choice(axis.ends().1 as usize + 1)) || matches!(axis.kind, Kind::Int { .. })
                    {
                        assert_eq!(x[index], x[index].round());
                    }
                }
                0.0
            };
            let sampler = Box::new(RandomSampler::new());
            let fault = (problem.sweep)(Sweep { sampler, seed: 1, trials: 3000, batch: 1, f: &mut f });
            assert!(fault.is_none(), "{fault:?}");
            for (axis, (least, most, count)) in axes.iter().zip(seen) {
                assert!(count > 100, "{} {}", problem.name, axis.name);
                assert!(
                    (-1e-9..0.02).contains(&least) && (0.98..=1.0 + 1e-9).contains(&most),
                    "{} {}: {least} {most}",
                    problem.name,
                    axis.name
                );
            }
        }
    }

    /// Without a model, it makes no difference that all of a batch are asked for before any is told.
    #[test]
    fn batches_are_of_the_same_space() {
        for problem in PROBLEMS {
            let points = |batch| {
                let mut points = vec![];
                let mut f = |x: &[f64]| {
                    points.push(format!("{x:?}"));
                    0.0
                };
                let sampler = Box::new(RandomSampler::new());
                let fault = (problem.sweep)(Sweep { sampler, seed: 3, trials: 21, batch, f: &mut f });
                assert!(fault.is_none(), "{fault:?}");
                points
            };
            assert_eq!(points(1), points(8), "{}", problem.name);
        }
    }

    #[test]
    fn budgeted_minimisers_have_no_regret_and_nothing_has_less() {
        for problem in BUDGETED {
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
}
