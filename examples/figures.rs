//! Every figure of `hyperopt_plot`, of sweeps over a polynomial that is fitted by gradient descent.
//!
//! `cargo run --release --example figures` writes them as PNG and SVG into the directory `figures`, or into the one given.

use std::error::Error;
use std::f64::consts::PI;
use std::path::PathBuf;

use hyperopt::Sampler;
use hyperopt::prelude::*;
use hyperopt_plot::Figure;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// Returns the curve of a sensor, and what it reads.
fn readings(count: u32, seed: u64) -> Vec<(f64, f64)> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut reading = || {
        let x: f64 = rng.random_range(-1.0..=1.0);
        (x, (PI * x).sin() + 0.4 * (2.5 * PI * x).cos() + rng.random_range(-0.1..=0.1))
    };
    (0..count).map(|_| reading()).collect()
}

/// A polynomial, and what its training keeps.
#[derive(Clone)]
struct Model {
    weights: Vec<f64>,
    speed: Vec<f64>,
}

impl Model {
    fn new(degree: usize) -> Self {
        Self { weights: vec![0.0; degree + 1], speed: vec![0.0; degree + 1] }
    }

    fn predict(&self, x: f64) -> f64 {
        self.weights.iter().rev().fold(0.0, |sum, weight| sum * x + weight)
    }

    fn error(&self, data: &[(f64, f64)]) -> f64 {
        (data.iter().map(|&(x, y)| (self.predict(x) - y).powi(2)).sum::<f64>() / data.len() as f64).sqrt()
    }

    /// One pass over the data.
    fn train(&mut self, data: &[(f64, f64)], rate: f64, momentum: f64, decay: f64, nesterov: bool) {
        for &(x, y) in data {
            let error = self.predict(x) - y;
            let mut power = 1.0;
            for (weight, speed) in self.weights.iter_mut().zip(&mut self.speed) {
                let slope = error * power + decay * *weight;
                *speed = momentum * *speed - rate * slope;
                *weight += if nesterov { momentum * *speed - rate * slope } else { *speed };
                power *= x;
            }
        }
    }
}

/// What the models are trained and judged by, and where the figures go.
struct Bench {
    seen: Vec<(f64, f64)>,
    unseen: Vec<(f64, f64)>,
    folder: PathBuf,
}

