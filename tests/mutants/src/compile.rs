//! Writes mutants into a tree and compiles it, without those that do not compile.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use quote::ToTokens;
use serde_json::Value;

use crate::arguments::Arguments;
use crate::mutant::Mutant;
use crate::mutate::Mutator;

const HEAD: &str = "(if crate :: mutation :: is (";

/// Appended to the crate's root.
const MODULE: &str = "\nmod mutation {
    static ASKED: std::sync::LazyLock<u32> = std::sync::LazyLock::new(||
        std::env::var(\"MUTANT\").ok().and_then(|number| number.parse().ok()).unwrap_or(u32::MAX));
    pub fn is(number: u32) -> bool { *ASKED == number }
}\n";

/// A program of tests that holds all mutants.
pub struct Compiled {
    pub tests: PathBuf,
    pub mutants: Vec<Mutant>,
    /// How many there are with those that are not asked for.
    pub all: u32,
}

/// Compiles the tests with the mutants.
pub fn compile(arguments: &Arguments) -> Result<Compiled, String> {
    let folder = arguments.tree.join(&arguments.folder);
    let mut files = Vec::new();
    collect(&folder, &mut files).map_err(|error| format!("{}: {error}", folder.display()))?;
    files.sort();
    let within = |file: &PathBuf| file.strip_prefix(&arguments.tree).unwrap_or(file).to_string_lossy().into_owned();
    let is_skipped = |file: &PathBuf| arguments.skip.iter().any(|text| within(file).contains(text));
    files.retain(|file| !is_skipped(file));
    let read = |file: &PathBuf| fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()));
    let originals = files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut left_out = BTreeSet::new();
    let root = root(arguments);
    let root_text = read(&root)?;
    loop {
        let mut mutants = Vec::new();
        let mut next = 0;
        for (file, original) in files.iter().zip(&originals) {
            let mut code = syn::parse_file(original).map_err(|error| format!("{}: {error}", file.display()))?;
            let name = file.strip_prefix(&arguments.tree).unwrap_or(file);
            let mut mutator = Mutator::new(arguments, name, next, &left_out);
            mutator.mutate(&mut code);
            next = mutator.next();
            mutants.append(&mut mutator.mutants);
            if arguments.program.is_none() {
                write(file, &code.to_token_stream().to_string())?;
            }
        }
        if let Some(tests) = arguments.program.clone() {
            return Ok(Compiled { tests, mutants, all: next });
        }
        let text = if files.contains(&root) { read(&root)? } else { root_text.clone() };
        write(&root, &format!("#![allow(warnings, clippy::all)]\n{text}{MODULE}"))?;
        let before = left_out.len();
        let messages = cargo(arguments)?;
        let tests = messages.iter().rev().find_map(|message| message["executable"].as_str());
        for message in &messages {
            left_out.extend(wrong(&arguments.tree, message));
        }
        if let Some(tests) = tests {
            eprintln!("{tests}: {} mutants, {} others do not compile", mutants.len(), left_out.len());
            return Ok(Compiled { tests: tests.into(), mutants, all: next });
        }
        if left_out.len() == before {
            let texts: String = messages.iter().filter_map(|message| message["message"]["rendered"].as_str()).collect();
            return Err(format!("does not compile:\n{}", texts.chars().take(4000).collect::<String>()));
        }
        eprintln!("{} mutants do not compile", left_out.len());
    }
}

/// Returns the files of code below `path`, without those of tests.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    if name.starts_with("test") {
        return Ok(());
    }
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        files.push(path.to_owned());
    }
    Ok(())
}

/// Returns the root of the crate, which declares what the mutants ask.
fn root(arguments: &Arguments) -> PathBuf {
    let components = arguments.folder.components();
    let is_source = |component: &std::path::Component<'_>| component.as_os_str() == "src";
    let package: PathBuf = components.take_while(|component| !is_source(component)).collect();
    let source = arguments.tree.join(package).join("src");
    let library = source.join("lib.rs");
    if library.exists() { library } else { source.join("main.rs") }
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}

/// What cargo says of a build of the tests.
fn cargo(arguments: &Arguments) -> Result<Vec<Value>, String> {
    let mut command = Command::new("cargo");
    command.current_dir(&arguments.tree).args(["test", "--no-run", "--message-format=json", "--quiet", "-p"]);
    command.arg(&arguments.package).args(["--features", &arguments.features]);
    match &arguments.test {
        Some(test) => command.args(["--test", test]),
        None => command.arg("--lib"),
    };
    let output = command.stderr(std::process::Stdio::inherit()).output().map_err(|error| format!("cargo: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// Returns the mutants that an error of the compiler is about.
fn wrong(tree: &Path, message: &Value) -> Vec<u32> {
    let message = &message["message"];
    if message["level"] != "error" {
        return Vec::new();
    }
    let spans = message["spans"].as_array().into_iter().flatten();
    let places = spans.filter_map(|span| Some((span["file_name"].as_str()?, span["byte_start"].as_u64()? as usize)));
    places.filter_map(|(file, start)| around(&fs::read_to_string(tree.join(file)).ok()?, start)).collect()
}

/// Returns the innermost mutant around a place, or the last one before it.
fn around(text: &str, place: usize) -> Option<u32> {
    let number =
        |at: usize| text.get(at + HEAD.len()..)?.split_once('u').and_then(|(number, _)| number.trim().parse().ok());
    if text.get(place..)?.starts_with(HEAD) {
        return number(place);
    }
    let mut depth = 0_i32;
    for (at, byte) in text.bytes().enumerate().take(place).collect::<Vec<_>>().into_iter().rev() {
        match byte {
            b')' => depth += 1,
            b'(' if depth > 0 => depth -= 1,
            b'(' if text[at..].starts_with(HEAD) => return number(at),
            _ => {}
        }
    }
    number(text[..place].rfind(&HEAD[1..])?.checked_sub(1)?)
}
