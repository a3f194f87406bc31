//! A sweep with a study in an asynchronous program: `.await` in the loop, and a store on a thread of its own.

use std::collections::HashMap;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyperopt::prelude::*;
use hyperopt::{State, Trial};
use hyperopt_store::Study;
use tokio::task::{JoinError, JoinSet};

async fn loss(x: f64) -> f64 {
    tokio::time::sleep(Duration::from_millis(1)).await;
    x * x
}

/// The runtime may move the sweep from thread to thread: the future is `Send`.
fn sweeps(url: &str) {
    let sweep = |url: String| async move {
        let study = Study::open(&url).unwrap().name("asynchronous");
        let ho = hyperopt!(
            study = study,
            seed = 7,
            sampler = TpeSampler::new(),
            x = -1.0..=1.0,
            for _ in 0..20 {
                loss(x).await
            }
        );
        (ho.history().count(State::Complete), ho.error().map(ToString::to_string))
    };
    let flavors = [tokio::runtime::Builder::new_current_thread(), tokio::runtime::Builder::new_multi_thread()];
    for mut flavor in flavors {
        let runtime = flavor.enable_time().build().unwrap();
        let ran = runtime.block_on(async { tokio::spawn(sweep(url.to_owned())).await.unwrap() });
        assert_eq!(ran, (20, None));
    }
}

#[test]
fn a_file_is_kept_by_an_asynchronous_program() {
    let file = std::env::temp_dir().join(format!("hyperopt-asynchronous-{}.db", std::process::id()));
    sweeps(&format!("sqlite:{}", file.display()));
    std::fs::remove_file(file).unwrap();
}

#[test]
fn a_server_is_used_by_an_asynchronous_program() {
    match std::env::var("HYPEROPT_TEST_POSTGRES") {
        Ok(url) => sweeps(&url),
        Err(_) => println!("left out: HYPEROPT_TEST_POSTGRES names no server"),
    }
}

/// Runs a future on a runtime with threads, as a task: it is `Send`.
fn run<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
    runtime.block_on(async { tokio::spawn(future).await.unwrap() })
}

/// What `examples/tokio_tasks.rs` shows: the tickets stay outside of the tasks, so that each trial is told why it failed.
#[test]
fn tasks_that_panic_or_are_aborted_are_failed_trials() {
    let reasons = run(async {
        let mut ho = hyperopt!(seed = 7, x = 0.0..=1.0);
        let (mut tasks, mut tickets) = (JoinSet::new(), HashMap::new());
        for number in 0..4 {
            let (ticket, p) = ho.ask().unwrap();
            let task = tasks.spawn(async move {
                match number {
                    0 => panic!("a singular matrix"),
                    1 => pending().await,
                    2 => tokio::time::timeout(Duration::from_millis(1), pending()).await.map(|()| p.x),
                    _ => Ok(loss(p.x).await),
                }
            });
            if number == 1 {
                task.abort();
            }
            tickets.insert(task.id(), ticket);
        }
        while let Some(joined) = tasks.join_next_with_id().await {
            let task = joined.as_ref().map_or_else(JoinError::id, |(task, _)| *task);
            ho.tell(tickets.remove(&task).unwrap(), joined.map(|(_, loss)| loss)).unwrap();
        }
        let ho = ho.finish();
        ho.history().trials().iter().map(|t| (t.state(), t.reason().map(str::to_owned))).collect::<Vec<_>>()
    });
    let reason = |number: usize| reasons[number].1.as_deref().unwrap();
    assert!(reasons[..3].iter().all(|(state, _)| *state == State::Failed), "{reasons:?}");
    assert!(reason(0).contains("panicked with message \"a singular matrix\""), "{reasons:?}");
    assert!(reason(1).contains("was cancelled"), "{reasons:?}");
    assert!(reason(2).contains("deadline has elapsed"), "{reasons:?}");
    assert_eq!(reasons[3], (State::Complete, None));
}

/// A ticket that goes down with its task cancels its trial, by a panic and by an abort, and the sweep goes on.
#[test]
fn a_ticket_in_a_task_that_ends_early_cancels_its_trial() {
    let states = run(async {
        let mut ho = hyperopt!(seed = 7, x = 0.0..=1.0);
        let mut tasks = JoinSet::new();
        for number in 0..3 {
            let (ticket, p) = ho.ask().unwrap();
            let task = tasks.spawn(async move {
                match number {
                    0 => panic!("a singular matrix"),
                    1 => pending().await,
                    _ => (ticket, loss(p.x).await),
                }
            });
            if number == 1 {
                task.abort();
            }
        }
        while let Some(joined) = tasks.join_next().await {
            if let Ok((ticket, loss)) = joined {
                ho.tell(ticket, loss).unwrap();
            }
        }
        let (last, _) = ho.ask().unwrap();
        ho.tell(last, 0.5).unwrap();
        let ho = ho.finish();
        ho.history().trials().iter().map(Trial::state).collect::<Vec<_>>()
    });
    assert_eq!(states, [State::Cancelled, State::Cancelled, State::Complete, State::Complete]);
}

/// Tasks may share a sweep behind a lock of their own: none is held by the sweep while a trial runs, so eight run at once.
#[test]
fn eight_trials_are_in_flight() {
    let (trials, most) = run(async {
        let ho = Arc::new(Mutex::new(hyperopt!(seed = 7, sampler = TpeSampler::new(), x = 0.0..=1.0)));
        let flying = Arc::new(Mutex::new((0, 0)));
        let mut tasks = JoinSet::new();
        for _ in 0..8 {
            let (ho, flying) = (Arc::clone(&ho), Arc::clone(&flying));
            tasks.spawn(async move {
                for _ in 0..5 {
                    let (ticket, p) = ho.lock().unwrap().ask().unwrap();
                    {
                        let mut flying = flying.lock().unwrap();
                        flying.0 += 1;
                        flying.1 = flying.1.max(flying.0);
                    }
                    // A trial ends when eight have been in flight.
                    while flying.lock().unwrap().1 < 8 {
                        tokio::time::sleep(Duration::from_millis(1)).await;
                    }
                    flying.lock().unwrap().0 -= 1;
                    ho.lock().unwrap().tell(ticket, p.x).unwrap();
                }
            });
        }
        tasks.join_all().await;
        let trials = ho.lock().unwrap().history().count(State::Complete);
        (trials, flying.lock().unwrap().1)
    });
    assert_eq!((trials, most), (40, 8));
}
