//! What is sent, by a server that keeps it and answers as the real one does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use hyperopt_core::{Metrics, Parameters, Search};
use serde_json::{Value as Json, json};

use super::*;

/// One request: the line, the header of authorization, and the body.
struct Request {
    call: String,
    authorization: Option<String>,
    body: Json,
}

/// Reads a request; `None` at the end of the connection.
fn request(reader: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = || {
        let mut line = String::new();
        (reader.read_line(&mut line).ok()? > 0).then(|| line.trim().to_owned())
    };
    let call = line()?;
    let (mut authorization, mut length) = (None, 0);
    loop {
        let header = line()?;
        let Some((name, value)) = header.split_once(": ") else { break };
        match name.to_lowercase().as_str() {
            "authorization" => authorization = Some(value.to_owned()),
            "content-length" => length = value.parse().ok()?,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let call = call.trim_end_matches(" HTTP/1.1").replace("/api/2.0/mlflow/", "");
    Some(Request { call, authorization, body: serde_json::from_slice(&body).unwrap_or_default() })
}

/// Runs a server for `client`, which answers every request by `answer`; returns what was asked.
fn served<T>(
    answer: impl Fn(&Request, usize) -> (u16, Json) + Send + 'static,
    client: impl FnOnce(&str) -> T,
) -> (T, Vec<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let mut requests = Vec::new();
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream);
        while let Some(request) = request(&mut reader) {
            let (status, said) = answer(&request, requests.len());
            let said = said.to_string();
            let head =
                format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}", said.len());
            write!(reader.get_mut(), "{head}\r\n\r\n{said}").unwrap();
            requests.push(request);
        }
        requests
    });
    let result = client(&format!("http://{address}"));
    (result, server.join().unwrap())
}

/// Answers as `MLflow` 3 does; the experiment is not there yet.
fn mlflow(request: &Request, number: usize) -> (u16, Json) {
    match request.call.split(['?', ' ']).nth(1).unwrap_or_default() {
        "experiments/get-by-name" => (404, json!({ "error_code": "RESOURCE_DOES_NOT_EXIST", "message": "none" })),
        "experiments/create" => (200, json!({ "experiment_id": "7" })),
        "runs/create" => (200, json!({ "run": { "info": { "run_id": format!("run{number}") } } })),
        _ => (200, json!({})),
    }
}

fn sweep() -> impl AsRef<Sweep> {
    let space = Parameters::new().with_value("rate", [0.5]).with_value("a%b", ["x\"y"]);
    Search::new(space).seed(7).repeats(true).run(0..3, |trial, _| match trial {
        0 => Ok(Metrics::new(2.5).with("speed", f64::INFINITY).constraint("memory", 1.0)),
        1 => Err("no luck"),
        _ => Ok(Metrics::new(1.5)),
    })
}

#[test]
fn a_sweep_is_a_run_with_a_run_for_each_trial() {
    let log = |address: &str| Mlflow::at(address)?.token("secret").experiment("red & white").log(&sweep());
    let (run, requests) = served(mlflow, log);
    let run = run.unwrap();
    let calls: Vec<_> = requests.iter().map(|request| request.call.as_str()).collect();
    let trial = ["POST runs/create", "POST runs/log-batch", "POST runs/update"];
    let [create, log, update] = trial;
    let mut expected =
        vec!["GET experiments/get-by-name?experiment_name=red%20%26%20white", "POST experiments/create", create, log];
    expected.extend(trial.iter().cycle().take(9));
    expected.push(update);
    assert_eq!(calls, expected);
    assert!(requests.iter().all(|request| request.authorization.as_deref() == Some("Bearer secret")));
    assert!(run.to_string().ends_with("/#/experiments/7/runs/run2"), "{run}");
    assert_eq!(run.children, ["run4", "run7", "run10"]);

    let tags = |request: &Request| {
        let tags = request.body["tags"].as_array().unwrap().iter();
        tags.map(|tag| format!("{} = {}", tag["key"], tag["value"]).replace('"', "")).collect::<Vec<_>>()
    };
    let of_sweep = tags(&requests[2]).join("\n");
    assert!(of_sweep.contains("`a%b` is `a_b` here") && of_sweep.contains("hyperopt.goals = minimize"), "{of_sweep}");
    let parameters = &requests[3].body["params"];
    assert_eq!(parameters[0], json!({ "key": "sampler", "value": "RandomSampler" }));
    assert_eq!(parameters[1], json!({ "key": "seed", "value": "7" }));
    assert_eq!(parameters[2], json!({ "key": "best.rate", "value": "0.5" }));
    assert_eq!(requests[3].body["metrics"][0]["value"], json!(1.5));

    assert!(tags(&requests[4]).contains(&"mlflow.parentRunId = run2".to_owned()));
    assert!(tags(&requests[7]).contains(&"hyperopt.reason = no luck".to_owned()));
    let batch = &requests[5].body;
    assert_eq!((&batch["run_id"], &batch["params"][1]), (&json!("run4"), &json!({ "key": "a_b", "value": "x\"y" })));
    let metrics: Vec<_> = batch["metrics"].as_array().unwrap().iter().map(|m| (&m["key"], &m["value"])).collect();
    let expected = [("objective", json!(2.5)), ("speed", json!("Infinity")), ("constraints/memory", json!(1.0))];
    assert_eq!(metrics.len(), 3);
    for ((key, value), (expected_key, expected)) in metrics.into_iter().zip(expected) {
        assert_eq!((key, value), (&json!(expected_key), &expected));
    }
    let statuses = [6, 9, 12, 13].map(|at| requests[at].body["status"].as_str().unwrap().to_owned());
    assert_eq!(statuses, ["FINISHED", "FAILED", "FINISHED", "FINISHED"]);
}

