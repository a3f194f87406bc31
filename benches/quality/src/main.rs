//! Compares the samplers of hyperopt with those of its peers. README.md describes it, and the script `run` starts it.

mod budgeted;
mod method;
mod methods;
mod ours;
mod peers;
mod problem;
mod problems;
mod random;
mod report;
mod results;
mod serve;
mod space;
mod speed;
mod statistics;
mod trial_run;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use method::IN_BATCHES;
use report::Report;
use results::{Results, Row};

const USAGE: &str = "\
bench-quality list                          the methods that run in this process
bench-quality run METHOD [--seeds N] [--first N] [--problem NAME] [--trials N] [--batch N]
                  [--suite own|bbob-5|bbob-10|tables] [--out DIR]
bench-quality speed METHOD [--seconds N] [--out DIR]
bench-quality report [--reference METHOD] [--seeds N] DIR …
bench-quality serve                         the functions, through a pipe";

/// The arguments of the command: words, and options with their values.
struct Arguments {
    words: Vec<String>,
    options: Vec<(String, String)>,
}

impl Arguments {
    fn new(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = arguments;
        let (mut words, mut options) = (vec![], vec![]);
        while let Some(word) = arguments.next() {
            match word.strip_prefix("--") {
                Some(option) => {
                    let value = arguments.next().ok_or(format!("--{option} needs a value"))?;
                    options.push((option.to_owned(), value));
                }
                None => words.push(word),
            }
        }
        Ok(Self { words, options })
    }

    fn text(&self, option: &str) -> Option<&str> {
        self.options.iter().rev().find(|(name, _)| name == option).map(|(_, value)| value.as_str())
    }

    fn number(&self, option: &str, default: u64) -> Result<u64, String> {
        self.text(option)
            .map_or(Ok(default), |value| value.parse().map_err(|_| format!("--{option} {value} is no number")))
    }

    fn word(&self, index: usize) -> Result<&str, String> {
        self.words.get(index).map(String::as_str).ok_or(USAGE.into())
    }
}

