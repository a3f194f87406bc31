//! One method against each other on the runs that both have, at each budget.

use std::fmt::Write;

use crate::report::{Report, ranks_below};
use crate::statistics::{holm, wilcoxon};

/// Regrets below this count as this: the logarithm of 0 is no number.
const LEAST: f64 = 1e-12;

/// What came of two methods at one budget.
struct Paired {
    won: usize,
    lost: usize,
    runs: usize,
    p: f64,
    is_better: bool,
}

impl Report<'_> {
    /// Runs won and lost by `reference`, and Wilcoxon's test on the ratios of the regrets of all runs.
    pub fn pairs(&self, reference: &str, problems: &[&'static str], budgets: &[f64], title: &str, text: &mut String) {
        let mut table: Vec<(&str, Vec<Option<Paired>>)> = vec![];
        for other in self.methods.iter().map(|method| method.method.as_str()).filter(|other| *other != reference) {
            let line: Vec<_> = budgets.iter().map(|&budget| self.paired(reference, other, problems, budget)).collect();
            if line.iter().any(Option::is_some) {
                table.push((other, line));
            }
        }
        let values: Vec<f64> =
            table.iter().flat_map(|(_, line)| line.iter().flatten().map(|paired| paired.p)).collect();
        if values.is_empty() {
            return;
        }
        let mut corrected = holm(&values).into_iter();
        writeln!(
            text,
            "\n{reference} against each on {title}: runs won and lost (+ or - where Wilcoxon's test on the ratios of the \
             regrets, {} tests, corrected by Holm, says so at 5 %)",
            values.len()
        )
        .unwrap();
        write!(text, "  {:<30}{:>10}", "after", "runs").unwrap();
        for budget in budgets {
            write!(text, "{budget:>13}").unwrap();
        }
        text.push('\n');
        for (other, line) in table {
            let runs = line.iter().flatten().map(|paired| paired.runs);
            let (least, most) = (runs.clone().min().unwrap_or_default(), runs.max().unwrap_or_default());
            let runs = if least == most { most.to_string() } else { format!("{least}-{most}") };
            write!(text, "  {other:<30}{runs:>10}").unwrap();
            for paired in line {
                let shown = paired.map_or("—".into(), |paired| {
                    let is_sure = corrected.next().is_some_and(|p| p <= 0.05);
                    let sign = if !is_sure {
                        " "
                    } else if paired.is_better {
                        "+"
                    } else {
                        "-"
                    };
                    format!("{}:{}{sign}", paired.won, paired.lost)
                });
                write!(text, "{shown:>13}").unwrap();
            }
            text.push('\n');
        }
    }

    fn paired(&self, reference: &str, other: &str, problems: &[&'static str], budget: f64) -> Option<Paired> {
        let mut ratios = vec![];
        for &problem in problems {
            let seeds = self.seeds(reference, &[(problem, budget)]);
            for &seed in seeds.intersection(&self.seeds(other, &[(problem, budget)])) {
                let of = |method| self.at(method, (problem, budget), seed).map(|regret| regret.max(LEAST).ln());
                ratios.push(of(reference)? - of(other)?);
            }
        }
        let count = |is: fn(&f64) -> bool| ratios.iter().filter(|ratio| is(ratio)).count();
        (ratios.len() >= 6).then(|| Paired {
            won: count(|ratio| *ratio < 0.0),
            lost: count(|ratio| *ratio > 0.0),
            runs: ratios.len(),
            p: wilcoxon(&ratios),
            is_better: ranks_below(&ratios),
        })
    }
}
