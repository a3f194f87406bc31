//! The figures of a sweep show each of its finite trials, and say what they leave out.

use hyperopt::prelude::*;
use hyperopt::{Hyperband, Search, bilog, hp};
use hyperopt_plot::{plot, rungs};

/// Every trial is one circle in each panel where it has a value; nothing else is a circle.
fn marks(ho: &impl AsRef<hyperopt::Sweep>) -> usize {
    plot(ho).to_svg().unwrap().matches("<circle ").count()
}

#[test]
fn marks_equal_the_finite_trials() {
    let ho = hyperopt!(
        seed = 0,
        rate = log(1e-5..=1e-1),
        kernel = ["linear", "rbf"],
        gamma = if kernel == "rbf" {
            0.0..=1.0
        },
        for i in 0..60 {
            match i % 10 {
                3 => continue,
                4 => Err("diverged"),
                5 => Ok(f64::NAN),
                6 => Ok(f64::INFINITY),
                _ => Ok(rate + gamma.unwrap_or(0.5)),
            }
        }
    );
    let complete = ho.history().complete().count();
    let with_gamma = ho.trials().filter(|(trial, p)| trial.objective().is_some() && p.gamma.is_some()).count();
    assert_eq!(complete, 36);
    assert!((1..complete).contains(&with_gamma));
    assert_eq!(marks(&ho), 2 * complete + with_gamma);
}

#[test]
fn a_sweep_without_a_result_is_drawn_too() {
    let ho = hyperopt!(
        x = [1, 2],
        for _ in 0..4 {
            if x > 0 { Err("diverged") } else { Ok(x) }
        }
    );
    assert_eq!(marks(&ho), 0);
    let svg = plot(&ho).to_svg().unwrap();
    assert!(svg.contains("diverged"), "{svg}");
}

#[test]
fn one_three_and_eight_hyperparameters_and_a_constant() {
    let one = hyperopt!(
        seed = 0,
        x = 0.0..=1.0,
        for _ in 0..20 {
            x * x
        }
    );
    assert_eq!(marks(&one), 20);
    let eight = hyperopt!(
        seed = 0,
        a = 0.0..=1.0,
        b = [true, false],
        c = log(1..=1000),
        constant = [3],
        factor = exp_linrange(-3.0, 3.0, 7),
        the_number_of_units_in_the_first_hidden_layer_of_the_network = ordinal([16, 32, 64, 128]),
        label = ["a rather long label for a category", "another one that is no shorter", "x"],
        shift = -5..=5,
        for _ in 0..40 {
            let units = f64::from(the_number_of_units_in_the_first_hidden_layer_of_the_network);
            (a - 0.3).powi(2)
                + f64::from(b)
                + f64::from(c + constant + shift) / 100.0
                + factor.log10().abs()
                + units.log2()
                + label.len() as f64 / 9.0
        }
    );
    assert_eq!(marks(&eight), 8 * 40);
    if let Some(directory) = std::env::var_os("HYPEROPT_FIGURES") {
        let directory = std::path::PathBuf::from(directory);
        plot(&one).save(directory.join("one.png")).unwrap();
        plot(&eight).save(directory.join("eight.png")).unwrap();
    }
}

#[test]
fn pairs_and_lines_of_conditional_hyperparameters() {
    let ho = hyperopt!(
        seed = 0,
        rate = log(1e-5..=1e-1),
        kernel = ["linear", "rbf"],
        gamma = if kernel == "rbf" {
            0.0..=1.0
        },
        degree = if kernel == "linear" {
            1..=3
        },
        for i in 0..80 {
            if i % 10 == 3 { Err("diverged") } else { Ok(rate + gamma.unwrap_or(0.5) + f64::from(degree.unwrap_or(2))) }
        }
    );
    let svg = hyperopt_plot::parallel_coordinates(&ho).to_svg().unwrap();
    // Each line is broken once: at `gamma` or, before the objective, at `degree`.
    assert_eq!(svg.matches("<polyline ").count(), 2 * 72);
    let svg = hyperopt_plot::pair_plot(&ho).to_svg().unwrap();
    assert_eq!(svg.lines().filter(|line| line.starts_with("never active together")).count(), 2, "{svg}");
    assert!(svg.contains("8 failed trials left out"));
    if let Some(directory) = std::env::var_os("HYPEROPT_FIGURES") {
        let directory = std::path::PathBuf::from(directory);
        hyperopt_plot::pair_plot(&ho).save(directory.join("pairs.png")).unwrap();
        hyperopt_plot::parallel_coordinates(&ho).save(directory.join("parallel.png")).unwrap();
    }
}

