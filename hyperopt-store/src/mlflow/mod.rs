//! Sweeps as runs on a tracking server of `MLflow`.

mod client;
mod error;
mod keys;
mod messages;
#[cfg(test)]
mod tests;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyperopt_core::Sweep;

use client::Client;
pub use error::MlflowError;

use self::messages::{Child, Parent};
use crate::runs::{now, runs};

/// A tracking server of `MLflow`, to which [`log`](Self::log) sends finished sweeps.
///
/// ```no_run
/// use hyperopt::prelude::*;
/// use hyperopt_store::Mlflow;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let ho = hyperopt!(
///     rate = log(1e-5..=1e-1),
///     layers = 1..=4,
///     for _ in 0..20 {
///         (rate.log10() + 3.0).powi(2) + f64::from(layers)
///     }
/// );
/// let run = Mlflow::at("http://localhost:5000")?.experiment("wine").log(&ho)?;
/// println!("{run}");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Mlflow {
    address: String,
    authorization: Option<String>,
    experiment: String,
}

/// The run of a sweep on a server; its `Display` is the address of its page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MlflowRun {
    /// The identifier of the run.
    pub id: String,
    /// The identifier of its experiment.
    pub experiment: String,
    /// The identifiers of the runs of the trials, or of the configurations of a sweep with budgets, in order.
    pub children: Vec<String>,
    address: String,
}

impl Mlflow {
    /// Describes the server at `address`, such as `http://localhost:5000`. Nothing is sent before [`log`](Self::log).
    ///
    /// The address may contain a user and a password, `http://user:password@host`. An `https` address needs the feature
    /// `mlflow-tls`.
    ///
    /// # Errors
    ///
    /// Fails if `address` is neither an `http` nor an `https` address, or if it is an `https` address and the feature is off.
    pub fn at(address: &str) -> Result<Self, MlflowError> {
        let invalid = || MlflowError::Address { found: address.rsplit('@').next().unwrap_or_default().to_owned() };
        let (scheme, rest) = address.trim().trim_end_matches('/').split_once("://").ok_or_else(invalid)?;
        let (user, host) = rest.rsplit_once('@').map_or((None, rest), |(user, host)| (Some(user), host));
        if host.is_empty() || host.starts_with([':', '/']) || host.contains(char::is_whitespace) {
            return Err(invalid());
        }
        match scheme {
            "http" => {}
            "https" if cfg!(feature = "mlflow-tls") => {}
            "https" => return Err(MlflowError::Feature { host: host.to_owned() }),
            _ => return Err(invalid()),
        }
        let server =
            Self { address: format!("{scheme}://{host}"), authorization: None, experiment: "Default".to_owned() };
        let Some(user) = user else { return Ok(server) };
        let (user, password) = user.split_once(':').unwrap_or((user, ""));
        Ok(server.user(user, password))
    }

