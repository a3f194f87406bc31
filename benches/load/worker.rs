//! A worker: asks, waits for as long as a trial lasts, and tells.

use std::thread;
use std::time::{Duration, Instant};

use hyperopt::prelude::*;
use hyperopt_store::Study;

/// When a worker ends.
pub(crate) enum Until {
    Trials(usize),
    Moment(Instant),
}

/// What a worker did.
#[derive(Default)]
pub(crate) struct Worked {
    /// The time to open the study and to read it.
    pub(crate) open: Duration,
    pub(crate) asks: Vec<Duration>,
    pub(crate) tells: Vec<Duration>,
    /// The numbers of its trials.
    pub(crate) told: Vec<usize>,
    /// How many of them ended in the time that is measured.
    pub(crate) in_time: usize,
}

/// Opens the study, and works on it as `begin` says once it is open.
pub(crate) fn work(
    url: &str,
    name: &str,
    is_learning: bool,
    trial: Duration,
    begin: impl FnOnce() -> Until,
) -> Result<Worked, String> {
    macro_rules! with {
        ($sampler:expr) => {{
            let start = Instant::now();
            let study = Study::open(url).map_err(|error| error.to_string())?.name(name);
            let mut ho = hyperopt!(
                study = study,
                sampler = $sampler,
                progress = false,
                rate = log(1e-5..=1e-1),
                decay = log(1e-6..=1e-1),
                layers = 1..=8,
                kind = ["adam", "sgd", "rmsprop"],
            );
            let mut worked = Worked { open: start.elapsed(), ..Worked::default() };
            let until = begin();
            while match until {
                Until::Trials(trials) => worked.told.len() < trials,
                Until::Moment(moment) => Instant::now() < moment,
            } {
                let start = Instant::now();
                let (ticket, values) = ho.ask().map_err(|error| error.to_string())?;
                worked.asks.push(start.elapsed());
                let number = ticket.number();
                thread::sleep(trial);
                let layers: i32 = values.layers;
                let value = (values.rate.log10() + 3.0).abs() + values.decay + f64::from(layers) + values.kind.len() as f64;
                let start = Instant::now();
                ho.tell(ticket, value).map_err(|error| error.to_string())?;
                worked.tells.push(start.elapsed());
                worked.told.push(number);
                worked.in_time += usize::from(!matches!(until, Until::Moment(moment) if Instant::now() > moment));
            }
            let ended = ho.finish();
            match (ended.error(), ended.sweep().notes()) {
                (Some(error), _) => Err(error.to_string()),
                (None, [note, ..]) => Err(note.clone()),
                (None, []) => Ok(worked),
            }
        }};
    }
    if is_learning { with!(TpeSampler::new()) } else { with!(RandomSampler::new()) }
}
