//! What trials come to, out of bytes.

use arbitrary::{Result, Unstructured};

use super::space::number;

/// One trial after another: numbers of every kind, failures, reports.
#[derive(Debug)]
pub struct Outcomes {
    trials: Vec<(Option<Vec<f64>>, Vec<f64>)>,
    next: usize,
}

impl Outcomes {
    /// Makes outcomes of `goals` objectives; they repeat after some.
    ///
    /// # Errors
    ///
    /// If the bytes are at their end.
    pub fn new(u: &mut Unstructured<'_>, goals: usize) -> Result<Self> {
        let count = u.int_in_range(1..=24)?;
        let mut trials = Vec::new();
        for _ in 0..count {
            let failed = u.ratio(1, 8)?;
            let values = (0..goals).map(|_| number(u)).collect::<Result<Vec<_>>>()?;
            let reports = (0..u.int_in_range(0..=4)?).map(|_| number(u)).collect::<Result<Vec<_>>>()?;
            trials.push(((!failed).then_some(values), reports));
        }
        Ok(Self { trials, next: 0 })
    }

    /// Returns the values of the next trial, none if it fails, and its reports.
    pub fn turn(&mut self) -> (Option<Vec<f64>>, Vec<f64>) {
        self.next += 1;
        self.trials[(self.next - 1) % self.trials.len()].clone()
    }
}
