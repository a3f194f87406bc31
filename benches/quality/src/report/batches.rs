//! What batches cost: the trials that they need for the regret of trials one at a time.

use std::fmt::Write;

use crate::method::IN_BATCHES;
use crate::report::Report;
use crate::results::{Results, Row};
use crate::statistics::median;

/// The numbers of trials one at a time whose median regret is to be reached.
const TARGETS: [f64; 2] = [50.0, 100.0];

impl Report<'_> {
    /// For each method in batches: by how much more trials its median regret reaches that of trials one at a time.
    pub fn batches(&self, problems: &[&'static str], text: &mut String) {
        let both = self.in_batches.iter().filter_map(|batches| {
            let (name, _) = batches.method.split_once(IN_BATCHES)?;
            Some((*batches, *self.methods.iter().find(|method| method.method == name)?))
        });
        let mut lines = String::new();
        for (batches, alone) in both {
            if !batches.rows.iter().any(|row| problems.contains(&row.problem.as_str())) {
                continue;
            }
            write!(lines, "  {:<42}", batches.method).unwrap();
            for target in TARGETS {
                let mut ratios: Vec<f64> =
                    problems.iter().filter_map(|problem| needed(batches, alone, problem, target)).collect();
                let missed = ratios.iter().filter(|ratio| ratio.is_infinite()).count();
                // The upper one of two in the middle: the mean with an infinite one is no number.
                ratios.sort_by(f64::total_cmp);
                let middle = ratios.get(ratios.len() / 2).filter(|ratio| ratio.is_finite());
                let middle = middle.map_or("—".into(), |ratio| format!("{ratio:.2}"));
                write!(lines, "{middle:>10}{missed:>5} of {:<3}", ratios.len()).unwrap();
            }
            lines.push('\n');
        }
        if lines.is_empty() {
            return;
        }
        writeln!(
            text,
            "\ntrials in batches for the median regret of {TARGETS:?} trials one at a time, relative to these: the median over \
             problems, and on how many problems the regret was not reached at all"
        )
        .unwrap();
        text.push_str(&lines);
    }
}

/// Returns the ratio, infinite for a regret that was not reached; `None` where there is nothing to compare.
fn needed(batches: &Results, alone: &Results, problem: &str, target: f64) -> Option<f64> {
    let rows: Vec<_> = batches.rows.iter().filter(|row| row.problem == problem).collect();
    let seeds: Vec<u64> = rows.iter().map(|row| row.seed).collect();
    let alone = alone.rows.iter().filter(|row| row.problem == problem && seeds.contains(&row.seed));
    let alone: Vec<_> = alone.collect();
    let regrets: Vec<f64> = alone.iter().filter_map(|row| row.at(target)).collect();
    if rows.is_empty() || regrets.len() < rows.len() {
        return None;
    }
    let goal = median(&regrets);
    // A median stays the same for a while: what counts on either side is when it was reached.
    let before = reached(&alone, goal)?;
    Some(reached(&rows, goal).map_or(f64::INFINITY, |trials| trials / before))
}

/// Returns the number of trials after which the median regret of the runs is at most `goal`; between two looks it is taken to fall
/// evenly.
fn reached(rows: &[&Row], goal: f64) -> Option<f64> {
    let mut before = (0.0, f64::INFINITY);
    for &(trials, _) in &rows[0].points {
        let regret = median(&rows.iter().filter_map(|row| row.at(trials)).collect::<Vec<_>>());
        if regret <= goal {
            let is_between = before.1.is_finite() && before.1 > regret;
            let part = if is_between { (before.1 - goal) / (before.1 - regret) } else { 1.0 };
            return Some(before.0 + part * (trials - before.0));
        }
        before = (trials, regret);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_compared_at_one_regret() {
        let row =
            |points: &[(f64, f64)]| Row { problem: "branin".into(), seed: 0, microseconds: 1.0, points: points.into() };
        let of = |row| Results { method: "A".into(), about: vec![], rows: vec![row] };
        let alone = of(row(&[(8.0, 9.0), (40.0, 2.0), (50.0, 2.0), (100.0, 0.5)]));
        let batches = of(row(&[(8.0, 9.0), (56.0, 3.0), (64.0, 1.0), (72.0, 1.0)]));
        // Half of the way from 56 to 64, and the regret after 50 trials was that after 40 already.
        assert_eq!(needed(&batches, &alone, "branin", 50.0), Some(60.0 / 40.0));
        assert_eq!(needed(&alone, &alone, "branin", 50.0), Some(1.0));
        assert_eq!(needed(&batches, &alone, "branin", 100.0), Some(f64::INFINITY));
        assert_eq!(needed(&batches, &alone, "levy-8", 100.0), None);
    }
}
