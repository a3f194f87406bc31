//! Minimisation within a box: limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2006, algorithm 7.4) over
//! the coordinates that are not held at a bound, with a line search along the projected path.

/// How many pairs of steps and changes of the gradient are kept.
const MEMORY: usize = 8;
/// The share of the promised decrease that a step has to keep.
const ARMIJO: f64 = 1e-4;

/// When to stop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) evaluations: usize,
    /// Of the projected gradient, in its largest component.
    pub(crate) gradient: f64,
    /// Of the decrease in one iteration.
    pub(crate) decrease: f64,
}

/// Room to work in, kept between calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lbfgs {
    gradient: Vec<f64>,
    trial: Vec<f64>,
    trial_gradient: Vec<f64>,
    direction: Vec<f64>,
    /// Steps and changes of the gradient, from the oldest to the latest, each pair with 1 / sᵀy.
    pairs: Vec<(Vec<f64>, Vec<f64>, f64)>,
    factors: Vec<f64>,
}

impl Lbfgs {
    /// Moves `x` to a local minimum of `f` within `bounds` and gives the value there. `f` writes its gradient to its second
    /// argument. The value never rises.
    pub(crate) fn minimise(
        &mut self,
        x: &mut [f64],
        bounds: &[(f64, f64)],
        limits: Limits,
        mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    ) -> f64 {
        let n = x.len();
        for room in [&mut self.gradient, &mut self.trial, &mut self.trial_gradient, &mut self.direction] {
            room.clear();
            room.resize(n, 0.0);
        }
        self.pairs.clear();
        for (x, &(lower, upper)) in x.iter_mut().zip(bounds) {
            *x = x.clamp(lower, upper);
        }
        let mut value = f(x, &mut self.gradient);
        let mut evaluations = 1;
        while evaluations < limits.evaluations {
            let held = |x: f64, g: f64, (lower, upper): (f64, f64)| x <= lower && g > 0.0 || x >= upper && g < 0.0;
            let free = |i: usize, gradient: &[f64]| !held(x[i], gradient[i], bounds[i]);
            let steepest = (0..n).filter(|&i| free(i, &self.gradient)).map(|i| self.gradient[i].abs());
            let steepest = steepest.fold(0.0, f64::max);
            // Written so that NaN ends the search, too.
            if !(steepest > limits.gradient && value.is_finite()) {
                break;
            }
            for i in 0..n {
                self.direction[i] = if free(i, &self.gradient) { -self.gradient[i] } else { 0.0 };
            }
            if self.pairs.is_empty() {
                self.direction.iter_mut().for_each(|d| *d /= steepest.max(1.0));
            } else {
                self.two_loops();
                for i in 0..n {
                    if !free(i, &self.gradient) {
                        self.direction[i] = 0.0;
                    }
                }
            }
            if dot(&self.direction, &self.gradient) >= 0.0 {
                // What is remembered misleads here: start again with the gradient.
                if self.pairs.is_empty() {
                    break;
                }
                self.pairs.clear();
                continue;
            }
            let mut step = 1.0;
            let mut found = None;
            while evaluations < limits.evaluations {
                let mut promised = 0.0;
                for i in 0..n {
                    self.trial[i] = (x[i] + step * self.direction[i]).clamp(bounds[i].0, bounds[i].1);
                    promised += self.gradient[i] * (self.trial[i] - x[i]);
                }
                if promised >= 0.0 {
                    break;
                }
                let tried = f(&self.trial, &mut self.trial_gradient);
                evaluations += 1;
                if tried <= value + ARMIJO * promised {
                    found = Some(tried);
                    break;
                }
                // The minimum of the parabola through what is known, if it is neither too near nor too far.
                let parabola = -0.5 * promised / (tried - value - promised);
                step *= if parabola.is_finite() { parabola.clamp(0.1, 0.5) } else { 0.1 };
                if step < 1e-10 {
                    break;
                }
            }
            let Some(tried) = found else {
                if self.pairs.is_empty() {
                    break;
                }
                self.pairs.clear();
                continue;
            };
            self.remember(x);
            x.copy_from_slice(&self.trial);
            std::mem::swap(&mut self.gradient, &mut self.trial_gradient);
            let decrease = value - tried;
            value = tried;
            if decrease < limits.decrease {
                break;
            }
        }
        value
    }