impl Bench {
    fn save(&self, name: &str, figure: &Figure) -> Result<(), hyperopt_plot::Error> {
        figure.save(self.folder.join(format!("{name}.svg")))?;
        figure.save(self.folder.join(format!("{name}.png")))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "figures".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let bench = Bench { seen: readings(60, 2), unseen: readings(60, 3), folder };
    one_goal(&bench)?;
    reports_and_rungs(&bench)?;
    workers_and_goals(&bench)?;
    Ok(())
}

/// Sweeps with one goal, of two samplers and six seeds.
fn one_goal(bench: &Bench) -> Result<(), hyperopt_plot::Error> {
    let (seen, unseen, save) = (&bench.seen, &bench.unseen, |name: &str, figure: Figure| bench.save(name, &figure));
    let sweep = |seed: u64, tpe: bool| {
        let sampler: Box<dyn Sampler> = if tpe { Box::new(TpeSampler::new()) } else { Box::new(RandomSampler::new()) };
        hyperopt!(
            sampler = sampler,
            seed = seed,
            progress = false,
            rate = log(1e-4..=1.0),
            momentum = 0.0..=0.99,
            degree = 1..=9,
            method = ["heavy ball", "nesterov"],
            decay = if degree > 3 {
                log(1e-6..=1e-1)
            },
            for _ in 0..80 {
                let mut model = Model::new(degree as usize);
                for _ in 0..20 {
                    model.train(seen, rate, momentum, decay.unwrap_or(0.0), method == "nesterov");
                }
                let error = model.error(unseen);
                if error < 1e3 {
                    Ok(Metrics::new(error).constraint("slow", f64::from(degree) - 7.5))
                } else {
                    Err("diverged")
                }
            }
        )
        .into_sweep()
    };
    let one = sweep(7, true);
    println!("{one}");
    save("plot", hyperopt_plot::plot(&one))?;
    save("slice", hyperopt_plot::slice(&one))?;
    save("param_importances", hyperopt_plot::param_importances(&one))?;
    save("optimization_history", hyperopt_plot::optimization_history(&one))?;
    save("pair_plot", hyperopt_plot::pair_plot(&one))?;
    save("contour", hyperopt_plot::contour(&one))?;
    save("rank", hyperopt_plot::rank(&one))?;
    save("parallel_coordinate", hyperopt_plot::parallel_coordinate(&one))?;
    save("edf", hyperopt_plot::edf(&one))?;
    let several: Vec<_> =
        (0..6).flat_map(|seed| [("random", sweep(seed, false)), ("TPE", sweep(seed, true))]).collect();
    save("comparison", hyperopt_plot::comparison(&several))?;
    save("edf_of_several", hyperopt_plot::edf(&several))?;
    let seeds: Vec<_> = several.iter().filter(|(name, _)| *name == "TPE").map(|(_, sweep)| sweep).collect();
    save("optimization_history_of_several", hyperopt_plot::optimization_history(&seeds))?;
    Ok(())
}

/// Sweeps whose trials report, or have budgets.
fn reports_and_rungs(bench: &Bench) -> Result<(), hyperopt_plot::Error> {
    let (seen, unseen, save) = (&bench.seen, &bench.unseen, |name: &str, figure: Figure| bench.save(name, &figure));
    let pruned = hyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()),
        seed = 7,
        progress = false,
        rate = log(1e-4..=1.0),
        momentum = 0.0..=0.99,
        degree = 1..=9,
        'trials: for trial in 0..60 {
            let mut model = Model::new(degree as usize);
            for epoch in 1..=30_u32 {
                model.train(seen, rate, momentum, 0.0, false);
                trial.report(epoch, model.error(unseen));
                if trial.should_prune() {
                    continue 'trials;
                }
            }
            model.error(unseen)
        }
    );
    save("intermediate_values", hyperopt_plot::intermediate_values(&pruned))?;
    let rungs = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 7,
        progress = false,
        rate = log(1e-4..=1.0),
        momentum = 0.0..=0.99,
        degree = 1..=9,
        for (epochs, state) in 1..=27 {
            let (mut model, done) = state.unwrap_or_else(|| (Model::new(degree as usize), 0));
            (done..epochs).for_each(|_| model.train(seen, rate, momentum, 0.0, false));
            (model.error(unseen), (model, epochs))
        }
    );
    save("rungs", hyperopt_plot::rungs(&rungs))?;
    save("intermediate_values_of_rungs", hyperopt_plot::intermediate_values(&rungs))?;
    save("optimization_history_of_rungs", hyperopt_plot::optimization_history(&rungs))?;
    Ok(())
}

/// A sweep on four threads, and one with three goals.
fn workers_and_goals(bench: &Bench) -> Result<(), hyperopt_plot::Error> {
    let (seen, unseen, save) = (&bench.seen, &bench.unseen, |name: &str, figure: Figure| bench.save(name, &figure));
    let parallel = phyperopt!(
        workers(4),
        seed = 7,
        progress = false,
        rate = log(1e-4..=1.0),
        degree = 1..=9,
        for _ in 0..60 {
            let mut model = Model::new(degree as usize);
            (0..20 * degree * degree).for_each(|_| model.train(seen, rate, 0.5, 0.0, false));
            let error = model.error(unseen);
            if error.is_finite() { Ok(error) } else { Err("diverged") }
        }
    );
    save("timeline", hyperopt_plot::timeline(&parallel))?;

    let traded = hyperopt!(
        sampler = Nsga2Sampler::new(),
        goal = [Minimize, Minimize, Minimize],
        seed = 7,
        progress = false,
        rate = log(1e-3..=0.3),
        degree = 1..=12,
        epochs = 1..=40,
        for _ in 0..200 {
            let mut model = Model::new(degree as usize);
            (0..epochs).for_each(|_| model.train(seen, rate, 0.5, 0.0, false));
            let error = model.error(unseen).min(3.0);
            let size = model.weights.iter().map(|weight| weight.abs()).sum::<f64>().min(20.0);
            Metrics::objectives([("error", error), ("work", f64::from(degree * epochs)), ("size", size)])
                .constraint("work", f64::from(degree * epochs) - 300.0)
        }
    );
    save("pareto_front_of_three", hyperopt_plot::pareto_front(&traded))?;
    save("hypervolume_history", hyperopt_plot::hypervolume_history(&traded))?;
    save("plot_of_three", hyperopt_plot::plot(&traded))?;
    Ok(())
}