#[test]
fn of_several_objectives_the_first_is_drawn() {
    let ho = hyperopt!(
        goal = [Maximize, Minimize],
        seed = 0,
        x = 0.0..=1.0,
        n = ordinal([8, 16, 32]),
        for _ in 0..30 {
            Metrics::objectives([("accuracy", x), ("bytes", f64::from(n))])
        }
    );
    for svg in
        [hyperopt_plot::pair_plot(&ho), hyperopt_plot::parallel_coordinates(&ho)].map(|figure| figure.to_svg().unwrap())
    {
        assert!(svg.contains("accuracy, the first of 2 objectives"), "{svg}");
    }
}

/// In the figure of rungs, every evaluation is one circle and every configuration one line.
fn circles_and_lines(ho: &impl AsRef<hyperopt::Sweep>) -> (usize, usize) {
    let svg = rungs(ho).to_svg().unwrap();
    (svg.matches("<circle ").count(), svg.matches("<polyline ").count())
}

#[test]
fn rungs_show_every_evaluation_and_every_configuration() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 0,
        rate = log(1e-4..=1e-1),
        units = [16, 32, 64],
        for (epochs, state) in 1.0..=81.0 {
            let error = state.unwrap_or(1.0);
            (error * 0.9 + (rate.log10() + 2.0).abs() / epochs, error * f64::from(units).recip())
        }
    );
    assert_eq!((ho.history().complete().count(), ho.history().configurations()), (206, 143));
    assert_eq!(circles_and_lines(&ho), (206, 143));
    assert_eq!(marks(&ho), 2 * 206);
    let svg = rungs(&ho).to_svg().unwrap();
    assert!(svg.contains("206 evaluations of 143 configurations, 1902 units (1581 if rungs resume)"), "{svg}");
    if let Some(directory) = std::env::var_os("HYPEROPT_FIGURES") {
        let directory = std::path::PathBuf::from(directory);
        plot(&ho).save(directory.join("budgets.png")).unwrap();
        rungs(&ho).save(directory.join("rungs.png")).unwrap();
    }
}

#[test]
fn rungs_count_the_evaluations_that_failed() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 0,
        x = 0.0..=1.0,
        for (resources, state) in 1.0..=50.0 {
            if x > 0.8 { Err("diverged") } else { Ok((x / resources, state.unwrap_or(x))) }
        }
    );
    let mut drawn: Vec<_> = ho.history().complete().map(|(trial, _)| trial.configuration()).collect();
    let complete = drawn.len();
    drawn.sort_unstable();
    drawn.dedup();
    assert!(drawn.len() < ho.history().configurations());
    assert_eq!(circles_and_lines(&ho), (complete, drawn.len()));
    let svg = rungs(&ho).to_svg().unwrap();
    assert!(svg.contains(&format!("{} failed trials left out", ho.len() - complete)), "{svg}");
}

#[test]
fn rungs_without_anything_to_draw_say_so() {
    let failed = hyperopt!(
        sampler = Hyperband::new(3.0),
        x = [1, 2],
        for (resources, state) in 1..=9 {
            if x > 0 { Err("diverged") } else { Ok((f64::from(x) / f64::from(resources), state.unwrap_or(()))) }
        }
    );
    assert_eq!(circles_and_lines(&failed), (0, 0));
    assert!(rungs(&failed).to_svg().unwrap().contains("diverged"));
    let without_budgets = hyperopt!(
        x = 0.0..=1.0,
        for _ in 0..9 {
            x
        }
    );
    let error = rungs(&without_budgets).to_svg().unwrap_err().to_string();
    assert!(
        error.starts_with("no rungs of this sweep: it has no budgets; `sampler = Hyperband::new(3.0)` and "),
        "{error}"
    );
    // What it advises.
    let with_budgets = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 0,
        x = 0.0..=1.0,
        for (resources, state) in 1.0..=81.0 {
            (x / resources, state.unwrap_or(()))
        }
    );
    assert!(rungs(&with_budgets).to_svg().is_ok());
}

