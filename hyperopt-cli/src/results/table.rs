//! All trials as a table, or as lines of JSON.

use std::io::{self, Write};

use hyperopt_core::Sweep;

use crate::args::TableFormat;

/// Writes the trials in their order.
pub(crate) fn write_table(sweep: &Sweep, format: TableFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        TableFormat::Csv => sweep.write_csv(out),
        TableFormat::Jsonl => sweep.write_json_lines(out),
    }
}
