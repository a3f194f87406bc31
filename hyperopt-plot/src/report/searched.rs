//! What was searched: the hyperparameters with their candidates, and the goals.

use hyperopt_core::{Axis, Goal, Kind, Scale, Sweep, number, plain::plain_line};
use itertools::Itertools as _;
use maud::{Markup, html};

/// The most labels that are listed.
const MOST_LABELS: usize = 16;

/// Writes the hyperparameters and the goals.
pub(super) fn searched(sweep: &Sweep) -> Markup {
    let goals = sweep.objective_names().into_iter().zip(sweep.goals());
    html! {
        section #searched aria-labelledby="searched-title" {
            h2 #searched-title { "What was searched" }
            .scroll role="region" aria-labelledby="searched-title" tabindex="0" {
                table {
                    thead { tr { th scope="col" { "hyperparameter" } th scope="col" { "candidates" } } }
                    tbody {
                        @for (index, axis) in sweep.space().axes().iter().enumerate() {
                            tr {
                                th scope="row" { (plain_line(axis.parameter())) }
                                td.text {
                                    (plain_line(&candidates(axis)))
                                    @if !axis.parents().is_empty() { (active(sweep, index)) }
                                }
                            }
                        }
                        @for (name, goal) in goals {
                            tr {
                                th scope="row" { (plain_line(&name)) }
                                td.text {
                                    @match goal {
                                        Goal::Minimize => "to be minimized",
                                        Goal::Maximize => "to be maximized",
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn active(sweep: &Sweep, index: usize) -> String {
    let trials = sweep.history().trials();
    let count = trials.iter().filter(|trial| trial.point().is_active(index)).count();
    format!(", in {count} of {} trials", trials.len())
}

/// Describes the candidates of an axis: `1e-5 to 0.1, logarithmic`, `relu, tanh`.
fn candidates(axis: &Axis) -> String {
    if let Some(labels) = axis.labels() {
        let shown = labels.iter().take(MOST_LABELS).map(ToString::to_string).join(", ");
        let rest = labels.len().saturating_sub(MOST_LABELS);
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let order = if matches!(axis.kind(), Kind::Ordered(_)) { ", in this order" } else { "" };
        return format!("{shown}{rest}{order}");
    }
    let scale = match axis.scale() {
        Scale::Log10 => ", logarithmic",
        Scale::Logit => ", by the logarithm of the odds",
        Scale::Bilog => ", logarithmic on both sides of 0",
        Scale::Normal | Scale::LogNormal => {
            let name = if axis.scale() == Scale::Normal { "normal" } else { "log-normal" };
            return format!("{name}, half of it below {}", axis.value(0.5));
        }
        _ => "",
    };
    let levels = axis.levels().map(|levels| format!(", {levels} levels")).unwrap_or_default();
    let (low, high) = axis.bounds().unwrap_or_default();
    format!("{} to {}{scale}{levels}", number(low), number(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_described() {
        let floats = Axis::float("a", hyperopt_core::Floats::from(1e-5..=0.1).scale(Scale::Log10)).unwrap();
        assert_eq!(candidates(&floats), "1e-5 to 0.1, logarithmic");
        assert_eq!(candidates(&Axis::int("a", 1..=8).unwrap()), "1 to 8, 8 levels");
        assert_eq!(candidates(&Axis::ordinal("a", [16, 32]).unwrap()), "16, 32, in this order");
        let many = Axis::categorical("a", (0..20).map(|n| format!("c{n}"))).unwrap();
        assert!(candidates(&many).ends_with("c15 and 4 more"), "{}", candidates(&many));
        let normal = Axis::float("a", hyperopt_core::Floats::normal(2.0, 1.0)).unwrap();
        assert_eq!(candidates(&normal), "normal, half of it below 2");
    }
}
