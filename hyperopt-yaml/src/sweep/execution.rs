//! Runs a sweep with the sampler, the scheduler and the workers of its definition.

use std::ops::ControlFlow;

use hyperopt_core::__private::Flow;
use hyperopt_core::{
    Asha, Budgets, Dehb, Hyperband, LoopRange, MedianPruner, NamedValues, Objective, Outcome, Parameters, Pasha,
    RunningTrial, Search, Strategy, Trials, WithPruner as _, workers,
};
use serde_json::Value;

use crate::config::Config;
use crate::definition::{SamplerName, SchedulerMethod, SchedulerName, rounds};
use crate::sweep::sampler::sampler;
use crate::sweep::seconds;
use crate::sweep::trained::Trained;
use crate::sweep::trial::Trial;

/// A sweep that is about to run.
#[derive(Debug)]
pub(crate) struct Execution<'a, F> {
    pub(crate) config: &'a Config,
    pub(crate) body: &'a F,
}

impl<O: Objective<Trials, ()>, F: Fn(&mut Trial<'_>) -> O + Sync> Execution<'_, F> {
    /// Runs `search` to its end.
    pub(crate) fn start(&self, search: Search<Parameters<Value>>) -> Trained {
        let definition = self.config.definition();
        let inner = sampler(definition);
        let configurations = definition.configurations();
        match definition.method.scheduler {
            None => self.counted(search.sampler(inner), configurations),
            Some(SchedulerMethod::Median { grace, startup, min_trials }) => {
                let pruner = MedianPruner::new().n_startup_trials(startup).n_warmup_steps(grace);
                self.counted(search.sampler(inner.pruner(pruner.n_min_trials(min_trials))), configurations)
            }
            // Times are no function of the seed, so that batches would only make trials wait.
            Some(SchedulerMethod::Seconds { rule, grace, max }) => {
                let sampler = inner.pruner(seconds::pruner(rule, grace, max)).batch(0);
                self.counted(search.sampler(sampler), configurations)
            }
            Some(SchedulerMethod::Budgets { kind, min, max, eta }) => {
                let budgets = (min, max);
                let wanted = definition.num_samples().and(configurations);
                // What may be spent is the amount of work, unless the number of samples is set.
                let is_spent = wanted.is_none() && definition.spend().is_some();
                let starts = configurations.unwrap_or(10);
                match kind {
                    SchedulerName::Hyperband => {
                        let is_model = matches!(definition.method.sampler, SamplerName::Bohb | SamplerName::Tpe);
                        let explorers = if is_model { 1.0 / 3.0 } else { 0.0 };
                        let hyperband = Hyperband::new(eta).explore(explorers).inner(inner);
                        let hyperband = match wanted {
                            Some(all) => hyperband.configurations(all),
                            None => hyperband,
                        };
                        self.budgeted(search, hyperband, budgets)
                    }
                    SchedulerName::Dehb => {
                        let dehb = match wanted {
                            Some(all) => Dehb::new(eta).rounds(rounds(all, min, max, eta)),
                            None => Dehb::new(eta),
                        };
                        self.budgeted(search, dehb, budgets)
                    }
                    SchedulerName::Asha => {
                        let asha = Asha::new(eta).stopping().inner(inner);
                        let asha = if is_spent { asha } else { asha.configurations(starts) };
                        self.budgeted(search, asha, budgets)
                    }
                    SchedulerName::Pasha => {
                        let pasha = Pasha::new(eta).inner(inner);
                        let pasha = if is_spent { pasha } else { pasha.configurations(starts) };
                        self.budgeted(search, pasha, budgets)
                    }
                }
            }
        }
    }

    fn counted<K>(&self, search: Search<Parameters<Value>, K>, configurations: Option<u64>) -> Trained
    where
        std::ops::Range<u64>: LoopRange<K, ()>,
        std::ops::RangeFull: LoopRange<K, ()>,
        Outcome: Objective<K, ()>,
    {
        match configurations {
            Some(count) => self.run(search, 0..count),
            None => self.run(search, ..),
        }
    }

    fn budgeted(
        &self,
        search: Search<Parameters<Value>>,
        scheduler: impl Strategy<Kind = Budgets>,
        (min, max): (f64, f64),
    ) -> Trained {
        let search = search.sampler(scheduler);
        let is_whole = |budget: f64| budget.fract() == 0.0 && (1.0..9e15).contains(&budget);
        if is_whole(min) && is_whole(max) {
            self.run(search, min as u64..=max as u64)
        } else {
            self.run(search, min..=max)
        }
    }

    fn run<K, H>(&self, search: Search<Parameters<Value>, K>, head: H) -> Trained
    where
        H: LoopRange<K, ()>,
        Outcome: Objective<K, ()>,
    {
        let body = |running: &RunningTrial, values: NamedValues<Value>| {
            let mut trial = Trial::new(self.config, running, &values);
            match (self.body)(&mut trial).flow() {
                Flow::Value(outcome, _) => ControlFlow::Continue(trial.ended(outcome)),
                Flow::Last(outcome, _) => ControlFlow::Break(Some(trial.ended(outcome))),
                Flow::Pruned | Flow::Stop => ControlFlow::Break(None),
            }
        };
        let ho = match self.config.definition().workers() {
            0 | 1 => search.run_trials(head, body),
            count => search.run_trials_on(workers(count), head, body),
        };
        ho.map(NamedValues::into_vec)
    }
}
