//! What is written, by columns, of which the statements make rows.

use std::collections::BTreeMap;

use super::session::Param;
use crate::rows::{Writes, key, stored};

pub(super) type Value<'a> = &'a dyn Param;

/// `Writes` by columns, of which `unnest` makes rows.
pub(super) struct Columns<'a> {
    params: (Vec<&'a str>, Vec<f64>, Vec<&'a str>),
    system: (Vec<&'a str>, Vec<&'a str>),
    user: (Vec<&'a str>, Vec<&'a str>),
    values: (Vec<Option<f64>>, Vec<&'a str>),
    reports: Reports,
}

impl<'a> Columns<'a> {
    pub(super) fn of(writes: &'a Writes<'_>, lease: Option<&'a str>) -> Self {
        // One statement cannot write a row twice; the last one counts.
        let pairs = |pairs: &'a [(String, String)]| {
            let unique: BTreeMap<_, _> = pairs.iter().map(|(key, json)| (key.as_str(), json.as_str())).collect();
            unique.into_iter().chain(lease.map(|lease| (key::WORKER, lease))).unzip()
        };
        let user: BTreeMap<_, _> = writes.user.iter().map(|(key, json)| (key.as_str(), json.as_str())).collect();
        Self {
            params: (
                writes.params.iter().map(|param| param.name).collect(),
                writes.params.iter().map(|param| param.value).collect(),
                writes.params.iter().map(|param| param.distribution).collect(),
            ),
            system: pairs(&writes.system),
            user: user.into_iter().unzip(),
            values: writes.values.iter().map(|&value| stored(value)).unzip(),
            reports: Reports::of(writes.reports.iter().copied()),
        }
    }

    pub(super) fn params(&self) -> [Value<'_>; 3] {
        [&self.params.0, &self.params.1, &self.params.2]
    }

    pub(super) fn attributes(&self) -> [Value<'_>; 4] {
        [&self.system.0, &self.system.1, &self.user.0, &self.user.1]
    }

    pub(super) fn numbers(&self) -> [Value<'_>; 5] {
        let Reports { steps, values, kinds } = &self.reports;
        [&self.values.0, &self.values.1, steps, values, kinds]
    }
}

/// Reports by columns, without the steps that exceed the 32 bits of Optuna's column.
#[derive(Debug)]
pub(super) struct Reports {
    pub(super) steps: Vec<i32>,
    pub(super) values: Vec<Option<f64>>,
    pub(super) kinds: Vec<&'static str>,
}

impl Reports {
    /// Returns the last report of each step.
    pub(super) fn of(reports: impl IntoIterator<Item = (u64, f64)>) -> Self {
        let steps = reports.into_iter().filter_map(|(step, value)| Some((i32::try_from(step).ok()?, stored(value))));
        let unique: BTreeMap<_, _> = steps.collect();
        let mut columns = Self { steps: Vec::new(), values: Vec::new(), kinds: Vec::new() };
        for (step, (value, kind)) in unique {
            columns.steps.push(step);
            columns.values.push(value);
            columns.kinds.push(kind);
        }
        columns
    }
}
