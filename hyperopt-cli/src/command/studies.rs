//! `hyperopt studies`: lists the studies of a database, or deletes one.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use hyperopt_core::plain::plain_line;
use hyperopt_core::{Goal, Sweep};
use hyperopt_store::{Deleted, Study, StudyError, Summary};
use itertools::Itertools;
use serde_json::{Value, json};

use crate::args::{DeleteArgs, ListArgs, StudiesArgs, StudiesCommand};
use crate::failure::Failure;
use crate::message::{note, say, warning};
use crate::output::{Layout, RunFile, study_address};
use crate::print::{print, print_json};
use crate::results::{is_address, refuse_file};

pub(crate) fn run(studies: &StudiesArgs) -> Result<(), Failure> {
    match &studies.command {
        Some(StudiesCommand::Delete(delete)) => self::delete(delete),
        Some(StudiesCommand::List(args)) => list(args),
        None => list(&studies.list),
    }
}

/// A study of the list, with what only its trials say.
struct Listed {
    summary: Summary,
    metric: Option<String>,
    /// The best objective of a study with a single goal.
    best: Option<f64>,
}

fn list(args: &ListArgs) -> Result<(), Failure> {
    let database = database(args, "hyperopt studies")?;
    let listed = |summary: Summary| {
        // What another program has begun may not be a sweep; its numbers are shown all the same.
        let sweep = named(&database, &summary.name).and_then(|study| study.read()).ok();
        let metric = sweep.as_ref().and_then(|sweep| sweep.objective_names().first().map(ToString::to_string));
        let best = sweep.as_ref().filter(|sweep| sweep.goals().len() == 1).and_then(best);
        Listed { summary, metric, best }
    };
    let study = Study::open(&database).map_err(Failure::study)?;
    let studies: Vec<_> = study.list().map_err(Failure::study)?.into_iter().map(listed).collect();
    if args.json {
        let studies: Vec<_> = studies.iter().map(described).collect();
        return print_json(&json!({ "address": study.shown_address(), "studies": studies }));
    }
    if studies.is_empty() {
        return print(|out| writeln!(out, "{} holds no study", study.shown_address()));
    }
    let heads = ["study", "trials", "best", "sampler", "started", "last activity"].map(str::to_owned);
    let rows: Vec<_> = [heads].into_iter().chain(studies.iter().map(row)).collect();
    print(|out| write_table(&rows, out))
}

fn named(url: &str, name: &str) -> Result<Study, StudyError> {
    Ok(Study::open(url)?.name(name))
}

fn best(sweep: &Sweep) -> Option<f64> {
    Some(sweep.history().best(sweep.goal())?.1)
}

/// Returns the numbers of trials by state, as their JSON names them.
fn states(summary: &Summary) -> [(&'static str, usize); 6] {
    let Summary { complete, pruned, failed, running, paused, waiting, .. } = *summary;
    [
        ("complete", complete),
        ("pruned", pruned),
        ("failed", failed),
        ("running", running),
        ("paused", paused),
        ("waiting", waiting),
    ]
}

fn described(listed: &Listed) -> Value {
    let Listed { summary, metric, best } = listed;
    let states: serde_json::Map<_, _> =
        states(summary).into_iter().map(|(state, count)| (state.to_owned(), count.into())).collect();
    let goals: Vec<_> = summary.goals.iter().map(|goal| goal_name(*goal)).collect();
    json!({
        "name": summary.name, "goals": goals, "metric": metric, "trials": summary.trials, "states": states, "best": best,
        "sampler": summary.sampler, "started": summary.started, "active": summary.active,
    })
}

fn goal_name(goal: Goal) -> &'static str {
    if goal == Goal::Maximize { "maximize" } else { "minimize" }
}

