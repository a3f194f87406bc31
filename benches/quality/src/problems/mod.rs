//! The problems that every method is given: single-fidelity ones in [`PROBLEMS`], those with budgets in [`BUDGETED`].

mod boxes;
mod conditional;
mod counting_ones;
mod curves;
mod functions;
mod mixed;

use crate::budgeted::BudgetedProblem;
use crate::problem::Problem;

/// The single-fidelity problems.
pub const PROBLEMS: [Problem; 9] = [
    boxes::BRANIN,
    boxes::HARTMANN,
    boxes::ACKLEY,
    boxes::ROSENBROCK_5,
    boxes::ROSENBROCK_10,
    boxes::LEVY,
    boxes::STYBLINSKI_TANG,
    mixed::PROBLEM,
    conditional::PROBLEM,
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

/// Returns the single-fidelity problem called `name`.
pub fn find(name: &str) -> Option<&'static Problem> {
    static ALL: [Problem; 9] = PROBLEMS;
    ALL.iter().find(|problem| problem.name == name)
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
            let axes = (problem.axes)();
            for seed in 0..40 {
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
            let axes = (problem.axes)();
            for seed in 0..8 {
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
            let places: Vec<_> = (0..6).map(|seed| format!("{:?}", (problem.instance)(seed).minimiser)).collect();
            assert!(places.iter().enumerate().all(|(k, place)| !places[..k].contains(place)), "{}", problem.name);
            let again = format!("{:?}", (problem.instance)(3).minimiser);
            assert_eq!(again, places[3], "{}", problem.name);
        }
    }

    /// What `hyperopt!` sweeps over is what the list of axes says, which the peers sweep over.
    #[test]
    fn our_spaces_are_those_of_the_peers() {
        for problem in PROBLEMS {
            let axes = (problem.axes)();
            let mut seen = vec![(f64::INFINITY, f64::NEG_INFINITY, 0); axes.len()];
            let fault = (problem.sweep)(Box::new(RandomSampler::new()), 1, 3000, &mut |x| {
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
            });
            assert!(fault.is_none(), "{fault:?}");
            for (axis, (least, most, count)) in axes.iter().zip(seen) {
                assert!(count > 300, "{} {}", problem.name, axis.name);
                assert!(
                    (-1e-9..0.02).contains(&least) && (0.98..=1.0 + 1e-9).contains(&most),
                    "{} {}: {least} {most}",
                    problem.name,
                    axis.name
                );
            }
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
