//! Results on standard output. Names, labels and messages come from programs, files and databases: what is shown to people is
//! made fit for a terminal here.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;

use hyperopt_core::plain::{plain, plain_json};
use serde_json::Value;

use crate::failure::Failure;

/// Returns whether the path of a file to write stands for standard output.
pub(crate) fn is_standard_output(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Writes text for people to standard output, without what a terminal would obey.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    settled(show(write, &mut io::stdout().lock()))
}

/// Writes data for programs to standard output, to the byte; a terminal is shown the same text as by [`print`].
pub(crate) fn print_data(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    if io::stdout().is_terminal() {
        return print(write);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    settled(write(&mut out).and_then(|()| out.flush()))
}

/// The most lines of data that a terminal is shown.
const MOST_LINES: usize = 100;

/// Writes YAML to standard output, to the byte. A terminal is shown the first lines of a long text, and a comment that says how
/// to get all of it.
pub(crate) fn print_yaml(yaml: &str) -> Result<(), Failure> {
    if io::stdout().is_terminal() {
        return print(|out| out.write_all(folded(yaml).as_bytes()));
    }
    print_data(|out| out.write_all(yaml.as_bytes()))
}

fn folded(yaml: &str) -> String {
    let more = yaml.lines().count().saturating_sub(MOST_LINES);
    if more <= 1 {
        return yaml.to_owned();
    }
    let shown: String = yaml.split_inclusive('\n').take(MOST_LINES).collect();
    format!("{shown}# {more} more lines: `hyperopt best DIR > FILE` writes all of them\n")
}

/// Writes an object of JSON, in which control characters are escaped.
pub(crate) fn print_json(value: &Value) -> Result<(), Failure> {
    print(|out| writeln!(out, "{}", plain_json(&format!("{value:#}"))))
}

fn show(write: impl FnOnce(&mut dyn Write) -> io::Result<()>, out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    out.write_all(plain(&String::from_utf8_lossy(&bytes)).as_bytes())?;
    out.flush()
}

/// Converts the result of a write; a reader that has closed the pipe early is not an error.
fn settled(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::broken(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_shown_the_first_lines() {
        let yaml = |lines: usize| "a: 1\n".repeat(lines);
        assert_eq!(folded(&yaml(101)), yaml(101));
        let comment = "# 1900 more lines: `hyperopt best DIR > FILE` writes all of them\n";
        assert_eq!(folded(&yaml(2000)), yaml(100) + comment);
    }

    #[test]
    fn what_is_shown_does_not_command_a_terminal() {
        let mut out = Vec::new();
        show(|out| out.write_all("a\u{1b}[2J\u{9b}b\u{202e}\n\tc".as_bytes()).and(out.write_all(b"\xff")), &mut out)
            .unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\u{fffd}[2J\u{fffd}b\u{fffd}\n\tc\u{fffd}");
    }
}