fn row(listed: &Listed) -> [String; 6] {
    let Listed { summary, metric, best } = listed;
    let states = states(summary).into_iter().filter(|(_, count)| *count > 0);
    let states = states.map(|(state, count)| format!("{count} {state}")).join(", ");
    let trials = if states.is_empty() { "none".to_owned() } else { states };
    let metric = metric.as_deref().unwrap_or("objective");
    let best = match (summary.goals.as_slice(), best) {
        ([_], Some(best)) => format!("{metric} = {}", hyperopt_core::Value::Float(*best)),
        ([_, _, ..], _) => format!("{} objectives", summary.goals.len()),
        _ => "–".to_owned(),
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let cells =
        [summary.name.clone(), trials, best, text(&summary.sampler), text(&summary.started), text(&summary.active)];
    cells.map(|cell| plain_line(&cell).into_owned())
}

/// Writes rows whose columns are as wide as their widest cell.
fn write_table(rows: &[[String; 6]], out: &mut dyn Write) -> io::Result<()> {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 6] = std::array::from_fn(width);
    rows.iter().try_for_each(|row| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).join("  ");
        writeln!(out, "{}", cells.trim_end())
    })
}

fn delete(args: &DeleteArgs) -> Result<(), Failure> {
    let database = database(&args.database, "hyperopt studies delete NAME")?;
    let study = named(&database, &args.name).map_err(Failure::study)?;
    let address = study.shown_address();
    let studies = study.list().map_err(Failure::study)?;
    if !args.yes && studies.iter().any(|study| study.name == args.name) {
        let trials = studies.iter().find(|study| study.name == args.name).map_or(0, |study| study.trials);
        confirm(&format!("delete the study `{}` with {} from {address}", args.name, counted(trials)))?;
    }
    let deleted = if args.force { study.delete_forced() } else { study.delete() };
    let Deleted { trials, workers, .. } = deleted.map_err(|error| match error {
        error @ StudyError::InUse { .. } => Failure::usage(format!("{error}, or delete it with `--force`")),
        error => Failure::study(error),
    })?;
    for worker in &workers {
        warning(format_args!("{worker} still runs a trial of it, and ends with an error"));
    }
    if args.database.json {
        return print_json(&json!({
            "address": address, "deleted": args.name, "trials": trials, "workers": workers,
        }));
    }
    say(format_args!("deleted the study `{}` with {} from {address}", args.name, counted(trials)));
    if let Some(source) = args.database.source.as_deref().filter(|source| !is_address(source)) {
        note(format_args!("the files in {source} stay"));
    }
    Ok(())
}

fn counted(trials: usize) -> String {
    if trials == 1 { "1 trial".to_owned() } else { format!("{trials} trials") }
}

/// Asks `question` on the terminal. Fails if the answer is not yes, or if there is no terminal to ask on.
fn confirm(question: &str) -> Result<(), Failure> {
    let question = plain_line(question);
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(format!("there is no terminal to confirm on; write `--yes` to {question}")));
    }
    let mut answer = String::new();
    let asked = write!(anstream::stderr(), "{question}? [y/N] ").and_then(|()| io::stderr().flush());
    asked.and_then(|()| io::stdin().lock().read_line(&mut answer)).map_err(Failure::broken)?;
    if matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        Ok(())
    } else {
        Err(Failure::usage("nothing was deleted"))
    }
}

/// Returns the address of the database that the command line names.
fn database(args: &ListArgs, command: &str) -> Result<String, Failure> {
    let Some(source) = args.source.as_ref().filter(|source| !source.is_empty()) else {
        return Err(Failure::usage(format!(
            "which database? write its address, or the output directory of a sweep: `{command} sqlite:sweep.db`; the variable \
             HYPEROPT_STUDY does too"
        )));
    };
    if is_address(source) {
        return Ok(source.clone());
    }
    refuse_file(source)?;
    let layout = Layout::new(Path::new(source)).map_err(|error| Failure::usage(format!("{source}: {error}")))?;
    study_address(&layout, &RunFile::read(&layout)?, None)
}
