//! Every figure of `hyperopt_plot`, and all pictures of the README and of `docs/gallery.md`.
//!
//! `cargo run --release -p gallery` writes them into `docs` and `docs/gallery` of the directory that it is called in, or of the
//! one given. All but the figure that shows measured time come out the same each time.

mod digits;
mod network;

use std::error::Error;
use std::path::{Path, PathBuf};

use digits::Digits;
use hyperopt::Sampler;
use hyperopt::prelude::*;
use hyperopt_plot::Figure;
use network::Activation::{Relu, Sigmoid, Tanh};
use network::{Network, Settings};
use wine::data::Wine;
use wine::model::Method::{Boosting, ExtraTrees, RandomForest};
use wine::model::{self, cross_validate};

/// The most weights of a network that fits where it is to run.
const MOST_WEIGHTS: f64 = 4_000.0;
/// How often a network sees the digits, where that is not itself swept.
const EPOCHS: u32 = 4;

/// Where the pictures go.
struct Pictures(PathBuf);

impl Pictures {
    fn save(&self, name: &str, figure: &Figure) -> Result<(), hyperopt_plot::Error> {
        println!("docs/{name}.png");
        // Files of a repository are to be small.
        figure.clone().density(1).save(self.0.join(format!("{name}.png")))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let directory = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let pictures = Pictures(Path::new(&directory).join("docs"));
    std::fs::create_dir_all(pictures.0.join("gallery"))?;
    let digits = Digits::load();
    one_sweep(&digits, &pictures)?;
    several_sweeps(&digits, &pictures)?;
    while_it_runs(&digits, &pictures)?;
    several_goals(&digits, &pictures)?;
    wines(&pictures)
}

/// A network on digits: six hyperparameters, of which one belongs to training with momentum alone.
fn sweep(digits: &Digits, seed: u64, trials: usize, sampler: Box<dyn Sampler>) -> hyperopt::Sweep {
    hyperopt!(
        sampler = sampler,
        seed = seed,
        progress = false,
        rate = log(1e-3..=3e0),
        momentum = 0.0..=0.99,
        decay = log(1e-6..=1e-1),
        batch = ordinal([8, 16, 32, 64]),
        width = 4..=64,
        activation = [Relu, Tanh, Sigmoid],
        for _ in 0..trials {
            let mut network = Network::new(Settings { rate, momentum, decay, batch, width, activation });
            network.train_to(EPOCHS, &digits.train);
            let weights = network.size() as f64;
            network
                .loss(&digits.validation)
                .map(|loss| Metrics::new(loss).constraint("weights beyond 4,000", weights - MOST_WEIGHTS))
        }
    )
    .into_sweep()
}

/// Returns the figures of one sweep with one objective.
fn one_sweep(digits: &Digits, pictures: &Pictures) -> Result<(), hyperopt_plot::Error> {
    let tpe = sweep(digits, 7, 120, Box::new(TpeSampler::new()));
    println!("{tpe}");
    let figures = [
        ("parallel", hyperopt_plot::parallel_coordinate(&tpe)),
        ("gallery/plot", hyperopt_plot::plot(&tpe)),
        ("gallery/slice", hyperopt_plot::slice(&tpe)),
        ("gallery/optimization_history", hyperopt_plot::optimization_history(&tpe)),
        ("gallery/param_importances", hyperopt_plot::param_importances(&tpe)),
        ("gallery/contour", hyperopt_plot::contour(&tpe).hyperparameters(["rate", "momentum", "batch", "activation"])),
        ("gallery/rank", hyperopt_plot::rank(&tpe).hyperparameters(["rate", "momentum", "batch", "activation"])),
        (
            "gallery/pair_plot",
            hyperopt_plot::pair_plot(&tpe).hyperparameters(["rate", "momentum", "batch", "activation"]),
        ),
        ("gallery/edf", hyperopt_plot::edf(&tpe)),
    ];
    figures.iter().try_for_each(|(name, figure)| pictures.save(name, figure))
}

/// Returns the figures of several sweeps: two samplers with five seeds each.
fn several_sweeps(digits: &Digits, pictures: &Pictures) -> Result<(), hyperopt_plot::Error> {
    let random = (0..5).map(|seed| ("random", sweep(digits, seed, 60, Box::new(RandomSampler::new()))));
    let tpe = (0..5).map(|seed| ("TPE", sweep(digits, seed, 60, Box::new(TpeSampler::new()))));
    let sweeps: Vec<_> = random.chain(tpe).collect();
    pictures.save("gallery/comparison", &hyperopt_plot::comparison(&sweeps))?;
    pictures.save("gallery/edf_of_several", &hyperopt_plot::edf(&sweeps))?;
    pictures.save("gallery/param_importances_of_several", &hyperopt_plot::param_importances(&sweeps))
}

/// Returns the figures of trials that report, that have budgets, and that run side by side.
fn while_it_runs(digits: &Digits, pictures: &Pictures) -> Result<(), Box<dyn Error>> {
    let reported = hyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()),
        seed = 7,
        progress = false,
        rate = log(1e-3..=3e0),
        momentum = 0.0..=0.99,
        batch = ordinal([8, 16, 32, 64]),
        'trials: for trial in 0..60 {
            let settings = Settings { rate, momentum, decay: 1e-5, batch, width: 24, activation: Tanh };
            let mut network = Network::new(settings);
            for epoch in 1..=16 {
                network.train_to(epoch, &digits.train);
                trial.report(epoch, network.loss(&digits.validation).unwrap_or(f64::NAN));
                if trial.should_prune() {
                    continue 'trials;
                }
            }
            network.loss(&digits.validation)
        }
    );
    pictures.save("gallery/intermediate_values", &hyperopt_plot::intermediate_values(&reported))?;

    let rungs = hyperopt!(
        sampler = Bohb::new().rounds(2),
        seed = 7,
        progress = false,
        rate = log(1e-3..=3e0),
        momentum = 0.0..=0.99,
        decay = log(1e-6..=1e-1),
        batch = ordinal([8, 16, 32, 64]),
        width = 4..=48,
        activation = [Relu, Tanh, Sigmoid],
        for (epochs, state) in 1..=27 {
            let settings = Settings { rate, momentum, decay, batch, width, activation };
            let mut network = state.unwrap_or_else(|| Network::new(settings));
            network.train_to(epochs, &digits.train);
            network.loss(&digits.validation).map(|loss| (loss, network))
        }
    );
    pictures.save("rungs", &hyperopt_plot::rungs(&rungs))?;

    let parallel = phyperopt!(
        workers(4),
        seed = 7,
        progress = false,
        rate = log(1e-3..=3e0),
        width = 4..=64,
        for _ in 0..60 {
            let settings = Settings { rate, momentum: 0.9, decay: 1e-5, batch: 16, width, activation: Relu };
            let mut network = Network::new(settings);
            network.train_to(EPOCHS, &digits.train);
            network.loss(&digits.validation)
        }
    );
    pictures.save("gallery/timeline", &hyperopt_plot::timeline(&parallel))?;
    Ok(())
}

