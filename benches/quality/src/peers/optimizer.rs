//! `optimizer`: its samplers, and its BOHB with the pruner that belongs to it.

use ::optimizer::Trial;
use ::optimizer::parameter::{CategoricalParam, FloatParam, IntParam, Parameter as _};
use ::optimizer::sampler::{self, Sampler};
use ::optimizer::{Direction, Error, Study};

use crate::budgeted::{BudgetedProblem, BudgetedRun};
use crate::method::{Method, Scheduler};
use crate::problem::Problem;
use crate::space::{Axis, Kind, point};

const VERSION: &str = "optimizer 1.0.1";

/// `name: sampler with the seed`, with the defaults of the crate.
macro_rules! samplers {
    ($($name:literal, $most:expr, |$seed:ident| $sampler:expr;)*) => {
        pub fn methods() -> Vec<Method> {
            vec![$(Method {
                name: $name,
                version: VERSION,
                most: $most,
                plans: false,
                in_batches: None,
                run: |problem, $seed, trials, f| sweep(problem, $sampler, $seed, trials, f),
            }),*]
        }
    };
}

samplers! {
    "optimizer TPE", 1000, |seed| sampler::TpeSampler::builder().seed(seed).build().map_err(text)?;
    "optimizer multivariate TPE", 200, |seed| sampler::tpe::MultivariateTpeSampler::builder().seed(seed).build().map_err(text)?;
    "optimizer GP", 200, |seed| sampler::GpSampler::with_seed(seed);
    "optimizer CMA-ES", 1000, |seed| sampler::CmaEsSampler::with_seed(seed);
    "optimizer DE", 1000, |seed| sampler::DESampler::with_seed(seed);
}

pub fn schedulers() -> Vec<Scheduler> {
    vec![Scheduler { name: "optimizer BOHB", version: VERSION, run: bohb }]
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

enum Parameter {
    Float(FloatParam),
    Int(IntParam),
    Choice(CategoricalParam<usize>),
}

impl Parameter {
    fn new(axis: &Axis) -> Self {
        match axis.kind {
            Kind::Float { lo, hi, log } => {
                let parameter = FloatParam::new(lo, hi).name(axis.name);
                Self::Float(if log { parameter.log_scale() } else { parameter })
            }
            Kind::Int { lo, hi, log } => {
                let parameter = IntParam::new(lo, hi).name(axis.name);
                Self::Int(if log { parameter.log_scale() } else { parameter })
            }
            Kind::Choice(of) => Self::Choice(CategoricalParam::new((0..of).collect()).name(axis.name)),
        }
    }

    fn suggest(&self, trial: &mut Trial) -> Result<f64, Error> {
        Ok(match self {
            Self::Float(parameter) => parameter.suggest(trial)?,
            Self::Int(parameter) => parameter.suggest(trial)? as f64,
            Self::Choice(parameter) => parameter.suggest(trial)? as f64,
        })
    }
}

/// Suggests what exists, in the order of the axes, as a user's function does.
fn suggest(axes: &[Axis], parameters: &[Parameter], trial: &mut Trial) -> Result<Vec<f64>, String> {
    let mut fault = None;
    let x = point(axes, |index, _| {
        parameters[index].suggest(trial).unwrap_or_else(|error| {
            fault = Some(text(error));
            f64::NAN
        })
    });
    fault.map_or(Ok(x), Err)
}

fn sweep(
    problem: &Problem,
    sampler: impl Sampler + 'static,
    seed: u64,
    trials: usize,
    f: &mut dyn FnMut(&[f64]) -> f64,
) -> Result<(), String> {
    let study: Study<f64> = Study::with_sampler(Direction::Minimize, sampler);
    let axes = (problem.axes)(seed);
    let parameters: Vec<_> = axes.iter().map(Parameter::new).collect();
    for _ in 0..trials {
        let mut trial = study.ask();
        let x = suggest(&axes, &parameters, &mut trial)?;
        study.tell(trial, Ok::<_, String>(f(&x)));
    }
    Ok(())
}

/// Its BOHB with the pruner that belongs to it: a trial reports at each rung, and is pruned where the pruner says so.
fn bohb(problem: &BudgetedProblem, seed: u64, run: &mut BudgetedRun) -> Result<(), String> {
    let (least, most) = problem.budgets;
    let builder = sampler::bohb::BohbSampler::builder().min_resource(least.into()).max_resource(most.into());
    let sampler = builder.reduction_factor(3).seed(seed).build().map_err(text)?;
    let pruner = sampler.matching_pruner(Direction::Minimize);
    let study: Study<f64> = Study::with_sampler_and_pruner(Direction::Minimize, sampler, pruner);
    let axes = (problem.axes)();
    let parameters: Vec<_> = axes.iter().map(Parameter::new).collect();
    loop {
        let mut trial = study.ask();
        let x = suggest(&axes, &parameters, &mut trial)?;
        let configuration = run.configuration();
        let mut budget = least;
        loop {
            let Some(loss) = run.evaluate(configuration, budget, &x) else { return Ok(()) };
            trial.report(budget.into(), loss);
            if budget == most {
                study.tell(trial, Ok::<_, String>(loss));
                break;
            }
            if trial.should_prune() {
                study.prune_trial(trial);
                break;
            }
            budget *= 3;
        }
    }
}
