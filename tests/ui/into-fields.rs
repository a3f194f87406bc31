use hyperopt::prelude::*;

struct Settings {
    rate: f64,
    layers: i32,
}

fn missing() -> Hyperoptimizer<Settings> {
    hyperopt!(
        into = Settings,
        rate = log(1e-5..=1e-1),
        for _ in 0..50 {
            rate
        }
    )
}

fn surplus() -> Hyperoptimizer<Settings> {
    thyperopt!(
        into = Settings,
        rate = log(1e-5..=1e-1),
        layers = 1..=4,
        dropout = 0.0..=0.5,
        for _ in 0..50 {
            rate * dropout
        }
    )
}

fn open() {
    let mut ho = hyperopt!(into = Settings, rate = log(1e-5..=1e-1), layers = 1..=4, width = 1..=8);
}

fn space() {
    let space = space!(into = Settings, rate = log(1e-5..=1e-1), layers = 1..=4, depth = 1..=8);
}

fn of_another_type() -> Hyperoptimizer<Settings> {
    hyperopt!(
        into = Settings,
        rate = log(1e-5..=1e-1),
        layers = linrange(1.0, 4.0, 4),
        for _ in 0..50 {
            rate
        }
    )
}

fn conditional() -> Hyperoptimizer<Settings> {
    hyperopt!(
        into = Settings,
        layers = 1..=4,
        rate = if layers > 2 {
            log(1e-5..=1e-1)
        },
        for _ in 0..50 {
            layers
        }
    )
}

fn main() {}
