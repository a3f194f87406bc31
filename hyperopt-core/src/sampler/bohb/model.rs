//! The model: the densities of the good and of the bad observations of one budget, Falkner et al. 2018, section 4.1.

use std::ops::Range;

use rand::{Rng, RngExt};

use super::coordinate::Coordinate;
use super::kde::Kde;
use super::observations::{Budget, Observations};
use super::options::Options;
use crate::history::History;
use crate::space::Space;

/// Two densities of one budget, kept until there is something new to fit.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    /// The budget, and how many changes of its observations there had been.
    fitted: Option<(f64, usize)>,
    /// The coordinates of the good observations, row by row: candidates start from one of them.
    pub(super) rows: Vec<f64>,
    bad_rows: Vec<f64>,
    pub(super) good: Kde,
    pub(super) bad: Kde,
}

/// Which observations of a budget are good and which are bad.
#[derive(Clone, Debug, PartialEq)]
struct Split {
    /// Ranks, from 0 for the best observation.
    good: Range<usize>,
    bad: Bad,
}

#[derive(Clone, Debug, PartialEq)]
enum Bad {
    Ranks(Range<usize>),
    /// So many of those behind the good ones, at random.
    Sample(usize),
}

impl Model {
    /// Brings the model up to the observations of the largest budget that has enough of them; `None` if none has.
    pub(super) fn update<'a>(
        &mut self,
        observations: &'a Observations,
        dimensions: &[Coordinate],
        options: &Options,
        rng: &mut impl Rng,
    ) -> Option<&'a Budget> {
        let split = |(resources, budget)| Some((resources, budget, split(budget, dimensions.len(), options)?));
        let (resources, budget, split) = observations.largest_first().find_map(split)?;
        let key = (resources, budget.changes());
        // What is missing is drawn anew for each suggestion, so that it depends on nothing before.
        if budget.gaps() || self.fitted != Some(key) {
            self.fitted = Some(key);
            match split.bad {
                Bad::Ranks(ranks) => budget.gather(budget.ranks(ranks), &mut self.bad_rows),
                Bad::Sample(size) => budget.gather(budget.sample_behind(split.good.end).take(size), &mut self.bad_rows),
            }
            budget.gather(budget.ranks(split.good), &mut self.rows);
            if budget.gaps() {
                impute(&mut self.rows, dimensions, rng);
                impute(&mut self.bad_rows, dimensions, rng);
            }
            #[cfg(test)]
            if options.sabotage == super::options::Sabotage::Swapped {
                std::mem::swap(&mut self.rows, &mut self.bad_rows);
            }
            self.good.fit(&self.rows, dimensions, options);
            self.bad.fit(&self.bad_rows, dimensions, options);
        }
        Some(budget)
    }

    /// Counts the configurations that are running as bad, until they are told: what is being tried need not be proposed
    /// again. The bandwidths stay those of the observations.
    pub(super) fn add_pending(
        &mut self,
        observations: &Observations,
        budget: &Budget,
        dimensions: &[Coordinate],
        (space, history): (&Space, &History),
        rng: &mut impl Rng,
    ) {
        let (d, observed) = (dimensions.len().max(1), self.bad.fitted());
        self.bad.truncate(observed);
        self.bad_rows.truncate(observed * d);
        for trial in observations.running().iter().filter_map(|&number| history.trials().get(number)) {
            if !budget.has(trial.configuration()) {
                self.bad_rows.extend(dimensions.iter().map(|dimension| dimension.read(space, trial.point())));
            }
        }
        if self.bad_rows.iter().skip(observed * d).any(|coordinate| coordinate.is_nan()) {
            impute(&mut self.bad_rows, dimensions, rng);
        }
        for row in self.bad_rows.chunks_exact(d).skip(observed) {
            self.bad.push(row);
        }
    }
}

