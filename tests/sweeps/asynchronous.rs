//! A sweep with a study in an asynchronous program: `.await` in the loop, and a store on a thread of its own.

use std::time::Duration;

use hyperopt::State;
use hyperopt::prelude::*;
use hyperopt_store::Study;

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
