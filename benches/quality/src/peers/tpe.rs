//! The crate `tpe`: an optimiser for each hyperparameter, as its documentation says.

use ::tpe::{TpeOptimizer, categorical_range, histogram_estimator, parzen_estimator, range};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::method::Method;
use crate::peers::reals::{from_real, reals};
use crate::problem::Problem;
use crate::space::{Axis, Kind, point};

pub const METHOD: Method =
    Method { name: "tpe", version: "tpe 0.3.1", most: 1000, plans: false, in_batches: None, run };

fn run(problem: &Problem, seed: u64, trials: usize, f: &mut dyn FnMut(&[f64]) -> f64) -> Result<(), String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let axes = (problem.axes)(seed);
    let optimiser = |axis: &Axis| {
        if let Kind::Choice(levels) = axis.kind {
            let levels = categorical_range(levels).map_err(|e| text(&e))?;
            return Ok(TpeOptimizer::new(histogram_estimator(), levels));
        }
        let (lo, hi) = reals(axis);
        Ok::<_, String>(TpeOptimizer::new(parzen_estimator(), range(lo, hi).map_err(|e| text(&e))?))
    };
    let mut optimisers = axes.iter().map(optimiser).collect::<Result<Vec<_>, _>>()?;
    let mut rng = StdRng::seed_from_u64(seed);
    for _ in 0..trials {
        let mut asked = vec![None; axes.len()];
        let mut fault = None;
        let x = point(&axes, |index, axis| match optimisers[index].ask(&mut rng) {
            Ok(real) => {
                asked[index] = Some(real);
                if matches!(axis.kind, Kind::Choice(_)) { real.floor() } else { from_real(axis, real) }
            }
            Err(error) => {
                fault = Some(text(&error));
                f64::NAN
            }
        });
        if let Some(fault) = fault {
            return Err(fault);
        }
        let value = f(&x);
        for (optimiser, asked) in optimisers.iter_mut().zip(asked) {
            if let Some(asked) = asked {
                optimiser.tell(asked, value).map_err(|e| text(&e))?;
            }
        }
    }
    Ok(())
}
