//! `hyperopt export`: writes all trials as a table, as lines of JSON, or as statistics.

use std::io::{self, Write};

use crate::args::{ExportArgs, ExportFormat};
use crate::failure::Failure;
use crate::output::replace;
use crate::print::{is_standard_output, print_data};
use crate::results::{Source, TableFormat, statistics_of, write_table};

pub(crate) fn run(export: &ExportArgs) -> Result<(), Failure> {
    let source = Source::open(&export.source)?;
    let format = match export.format {
        ExportFormat::Csv => TableFormat::Csv { is_guarded: export.csv_guard },
        ExportFormat::Jsonl => TableFormat::Jsonl,
        ExportFormat::Statistics => {
            let text = statistics_of(source)?;
            return put(export, |out| out.write_all(text.as_bytes()));
        }
    };
    put(export, |out| write_table(&source.sweep, format, out))
}

fn put(export: &ExportArgs, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    match export.output.as_deref().filter(|path| !is_standard_output(path)) {
        None => print_data(write),
        Some(path) => {
            replace(path, write).map_err(|error| Failure::usage(format!("cannot write {}: {error}", path.display())))
        }
    }
}