#[test]
fn long_curves_are_sent_in_parts() {
    let metrics: Vec<_> = (0..2000).map(|step| json!({ "key": "loss", "value": step })).collect();
    let (sent, requests) = served(mlflow, |address| Client::new(address, None).batches("run", &[json!({})], &metrics));
    sent.unwrap();
    let lengths = requests.iter().map(|request| request.body["metrics"].as_array().unwrap().len());
    assert_eq!(lengths.collect::<Vec<_>>(), [900, 900, 200]);
}

#[test]
fn a_refusal_says_what_the_server_says() {
    let refuse = |request: &Request, number| match mlflow(request, number) {
        (200, _) if request.call.ends_with("log-batch") => (400, json!({ "message": "no room" })),
        answer => answer,
    };
    let (run, requests) = served(refuse, |address| Mlflow::at(address)?.log(&sweep()));
    let error = run.unwrap_err().to_string();
    assert!(error.ends_with("refuses `runs/log-batch`: no room (status 400)"), "{error}");
    let last = requests.last().unwrap();
    assert_eq!((last.call.as_str(), &last.body["status"]), ("POST runs/update", &json!("FAILED")));
}

#[test]
fn another_server_is_told_from_mlflow() {
    let (run, _) = served(|_, _| (200, json!("hello")), |address| Mlflow::at(address)?.log(&sweep()));
    let error = run.unwrap_err().to_string();
    assert!(error.ends_with("refuses `experiments/get-by-name`: the answer is not one of MLflow"), "{error}");
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = Mlflow::at(&format!("http://{address}")).unwrap().log(&sweep()).unwrap_err().to_string();
    let (named, advice) =
        (format!("the tracking server `http://{address}` does not answer: "), "`mlflow server` starts one");
    assert!(error.starts_with(&named) && error.ends_with(advice), "{error}");
}

#[test]
fn addresses_are_checked_and_passwords_are_not_shown() {
    for address in ["localhost:5000", "http://", "ftp://host", "http://:5000", "http://a b"] {
        let error = Mlflow::at(address).unwrap_err().to_string();
        assert!(error.contains("write `http://localhost:5000`"), "{address}: {error}");
    }
    let error = Mlflow::at("ftp://me:secret@host").unwrap_err().to_string();
    assert!(error.contains("`host`") && !error.contains("secret"), "{error}");
    if cfg!(not(feature = "mlflow-tls")) {
        let error = Mlflow::at("https://me:secret@host").unwrap_err().to_string();
        assert!(error.contains("`https://host` needs the feature `mlflow-tls`"), "{error}");
    }
    let server = Mlflow::at("http://me:secret@host:5000/").unwrap();
    assert_eq!(server.authorization.as_deref(), Some("Basic bWU6c2VjcmV0"));
    let shown = format!("{server:?}");
    assert!(shown.contains("http://host:5000\"") && !shown.contains("secret") && !shown.contains("bWU6"), "{shown}");
}
