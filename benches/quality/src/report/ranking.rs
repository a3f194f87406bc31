//! Mean ranks, at each budget and over all of them.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::report::groups::Group;
use crate::report::{Cell, Report};
use crate::statistics::{bootstrap, ranks};

/// A problem and a seed.
type Pair = (&'static str, u64);

impl Report<'_> {
    /// Mean ranks over problems, budgets and the seeds that all of the ranked methods have.
    pub fn ranking(&self, group: &Group, text: &mut String) {
        let problems: Vec<&'static str> = group
            .problems
            .iter()
            .copied()
            .filter(|problem| self.methods.iter().any(|method| method.rows.iter().any(|row| row.problem == *problem)))
            .collect();
        let cells: Vec<Cell> =
            problems.iter().flat_map(|&problem| group.budgets.iter().map(move |&budget| (problem, budget))).collect();
        let with_seeds = self.methods.iter().map(|method| (method.method.as_str(), self.seeds(&method.method, &cells)));
        let with_seeds: Vec<_> = with_seeds.filter(|(_, seeds)| !seeds.is_empty()).collect();
        let most = with_seeds.iter().map(|(_, seeds)| seeds.len()).max().unwrap_or_default();
        // A method with few seeds would take the seeds of all others away.
        let (ranked, few): (Vec<_>, Vec<_>) = with_seeds.into_iter().partition(|(_, seeds)| 2 * seeds.len() >= most);
        if cells.is_empty() || ranked.len() < 2 {
            return;
        }
        let common = ranked.iter().map(|(_, seeds)| seeds.clone()).reduce(|a, b| &a & &b).unwrap_or_default();
        let pairs: Vec<Vec<Pair>> =
            common.iter().map(|&seed| problems.iter().map(|&problem| (problem, seed)).collect()).collect();
        let methods: Vec<&str> = ranked.iter().map(|(method, _)| *method).collect();
        writeln!(
            text,
            "\nmean rank of {} on {} ({} problems, {} seeds; the mean with its 95 % interval by the bootstrap over seeds)",
            methods.len(),
            group.title,
            problems.len(),
            common.len()
        )
        .unwrap();
        self.rank_table(&methods, &pairs, &group.budgets, text);
        for (method, seeds) in few {
            writeln!(text, "  {method:<42}   not ranked: {} seeds only", seeds.len()).unwrap();
        }
    }

    /// For each method that has few runs: the mean ranks, on these runs alone, of all methods that have them too.
    pub fn few(&self, problems: &[&'static str], budgets: &[f64], title: &str, text: &mut String) {
        let pairs_of = |method: &str, budget: f64| -> BTreeSet<Pair> {
            let found = problems.iter().flat_map(|&problem| {
                self.seeds(method, &[(problem, budget)]).into_iter().map(move |seed| (problem, seed))
            });
            found.collect()
        };
        let first = budgets[0];
        let most = self.methods.iter().map(|method| pairs_of(&method.method, first).len()).max().unwrap_or_default();
        for few in &self.methods {
            let pairs = pairs_of(&few.method, first);
            if pairs.is_empty() || 2 * pairs.len() >= most {
                continue;
            }
            let budgets: Vec<f64> =
                budgets.iter().copied().filter(|&budget| pairs_of(&few.method, budget).len() == pairs.len()).collect();
            let methods: Vec<&str> = self
                .methods
                .iter()
                .map(|method| method.method.as_str())
                .filter(|method| budgets.iter().all(|&budget| pairs_of(method, budget).is_superset(&pairs)))
                .collect();
            if methods.len() < 2 {
                continue;
            }
            let kinds: BTreeSet<&str> = pairs.iter().map(|pair| pair.0).collect();
            writeln!(
                text,
                "\nmean rank of {} on the {} runs of {} ({title}: {} problems; interval by the bootstrap over runs)",
                methods.len(),
                pairs.len(),
                few.method,
                kinds.len()
            )
            .unwrap();
            let pairs: Vec<Vec<Pair>> = pairs.into_iter().map(|pair| vec![pair]).collect();
            self.rank_table(&methods, &pairs, &budgets, text);
        }
    }

    /// A line for each method: its mean rank at each budget, and the mean of all; each of `draws` is one thing of the bootstrap.
    fn rank_table(&self, methods: &[&str], draws: &[Vec<Pair>], budgets: &[f64], text: &mut String) {
        let rank = |&(problem, seed): &Pair, budget: f64| -> Vec<f64> {
            ranks(&methods.iter().filter_map(|method| self.at(method, (problem, budget), seed)).collect::<Vec<_>>())
        };
        let mean = |ranks: Vec<Vec<f64>>| -> Vec<f64> {
            (0..methods.len()).map(|k| ranks.iter().map(|ranks| ranks[k]).sum::<f64>() / ranks.len() as f64).collect()
        };
        let columns: Vec<Vec<f64>> = draws
            .iter()
            .map(|pairs| mean(pairs.iter().flat_map(|pair| budgets.iter().map(move |&b| rank(pair, b))).collect()))
            .collect();
        let at: Vec<Vec<f64>> = budgets
            .iter()
            .map(|&budget| mean(draws.iter().flatten().map(|pair| rank(pair, budget)).collect()))
            .collect();
        write!(text, "  {:<42}", "after").unwrap();
        for budget in budgets {
            write!(text, "{budget:>8}").unwrap();
        }
        writeln!(text, "{:>8}", "mean").unwrap();
        let mut table: Vec<_> = methods.iter().enumerate().zip(bootstrap(&columns)).collect();
        table.sort_by(|a, b| a.1.0.total_cmp(&b.1.0));
        for ((k, method), (mean, lo, hi)) in table {
            write!(text, "  {method:<42}").unwrap();
            for ranks in &at {
                write!(text, "{:>8.2}", ranks[k]).unwrap();
            }
            let interval = if draws.len() < 5 { String::new() } else { format!("  [{lo:.2}, {hi:.2}]") };
            writeln!(text, "{mean:>8.2}{interval}").unwrap();
        }
    }
}
