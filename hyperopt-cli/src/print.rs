//! Results on standard output.

use std::io::{self, BufWriter, ErrorKind, Write};

use crate::failure::Failure;

/// Writes to standard output. A reader that has closed the pipe early is not an error.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::broken(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
