//! The figure of a sweep shows each of its finite trials, and says what it leaves out.

use hyperopt::prelude::*;
use hyperopt_plot::plot;

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
        e = exp_linrange(-3.0, 3.0, 7),
        the_number_of_units_in_the_first_hidden_layer_of_the_network = ordinal([16, 32, 64, 128]),
        g = ["a rather long label for a category", "another one that is no shorter", "x"],
        h = -5..=5,
        for _ in 0..40 {
            let units = f64::from(the_number_of_units_in_the_first_hidden_layer_of_the_network);
            (a - 0.3).powi(2)
                + f64::from(b)
                + f64::from(c + constant + h) / 100.0
                + e.log10().abs()
                + units.log2()
                + g.len() as f64 / 9.0
        }
    );
    assert_eq!(marks(&eight), 8 * 40);
    if let Some(directory) = std::env::var_os("HYPEROPT_FIGURES") {
        let directory = std::path::PathBuf::from(directory);
        plot(&one).save(directory.join("one.png")).unwrap();
        plot(&eight).save(directory.join("eight.png")).unwrap();
    }
}
