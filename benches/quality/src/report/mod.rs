//! The tables of the report: medians, ranks and tests.

mod batches;
mod groups;
mod pairs;
mod ranking;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::budgeted::CHECKPOINTS;
use crate::method::IN_BATCHES;
use crate::problems;
use crate::report::groups::{groups, trials};
use crate::results::{Results, Row};
use crate::speed::TRIALS;
use crate::statistics::{holm, median, ranks, wilcoxon};
use crate::trial_run::BUDGETS;

/// A problem and a budget.
type Cell = (&'static str, f64);

/// The regrets of every method by cell and seed.
pub struct Report<'a> {
    methods: Vec<&'a Results>,
    /// The methods whose trials were run in batches.
    in_batches: Vec<&'a Results>,
    values: BTreeMap<(&'a str, &'a str, u64), &'a Row>,
}

/// Lines of a method and its costs, as a table.
pub fn speeds(lines: &str) -> String {
    let mut text = format!(
        "\nmicroseconds of processor time for a trial of 8 numbers after {TRIALS:?} trials; — not within the time limit\n"
    );
    for line in lines.lines() {
        let mut fields = line.split('\t');
        write!(text, "  {:<42}", fields.next().unwrap_or_default()).unwrap();
        for field in fields {
            write!(text, "{field:>12}").unwrap();
        }
        text.push('\n');
    }
    text
}

impl<'a> Report<'a> {
    pub fn new(results: &'a [Results]) -> Self {
        let rows = results.iter().flat_map(|method| {
            method.rows.iter().map(|row| ((method.method.as_str(), row.problem.as_str(), row.seed), row))
        });
        let (in_batches, methods) = results.iter().partition(|method| method.method.contains(IN_BATCHES));
        Self { methods, in_batches, values: rows.collect() }
    }

    fn at(&self, method: &str, (problem, budget): Cell, seed: u64) -> Option<f64> {
        self.values.get(&(method, problem, seed))?.at(budget)
    }

    /// Returns the seeds for which `method` has every cell.
    fn seeds(&self, method: &str, cells: &[Cell]) -> BTreeSet<u64> {
        let Some(results) = self.methods.iter().find(|results| results.method == method) else {
            return BTreeSet::new();
        };
        let seeds: BTreeSet<u64> = results.rows.iter().map(|row| row.seed).collect();
        seeds.into_iter().filter(|&seed| cells.iter().all(|&cell| self.at(method, cell, seed).is_some())).collect()
    }

    pub fn text(&self, reference: &str) -> String {
        let mut text = String::new();
        self.medians(&mut text);
        for group in groups() {
            self.ranking(&group, &mut text);
        }
        for suite in &problems::SUITES {
            let problems: Vec<_> = suite.problems.iter().map(|problem| problem.name).collect();
            self.few(&problems, &trials(200), suite.title, &mut text);
            self.pairs(reference, &problems, &trials(200), suite.title, &mut text);
            self.batches(&problems, &mut text);
        }
        self.tests(reference, &mut text);
        text
    }

    /// Median regrets, a table for each problem.
    fn medians(&self, text: &mut String) {
        let single = problems::PROBLEMS.map(|problem| problem.name).into_iter();
        let single = single.map(|name| (name, BUDGETS.map(|budget| budget as f64).to_vec()));
        let budgets = problems::BUDGETED.map(|problem| (problem.name, CHECKPOINTS.to_vec()));
        for (problem, budgets) in single.chain(budgets) {
            let rows: Vec<_> =
                self.methods.iter().filter(|method| method.rows.iter().any(|row| row.problem == problem)).collect();
            if rows.is_empty() {
                continue;
            }
            write!(text, "\n{:<44}{:>6}", format!("median regret on {problem} after"), "seeds").unwrap();
            for budget in &budgets {
                write!(text, "{budget:>11}").unwrap();
            }
            text.push('\n');
            for method in rows {
                let rows: Vec<_> = method.rows.iter().filter(|row| row.problem == problem).collect();
                write!(text, "  {:<42}{:>6}", method.method, rows.len()).unwrap();
                for &budget in &budgets {
                    let values: Vec<f64> = rows.iter().filter_map(|row| row.at(budget)).collect();
                    let shown = if values.len() == rows.len() { number(median(&values)) } else { "—".into() };
                    write!(text, "{shown:>11}").unwrap();
                }
                text.push('\n');
            }
        }
    }