/// Which observations of `budget` are good and which are bad; `None` if there are too few of them for a model in `d`
/// dimensions.
///
/// The paper asks for `N_min + 2` observations, takes the best `q N` but at least `N_min` = d + 1 for good, and the other
/// ones but at least the `N_min` worst for bad. Observations without an objective are never good, unless faithful.
///
/// Of more observations than [`Options::most`], so many good ones are the best ones as of that many, and the bad ones a
/// sample of the others.
///
/// `HpBandSter`, and so faithful, wants two sets of more than d without an observation in common, and takes for bad those next
/// to the good ones, `(100 - q) N / 100` rounded down, which may leave the very worst out.
fn split(budget: &Budget, d: usize, options: &Options) -> Option<Split> {
    let n = budget.len();
    let (least, most) = (options.least(d), n.min(options.most(d)));
    let share = most * options.top_n_percent / 100;
    let good = least.max(share);
    #[cfg(test)]
    if options.sabotage == super::options::Sabotage::SameSet {
        return (n >= least + 2).then_some(Split { good: 0..good, bad: Bad::Ranks(0..good + 1) });
    }
    if options.faithful {
        let bad = least.max(n * (100 - options.top_n_percent.min(100)) / 100);
        let end = n.min(good + bad);
        return (good.min(n) > d && end > good + d).then_some(Split { good: 0..good, bad: Bad::Ranks(good..end) });
    }
    let good = good.min(budget.finite());
    (n >= least.saturating_add(2) && good >= least).then(|| {
        let bad = least.max(most - good);
        let is_sampled = n > most && n >= good + bad;
        Split { good: 0..good, bad: if is_sampled { Bad::Sample(bad) } else { Bad::Ranks(n - bad..n) } }
    })
}

