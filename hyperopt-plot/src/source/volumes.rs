//! The hypervolume that the trials of a sweep dominate, trial by trial.

use hyperopt_core::{Goal, Sweep, number};

use crate::model::Volumes;

/// Returns the hypervolume after each trial that changes it; `None` for a sweep with one goal.
///
/// The reference is the worst value of each objective among the feasible trials, so that every one of them counts from there.
pub(crate) fn volumes(sweep: &Sweep) -> Option<Volumes> {
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
    let (mut front, mut steps): (Vec<Vec<f64>>, Vec<(usize, f64)>) = (Vec::new(), Vec::new());
    for trial in feasible() {
        let row = losses(trial.objectives());
        if front.iter().any(|other| covers(other, &row)) {
            continue;
        }
        front.retain(|other| !covers(&row, other));
        front.push(row);
        let rows: Vec<&[f64]> = front.iter().map(Vec::as_slice).collect();
        steps.push((trial.number(), volume(rows, &reference)));
    }
    let names = sweep.objective_names();
    let ends = names
        .iter()
        .zip(&reference)
        .zip(goals)
        .map(|((name, end), goal)| format!("{name} {}", number(if *goal == Goal::Minimize { *end } else { -end })));
    Some(Volumes { steps, reference: ends.collect::<Vec<_>>().join(", ") })
}

/// Whether `row` is nowhere worse than `other`.
fn covers(row: &[f64], other: &[f64]) -> bool {
    row.iter().zip(other).all(|(a, b)| a <= b)
}

/// Returns the volume between `rows` and `reference`, slice by slice along the last objective.
fn volume(mut rows: Vec<&[f64]>, reference: &[f64]) -> f64 {
    let Some((&end, rest)) = reference.split_last() else { return 0.0 };
    let last = rest.len();
    if rest.is_empty() {
        return rows.iter().map(|row| end - row[0]).fold(0.0, f64::max);
    }
    rows.sort_by(|a, b| a[last].total_cmp(&b[last]));
    let ends = rows.iter().skip(1).map(|row| row[last]).chain([end]);
    let thick: Vec<f64> = rows.iter().zip(ends).map(|(row, end)| end - row[last]).collect();
    if let &[right] = rest {
        // In the plane, a slice is as long as the best row so far.
        let mut best = right;
        let mut area = 0.0;
        for (row, thick) in rows.iter().zip(thick) {
            best = best.min(row[0]);
            area += thick * (right - best);
        }
        return area;
    }
    let slice =
        |(index, thick): (usize, f64)| if thick > 0.0 { thick * volume(rows[..=index].to_vec(), rest) } else { 0.0 };
    thick.into_iter().enumerate().map(slice).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_of_boxes() {
        let rows: [&[f64]; 3] = [&[1.0, 3.0], &[2.0, 2.0], &[3.0, 1.0]];
        assert_eq!(volume(rows.to_vec(), &[4.0, 4.0]), 6.0);
        let rows: [&[f64]; 2] = [&[0.0, 0.0, 1.0], &[1.0, 1.0, 0.0]];
        // 2 × 2 × 1 and 1 × 1 × 2, which share 1.
        assert_eq!(volume(rows.to_vec(), &[2.0, 2.0, 2.0]), 5.0);
        assert_eq!(volume(Vec::new(), &[2.0, 2.0, 2.0]), 0.0);
    }
}