    /// Wilcoxon's test over the seeds, of `reference` against each other method at 100 trials (or 50 largest budgets).
    fn tests(&self, reference: &str, text: &mut String) {
        let single = problems::PROBLEMS.map(|problem| (problem.name, 100.0));
        let budgets = problems::BUDGETED.map(|problem| (problem.name, 50.0));
        for cells in [&single[..], &budgets[..]] {
            let mut found = vec![];
            for other in self.methods.iter().filter(|other| other.method != reference) {
                for &cell in cells {
                    let ours = self.seeds(reference, &[cell]);
                    let pairs = ours.intersection(&self.seeds(&other.method, &[cell])).copied().collect::<Vec<_>>();
                    let of = |method: &str| -> Vec<f64> {
                        pairs.iter().filter_map(|&seed| self.at(method, cell, seed)).collect()
                    };
                    let differences: Vec<f64> =
                        of(reference).iter().zip(of(&other.method)).map(|(a, b)| a - b).collect();
                    if pairs.len() >= 6 {
                        let is_better = ranks_below(&differences);
                        found.push((other.method.as_str(), cell.0, wilcoxon(&differences), is_better));
                    }
                }
            }
            if found.is_empty() {
                continue;
            }
            let corrected = holm(&found.iter().map(|test| test.2).collect::<Vec<_>>());
            let after = if cells[0].1 == 100.0 { "100 trials" } else { "50 largest budgets" };
            writeln!(
                text,
                "\n{reference} against each after {after}: problems won, lost (Wilcoxon's signed ranks over seeds, {} tests, \
                 corrected by Holm, 5 %), and undecided",
                found.len()
            )
            .unwrap();
            let mut others: Vec<&str> = found.iter().map(|test| test.0).collect();
            others.dedup();
            for other in others {
                let mut lists = [vec![], vec![], vec![]];
                for ((_, problem, _, is_better), p) in found.iter().zip(&corrected).filter(|(test, _)| test.0 == other)
                {
                    lists[if *p > 0.05 { 2 } else { usize::from(!is_better) }].push(*problem);
                }
                let [won, lost, undecided] = lists;
                write!(
                    text,
                    "  {other:<30}{:>3} won {:>3} lost {:>3} undecided",
                    won.len(),
                    lost.len(),
                    undecided.len()
                )
                .unwrap();
                let lost = if lost.is_empty() { String::new() } else { format!("   lost: {}", lost.join(", ")) };
                writeln!(text, "{lost}").unwrap();
            }
        }
    }
}

/// Whether the signed ranks say that these differences are below zero rather than above.
fn ranks_below(differences: &[f64]) -> bool {
    let sizes: Vec<f64> = differences.iter().map(|difference| difference.abs()).collect();
    let signed = ranks(&sizes).into_iter().zip(differences).map(|(rank, difference)| rank * difference.signum());
    signed.sum::<f64>() < 0.0
}

/// Three digits, in the shorter of two forms.
fn number(value: f64) -> String {
    if value == 0.0 {
        "0".into()
    } else if (0.001..10_000.0).contains(&value) {
        let digits = (2 - value.log10().floor() as i32).max(0) as usize;
        format!("{value:.digits$}")
    } else {
        format!("{value:.2e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twenty seeds, of which A is the best with all and C the worst.
    fn results() -> Vec<Results> {
        let method = |name: &str, factor: f64, seeds: u64| {
            let rows = problems::PROBLEMS.iter().flat_map(|problem| {
                (0..seeds).map(|seed| {
                    let points =
                        BUDGETS.map(|budget| (budget as f64, factor * (1.0 + seed as f64) / budget as f64)).to_vec();
                    Row { problem: problem.name.into(), seed, microseconds: 1.0, points }
                })
            });
            Results { method: name.into(), about: vec![], rows: rows.collect() }
        };
        vec![method("C", 3.0, 20), method("A", 1.0, 20), method("B", 2.0, 20), method("D", 0.1, 4)]
    }

    #[test]
    fn the_best_is_ranked_first_and_wins() {
        let results = results();
        let text = Report::new(&results).text("A");
        let place = |line: &str| text.find(line).unwrap_or_else(|| panic!("{line} is not in\n{text}"));
        assert!(
            place("A                                             1.00    1.00    1.00    1.00    1.00  [1.00, 1.00]")
                < place("B                                             2.00")
        );
        place("D                                            not ranked: 4 seeds only");
        place("B                              20 won   0 lost   0 undecided");
        // All runs, and those of few seeds beside the others'.
        place("B                                    400       400:0+       400:0+");
        place("D                                     80        0:80-");
        place("mean rank of 4 on the 80 runs of D");
        // The median of (1 + seed) / 100 over 20 seeds.
        place("0.105");
    }

    #[test]
    fn who_is_behind_loses() {
        let results = results();
        let text = Report::new(&results).text("C");
        assert!(
            text.contains("  A                               0 won  20 lost   0 undecided   lost: branin"),
            "{text}"
        );
        let (_, tests) = text.split_once("C against each after").unwrap();
        assert!(!tests.contains("  D "), "four seeds are too few for a test: {tests}");
    }

    #[test]
    fn numbers_have_three_digits() {
        assert_eq!(
            [0.0, 0.012_345, 12.345, 1234.5, 123_456.0, 1e-5].map(number),
            ["0", "0.0123", "12.3", "1234", "1.23e5", "1.00e-5"]
        );
    }
}
