//! What is measured, of the command line.

use std::env;
use std::error::Error;
use std::time::Duration;

pub(crate) struct Plan {
    /// The address that the workers are given.
    pub(crate) url: String,
    /// That of the server itself.
    pub(crate) server: String,
    pub(crate) workers: Vec<usize>,
    pub(crate) duration: Duration,
    /// The mean duration of a trial.
    trial: Duration,
    /// The number of trials that the study has had before.
    pub(crate) history: usize,
    pub(crate) is_learning: bool,
}

impl Plan {
    /// Returns `None` without arguments, as tests run a benchmark.
    pub(crate) fn read() -> Result<Option<Self>, Box<dyn Error>> {
        let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
        let (Some(url), Some(server)) = (arguments.next(), arguments.next()) else { return Ok(None) };
        let mut plan = Self {
            url,
            server,
            workers: vec![1, 16, 100, 1000],
            duration: Duration::from_secs(10),
            trial: Duration::ZERO,
            history: 0,
            is_learning: false,
        };
        while let Some(name) = arguments.next() {
            if name == "--tpe" {
                plan.is_learning = true;
                continue;
            }
            let value = arguments.next().ok_or_else(|| format!("`{name}` has no value"))?;
            match name.as_str() {
                "--workers" => plan.workers = value.split(',').map(str::parse).collect::<Result<_, _>>()?,
                "--seconds" => plan.duration = Duration::from_secs_f64(value.parse()?),
                "--trial" => plan.trial = Duration::from_secs_f64(value.parse::<f64>()? / 1e3),
                "--history" => plan.history = value.parse()?,
                _ => return Err(format!("there is no `{name}`").into()),
            }
        }
        Ok(Some(plan))
    }

    /// Returns the duration of the trials of a worker, a half to one and a half of the mean.
    pub(crate) fn pause(&self, worker: usize) -> Duration {
        self.trial.mul_f64(0.5 + (worker as f64 * 0.618_033_988_749).fract())
    }
}
