//! `hyperopt run` and `hyperopt resume`: a sweep whose trials are programs.

mod drive;
mod finish;
mod plan;
mod statistics;
mod trial;

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use hyperopt_core::Sweep;
use hyperopt_store::Study;
use hyperopt_yaml::Config;
use serde_json::Value;

use crate::args::{self, Display};
use crate::command::Source;
use crate::failure::{Failure, say};
use crate::output::{Kept, Layout, private};
use crate::process::{Interrupts, interrupts};
use crate::summary::Named;
use crate::sweep::trial::Runner;

/// All that a sweep needs to start.
struct Prepared {
    config: Config,
    runner: Runner,
    layout: Layout,
    display: Display,
    interrupts: &'static Interrupts,
}

impl Prepared {
    fn new(kept: &Kept, config: Config, layout: Layout, display: Display, url: String) -> Result<Self, Failure> {
        let mut config = plan::configured(kept, config)?;
        config.definition_mut().set_study(url);
        let interrupts = interrupts()
            .map_err(|error| Failure::broken(format!("cannot take over the signals of this process: {error}")))?;
        let runner = plan::runner(kept, &config, &layout, interrupts)?;
        Ok(Self { config, runner, layout, display, interrupts })
    }

    fn start(self) -> Result<ExitCode, Failure> {
        if !self.display.quiet {
            self.config.notes().iter().for_each(|note| say(format_args!("{}: {note}", self.config.source())));
        }
        let trained = drive::drive(&self.config, &self.runner, self.display, self.interrupts.stop())?;
        // What a trial has left behind goes before anything is said.
        drop(self.runner);
        finish::finish(&trained, &self.config, &self.layout, self.display, self.interrupts)
    }
}

/// Begins a sweep.
pub(crate) fn run(run: args::Run) -> Result<ExitCode, Failure> {
    let text = fs::read_to_string(&run.config)
        .map_err(|error| Failure::usage(format!("cannot read {}: {error}", run.config.display())))?;
    let name = run.config.display().to_string();
    let config = Config::parse(&name, &text).map_err(Failure::usage)?;
    let output = run.output.clone().unwrap_or_else(|| {
        let stem = run.config.file_stem().filter(|stem| !stem.is_empty());
        Path::new("results").join(stem.unwrap_or("sweep".as_ref()))
    });
    let shown = output.display().to_string();
    let layout = Layout::new(&output).map_err(|error| Failure::usage(format!("{shown}: {error}")))?;
    if layout.is_used() {
        return Err(Failure::usage(format!(
            "there is a sweep in {shown} already; go on with it by `hyperopt resume {}`, or choose another directory \
             with `--output`",
            quoted(&shown)
        )));
    }
    let display = run.display;
    let mut kept = kept(name, run)?;
    let definition = config.definition();
    let given = kept.search.study.take().or_else(|| definition.study().map(str::to_owned));
    kept.search.name.get_or_insert_with(|| definition.study_name().to_owned());
    if let Some(url) = &given {
        let shown = Study::open(url).map_err(Failure::usage)?.shown_address();
        // Addresses of files are shown in one way of several, and have no password.
        kept.wants_study = shown != *url && !url.starts_with("sqlite:");
        kept.search.study = (!kept.wants_study).then(|| absolute(url, &kept.directory));
    }
    let url = address(&layout, &kept, given.as_deref())?;
    let run = Prepared::new(&kept, config, layout, display, url)?;
    let fault = |error| Failure::usage(format!("cannot write to {shown}: {error}"));
    run.layout.create().map_err(fault)?;
    private(&run.layout.config(), text.as_bytes()).map_err(fault)?;
    kept.write(&run.layout)?;
    run.start()
}

/// Goes on with a sweep.
pub(crate) fn resume(resume: &args::Resume) -> Result<ExitCode, Failure> {
    let fault = |error| Failure::usage(format!("{}: {error}", resume.output.display()));
    let layout = Layout::new(&resume.output).map_err(fault)?;
    let mut kept = Kept::read(&layout)?;
    let config = config(&layout, &kept)?;
    let given = resume.study.as_deref().filter(|_| kept.wants_study);
    let url = address(&layout, &kept, given)?;
    kept.search.num_samples = resume.num_samples.or(kept.search.num_samples);
    kept.search.workers = resume.workers.or(kept.search.workers);
    // What was left of an earlier run's time is over.
    kept.search.timeout = resume.timeout;
    let run = Prepared::new(&kept, config, layout, resume.display, url)?;
    run.layout.create().map_err(fault)?;
    if resume.num_samples.is_some() || resume.workers.is_some() {
        kept.write(&run.layout)?;
    }
    run.start()
}