    /// Describes the server that the environment variables of `MLflow`'s own clients name: `MLFLOW_TRACKING_URI`,
    /// `MLFLOW_EXPERIMENT_NAME`, and either `MLFLOW_TRACKING_TOKEN`, which takes precedence, or `MLFLOW_TRACKING_USERNAME` and
    /// `MLFLOW_TRACKING_PASSWORD`. An empty variable counts as unset.
    ///
    /// # Errors
    ///
    /// Fails if `MLFLOW_TRACKING_URI` is not set, and as [`at`](Self::at) does.
    pub fn from_env() -> Result<Self, MlflowError> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let mut server = Self::at(&variable("MLFLOW_TRACKING_URI").ok_or(MlflowError::NoServer)?)?;
        if let Some(experiment) = variable("MLFLOW_EXPERIMENT_NAME") {
            server = server.experiment(experiment);
        }
        if let Some(token) = variable("MLFLOW_TRACKING_TOKEN") {
            server = server.token(&token);
        } else if let Some(user) = variable("MLFLOW_TRACKING_USERNAME") {
            server = server.user(&user, &variable("MLFLOW_TRACKING_PASSWORD").unwrap_or_default());
        }
        Ok(server)
    }

    /// Sets the name of the experiment (default: `Default`), which is created if the server does not have it.
    #[must_use]
    pub fn experiment(mut self, name: impl Into<String>) -> Self {
        self.experiment = name.into();
        self
    }

    /// Authenticates by a bearer token (default: no authentication). The last call of this or [`user`](Self::user) counts.
    #[must_use]
    pub fn token(mut self, token: &str) -> Self {
        self.authorization = Some(format!("Bearer {token}"));
        self
    }

    /// Authenticates by a user and a password, with HTTP's basic authentication (default: no authentication).
    #[must_use]
    pub fn user(mut self, user: &str, password: &str) -> Self {
        self.authorization = Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))));
        self
    }

    /// Sends a sweep: one run for the sweep, and below it one for each trial or, in a sweep with budgets, for each configuration.
    ///
    /// The run of a trial has the active hyperparameters as parameters, and the objectives, the metrics, the constraints (as
    /// `constraints/memory`) and the reports (as `reports`) as metrics, with the steps of
    #[cfg_attr(feature = "tensorboard", doc = "[`write_tensorboard`](crate::write_tensorboard).")]
    #[cfg_attr(not(feature = "tensorboard"), doc = "`TensorBoard`'s files.")]
    /// Failed trials have the status `FAILED`, cancelled ones `KILLED`, complete and pruned ones `FINISHED`; the tags
    /// `hyperopt.state` and `hyperopt.reason` say more. The run of the sweep has the sampler and the seed as parameters, the
    /// hyperparameters of the best trial as `best.rate`, its objective as the metric `best.objective`, and the notes of the
    /// sweep as its description.
    ///
    /// Characters that `MLflow` does not allow in names are replaced by `_`; the description says which names were changed. A
    /// sweep records the durations of its trials, not their dates: every trial is sent as if it ended at the time of sending.
    /// Every call creates new runs.
    ///
    /// # Errors
    ///
    /// Fails if the server cannot be reached or refuses a request. What was sent before is kept on the server, where the run of
    /// the sweep is set to `FAILED` if the server can still be reached.
    pub fn log(&self, sweep: &impl AsRef<Sweep>) -> Result<MlflowRun, MlflowError> {
        let (sweep, now) = (sweep.as_ref(), now());
        let client = Client::new(&self.address, self.authorization.as_deref());
        let experiment = client.experiment(&self.experiment)?;
        let runs: Vec<_> = runs(sweep, now).collect();
        let parent = Parent::new(sweep, &runs, now);
        let id = client.create(&parent.create(&experiment))?;
        let sent = client.batches(&id, &parent.parameters, &parent.metrics).and_then(|()| {
            let children = runs.iter().map(|run| {
                let child = Child::new(run, &parent.keys);
                let child_id = client.create(&child.create(&experiment, &id))?;
                client.batches(&child_id, &child.parameters, &child.metrics)?;
                client.close(&child_id, child.status, run.end)?;
                Ok(child_id)
            });
            children.collect::<Result<Vec<_>, _>>()
        });
        match sent {
            Ok(children) => {
                client.close(&id, parent.status, now)?;
                Ok(MlflowRun { id, experiment, children, address: self.address.clone() })
            }
            Err(error) => {
                // The first error is the one that says what is wrong.
                let _ = client.close(&id, "FAILED", now);
                Err(error)
            }
        }
    }
}

/// Without the password.
impl fmt::Debug for Mlflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Mlflow");
        shown.field("address", &self.address).field("experiment", &self.experiment).finish_non_exhaustive()
    }
}

impl fmt::Display for MlflowRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, experiment, address, .. } = self;
        write!(f, "{address}/#/experiments/{experiment}/runs/{id}")
    }
}
