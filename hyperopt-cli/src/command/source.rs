//! The sweep that a command reads: an output directory, or a database.

use std::path::Path;

use hyperopt_core::Sweep;
use hyperopt_store::Study;

use crate::args;
use crate::failure::Failure;
use crate::output::{Kept, Layout};
use crate::summary::Named;

/// A sweep as it stands, and where its files are.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) sweep: Sweep,
    /// Where the sweep has an output directory.
    pub(crate) layout: Option<Layout>,
    /// The hyperparameters of each trial, where its configuration is there.
    pub(crate) values: Vec<Named>,
}

impl Source {
    pub(crate) fn open(source: &args::Source) -> Result<Self, Failure> {
        let is_address = ["sqlite:", "postgres:", "postgresql:", "postgresql+"];
        if is_address.iter().any(|scheme| source.source.starts_with(scheme)) {
            let study = Study::open(&source.source).map_err(Failure::usage)?;
            let name = match &source.name {
                Some(name) => name.clone(),
                None => only_name(&study)?,
            };
            let sweep = study.name(name).read().map_err(Failure::usage)?;
            return Ok(Self { sweep, layout: None, values: Vec::new() });
        }
        Self::directory(Path::new(&source.source), source.name.as_deref())
    }

    /// The sweep of an output directory.
    pub(crate) fn directory(path: &Path, name: Option<&str>) -> Result<Self, Failure> {
        let layout = Layout::new(path).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))?;
        let kept = Kept::read(&layout)?;
        let study = crate::sweep::study(&layout, &kept)?;
        let study = match name {
            Some(name) => study.name(name),
            None => study,
        };
        let sweep = study.read().map_err(Failure::usage)?;
        let values = crate::sweep::values(&layout, &kept, &sweep).unwrap_or_default();
        Ok(Self { sweep, layout: Some(layout), values })
    }
}

/// The name of the only study of a database.
fn only_name(study: &Study) -> Result<String, Failure> {
    let mut names: Vec<_> = study.list().map_err(Failure::usage)?.into_iter().map(|summary| summary.name).collect();
    match names.len() {
        1 => Ok(names.swap_remove(0)),
        0 => Err(Failure::usage(format!("{} holds no sweep", study.shown_address()))),
        _ => Err(Failure::usage(format!(
            "{} holds several sweeps; choose one with `--name`: {}",
            study.shown_address(),
            names.join(", ")
        ))),
    }
}
