//! Functions of other languages, asked for through a pipe: `functions.py` says what is asked and answered.
//!
//! The environment variable `QUALITY_FUNCTIONS` holds the command. Without it these problems are left out.

use std::cell::RefCell;
use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::problem::{Instance, Noise};

const COMMAND: &str = "QUALITY_FUNCTIONS";

/// The program that evaluates the functions.
struct Functions {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    _child: Child,
}

thread_local! {
    static FUNCTIONS: RefCell<Option<Functions>> = const { RefCell::new(None) };
}

impl Functions {
    fn start() -> Result<Self, String> {
        let command = env::var(COMMAND).map_err(|_| format!("{COMMAND} is not set: see README.md"))?;
        let mut words = command.split_whitespace();
        let program = words.next().ok_or_else(|| format!("{COMMAND} is empty"))?;
        let mut child = Command::new(program)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(format!("{program} has no pipes"));
        };
        Ok(Self { input, output: BufReader::new(output), _child: child })
    }

    fn ask(&mut self, question: &str) -> Result<Vec<f64>, String> {
        let mut line = String::new();
        writeln!(self.input, "{question}")
            .and_then(|()| self.input.flush())
            .and_then(|()| self.output.read_line(&mut line))
            .map_err(|error| error.to_string())?;
        let numbers: Option<Vec<f64>> = line.split_whitespace().map(|word| word.parse().ok()).collect();
        numbers.filter(|numbers| !numbers.is_empty()).ok_or_else(|| format!("{question}: {}", line.trim()))
    }
}

fn ask(question: &str) -> Result<Vec<f64>, String> {
    FUNCTIONS.with_borrow_mut(|functions| {
        if functions.is_none() {
            *functions = Some(Functions::start()?);
        }
        functions.as_mut().map_or_else(|| Err("no functions".into()), |functions| functions.ask(question))
    })
}

/// Returns why there are no such functions, if there are none.
pub fn fault() -> Option<String> {
    ask("optimum bbob-f01-5 0").err()
}

fn values(name: &str, seed: u64, point: &[f64]) -> Vec<f64> {
    let point: Vec<String> = point.iter().map(|x| format!("{x:?}")).collect();
    ask(&format!("values {name} {seed} {}", point.join(" "))).unwrap_or_else(|fault| {
        eprintln!("{fault}");
        vec![f64::NAN]
    })
}

/// Returns a function of the other program. What an evaluation shows is drawn from the values after the first.
pub fn instance(name: &'static str, seed: u64, is_drawn: bool) -> Instance {
    let optimum = ask(&format!("optimum {name} {seed}")).map_or(f64::NAN, |values| values[0]);
    let noise = if is_drawn {
        Noise::Drawn(Box::new(move |x, stream| {
            let values = values(name, seed, x);
            values[1 + stream.below(values.len() - 1)]
        }))
    } else {
        Noise::None
    };
    let objective = Box::new(move |x: &[f64]| values(name, seed, x)[0]);
    Instance { objective, noise, optimum, minimiser: Vec::new() }
}
