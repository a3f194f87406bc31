use hyperopt::prelude::*;

#[derive(Default)]
struct Settings {
    rate: f64,
    epochs: u32,
}

fn main() {
    let ho = hyperopt!(
        into = "Settings",
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(
        into = Settings::default(),
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(
        into = |p| p,
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(
        into = Some(Settings),
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(
        into = None,
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(
        into = [1, 2],
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(
        into = Settings { rate, epochs: 3 },
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(
        into = Settings { epochs: rate as u32 },
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(
        into = Setings,
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(
        into = Settings::default,
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(
        into,
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
    let ho = hyperopt!(into = Settings<f64>, rate = 0.0..=1.0, for _ in 0..50 { rate });
    let ho = hyperopt!(
        into = f64,
        rate = 0.0..=1.0,
        for _ in 0..50 {
            rate
        }
    );
}