    /// Keeps the step from `x` to the trial point, unless the curvature along it is not positive.
    fn remember(&mut self, x: &[f64]) {
        let mut pair = if self.pairs.len() == MEMORY { self.pairs.remove(0) } else { Default::default() };
        let (step, change, reciprocal) = &mut pair;
        step.clear();
        step.extend(self.trial.iter().zip(x).map(|(to, from)| to - from));
        change.clear();
        change.extend(self.trial_gradient.iter().zip(&self.gradient).map(|(to, from)| to - from));
        let curvature = dot(step, change);
        if curvature > 1e-10 * (dot(step, step) * dot(change, change)).sqrt() {
            *reciprocal = curvature.recip();
            self.pairs.push(pair);
        }
    }

    /// Multiplies the direction by the approximate inverse of the Hessian matrix.
    fn two_loops(&mut self) {
        self.factors.clear();
        for (step, change, reciprocal) in self.pairs.iter().rev() {
            let factor = reciprocal * dot(step, &self.direction);
            self.direction.iter_mut().zip(change).for_each(|(d, y)| *d -= factor * y);
            self.factors.push(factor);
        }
        if let Some((_, change, reciprocal)) = self.pairs.last() {
            let scale = 1.0 / (reciprocal * dot(change, change));
            self.direction.iter_mut().for_each(|d| *d *= scale);
        }
        for ((step, change, reciprocal), factor) in self.pairs.iter().zip(self.factors.iter().rev()) {
            let back = factor - reciprocal * dot(change, &self.direction);
            self.direction.iter_mut().zip(step).for_each(|(d, s)| *d += back * s);
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { evaluations: 500, gradient: 1e-9, decrease: 0.0 };

    /// Rosenbrock's valley.
    fn valley(x: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.fill(0.0);
        let mut sum = 0.0;
        for i in 1..x.len() {
            let (across, along) = (x[i] - x[i - 1] * x[i - 1], 1.0 - x[i - 1]);
            sum += 100.0 * across * across + along * along;
            gradient[i - 1] -= 400.0 * across * x[i - 1] + 2.0 * along;
            gradient[i] += 200.0 * across;
        }
        sum
    }

    #[test]
    fn follows_a_curved_valley_to_its_end() {
        let mut x = [-1.2, 1.0, -0.5, 0.3, 1.7];
        let mut evaluations = 0;
        let value = Lbfgs::default().minimise(&mut x, &[(-3.0, 3.0); 5], LIMITS, |x, gradient| {
            evaluations += 1;
            valley(x, gradient)
        });
        assert!(value < 1e-14 && x.iter().all(|x| (x - 1.0).abs() < 1e-6), "{value:e} at {x:?}");
        assert!(evaluations < 150, "{evaluations}");
    }

    /// The minimum within the box: x = (½, ¼), since the bound on the first coordinate holds.
    #[test]
    fn stays_in_the_box() {
        let mut x = [-1.0, 1.0];
        Lbfgs::default().minimise(&mut x, &[(-2.0, 0.5), (-2.0, 2.0)], LIMITS, |x, gradient| {
            assert!((-2.0..=0.5).contains(&x[0]) && (-2.0..=2.0).contains(&x[1]));
            valley(x, gradient)
        });
        assert_eq!(x[0], 0.5);
        assert!((x[1] - 0.25).abs() < 1e-8);
    }

    #[test]
    fn the_value_never_rises_and_evaluations_are_limited() {
        for evaluations in 1..40 {
            let (mut x, mut count) = ([-1.2, 1.0, 2.0], 0);
            let before = valley(&x, &mut [0.0; 3]);
            let limits = Limits { evaluations, ..LIMITS };
            let after = Lbfgs::default().minimise(&mut x, &[(-3.0, 3.0); 3], limits, |x, gradient| {
                count += 1;
                valley(x, gradient)
            });
            assert!(count <= evaluations && after <= before);
            assert_eq!(after, valley(&x, &mut [0.0; 3]));
        }
    }

    #[test]
    fn infinities_end_the_search() {
        for value in [f64::NAN, f64::INFINITY] {
            let mut x = [0.5];
            Lbfgs::default().minimise(&mut x, &[(0.0, 1.0)], LIMITS, |_, gradient| {
                gradient[0] = 1.0;
                value
            });
            assert_eq!(x, [0.5]);
        }
    }
}
