//! Solvers that pause when their budget is spent, and resume later.

use std::mem;
use std::time::{Duration, Instant};

use argmin::core::{Error, IterState, PopulationState, Problem, Solver, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::neldermead::NelderMead;
use argmin::solver::particleswarm::ParticleSwarm;
use argmin::solver::quasinewton::LBFGS;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

use crate::valley::Valley;

/// A paused solver of any kind, with its whole state.
pub(crate) trait Run {
    /// Runs while there is `more` to spend and the solver has not converged; returns the smallest value so far.
    fn advance(&mut self, more: &dyn Fn(Spent) -> bool) -> Result<f64, Error>;
}

/// What a run has cost so far.
pub(crate) struct Spent {
    /// Calls of the function.
    pub(crate) calls: u64,
    pub(crate) seconds: f64,
}

/// Starts with a simplex of the starting point and one more along each axis, `edge` away.
pub(crate) fn nelder_mead(dimensions: usize, edge: f64, expansion: f64) -> Result<Box<dyn Run>, Error> {
    let start = Valley::start(dimensions);
    let mut corners = vec![start.clone(); dimensions + 1];
    for (axis, corner) in corners[1..].iter_mut().enumerate() {
        corner[axis] += edge;
    }
    begin(dimensions, NelderMead::new(corners).with_gamma(expansion)?, IterState::new())
}

/// Remembers `memory` steps; `curvature` says how exact the line search is, the more the nearer to 0.
pub(crate) fn lbfgs(dimensions: usize, memory: usize, curvature: f64) -> Result<Box<dyn Run>, Error> {
    let line_search = MoreThuenteLineSearch::new().with_c(1e-4, curvature)?;
    begin(dimensions, LBFGS::new(line_search, memory), IterState::new().param(Valley::start(dimensions)))
}

/// Starts from random points.
pub(crate) fn swarm(dimensions: usize, particles: usize, inertia: f64) -> Result<Box<dyn Run>, Error> {
    let anywhere = (vec![-2.0; dimensions], vec![2.0; dimensions]);
    let solver = ParticleSwarm::new(anywhere, particles)
        .with_rng_generator(Xoshiro256PlusPlus::seed_from_u64(1))
        .with_inertia_factor(inertia)?;
    begin(dimensions, solver, PopulationState::new())
}

/// The parts of argmin's `Executor`, in the open so that it can pause.
struct Paused<S, I> {
    dimensions: usize,
    problem: Problem<Valley>,
    solver: S,
    state: I,
    time: Duration,
}

fn begin<S, I>(dimensions: usize, mut solver: S, state: I) -> Result<Box<dyn Run>, Error>
where
    S: Solver<Valley, I> + 'static,
    I: State<Float = f64> + 'static,
{
    let start = Instant::now();
    let mut problem = Problem::new(Valley);
    let (mut state, _) = solver.init(&mut problem, state)?;
    state.update();
    Ok(Box::new(Paused { dimensions, problem, solver, state, time: start.elapsed() }))
}

impl<S: Solver<Valley, I>, I: State<Float = f64>> Run for Paused<S, I> {
    fn advance(&mut self, more: &dyn Fn(Spent) -> bool) -> Result<f64, Error> {
        while !self.solver.terminate(&self.state).terminated() && more(self.spent()) {
            let start = Instant::now();
            let state = mem::replace(&mut self.state, I::new());
            (self.state, _) = self.solver.next_iter(&mut self.problem, state)?;
            self.state.update();
            self.state.increment_iter();
            self.time += start.elapsed();
        }
        Ok(self.state.get_best_cost())
    }
}

impl<S, I> Paused<S, I> {
    fn spent(&self) -> Spent {
        Spent { calls: Valley::calls(&self.problem, self.dimensions), seconds: self.time.as_secs_f64() }
    }
}