fn main() -> ExitCode {
    let done = Arguments::new(env::args().skip(1)).and_then(|arguments| match arguments.word(0)? {
        "list" => list(),
        "run" => run(&arguments),
        "speed" => measure(&arguments),
        "report" => report(&arguments),
        "serve" => serve::serve(io::stdin().lock(), io::stdout().lock()),
        _ => Err(USAGE.into()),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the names, each once: a method may be for single-fidelity problems, for those with budgets, or for both.
fn list() -> Result<(), String> {
    let mut names: Vec<_> = methods::methods().iter().map(|method| method.name).collect();
    names.extend(methods::schedulers().iter().map(|method| method.name));
    let mut seen = vec![];
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
            writeln!(io::stdout(), "{name}").map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

/// Runs one method on all problems, or one; seeds are the outer loop, so that what there is of a run cut short is of use.
fn run(arguments: &Arguments) -> Result<(), String> {
    let name = arguments.word(1)?;
    let first = arguments.number("first", 0)?;
    let seeds = first..first + arguments.number("seeds", 60)?;
    let trials = arguments.number("trials", 1000)? as usize;
    let batch = (arguments.number("batch", 1)? as usize).max(1);
    let wanted = |problem: &str| arguments.text("problem").is_none_or(|wanted| wanted == problem);
    let methods = methods::methods();
    let method = methods.iter().find(|method| method.name == name);
    let schedulers = methods::schedulers();
    let scheduler = schedulers.iter().find(|scheduler| scheduler.name == name);
    let version = method.map(|method| method.version).or(scheduler.map(|scheduler| scheduler.version));
    let version = version.ok_or_else(|| format!("no method is called {name}; see `list`"))?;

    let suite = arguments.text("suite").unwrap_or(problems::OWN);
    // Problems with budgets are run with those of this program, one at a time.
    let with_budgets = suite == problems::OWN && batch == 1;
    let suite = problems::suite(suite)?;

    let mut rows: Vec<Row> = vec![];
    let mut faults: Vec<String> = vec![];
    for seed in seeds.clone() {
        let single = suite
            .iter()
            .filter(|problem| wanted(problem.name))
            .filter_map(|problem| Some((problem.name, methods::run(method?, problem, seed, trials, batch))));
        let budgets = problems::BUDGETED
            .iter()
            .filter(|problem| with_budgets && wanted(problem.name))
            .filter_map(|problem| Some((problem.name, methods::run_scheduler(scheduler?, problem, seed))));
        for (problem, outcome) in single.chain(budgets) {
            match outcome {
                Ok(row) => rows.push(row),
                Err(fault) => faults.push(format!("{problem}: {fault}")),
            }
        }
        // Whatever ends a run that takes long leaves the seeds before.
        if arguments.text("out").is_some() || seed + 1 == seeds.end {
            faults.sort();
            faults.dedup();
            let about = [format!("version: {version}"), format!("seeds: {} to {seed}", seeds.start)];
            let about = about.into_iter().chain(faults.iter().map(|fault| format!("fault: {fault}")));
            let method = if batch > 1 { format!("{name}{IN_BATCHES}{batch}") } else { name.into() };
            let results = Results { method, about: about.collect(), rows: rows.clone() };
            write(arguments, &file_name(name, arguments), &results.text())?;
        }
    }
    Ok(())
}

fn measure(arguments: &Arguments) -> Result<(), String> {
    let name = arguments.word(1)?;
    let seconds = arguments.number("seconds", 60)? as f64;
    let methods = methods::methods();
    let method =
        methods.iter().find(|method| method.name == name).ok_or_else(|| format!("no method is called {name}"))?;
    std::panic::set_hook(Box::new(|_| {}));
    let costs = speed::measure(method, seconds);
    let costs = costs.into_iter().map(|cost| cost.map_or("—".into(), |cost| format!("{cost:.1}")));
    let line = format!("{name}\t{}\n", costs.collect::<Vec<_>>().join("\t"));
    write(arguments, &file_name(name, arguments).replace(".tsv", ".speed"), &line)
}

fn write(arguments: &Arguments, file: &str, text: &str) -> Result<(), String> {
    let Some(folder) = arguments.text("out") else {
        return io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string());
    };
    let path = Path::new(folder).join(file);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// Returns the name of a file of results: the method, and what is not the usual.
fn file_name(method: &str, arguments: &Arguments) -> String {
    let suite = arguments.text("suite").filter(|suite| *suite != problems::OWN).map(|suite| format!(".{suite}"));
    let batch = arguments.text("batch").filter(|batch| *batch != "1").map(|batch| format!(".batches-{batch}"));
    let unusual: String = suite.into_iter().chain(batch).collect();
    format!("{}{unusual}.tsv", method.replace([' ', '+'], "-"))
}

/// Returns the tables of all files in the folders; of two results of one run, that in the earlier folder counts.
fn report(arguments: &Arguments) -> Result<(), String> {
    let mut files: Vec<PathBuf> = vec![];
    for folder in &arguments.words[1..] {
        let entries = fs::read_dir(folder).map_err(|error| format!("{folder}: {error}"))?;
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        files.extend(paths);
    }
    let is =
        |ending: &'static str| move |path: &&PathBuf| path.extension().is_some_and(|extension| extension == ending);
    let results = files.iter().filter(is("tsv")).map(|path| Results::read(path)).collect::<Result<Vec<_>, _>>()?;
    let mut results = results::merged(results);
    // Kept results have more seeds than a quick run.
    let seeds = arguments.number("seeds", u64::MAX)?;
    for method in &mut results {
        method.rows.retain(|row| row.seed < seeds);
    }
    let mut text = Report::new(&results).text(arguments.text("reference").unwrap_or("AutoSampler"));

    let mut names = vec![];
    let first = |path: &&PathBuf| {
        let is_new = !names.contains(&path.file_name().map(ToOwned::to_owned));
        names.push(path.file_name().map(ToOwned::to_owned));
        is_new
    };
    let speeds: String =
        files.iter().filter(is("speed")).filter(first).filter_map(|path| fs::read_to_string(path).ok()).collect();
    if !speeds.is_empty() {
        text += &report::speeds(&speeds);
    }
    text += "\nversions and faults\n";
    let about = results.iter().map(|method| format!("  {:<42}{}\n", method.method, method.about.join("; ")));
    text.extend(about);
    io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string())
}
