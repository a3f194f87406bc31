//! A definition as the section `hyperopt` of a file.

use hyperopt_core::Goal;
use serde_json::{Value, json};

use crate::definition::{Definition, SchedulerMethod, SecondsRule};

impl Definition {
    /// Returns the section `hyperopt` with all defaults, as statistics quote it.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let parameters = self.parameters.iter().map(|parameter| (parameter.name.clone(), parameter.definition.clone()));
        let goal = if self.goal == Goal::Maximize { "maximize" } else { "minimize" };
        let kind = if self.workers > 1 { "parallel" } else { "serial" };
        let mut executor = json!({ "type": kind, "num_workers": self.workers, "scheduler": self.scheduler_value() });
        if let Some(samples) = self.configurations() {
            executor["num_samples"] = (samples / self.grid().max(1)).into();
        }
        if let Some(timeout) = self.timeout {
            executor["time_budget_s"] = timeout.as_secs_f64().into();
        }
        if let Some(spend) = self.spend {
            executor["spend"] = spend.into();
        }
        let mut section = json!({
            "parameters": parameters.collect::<serde_json::Map<_, _>>(),
            "goal": goal,
            "metric": self.metric,
            "split": self.split,
            "eval_split": self.eval_split,
            "output_feature": self.output_feature,
            "search_alg": { "type": self.sampler() },
            "executor": executor,
        });
        if let Some(seed) = self.seed {
            section["search_alg"]["seed"] = seed.into();
        }
        section
    }

    fn scheduler_value(&self) -> Value {
        match self.method.scheduler {
            None => json!({ "type": "fifo" }),
            Some(SchedulerMethod::Budgets { kind, min, max, eta }) => {
                json!({ "type": kind.name(), "grace_period": min, "max_t": max, "reduction_factor": eta })
            }
            Some(SchedulerMethod::Seconds { rule, grace, max }) => {
                let mut scheduler = json!({ "time_attr": "time_total_s", "grace_period": grace });
                scheduler["type"] = self.scheduler().into();
                match rule {
                    SecondsRule::Halving { eta, .. } => scheduler["reduction_factor"] = eta.into(),
                    SecondsRule::Median { samples } => scheduler["min_samples_required"] = samples.into(),
                }
                if let Some(max) = max {
                    scheduler["max_t"] = max.into();
                }
                scheduler
            }
            Some(SchedulerMethod::Median { grace, startup, min_trials: _ }) => {
                json!({ "type": "median_stopping_rule", "grace_period": grace, "min_samples_required": startup })
            }
        }
    }
}
