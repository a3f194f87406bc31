//! Any text as a configuration: it is read or refused, and what is read can be run.

use super::super::inspect;
use hyperopt::yaml::Config;
use hyperopt::{Metrics, train};

/// Runs the input `bytes`.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Config::parse("fuzzed.yaml", text) {
        Err(errors) => assert!(!errors.faults().is_empty() && !errors.to_string().is_empty()),
        Ok(mut config) => {
            assert!(!config.resolve_yaml(&[]).is_empty());
            let has_few = config.definition().configurations().is_some_and(|n| n <= 50);
            // Schedulers run as many trials as their ladder has; a study is a file or a server.
            if config.definition().study().is_some() || (config.definition().scheduler().is_some() && !has_few) {
                return;
            }
            config.definition_mut().set_num_samples(3);
            config.definition_mut().set_workers(1);
            if let Ok(ho) = train(&config, |trial| Metrics::new(trial.config().to_string().len() as f64)) {
                inspect(&ho.into_sweep());
            }
        }
    }
}
