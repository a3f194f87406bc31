//! Sweeps in YAML: the configuration of any trainer, with a section `hyperopt` that says what to search and how.
//!
//! ```
//! use hyperopt_yaml::{Config, train};
//!
//! let text = "
//! trainer: {epochs: 20, learning_rate: 0.001}
//! hyperopt:
//!   goal: maximize
//!   metric: accuracy
//!   parameters:
//!     trainer.learning_rate: {type: float, low: 0.0001, high: 0.1, scale: log}
//!     trainer.batch_size: {space: choice, categories: [32, 64, 128]}
//!   search_alg: {type: tpe, seed: 7}
//!   executor: {type: parallel, num_workers: 2, num_samples: 20}
//! ";
//! let config = Config::parse("sweep.yaml", text)?;
//! let ho = train(&config, |trial| {
//!     // The complete configuration of the trial; `trial.config_yaml()` is the same as a file.
//!     let trainer = &trial.config()["trainer"];
//!     let rate = trainer["learning_rate"].as_f64().ok_or("no learning rate")?;
//!     let batch = trainer["batch_size"].as_f64().ok_or("no batch size")?;
//!     Ok::<_, &str>(1.0 - (rate.log10() + 2.0).abs() / 10.0 - batch / 1e4)
//! })?;
//! println!("{ho}");
//! println!("{}", config.resolve_yaml(ho.best()?.params));
//! # assert_eq!(ho.best()?.params[1].1, 32);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! A file may use either dialect of Ludwig, or both: hyperparameters with a `type`, a `sampler` and an `executor`; or
//! hyperparameters with a `space`, a `search_alg` and an `executor`. The page `book/src/yaml.md` of the
//! repository lists every key.
//!
//! - [`Config`] reads a file and resolves the configuration of a trial; [`Errors`] are all mistakes of a file at once.
//! - [`Definition`] is the section `hyperopt` with all defaults, with setters for the options of a command line.
//! - [`train`] and [`Training`] run the sweep; the function that trains receives a [`Trial`].
//! - [`Statistics`] are the results in the form of `hyperopt_statistics.json`.
//!
//! # Features
//!
//! `sqlite` and `postgres` keep a sweep in a database: `study: sqlite:sweep.db`.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod config;
mod definition;
mod errors;
mod mark;
mod read;
mod resolve;
mod statistics;
mod suggest;
mod sweep;
mod tree;

pub use config::Config;
pub use definition::{Definition, Parameter, ParameterKind, parameter_named, samplers};
pub use errors::{Errors, Fault};
pub use mark::Mark;
#[doc(hidden)]
pub use read::keys;
pub use statistics::{Cell, Column, Row, Statistics, StatisticsError, Table, TrialResult, read_json};
pub use sweep::{Error, Preview, PreviewedTrial, Trained, Training, Trial, train};
