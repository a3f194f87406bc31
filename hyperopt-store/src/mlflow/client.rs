//! Requests to a tracking server, by `MLflow`'s REST interface 2.0.

use std::time::Duration;

use serde_json::{Value as Json, json};
use ureq::Agent;
use ureq::http::Response;
use ureq::{Body, RequestBuilder};

use super::MlflowError;
use super::messages::{RUNNING, milliseconds};

/// The most parameters and metrics that a server takes in one request, all together and of parameters alone.
const ENTITIES: usize = 1000;
const PARAMETERS: usize = 100;
/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// A connection to a tracking server.
pub(super) struct Client<'a> {
    agent: Agent,
    address: &'a str,
    authorization: Option<&'a str>,
}

impl<'a> Client<'a> {
    pub(super) fn new(address: &'a str, authorization: Option<&'a str>) -> Self {
        // What the server says about an error is in the body, which is read whatever the status.
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
        Self { agent: config.build().new_agent(), address, authorization }
    }

    /// Returns the identifier of an experiment, which is created if it does not exist.
    pub(super) fn experiment(&self, name: &str) -> Result<String, MlflowError> {
        if let Some(id) = self.experiment_by_name(name)? {
            return Ok(id);
        }
        match self.post("experiments/create", &json!({ "name": name })) {
            Ok(created) => self.text(&created, "experiments/create", "/experiment_id"),
            // Another process may have created it in between.
            Err(refused) => self.experiment_by_name(name)?.ok_or(refused),
        }
    }

    fn experiment_by_name(&self, name: &str) -> Result<Option<String>, MlflowError> {
        const CALL: &str = "experiments/get-by-name";
        let request = self.agent.get(self.url(CALL)).query("experiment_name", name);
        let (status, answer) = self.answer(self.authorized(request).call())?;
        match status {
            404 if answer["error_code"] == "RESOURCE_DOES_NOT_EXIST" => Ok(None),
            _ => self.text(&self.accepted(CALL, status, answer)?, CALL, "/experiment/experiment_id").map(Some),
        }
    }

    /// Creates a run and returns its identifier.
    pub(super) fn create(&self, run: &Json) -> Result<String, MlflowError> {
        let created = self.post("runs/create", run)?;
        self.text(&created, "runs/create", "/run/info/run_id")
    }

    /// Sends the parameters and the metrics of a run, in as many requests as it takes.
    pub(super) fn batches(&self, run: &str, parameters: &[Json], metrics: &[Json]) -> Result<(), MlflowError> {
        let mut metrics = metrics.chunks(ENTITIES - PARAMETERS);
        let mut parameters = parameters.chunks(PARAMETERS);
        loop {
            let (parameters, metrics) = (parameters.next(), metrics.next());
            if parameters.is_none() && metrics.is_none() {
                return Ok(());
            }
            let (parameters, metrics) = (parameters.unwrap_or_default(), metrics.unwrap_or_default());
            self.post("runs/log-batch", &json!({ "run_id": run, "params": parameters, "metrics": metrics }))?;
        }
    }

    /// Closes a run, unless it still runs.
    pub(super) fn close(&self, run: &str, status: &str, time: f64) -> Result<(), MlflowError> {
        if status == RUNNING {
            return Ok(());
        }
        let update = json!({ "run_id": run, "status": status, "end_time": milliseconds(time) });
        self.post("runs/update", &update).map(|_| ())
    }

    fn url(&self, call: &str) -> String {
        format!("{}/api/2.0/mlflow/{call}", self.address)
    }

    fn post(&self, call: &'static str, message: &Json) -> Result<Json, MlflowError> {
        let request = self.authorized(self.agent.post(self.url(call)));
        let (status, answer) = self.answer(request.send_json(message))?;
        self.accepted(call, status, answer)
    }

    fn authorized<B>(&self, request: RequestBuilder<B>) -> RequestBuilder<B> {
        match self.authorization {
            Some(authorization) => request.header("Authorization", authorization),
            None => request,
        }
    }

    /// Returns the status of an answer, and what it says: JSON, or the beginning of another text.
    fn answer(&self, answer: Result<Response<Body>, ureq::Error>) -> Result<(u16, Json), MlflowError> {
        let unreachable = |error: ureq::Error| {
            let (address, reason) = (self.address.to_owned(), error.to_string());
            MlflowError::Unreachable { address, reason }
        };
        let mut answer = answer.map_err(unreachable)?;
        let text = answer.body_mut().read_to_string().map_err(unreachable)?;
        let said = serde_json::from_str(&text)
            .unwrap_or_else(|_| json!({ "message": text.chars().take(200).collect::<String>() }));
        Ok((answer.status().as_u16(), said))
    }

    fn accepted(&self, call: &'static str, status: u16, answer: Json) -> Result<Json, MlflowError> {
        if (200..300).contains(&status) {
            return Ok(answer);
        }
        let said = answer["message"].as_str().filter(|said| !said.is_empty()).unwrap_or("without a reason");
        Err(self.refused(call, format!("{said} (status {status})")))
    }

    /// Returns the text at `pointer` in an answer.
    fn text(&self, answer: &Json, call: &'static str, pointer: &str) -> Result<String, MlflowError> {
        let text = answer.pointer(pointer).and_then(Json::as_str).map(str::to_owned);
        text.ok_or_else(|| self.refused(call, "the answer is not one of MLflow".to_owned()))
    }

    fn refused(&self, call: &'static str, reason: String) -> MlflowError {
        MlflowError::Refused { address: self.address.to_owned(), call, reason }
    }
}
