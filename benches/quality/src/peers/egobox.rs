//! `egobox-ego`: efficient global optimisation with its defaults. It knows no conditional spaces; logarithmic axes are handed
//! over as exponents.

use std::cell::RefCell;

use egobox_ego::{EgorBuilder, XType};
use ndarray::{Array2, ArrayView2};

use crate::method::Method;
use crate::peers::reals::{from_real, reals};
use crate::problem::Problem;
use crate::space::Kind;

pub const METHOD: Method =
    Method { name: "egobox-ego", version: "egobox-ego 0.42.0", most: 100, plans: false, in_batches: None, run };

fn run(problem: &Problem, seed: u64, trials: usize, f: &mut dyn FnMut(&[f64]) -> f64) -> Result<(), String> {
    let axes = (problem.axes)(seed);
    if axes.iter().any(|axis| axis.only_if.is_some()) {
        return Err("no conditional spaces".into());
    }
    let types: Vec<XType> = axes
        .iter()
        .map(|axis| match axis.kind {
            // No integers with logarithms: reals, rounded.
            Kind::Float { .. } | Kind::Int { log: true, .. } => XType::Float(reals(axis).0, reals(axis).1),
            Kind::Int { lo, hi, .. } => XType::Int(lo as i32, hi as i32),
            Kind::Choice(of) => XType::Enum(of),
        })
        .collect();
    let f = RefCell::new(f);
    let told = RefCell::new(0);
    let objective = |points: &ArrayView2<f64>| -> Array2<f64> {
        let values = points.rows().into_iter().map(|row| {
            let x: Vec<f64> = axes
                .iter()
                .zip(row)
                .map(|(axis, &real)| match axis.kind {
                    Kind::Choice(_) | Kind::Int { log: false, .. } => real.round(),
                    _ => from_real(axis, real),
                })
                .collect();
            *told.borrow_mut() += 1;
            // It may ask a little beyond what it was allowed.
            if *told.borrow() > trials { 0.0 } else { f.borrow_mut()(&x) }
        });
        let values: Vec<f64> = values.collect();
        Array2::from_shape_vec((values.len(), 1), values).expect("a column")
    };
    // Its own rule for the first points, and as many iterations as are left.
    let first = axes.len() + 1;
    let builder = EgorBuilder::optimize(objective)
        .configure(|config| config.n_doe(first).max_iters(trials.saturating_sub(first)).seed(seed));
    builder.min_within_mixint_space(&types).map_err(|e| e.to_string())?.run().map_err(|e| e.to_string())?;
    Ok(())
}
