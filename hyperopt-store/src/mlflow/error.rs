//! The errors of sending a sweep to `MLflow`.

use hyperopt_core::plain::plain_line;
use thiserror::Error;

/// The reason why a sweep could not be sent to `MLflow`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MlflowError {
    /// The address is not the address of a server. The part before its `@` is not shown, since it may contain a password.
    #[error("`{}` is no address of a tracking server: write `http://localhost:5000`", plain_line(.found))]
    Address {
        /// The address, without a user.
        found: String,
    },
    /// The address is valid, but the program was built without the feature for encryption.
    #[error(
        "the tracking server `https://{}` needs the feature `mlflow-tls` of the crate `hyperopt`, which this program was \
         built without",
        plain_line(.host)
    )]
    Feature {
        /// The server.
        host: String,
    },
    /// The variable `MLFLOW_TRACKING_URI` is not set.
    #[error(
        "the variable `MLFLOW_TRACKING_URI` is not set: write the address of a tracking server, http://localhost:5000"
    )]
    NoServer,
    /// The server does not answer.
    #[error("the tracking server `{}` does not answer: {}; `mlflow server` starts one", plain_line(.address), plain_line(.reason))]
    Unreachable {
        /// The address.
        address: String,
        /// The reason.
        reason: String,
    },
    /// The server refuses a request, or its answer is not that of `MLflow`.
    #[error("the tracking server `{}` refuses `{call}`: {}", plain_line(.address), plain_line(.reason))]
    Refused {
        /// The address.
        address: String,
        /// The request, such as `runs/create`.
        call: &'static str,
        /// The status of HTTP, and what the server says.
        reason: String,
    },
}
