use super::*;

async fn sweep(data: &[f64]) -> f64 {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        factor = [1.0, 2.0],
        kernel = vec![String::from("rbf"), String::from("linear")],
        for _ in .. {
            pause().await;
            factor * data.iter().sum::<f64>() + kernel.len() as f64
        }
    );
    ho.minimum().unwrap()
}

#[test]
fn a_body_may_await() {
    assert_eq!(run(sweep(&[1.0, 2.0])), 6.0);
}

#[test]
fn the_future_is_send() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    assert_eq!(run(is_send(sweep(&[1.0]))), 4.0);
}

#[test]
fn candidates_may_await() {
    async fn bound() -> i64 {
        pause().await;
        1
    }
    let ho = run(async {
        hyperopt!(
            a = 1..=bound().await,
            for _ in 0..1 {
                a
            }
        )
    });
    assert_eq!(ho.minimum().unwrap(), 1.0);
}