fn kept(config: String, run: args::Run) -> Result<Kept, Failure> {
    let directory = std::env::current_dir()
        .map_err(|error| Failure::usage(format!("the working directory cannot be used: {error}")))?;
    let text = |word: OsString| {
        word.into_string().map_err(|word| {
            Failure::usage(format!("`{}` is not UTF-8, which a sweep that can be resumed must be", word.display()))
        })
    };
    let dataset = match run.dataset.map(text).transpose()? {
        Some(address) if address.contains("://") => Some(address),
        Some(path) => {
            let found = directory.join(&path);
            fs::metadata(&found).map_err(|error| Failure::usage(format!("`--dataset {path}`: {error}")))?;
            Some(text(found.into())?)
        }
        None => None,
    };
    Ok(Kept {
        version: env!("CARGO_PKG_VERSION").into(),
        config,
        directory,
        command: run.command.into_iter().map(text).collect::<Result<_, _>>()?,
        dataset,
        metric: run.metric,
        search: run.search,
        trial: run.trial,
        wants_study: false,
    })
}

/// The study of a sweep that has been begun.
pub(crate) fn study(layout: &Layout, kept: &Kept) -> Result<Study, Failure> {
    let study = Study::open(&address(layout, kept, None)?).map_err(Failure::usage)?;
    Ok(match &kept.search.name {
        Some(name) => study.name(name),
        None => study,
    })
}

/// Where the study of a sweep is: at `given`, where it was begun, or in the output directory.
fn address(layout: &Layout, kept: &Kept, given: Option<&str>) -> Result<String, Failure> {
    if let Some(url) = given.or(kept.search.study.as_deref()) {
        return Ok(absolute(url, &kept.directory));
    }
    if kept.wants_study {
        return std::env::var("HYPEROPT_STUDY").map_err(|_| {
            Failure::usage(
                "the address of this sweep's database has a password, which is not kept; give the address again in the \
                 variable HYPEROPT_STUDY",
            )
        });
    }
    match layout.study().to_str() {
        Some(path) => Ok(format!("sqlite:{path}")),
        None => Err(Failure::usage(format!("the path {} is not UTF-8", layout.root().display()))),
    }
}

/// The address of a file, whatever the working directory will be; other addresses as they are.
fn absolute(url: &str, directory: &Path) -> String {
    match url.strip_prefix("sqlite:") {
        Some(path) if !path.is_empty() && !path.starts_with(['/', ':']) => {
            format!("sqlite:{}", directory.join(path).display())
        }
        _ => url.to_owned(),
    }
}

fn config(layout: &Layout, kept: &Kept) -> Result<Config, Failure> {
    let path = layout.config();
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::usage(format!("cannot read {}: {error}", path.display())))?;
    Config::parse(&kept.config, &text).map_err(Failure::usage)
}

/// The hyperparameters of each trial of a sweep that is read.
pub(crate) fn values(layout: &Layout, kept: &Kept, sweep: &Sweep) -> Option<Vec<Named>> {
    let trained = config(layout, kept).ok()?.trained(sweep.clone()).ok()?;
    Some(trained.trials().map(|(_, values)| values.clone()).collect())
}

/// A configuration of a trial as a value.
pub(crate) fn parse_config(text: &str, path: &Path) -> Result<Value, Failure> {
    Config::parse_value(&path.display().to_string(), text).map_err(Failure::usage)
}

/// `hyperopt_statistics.json` of a sweep that is read.
pub(crate) fn statistics(source: Source) -> Result<String, Failure> {
    let Some(layout) = source.layout else {
        return Err(Failure::usage("statistics hold the configuration; give the output directory of the sweep"));
    };
    let kept = Kept::read(&layout)?;
    let config = plan::configured(&kept, config(&layout, &kept)?)?;
    Ok(statistics::text(&config, &config.trained(source.sweep).map_err(Failure::usage)?))
}

/// A word as a shell reads it.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "/._-=:,@%+".contains(char);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.into()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
