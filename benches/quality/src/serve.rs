//! The functions for other languages, through a pipe: one line in, one line out, so that each function exists once.
//!
//! | line | answer |
//! |---|---|
//! | `problems` | all problems, with the axes of those that have budgets, as JSON |
//! | `axes NAME SEED` | the axes of a problem without budgets, as JSON |
//! | `start NAME SEED`, `start NAME SEED BATCH` | `ok`; begins a run, of trials in batches for the second |
//! | `value X …` | the objective at a point, `nan` for axes that do not exist |
//! | `train CONFIGURATION BUDGET X …` | the loss at a budget, or `end` |
//! | `end MICROSECONDS` | the line of results |

use std::io::{BufRead, Write};

use crate::budgeted::{BudgetedRun, CHECKPOINTS};
use crate::problems;
use crate::results::Row;
use crate::space::Axis;
use crate::trial_run::TrialRun;

/// The run that a client has begun.
enum Served {
    None,
    Trials(Box<TrialRun>),
    Budgets(Box<BudgetedRun>),
}

/// A client: its run, with the name and the seed of the problem.
struct Connection {
    served: Served,
    problem: String,
    seed: u64,
    batch: usize,
}

/// Answers each line of `input` with a line of `output`, until the input ends.
pub fn serve(input: impl BufRead, mut output: impl Write) -> Result<(), String> {
    let mut connection = Connection { served: Served::None, problem: String::new(), seed: 0, batch: 1 };
    for line in input.lines() {
        let line = line.map_err(|error| error.to_string())?;
        let answer = connection.answer(&line).unwrap_or_else(|| format!("error: {line}"));
        writeln!(output, "{answer}").and_then(|()| output.flush()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

impl Connection {
    fn answer(&mut self, line: &str) -> Option<String> {
        let mut words = line.split_whitespace();
        match words.next()? {
            "problems" => return Some(describe()),
            "axes" => {
                let problem = problems::find(words.next()?)?;
                return Some(axes(&(problem.axes)(words.next()?.parse().ok()?)));
            }
            "start" => {
                words.next()?.clone_into(&mut self.problem);
                self.seed = words.next()?.parse().ok()?;
                self.batch = words.next().map_or(Some(1), |word| word.parse().ok())?.max(1);
                self.served = if let Some(problem) = problems::find(&self.problem) {
                    Served::Trials(Box::new(TrialRun::new((problem.instance)(self.seed), self.seed)))
                } else {
                    Served::Budgets(Box::new(BudgetedRun::new(problems::find_budgeted(&self.problem)?, self.seed)))
                };
                return Some("ok".into());
            }
            "value" => {
                let x = numbers(words)?;
                let Served::Trials(run) = &mut self.served else { return None };
                return Some(format!("{:?}", run.evaluate(&x)));
            }
            "train" => {
                let (configuration, budget) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
                let x = numbers(words)?;
                let Served::Budgets(run) = &mut self.served else { return None };
                return Some(run.evaluate(configuration, budget, &x).map_or("end".into(), |loss| format!("{loss:?}")));
            }
            "end" => {}
            _ => return None,
        }
        let microseconds = words.next()?.parse().ok()?;
        let points = match std::mem::replace(&mut self.served, Served::None) {
            Served::None => return None,
            Served::Trials(run) if self.batch > 1 => run.points_in_batches(self.batch),
            Served::Trials(run) => run.points(),
            Served::Budgets(run) => CHECKPOINTS.into_iter().zip(run.regrets().iter().copied()).collect(),
        };
        Some(Row { problem: self.problem.clone(), seed: self.seed, microseconds, points }.line())
    }
}

fn numbers<'a>(words: impl Iterator<Item = &'a str>) -> Option<Vec<f64>> {
    words.map(|word| word.parse().ok()).collect()
}

fn axes(axes: &[Axis]) -> String {
    format!("[{}]", axes.iter().map(Axis::json).collect::<Vec<_>>().join(","))
}

fn describe() -> String {
    let single: Vec<String> = problems::SUITES
        .iter()
        .flat_map(|suite| suite.problems.iter().map(|problem| (suite.name, problem)))
        .map(|(suite, problem)| {
            let (name, continuous) = (problem.name, problem.is_continuous);
            format!(r#"{{"name":"{name}","suite":"{suite}","continuous":{continuous}}}"#)
        })
        .collect();
    let budgets = problems::BUDGETED.map(|problem| {
        let (least, most) = problem.budgets;
        format!(r#"{{"name":"{}","budgets":[{least},{most}],"axes":{}}}"#, problem.name, axes(&(problem.axes)()))
    });
    format!("[{},{}]", single.join(","), budgets.join(","))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::{Row, problems, serve};

    fn answers(lines: &str) -> Vec<String> {
        let mut output = Vec::new();
        serve(lines.as_bytes(), &mut output).unwrap();
        String::from_utf8(output).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_run_through_the_pipe_is_that_of_the_function() {
        let instance = (problems::find("branin").unwrap().instance)(3);
        let x = [1.5, 2.5];
        let mut lines = "start branin 3\n".to_owned();
        lines.extend(std::iter::repeat_n("value 1.5 2.5\n", 25));
        let answers = answers(&(lines + "end 12\n"));
        assert_eq!(answers[1].parse(), Ok((instance.objective)(&x)));
        let row = Row::parse(&answers[26]).unwrap();
        let points = [10.0, 25.0].map(|budget| (budget, instance.regret(&x))).to_vec();
        assert_eq!(row.line(), Row { problem: "branin".into(), seed: 3, microseconds: 12.0, points }.line());
    }

    #[test]
    fn budgets_end_with_the_last_checkpoint() {
        let mut lines = "start curves-6 0\n".to_owned();
        for configuration in 0..102 {
            writeln!(lines, "train {configuration} 81 0.1 1e-4 0.2 64 1 0").unwrap();
        }
        let answers = answers(&(lines + "end 0\n"));
        assert_eq!((answers[101] == "end", answers[102].as_str()), (false, "end"));
        assert_eq!(Row::parse(&answers[103]).unwrap().points.len(), 6);
    }

    #[test]
    fn nonsense_is_answered_with_an_error() {
        let answers = answers("value 1\nstart nothing 1\nstart branin x\nwhat\nend 1\n");
        assert!(answers.iter().all(|answer| answer.starts_with("error: ")), "{answers:?}");
    }
}
