//! The hypervolume that the trials of a sweep dominate, trial by trial.

mod exclusive;

use hyperopt_core::{Goal, Sweep, number};

use crate::{frame::counted, model::Volumes};

use exclusive::{Staircase, Work};

/// Returns the hypervolume after each trial that changes it, or why it takes too long; `None` for a sweep with one goal.
///
/// The reference is the worst value of each objective among the feasible trials, so that every one of them counts from there.
pub(crate) fn volumes(sweep: &Sweep) -> Option<Result<Volumes, String>> {
    let goals = sweep.goals();
    if goals.len() < 2 {
        return None;
    }
    let feasible =
        || sweep.history().trials().iter().filter(|trial| trial.is_feasible() && !trial.objectives().is_empty());
    let losses = |values: &[f64]| -> Vec<f64> {
        values.iter().zip(goals).map(|(value, goal)| if *goal == Goal::Minimize { *value } else { -value }).collect()
    };
    let mut reference = vec![f64::NEG_INFINITY; goals.len()];
    for trial in feasible() {
        for (worst, loss) in reference.iter_mut().zip(losses(trial.objectives())) {
            *worst = worst.max(loss);
        }
    }
    let Some(steps) = steps(feasible().map(|trial| (trial.number(), losses(trial.objectives()))), &reference) else {
        let front = counted(sweep.history().pareto(goals).len(), "trial");
        return Some(Err(format!(
            "the hypervolume of {} objectives and {front} on the front takes too long",
            goals.len()
        )));
    };
    let names = sweep.objective_names();
    let ends = names
        .iter()
        .zip(&reference)
        .zip(goals)
        .map(|((name, end), goal)| format!("{name} {}", number(if *goal == Goal::Minimize { *end } else { -end })));
    Some(Ok(Volumes { steps, reference: ends.collect::<Vec<_>>().join(", ") }))
}

/// Returns the volume after each of the numbered `rows` that joins the front; `None` if they are too much work.
fn steps(rows: impl Iterator<Item = (usize, Vec<f64>)>, reference: &[f64]) -> Option<Vec<(usize, f64)>> {
    let mut steps: Vec<(usize, f64)> = Vec::new();
    if let &[x, y] = reference {
        let mut staircase = Staircase::new((x, y));
        for (number, row) in rows {
            if staircase.add(row[0], row[1]) {
                steps.push((number, staircase.area));
            }
        }
        return Some(steps);
    }
    let (mut work, mut volume, mut front) = (Work::default(), 0.0, Vec::<Vec<f64>>::new());
    for (number, row) in rows {
        if front.iter().any(|other| exclusive::covers(other, &row)) {
            continue;
        }
        volume += exclusive::exclusive(&row, &front, reference, &mut work)?;
        front.retain(|other| !exclusive::covers(&row, other));
        front.push(row);
        steps.push((number, volume));
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the volume of `rows` by the share of evenly spread points that they dominate.
    fn counted(rows: &[Vec<f64>], reference: &[f64]) -> f64 {
        const SIDE: usize = 10;
        let count = SIDE.pow(reference.len() as u32);
        let point = |index: usize| -> Vec<f64> {
            let digit = |axis: u32| (index / SIDE.pow(axis)) % SIDE;
            reference.iter().zip(0..).map(|(end, axis)| end * (digit(axis) as f64 + 0.5) / SIDE as f64).collect()
        };
        let inside = (0..count).map(point).filter(|point| rows.iter().any(|row| exclusive::covers(row, point))).count();
        reference.iter().product::<f64>() * inside as f64 / count as f64
    }

    #[test]
    fn volumes_are_those_that_counting_finds() {
        for objectives in 2..=6 {
            let reference = vec![10.0; objectives];
            let value = |trial: usize, axis: usize| ((trial * 7 + axis * 13 + trial * trial * axis * 3) % 11) as f64;
            let rows: Vec<Vec<f64>> =
                (0..14).map(|trial| (0..objectives).map(|axis| value(trial, axis).min(10.0)).collect()).collect();
            let found = steps(rows.iter().cloned().enumerate(), &reference).unwrap();
            for (number, volume) in found {
                let expected = counted(&rows[..=number], &reference);
                assert!((volume - expected).abs() < 1e-6 * expected.max(1.0), "{objectives}: {volume}, {expected}");
            }
        }
    }

    #[test]
    fn too_much_work_is_given_up() {
        let angle = |trial: usize, axis: usize| ((trial as f64 * 0.618 * (axis + 1) as f64).fract() + 0.05).powi(2);
        let row = |trial: usize| {
            let row: Vec<f64> = (0..8).map(|axis| angle(trial, axis)).collect();
            let length = row.iter().map(|x| x * x).sum::<f64>().sqrt();
            (trial, row.into_iter().map(|x| x / length).collect::<Vec<f64>>())
        };
        assert_eq!(steps((0..600).map(row), &[1.0; 8]), None);
        assert!(steps((0..30).map(row), &[1.0; 8]).is_some());
    }
}