#[test]
fn learning_curves_need_reports() {
    let silent = hyperopt!(
        seed = 0,
        x = 0.0..=1.0,
        for _ in 0..9 {
            x
        }
    );
    let error = hyperopt_plot::intermediate_values(&silent).to_svg().unwrap_err().to_string();
    assert_eq!(
        error,
        "no intermediate_values of this sweep: no trial reported a value; `trial.report(step, value)` in the loop of a \
         sampler with a pruner gives it some"
    );
    // What it advises.
    let reporting = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new()),
        seed = 0,
        x = 0.0..=1.0,
        'trials: for trial in 0..12 {
            for step in 1..=8_u32 {
                trial.report(step, x + 1.0 / f64::from(step));
                if trial.should_prune() {
                    continue 'trials;
                }
            }
            x
        }
    );
    let svg = hyperopt_plot::intermediate_values(&reporting).to_svg().unwrap();
    assert_eq!(svg.matches("<polyline ").count(), 12, "a line for each trial");
    let pruned = reporting.history().count(hyperopt::State::Pruned);
    assert!(pruned > 0);
    assert_eq!(svg.matches("fill=\"none\" stroke=\"#8A939D\" stroke-width").count(), pruned, "a ring where each ends");
}

#[test]
fn lists_of_sweeps_are_figures_too() {
    let sweep = |seed: u64| {
        hyperopt!(
            seed = seed,
            x = 0.0..=1.0,
            for _ in 0..9 {
                x
            }
        )
    };
    let all: Vec<_> = (0..4).map(sweep).collect();
    for svg in [
        hyperopt_plot::optimization_history(&all).to_svg().unwrap(),
        hyperopt_plot::optimization_history(&[&all[0], &all[1]]).to_svg().unwrap(),
        hyperopt_plot::edf(all.as_slice()).to_svg().unwrap(),
    ] {
        assert_eq!(svg.matches("<polyline ").count(), 1);
    }
    let named = hyperopt_plot::comparison(&[("a", all[0].sweep()), ("b", all[1].sweep())]);
    assert_eq!(named.to_svg().unwrap().matches("<polyline ").count(), 2);
}

#[test]
fn rungs_of_one_budget_are_points() {
    let ho = hyperopt!(
        sampler = Hyperband::new(3.0).rounds(4),
        x = 0.0..=1.0,
        for (resources, state) in 1.0..=1.0 {
            (x * resources, state.unwrap_or(()))
        }
    );
    assert_eq!(circles_and_lines(&ho), (4, 4));
    assert_eq!(marks(&ho), 4);
}

#[test]
fn trials_without_budgets_are_left_out_of_the_rungs_and_keep_their_circles_elsewhere() {
    let earlier = hyperopt!(
        seed = 0,
        x = 0.0..=1.0,
        for _ in 0..5 {
            x
        }
    );
    let ho = hyperopt!(
        ho = earlier,
        sampler = Hyperband::new(3.0),
        x = 0.0..=1.0,
        for (resources, state) in 1.0..=9.0 {
            (x / resources, state.unwrap_or(()))
        }
    );
    assert_eq!(marks(&ho), 5 + 22);
    assert_eq!(circles_and_lines(&ho), (22, 17));
    assert!(rungs(&ho).to_svg().unwrap().contains("5 trials without resources left out"));
    assert!(plot(&ho).to_svg().unwrap().lines().any(|line| line == "none"), "the legend names them");
}

/// Axes of every kind of expression: rounded, normal, with unequal chances, on other scales.
#[test]
fn expressions_are_drawn() {
    let ho = hyperopt!(
        seed = 0,
        uniform = hp::quniform("quniform", 0, 10, 2.5),
        log = hp::loguniform("loguniform", -9, 0),
        normal = hp::normal("normal", 5, 2),
        rounded = hp::qnormal("qnormal", 0, 20, 10),
        positive = hp::lognormal("lognormal", 0, 1),
        chosen = hp::pchoice("pchoice", [(0.8, "adam"), (0.2, "sgd")]),
        both = bilog(-1000.0..=1000.0),
        for _ in 0..80 {
            (uniform - normal).abs()
                + log
                + rounded.abs() / 50.0
                + positive
                + f64::from(chosen == "sgd")
                + both.abs().ln_1p()
        }
    );
    assert_eq!(marks(&ho), 7 * 80);
    let svg = plot(&ho).to_svg().unwrap();
    assert!(svg.contains("quniform") && svg.contains("pchoice") && !svg.contains("rounded"), "labels are shown");
    if let Ok(path) = std::env::var("EXPRESSIONS_FIGURE") {
        plot(&ho).save(path).unwrap();
    }
    let nothing = Search::new(hp::qlognormal("x", -5, 1, 1)).seed(0).run(0..20, |_, x| x);
    assert_eq!(marks(&nothing), 20);
}
