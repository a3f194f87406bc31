//! The environment variables of a trial.

use std::env;
use std::ffi::{OsStr, OsString};
use std::process::Command;

/// The variables that are set for every trial, and whether the others are inherited.
#[derive(Clone, Debug, Default)]
pub(crate) struct Environment {
    pub(crate) clear: bool,
    pub(crate) set: Vec<(OsString, OsString)>,
}

impl Environment {
    /// Parses `NAME=VALUE`, or `NAME` for the value of this process.
    pub(crate) fn new(clear: bool, given: &[String]) -> Result<Self, String> {
        let mut set = Vec::new();
        for setting in given {
            let (name, value) = match setting.split_once('=') {
                Some((name, value)) => (name, Some(OsString::from(value))),
                None => (setting.as_str(), env::var_os(setting)),
            };
            if name.is_empty() || name.contains('\0') {
                return Err(format!(
                    "`--env {setting}`: write `--env NAME=VALUE`, or `--env NAME` for the value it has here"
                ));
            }
            if name.starts_with("HYPEROPT_") {
                return Err(format!("`--env {name}`: names that begin with `HYPEROPT_` are set by hyperopt itself"));
            }
            let value =
                value.ok_or_else(|| format!("`--env {name}`: it is not set here; write `--env {name}=VALUE`"))?;
            set.push((name.into(), value));
        }
        Ok(Self { clear, set })
    }

    /// Returns the search path of a trial.
    pub(crate) fn path(&self) -> Option<OsString> {
        let set = self.set.iter().rev().find(|(name, _)| name == OsStr::new("PATH"));
        set.map(|(_, value)| value.clone()).or_else(|| if self.clear { None } else { env::var_os("PATH") })
    }

    pub(crate) fn apply(&self, command: &mut Command) {
        if self.clear {
            command.env_clear();
        }
        // The first may hold a password, which is not for the trials; the others belong to a sweep of which this one is a trial.
        for name in ["HYPEROPT_STUDY", "HYPEROPT_BUDGET", "HYPEROPT_DATASET"] {
            command.env_remove(name);
        }
        command.envs(self.set.iter().map(|(name, value)| (name, value)));
    }
}
