//! `cmaes`: CMA-ES with restarts (BIPOP) from anywhere in the box, which is scaled to the unit cube. It knows no bounds: a
//! point outside is evaluated at the nearest one inside. Continuous problems only.

use std::cell::RefCell;

use ::cmaes::DVector;
use ::cmaes::restart::{BIPOP, RestartOptions, RestartStrategy};

use crate::method::Method;
use crate::problem::Problem;

pub const METHOD: Method =
    Method { name: "cmaes", version: "cmaes 0.2.2", most: 1000, plans: false, in_batches: None, run };

fn run(problem: &Problem, seed: u64, trials: usize, f: &mut dyn FnMut(&[f64]) -> f64) -> Result<(), String> {
    if !problem.is_continuous {
        return Err("continuous spaces only".into());
    }
    let axes = (problem.axes)(seed);
    let f = RefCell::new(f);
    let told = RefCell::new(0);
    let objective = |units: &DVector<f64>| {
        let x: Vec<f64> = axes.iter().zip(units.iter()).map(|(axis, unit)| axis.value(unit.clamp(0.0, 1.0))).collect();
        *told.borrow_mut() += 1;
        // It ends with a whole generation.
        if *told.borrow() > trials { f64::INFINITY } else { f.borrow_mut()(&x) }
    };
    let restarter = RestartOptions::new(axes.len(), 0.0..=1.0, RestartStrategy::BIPOP(BIPOP::default()))
        .max_function_evals(trials)
        .seed(seed)
        .build()
        .map_err(|e| format!("{e:?}"))?;
    restarter.run(|| &objective);
    Ok(())
}