/// Fills the gaps of `rows`, which inactive axes leave: each row takes all that it lacks, or as much as there is, from one
/// row, drawn from those that have the first coordinate that it lacks. Where none has it, the coordinate is drawn evenly.
fn impute(rows: &mut [f64], dimensions: &[Coordinate], rng: &mut impl Rng) {
    let d = dimensions.len().max(1);
    // Donors are observations as they were: what has been filled in is not handed on.
    let observed = rows.to_vec();
    let mut donors: Vec<Option<Vec<usize>>> = vec![None; d];
    for row in rows.chunks_exact_mut(d) {
        while let Some(gap) = row.iter().position(|coordinate| coordinate.is_nan()) {
            let having = || observed.chunks_exact(d).enumerate().filter(|(_, row)| !row[gap].is_nan());
            let donors = donors[gap].get_or_insert_with(|| having().map(|(index, _)| index).collect());
            if donors.is_empty() {
                row[gap] = match dimensions[gap].levels {
                    None => rng.random(),
                    Some(levels) => rng.random_range(0..levels.max(1)) as f64,
                };
                continue;
            }
            let donor = donors[rng.random_range(0..donors.len())];
            for (coordinate, &donated) in row.iter_mut().zip(&observed[donor * d..]) {
                if coordinate.is_nan() {
                    *coordinate = donated;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;
    use rand::seq::SliceRandom;

    use super::*;
    use crate::candidates::Candidates;
    use crate::history::Goal;
    use crate::sampler::testing::space;
    use crate::space::Point;
    use crate::trial::{Outcome, Trial};

    /// The coordinates of the good and of the bad observations.
    type Sets = [Vec<f64>; 2];

    /// Returns the sets of a model of one dimension after each of `reads`, before which the trials up to there are closed in an
    /// order of `seed`. The trials fail where `told` is NaN.
    fn sets(told: &[f64], reads: &[usize], options: &Options, seed: u64) -> Vec<Sets> {
        let space = space([(0.0..=1.0).dimension()]);
        let dimensions = Coordinate::all(&space, false);
        let (mut history, mut observations, mut model) =
            (History::default(), Observations::default(), Model::default());
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let read = |&end: &usize| {
            let start = history.len();
            for number in start..end {
                let unit = number as f64 / told.len() as f64;
                history.push(Trial::running(number, number, None, Point::from(vec![unit])));
            }
            let mut order: Vec<_> = (start..end).collect();
            order.shuffle(&mut rng);
            for number in order {
                let outcome = if told[number].is_nan() { Outcome::failed("no") } else { Outcome::value(told[number]) };
                history.closing(number).unwrap().close(outcome, Duration::ZERO);
                if rng.random() {
                    observations.update((&space, &history, Goal::Minimize), &dimensions, options);
                }
            }
            observations.update((&space, &history, Goal::Minimize), &dimensions, options);
            model.update(&observations, &dimensions, options, &mut rng).expect("enough observations");
            [model.rows.clone(), model.bad_rows.clone()]
        };
        reads.iter().map(read).collect()
    }

    fn random_losses(seed: u64, count: usize) -> Vec<f64> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        // Some are equal, and some fail.
        let loss = |loss: u32| if loss.is_multiple_of(10) { f64::NAN } else { f64::from(loss) };
        (0..count).map(|_| loss(rng.random_range(0..1_000))).collect()
    }

    /// Returns the trials from the best to the worst.
    fn ranked(told: &[f64]) -> Vec<f64> {
        let mut order: Vec<_> = (0..told.len()).collect();
        order.sort_by(|&a, &b| told[a].total_cmp(&told[b]).then(a.cmp(&b)));
        order.iter().map(|&number| number as f64).collect()
    }

    #[test]
    fn a_model_of_up_to_a_thousand_trials_is_of_all() {
        let told = random_losses(1, 1_000);
        let reads = [4, 7, 20, 100, 101, 640, 999, 1_000];
        for (read, found) in reads.iter().zip(sets(&told, &reads, &Options::default(), 2)) {
            let units: Vec<_> = ranked(&told[..*read]).iter().map(|number| number / 1_000.0).collect();
            let good = 2.max(read * 15 / 100);
            assert_eq!(found, [units[..good].to_vec(), units[good.min(read - 2)..].to_vec()], "of {read}");
        }
    }

    #[test]
    fn a_model_of_more_trials_is_of_the_best_and_of_a_sample() {
        let told = random_losses(3, 4_000);
        for percent in [15, 99] {
            let options = Options { top_n_percent: percent, ..Options::default() };
            let reads = [900, 1_001, 1_002, 1_500, 4_000];
            let found = sets(&told, &reads, &options, 4);
            for (&read, [good, bad]) in reads.iter().zip(&found).skip(1) {
                let units: Vec<_> = ranked(&told[..read]).iter().map(|number| number / 4_000.0).collect();
                let complete = told[..read].iter().filter(|told| !told.is_nan()).count();
                assert_eq!(good, &units[..complete.min(10 * percent)]);
                assert!(bad.iter().all(|unit| units[good.len()..].contains(unit)), "{percent} % of {read}");
                assert_eq!(bad.len(), 1_000 - good.len());
            }
            // What has been read before, and the order of recording, do not matter.
            assert_eq!(found[3..], sets(&told, &reads[3..], &options, 5));
            assert_eq!(found[4..], sets(&told, &reads[4..], &options, 6));
        }
    }

    #[test]
    fn gaps_are_filled_from_one_row() {
        let dimensions = [None, None, None, Some(3), Some(5)];
        let dimensions: Vec<_> = (0..).zip(dimensions).map(|(axis, levels)| Coordinate { axis, levels }).collect();
        let nan = f64::NAN;
        #[rustfmt::skip]
        let before = [
            0.1, 0.2, 0.3, 2.0, nan,
            0.4, 0.5, 0.6, 1.0, nan,
            0.7, nan, nan, nan, nan,
            0.8, nan, 0.9, nan, nan,
        ];
        let mut seen = [[0; 5]; 2];
        for seed in 0..200 {
            let mut rows = before;
            impute(&mut rows, &dimensions, &mut ChaCha8Rng::seed_from_u64(seed));
            for (after, before) in rows.iter().zip(before) {
                assert!(before.is_nan() && !after.is_nan() || *after == before);
            }
            let donor = usize::from(rows[11] == 0.5);
            assert_eq!(rows[11..14], before[5 * donor + 1..5 * donor + 4]);
            let donor = usize::from(rows[16] == 0.5);
            assert_eq!([rows[16], rows[17], rows[18]], [before[5 * donor + 1], 0.9, before[5 * donor + 3]]);
            seen[donor][rows[19] as usize] += 1;
        }
        // Either donor, and every level of the dimension that no row has.
        assert!(seen.as_flattened().iter().all(|&count| count > 5), "{seen:?}");
    }
}
