//! A metric in a file: JSON, lines of JSON, CSV or TSV.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::json;
use super::path::Paths;
use super::stdout::{finite, others};

/// The maximum size of the file, in bytes.
const LARGEST: u64 = 64 << 20;

/// The file that a trainer writes its metric to.
#[derive(Clone, Debug)]
pub(crate) struct MetricFile {
    path: PathBuf,
}

/// The time and size of a file, which tell whether it has been written since; `None` if it does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp(Option<(SystemTime, u64)>);

impl MetricFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Returns the time and size of the file now.
    pub(crate) fn stamp(&self) -> Stamp {
        let metadata = fs::metadata(&self.path).ok();
        Stamp(metadata.and_then(|metadata| Some((metadata.modified().ok()?, metadata.len()))))
    }

    /// Reads the metric and the numbers beside it. A file that is still as it was `before` the trial is an error.
    pub(crate) fn read(&self, paths: &Paths, before: &Stamp) -> Result<(f64, Vec<(String, f64)>), String> {
        let name = self.path.file_name().map_or_else(String::new, |name| name.display().to_string());
        if before.0.is_some() && self.stamp() == *before {
            return Err(format!("`{name}` was not written by this trial; it is from before it"));
        }
        let bytes = read(&self.path).map_err(|fault| format!("`{name}` {fault}"))?;
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err(format!("`{name}` is text in UTF-16; write it in UTF-8"));
        }
        let bytes = json::without_mark(&bytes);
        let (value, others) = match self.path.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => table(bytes, b',', paths),
            Some("tsv") => table(bytes, b'\t', paths),
            Some("jsonl" | "ndjson") => json_lines(bytes, paths),
            _ => document(bytes, paths),
        }
        .map_err(|fault| format!("`{name}` {fault}"))?;
        Ok((finite(paths.name(), value)?, others))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let fault = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "was not written".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    let metadata = fs::metadata(path).map_err(fault)?;
    if !metadata.is_file() {
        return Err("is no file".into());
    }
    let mut bytes = Vec::new();
    let length = File::open(path).map_err(fault)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(fault)?;
    if length as u64 > LARGEST {
        return Err(format!("is larger than {} MiB", LARGEST >> 20));
    }
    Ok(bytes)
}

type Reading = Result<(f64, Vec<(String, f64)>), String>;

fn document(bytes: &[u8], paths: &Paths) -> Reading {
    let document = json::parse(bytes).map_err(|error| format!("is no JSON: {error}"))?;
    if document.is_array()
        && !paths.iter().any(|path| path.starts_with(|first: char| first == '-' || first.is_ascii_digit()))
    {
        return Err("is a list; write its object alone, or name the element: `--metric=-1.".to_owned()
            + paths.name()
            + "`");
    }
    let value = paths.find(&document).unwrap_or_else(|| Err(paths.missing(&document)));
    Ok((value.map_err(is_said)?, others(&document, paths)))
}

fn json_lines(bytes: &[u8], paths: &Paths) -> Reading {
    let last = bytes.split(|&byte| byte == b'\n').rfind(|line| !line.trim_ascii().is_empty());
    document(last.ok_or("is empty")?, paths)
}

fn table(bytes: &[u8], delimiter: u8, paths: &Paths) -> Reading {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(bytes);
    let heads = reader.headers().map_err(|error| format!("is no table: {error}"))?.clone();
    let last = reader.records().last().ok_or("has no row")?.map_err(|error| format!("is no table: {error}"))?;
    let cells = heads.iter().zip(&last);
    let value = |cell: &str| match cell.parse() {
        Ok(number) if !json::is_beyond(cell) => json_number(number),
        _ => cell.into(),
    };
    let row = cells.map(|(head, cell)| (head.to_owned(), value(cell)));
    let row = serde_json::Value::Object(row.collect());
    let value = paths.find(&row).unwrap_or_else(|| Err(paths.missing(&row)));
    Ok((value.map_err(is_said)?, others(&row, paths)))
}

/// Converts a number to JSON. NaN and the infinities, which JSON cannot represent, become text.
fn json_number(value: f64) -> serde_json::Value {
    serde_json::Number::from_f64(value).map_or_else(|| value.to_string().into(), Into::into)
}

