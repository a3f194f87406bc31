//! The reports of one trial.

/// What a trial reported, by increasing step. It is as small as a pointer, because most sweeps have no pruner.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reports(Option<Box<Steps>>);

#[derive(Clone, Debug, Default, PartialEq)]
struct Steps {
    values: Vec<(u64, f64)>,
}

impl Reports {
    /// Keeps `value` for `step`, in place of what was reported for it before.
    pub(crate) fn set(&mut self, step: u64, value: f64) {
        let values = &mut self.0.get_or_insert_default().values;
        match position(values, step) {
            Ok(index) => values[index].1 = value,
            Err(index) => values.insert(index, (step, value)),
        }
    }

    pub(crate) fn get(&self, step: u64) -> Option<f64> {
        let values = self.as_slice();
        position(values, step).ok().map(|index| values[index].1)
    }

    pub(crate) fn as_slice(&self) -> &[(u64, f64)] {
        self.0.as_ref().map_or(&[], |steps| &steps.values)
    }
}

/// Where `step` is, or belongs. Most trials report each step, counted from 0 or 1, once and in order.
fn position(values: &[(u64, f64)], step: u64) -> Result<usize, usize> {
    if values.last().is_none_or(|(last, _)| *last < step) {
        return Err(values.len());
    }
    let guess = (step - values[0].0.min(step)) as usize;
    match values.get(guess) {
        Some((found, _)) if *found == step => Ok(guess),
        _ => values.binary_search_by_key(&step, |(step, _)| *step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_increase_and_the_last_of_two_values_counts() {
        let mut reports = Reports::default();
        assert_eq!((reports.as_slice(), reports.get(0)), (&[][..], None));
        for (step, value) in [(3, 0.3), (1, 0.1), (7, 0.7), (3, 3.3), (u64::MAX, 9.0), (0, 0.0)] {
            reports.set(step, value);
        }
        assert_eq!(reports.as_slice(), [(0, 0.0), (1, 0.1), (3, 3.3), (7, 0.7), (u64::MAX, 9.0)]);
        let found: Vec<_> = [0, 1, 2, 3, 7, 8, u64::MAX].map(|step| reports.get(step)).into();
        assert_eq!(found, [Some(0.0), Some(0.1), None, Some(3.3), Some(0.7), None, Some(9.0)]);
    }

    #[test]
    fn nothing_takes_no_room() {
        assert_eq!(size_of::<Reports>(), size_of::<usize>());
    }
}
