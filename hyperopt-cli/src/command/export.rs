//! `hyperopt export`

use std::io::{self, Write};

use hyperopt_core::Sweep;

use crate::args::{Export, ExportFormat};
use crate::command::{Source, print};
use crate::failure::Failure;
use crate::output::replace;

pub(crate) fn run(export: &Export) -> Result<(), Failure> {
    let source = Source::open(&export.source)?;
    if export.format == ExportFormat::Statistics {
        let text = crate::sweep::statistics(source)?;
        return put(export, |out| out.write_all(text.as_bytes()));
    }
    put(export, |out| write(&source.sweep, export.format, out))
}

fn put(export: &Export, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    match &export.output {
        None => print(write),
        Some(path) => {
            replace(path, write).map_err(|error| Failure::usage(format!("cannot write {}: {error}", path.display())))
        }
    }
}

/// Writes the trials as a table, or as lines of JSON.
pub(crate) fn write(sweep: &Sweep, format: ExportFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        ExportFormat::Csv => sweep.write_csv(out),
        _ => sweep.write_json_lines(out),
    }
}
