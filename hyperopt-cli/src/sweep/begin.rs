//! `hyperopt run`: starts a sweep in a new output directory.

use std::collections::hash_map::RandomState;
use std::ffi::OsString;
use std::fs;
use std::hash::BuildHasher;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use hyperopt_store::Study;
use hyperopt_yaml::Config;

use crate::args::RunArgs;
use crate::failure::Failure;
use crate::message::note;
use crate::output::{Claim, Layout, RunFile, absolute, config_text, study_address};
use crate::quote::quoted;
use crate::sweep::prepare::{Prepared, listen};

/// Checks everything that can be checked before the first trial, writes the output directory, and runs the sweep.
pub(crate) fn run(args: RunArgs) -> Result<ExitCode, Failure> {
    let text = fs::read_to_string(&args.config)
        .map_err(|error| Failure::usage(format!("cannot read {}: {error}{}", args.config.display(), advice(&error))))?;
    let name = args.config.display().to_string();
    let config = Config::parse(&name, &text).map_err(Failure::usage)?;
    let stem = args.config.file_stem().filter(|stem| !stem.is_empty()).unwrap_or("sweep".as_ref()).to_owned();
    let output = args.output.clone().unwrap_or_else(|| Path::new("results").join(&stem));
    let shown = output.display().to_string();
    let layout = Layout::new(&output).map_err(|error| Failure::usage(format!("{shown}: {error}")))?;
    if let Some(obstacle) = layout.obstacle() {
        return Err(Failure::usage(format!("{obstacle}; choose another directory with `--output`")));
    }
    let used = || {
        Failure::usage(format!(
            "there is a sweep in {shown} already; continue it with `hyperopt resume {}`, take part in it with `--join`, or \
             choose another directory with `--output`",
            quoted(&shown)
        ))
    };
    let (display, joins, is_dry) = (args.display, args.join, args.dry_run);
    if layout.is_used() && !joins {
        return Err(used());
    }
    let mut run = run_file(name, args)?;
    let definition = config.definition();
    let given = run.search.study.take().or_else(|| definition.study().map(str::to_owned));
    if run.search.name.is_none() && !definition.has_study_name() {
        let stem = stem.to_string_lossy();
        if let Some(url) = &given {
            tell_of_unnamed(url, &stem);
        }
        run.search.name = Some(stem.into_owned());
    }
    run.search.name.get_or_insert_with(|| definition.study_name().to_owned());
    if let Some(url) = &given {
        run.wants_study = Study::open(url).map_err(Failure::study)?.has_password();
        run.search.study = (!run.wants_study).then(|| absolute(url, &run.directory));
    }
    let url = study_address(&layout, &run, given.as_deref())?;
    let prepared = Prepared::new(&run, config, layout, display, url)?;
    if let Some(samples) = run.search.num_samples {
        prepared.check_rounds(samples)?;
    }
    prepared.check_metric(run.metric.metric.is_some())?;
    if joins && prepared.layout.is_used() {
        check_same(&prepared.layout, &run, &text)?;
    }
    if is_dry {
        return prepared.dry_run();
    }
    listen()?;
    match Claim::new(&prepared.layout, &run, &text)? {
        Some(claim) => prepared.start(Some(&claim)),
        None if joins => {
            check_same(&prepared.layout, &run, &text)?;
            prepared.start(None)
        }
        None => Err(used()),
    }
}

/// Returns the end of a message about a configuration that cannot be read.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "; `hyperopt init FILE` writes one to start from",
        _ => "",
    }
}

/// Refuses to take part in the sweep of an output directory that another command line or another configuration has started.
fn check_same(layout: &Layout, run: &RunFile, text: &str) -> Result<(), Failure> {
    let kept = RunFile::read(layout)?;
    let kept_text = config_text(layout, &kept)
        .map_err(|error| Failure::usage(format!("cannot read {}: {error}", layout.config().display())))?;
    let other = if kept_text == text { kept.difference(run) } else { Some("configuration") };
    match other {
        Some(what) => Err(Failure::usage(format!(
            "the sweep in {} was started with another {what}; `--join` takes part in the same one: write the same, or choose \
             another directory with `--output`",
            layout.root().display()
        ))),
        None => Ok(()),
    }
}

/// Says how to continue a sweep without a name of its own: earlier versions gave all of them one name.
fn tell_of_unnamed(url: &str, name: &str) {
    let listed = Study::open(url).ok().filter(|_| url.starts_with("sqlite")).and_then(|study| study.list().ok());
    let has = |name: &str| listed.iter().flatten().any(|study| study.name == name);
    if has("hyperopt") && !has(name) {
        note(format_args!(
            "this begins the sweep `{name}`; the database has a sweep `hyperopt`, which `--name hyperopt` continues"
        ));
    }
}

/// Returns a number that no other process draws.
fn random() -> u64 {
    RandomState::new().hash_one(std::process::id())
}

/// Returns what `run.json` holds: text, with absolute paths.
fn run_file(config: String, args: RunArgs) -> Result<RunFile, Failure> {
    let directory = std::env::current_dir()
        .map_err(|error| Failure::usage(format!("the working directory cannot be used: {error}")))?;
    let text = |word: OsString| {
        word.into_string().map_err(|word| {
            Failure::usage(format!("`{}` is not UTF-8, which a sweep that can be resumed must be", word.display()))
        })
    };
    let dataset = match args.dataset.map(text).transpose()? {
        Some(address) if address.contains("://") => Some(address),
        Some(path) if path.is_empty() => {
            return Err(Failure::usage("`--dataset` is empty; write the path of the data, or leave the option out"));
        }
        Some(path) => {
            let found = directory.join(&path);
            fs::metadata(&found).map_err(|error| Failure::usage(format!("`--dataset {path}`: {error}")))?;
            Some(text(found.into())?)
        }
        None => None,
    };
    Ok(RunFile {
        version: env!("CARGO_PKG_VERSION").into(),
        config,
        directory,
        command: args.command.into_iter().map(text).collect::<Result<_, _>>()?,
        dataset,
        metric: args.metric,
        search: args.search,
        trial: args.trial,
        wants_study: false,
        token: Some(random()),
    })
}
