//! All trials as a table, or as lines of JSON.

use std::io::{self, Write};

use hyperopt_core::Sweep;

/// The format of a file of all trials.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TableFormat {
    Csv {
        /// Whether texts that a spreadsheet would run as formulas are guarded.
        is_guarded: bool,
    },
    Jsonl,
}

/// Writes the trials in their order.
pub(crate) fn write_table(sweep: &Sweep, format: TableFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        TableFormat::Csv { is_guarded: false } => sweep.write_csv(out),
        TableFormat::Csv { is_guarded: true } => sweep.write_csv_guarded(out),
        TableFormat::Jsonl => sweep.write_json_lines(out),
    }
}