/// Returns the figures of networks that are to be good, small and soon trained.
fn several_goals(digits: &Digits, pictures: &Pictures) -> Result<(), hyperopt_plot::Error> {
    let train = |rate: f64, width: usize, epochs: u32| {
        let settings = Settings { rate, momentum: 0.9, decay: 1e-5, batch: 16, width, activation: Relu };
        let mut network = Network::new(settings);
        network.train_to(epochs, &digits.train);
        network.loss(&digits.validation).map(|loss| (loss, network.size() as f64))
    };
    let two = hyperopt!(
        sampler = Nsga2Sampler::new(),
        goal = [Minimize, Minimize],
        seed = 7,
        progress = false,
        rate = log(1e-3..=1e0),
        width = 1..=64,
        for _ in 0..150 {
            train(rate, width, EPOCHS)
                .map(|(loss, weights)| Metrics::objectives([("loss", loss), ("weights", weights)]))
        }
    );
    pictures.save("gallery/pareto_front", &hyperopt_plot::pareto_front(&two))?;
    pictures.save("gallery/hypervolume_history", &hyperopt_plot::hypervolume_history(&two))?;
    let three = hyperopt!(
        sampler = Nsga2Sampler::new(),
        goal = [Minimize, Minimize, Minimize],
        seed = 7,
        progress = false,
        rate = log(1e-3..=1e0),
        width = 1..=64,
        epochs = 1..=10,
        for _ in 0..150 {
            train(rate, width, epochs).map(|(loss, weights)| {
                Metrics::objectives([("loss", loss), ("weights", weights), ("epochs", f64::from(epochs))])
            })
        }
    );
    pictures.save("gallery/pareto_front_of_three", &hyperopt_plot::pareto_front(&three))
}

/// Returns the sweep of the example `wine`, with the README's picture of it.
fn wines(pictures: &Pictures) -> Result<(), Box<dyn Error>> {
    let folds = Wine::load()?.folds(1);
    let ho = hyperopt!(
        seed = 7,
        progress = false,
        method = [RandomForest, ExtraTrees, Boosting],
        trees = 2..=100,
        max_depth = 2..=16,
        min_leaf = 1..=40,
        features = if method != Boosting {
            1..=11
        },
        learning_rate = if method == Boosting {
            exp_linrange(-2.0, 0.0, 100)
        },
        for _ in 0..80 {
            let settings = model::Settings { method, trees, max_depth, min_leaf, features, learning_rate };
            cross_validate(&folds, &settings)
        }
    );
    pictures.save("wine", &hyperopt_plot::plot(&ho))?;
    Ok(())
}