/// Completes the sentence that begins with the name of the file.
fn is_said(fault: String) -> String {
    if fault.starts_with('`') { format!("has no such number: {fault}") } else { fault }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_of(name: &str, text: &str, path: &str) -> Result<(f64, Vec<(String, f64)>), String> {
        let directory = tempfile::tempdir().unwrap();
        let file = MetricFile::new(directory.path().join(name));
        let before = file.stamp();
        fs::write(directory.path().join(name), text).unwrap();
        file.read(&Paths::given(path), &before)
    }

    #[test]
    fn metrics_are_read_from_files() {
        let json = r#"{"validation": {"recommended": {"accuracy": 0.75}}, "seconds": 3}"#;
        let (value, others) = read_of("results.json", json, "validation.recommended.accuracy").unwrap();
        assert_eq!((value, others), (0.75, vec![("seconds".to_owned(), 3.0)]));
        let lines = "{\"loss\": 3}\n{\"loss\": 2}\n\n";
        assert_eq!(read_of("log.jsonl", lines, "loss").unwrap().0, 2.0);
        let table = "epoch, val.loss, note\n1, 0.5, a\n2, 0.25,\"b, c\"\n";
        assert_eq!(read_of("log.csv", table, "val.loss").unwrap().0, 0.25);
        assert_eq!(read_of("log.tsv", "a\tb\n1\t2\n", "b").unwrap().0, 2.0);
        // As spreadsheets and some shells write them.
        assert_eq!(read_of("r.json", "\u{feff}{\"loss\": 3}", "loss").unwrap().0, 3.0);
        assert_eq!(read_of("r.csv", "\u{feff}loss,a\r\n3,4\r\n", "loss").unwrap().0, 3.0);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said() {
        let fault = |name, text, path| read_of(name, text, path).unwrap_err();
        assert!(fault("r.json", "{\"loss\": 1", "loss").contains("`r.json` is no JSON"));
        assert!(fault("r.json", "{\"los\": 1}", "loss").contains("did you mean `--metric los`?"));
        assert_eq!(fault("r.json", "{\"loss\": NaN}", "loss"), "the metric `loss` is NaN");
        assert!(fault("r.json", "{\"loss\": [1, 2]}", "loss").contains("`--metric loss.-1`"));
        assert!(fault("r.csv", "a,b\n", "a").contains("has no row"));
        assert!(fault("r.csv", "a,b\n1,2,3\n", "a").contains("is no table"));
        assert!(fault("r.csv", "a\nlow\n", "a").contains("is `\"low\"`"));
        assert!(fault("r.csv", "a\nnan\n", "a").contains("is NaN"));
        assert!(fault("r.jsonl", "\n", "a").contains("is empty"));
        let beyond = "has no such number: `a` is 1e400, which is beyond the range of 64-bit floats";
        assert_eq!(fault("r.json", "{\"a\": 1e400}", "a"), format!("`r.json` {beyond}"));
        assert_eq!(fault("r.csv", "a\n1e400\n", "a"), format!("`r.csv` {beyond}"));
        assert!(
            fault("r.json", "[{\"a\": 1}]", "a")
                .contains("is a list; write its object alone, or name the element: `--metric=-1.a`")
        );
        assert_eq!(read_of("r.json", "[{\"a\": 1}]", "-1.a").unwrap().0, 1.0);
        let directory = tempfile::tempdir().unwrap();
        let file = MetricFile::new(directory.path().join("r.json"));
        assert_eq!(file.read(&Paths::given("a"), &file.stamp()).unwrap_err(), "`r.json` was not written");
    }

    #[test]
    fn a_file_from_before_the_trial_does_not_count() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("r.json");
        let file = MetricFile::new(path.clone());
        fs::write(&path, "{\"a\": 1}").unwrap();
        let before = file.stamp();
        assert!(file.read(&Paths::given("a"), &before).unwrap_err().contains("from before it"));
        fs::write(&path, "{\"a\": 10}").unwrap();
        assert_eq!(file.read(&Paths::given("a"), &before).unwrap().0, 10.0);
    }
}
