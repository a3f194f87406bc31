//! `hyperopt run`: starts a sweep in a new output directory.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use hyperopt_store::Study;
use hyperopt_yaml::Config;

use crate::args::RunArgs;
use crate::failure::{Failure, say};
use crate::output::{Claim, Layout, RunFile, absolute, study_address};
use crate::quote::quoted;
use crate::sweep::prepare::Prepared;

/// Checks everything that can be checked before the first trial, writes the output directory, and runs the sweep.
pub(crate) fn run(args: RunArgs) -> Result<ExitCode, Failure> {
    let text = fs::read_to_string(&args.config)
        .map_err(|error| Failure::usage(format!("cannot read {}: {error}", args.config.display())))?;
    let name = args.config.display().to_string();
    let config = Config::parse(&name, &text).map_err(Failure::usage)?;
    let stem = args.config.file_stem().filter(|stem| !stem.is_empty()).unwrap_or("sweep".as_ref()).to_owned();
    let output = args.output.clone().unwrap_or_else(|| Path::new("results").join(&stem));
    let shown = output.display().to_string();
    let layout = Layout::new(&output).map_err(|error| Failure::usage(format!("{shown}: {error}")))?;
    let used = || {
        Failure::usage(format!(
            "there is a sweep in {shown} already; continue it with `hyperopt resume {}`, or choose another directory with \
             `--output`",
            quoted(&shown)
        ))
    };
    if layout.is_used() {
        return Err(used());
    }
    let display = args.display;
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
        run.wants_study = Study::open(url).map_err(Failure::usage)?.has_password();
        run.search.study = (!run.wants_study).then(|| absolute(url, &run.directory));
    }
    let url = study_address(&layout, &run, given.as_deref())?;
    let prepared = Prepared::new(&run, config, layout, display, url)?;
    prepared.check_metric(run.metric.metric.is_some())?;
    let claim = Claim::new(&prepared.layout, &run, &text)?.ok_or_else(used)?;
    prepared.start(Some(&claim))
}

/// Says how to continue a sweep without a name of its own: earlier versions gave all of them one name.
fn tell_of_unnamed(url: &str, name: &str) {
    let listed = Study::open(url).ok().filter(|_| url.starts_with("sqlite:")).and_then(|study| study.list().ok());
    let has = |name: &str| listed.iter().flatten().any(|study| study.name == name);
    if has("hyperopt") && !has(name) {
        say(format_args!(
            "this begins the sweep `{name}`; the database has a sweep `hyperopt`, which `--name hyperopt` continues"
        ));
    }
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
    })
}
