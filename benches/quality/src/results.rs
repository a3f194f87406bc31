//! The files of results: a line for each problem and seed, after comments with `#` about all of them.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What one method reached on one problem with one seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub problem: String,
    pub seed: u64,
    /// Processor time of asking and telling, for each trial.
    pub microseconds: f64,
    /// The number of trials or of largest budgets, and the regret after them.
    pub points: Vec<(f64, f64)>,
}

/// All rows of one method.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    pub method: String,
    pub about: Vec<String>,
    pub rows: Vec<Row>,
}

impl Row {
    /// `problem seed µs budget:regret …`; regrets keep eight digits.
    pub fn line(&self) -> String {
        let mut line = format!("{}\t{}\t{:.1}", self.problem, self.seed, self.microseconds);
        for (budget, regret) in &self.points {
            write!(line, "\t{budget}:{regret:.7e}").expect("strings take all");
        }
        line
    }

    pub fn parse(line: &str) -> Option<Self> {
        let mut fields = line.split('\t');
        let problem = fields.next()?.to_owned();
        let seed = fields.next()?.parse().ok()?;
        let microseconds = fields.next()?.parse().ok()?;
        let point = |field: &str| {
            let (budget, regret) = field.split_once(':')?;
            Some((budget.parse().ok()?, regret.parse().ok()?))
        };
        Some(Self { problem, seed, microseconds, points: fields.map(point).collect::<Option<_>>()? })
    }

    pub fn at(&self, budget: f64) -> Option<f64> {
        self.points.iter().find(|point| point.0 == budget).map(|point| point.1)
    }
}

impl Results {
    pub fn text(&self) -> String {
        let about = self.about.iter().map(|line| format!("# {line}\n"));
        let rows = self.rows.iter().map(|row| row.line() + "\n");
        format!("# method: {}\n", self.method) + &about.chain(rows).collect::<String>()
    }

    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Self::parse(&text).ok_or_else(|| format!("{} is no file of results", path.display()))
    }

    pub fn parse(text: &str) -> Option<Self> {
        let (about, rows): (Vec<_>, Vec<_>) =
            text.lines().filter(|line| !line.is_empty()).partition(|line| line.starts_with('#'));
        let mut about = about.into_iter().map(|line| line.trim_start_matches("# ").to_owned());
        let method = about.next()?.strip_prefix("method: ")?.to_owned();
        Some(Self { method, about: about.collect(), rows: rows.into_iter().map(Row::parse).collect::<Option<_>>()? })
    }
}

/// Puts files about one method together; of two rows about one run the earlier counts.
pub fn merged(files: Vec<Results>) -> Vec<Results> {
    let mut methods: Vec<Results> = vec![];
    for file in files {
        let Some(method) = methods.iter_mut().find(|method| method.method == file.method) else {
            methods.push(file);
            continue;
        };
        let known: HashSet<(String, u64)> = method.rows.iter().map(|row| (row.problem.clone(), row.seed)).collect();
        method.rows.extend(file.rows.into_iter().filter(|row| !known.contains(&(row.problem.clone(), row.seed))));
        method.about.extend(file.about);
    }
    methods
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let row =
            Row { problem: "branin".into(), seed: 3, microseconds: 1.5, points: vec![(25.0, 0.125), (50.0, 1e-9)] };
        let results = Results { method: "X".into(), about: vec!["version: 1".into()], rows: vec![row] };
        assert_eq!(Results::parse(&results.text()).as_ref(), Some(&results));
        assert_eq!(results.rows[0].at(50.0), Some(1e-9));
        assert_eq!(results.rows[0].at(100.0), None);
        assert_eq!(Results::parse("branin\t1\n"), None);
        assert_eq!(Row::parse("branin\t1\t2.0\t25"), None);
    }
}
