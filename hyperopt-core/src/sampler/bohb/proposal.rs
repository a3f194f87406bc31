//! Which point to propose: Falkner et al. 2018, algorithm 2.

use rand::{Rng, RngExt};

use super::coordinate::Coordinate;
use super::model::Model;
use super::options::Options;
use crate::normal::TruncatedNormal;

/// Neither density counts as less when they are divided.
const FLOOR: f64 = 1e-32;
/// How many times as many candidates are drawn as are compared, at most, to find some that are untried.
const ROUNDS: usize = 8;
/// The number of blocks of the bad density after which the candidates are sorted by promise.
const FIRST_BLOCKS: usize = 4;

/// Candidates drawn from the good density, and room to compare them in.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates {
    /// One number for each dimension and candidate.
    coordinates: Vec<f64>,
    scaled: Vec<f64>,
    promising: Vec<Promise>,
}

/// What is known of a candidate before its bad density is summed up.
#[derive(Clone, Copy, Debug)]
struct Promise {
    candidate: usize,
    /// Its good density.
    good: f64,
    /// The beginning of the sum of its bad density.
    begun: f64,
}

impl Candidates {
    /// Draws candidates: each near a good observation, as far along each dimension as the bandwidth says, widened by the
    /// `bandwidth_factor` where the dimension is continuous.
    pub(super) fn draw(&mut self, model: &Model, dimensions: &[Coordinate], options: &Options, rng: &mut impl Rng) {
        let d = dimensions.len().max(1);
        self.coordinates.clear();
        let good = model.rows.len() / d;
        if good == 0 {
            return;
        }
        let mut normal = TruncatedNormal::default();
        for _ in 0..options.num_samples {
            let start = rng.random_range(0..good) * d;
            let kernels = dimensions.iter().zip(model.good.bandwidths());
            for (&centre, (dimension, &bandwidth)) in model.rows[start..].iter().zip(kernels) {
                self.coordinates.push(match dimension.levels {
                    None => normal.draw(rng, centre, options.bandwidth_factor * bandwidth),
                    Some(_) if rng.random::<f64>() < 1.0 - bandwidth => centre,
                    Some(levels) => rng.random_range(0..levels.max(1)) as f64,
                });
            }
        }
    }

    /// Draws further candidates for those that have been tried. If all are, the first ones stand.
    pub(super) fn leave_untried(
        &mut self,
        mut is_tried: impl FnMut(&[f64]) -> bool,
        model: &Model,
        dimensions: &[Coordinate],
        options: &Options,
        rng: &mut impl Rng,
    ) {
        let first = std::mem::take(&mut self.coordinates);
        let mut untried = Vec::with_capacity(first.len());
        for round in 0..ROUNDS {
            if round > 0 {
                self.draw(model, dimensions, options, rng);
            }
            let drawn = if round > 0 { &self.coordinates } else { &first };
            for x in drawn.chunks_exact(dimensions.len()).filter(|x| !is_tried(x)) {
                if untried.len() < first.len() {
                    untried.extend_from_slice(x);
                }
            }
            if untried.len() == first.len() {
                break;
            }
        }
        self.coordinates = if untried.is_empty() { first } else { untried };
    }

    /// Returns the candidate with the smallest ratio of the bad to the good density, the first of equals.
    ///
    /// The sum of a bad density is broken off as soon as it alone makes the ratio larger than the smallest so far, and the
    /// candidates are taken in an order that makes this soon. What is chosen is what all sums would choose.
    pub(super) fn choose(&mut self, model: &Model, d: usize) -> Option<&[f64]> {
        self.promising.clear();
        for (candidate, x) in self.coordinates.chunks_exact(d).enumerate() {
            let good = model.good.density(x, &mut self.scaled).max(FLOOR);
            model.bad.scale(x, &mut self.scaled);
            let begun = model.bad.sum(&self.scaled, 0..FIRST_BLOCKS, 0.0, f64::INFINITY);
            self.promising.push(Promise { candidate, good, begun });
        }
        let ratio = |promise: &Promise| promise.begun / promise.good;
        self.promising.sort_unstable_by(|a, b| ratio(a).total_cmp(&ratio(b)).then(a.candidate.cmp(&b.candidate)));
        let norm = model.bad.norm();
        let mut best = (f64::INFINITY, usize::MAX);
        for &Promise { candidate, good, begun } in &self.promising {
            // A little beyond the sum that would tie, so that no rounding breaks off a candidate that would win.
            let limit = best.0 * good / norm * (1.0 + 1e-9);
            model.bad.scale(&self.coordinates[candidate * d..][..d], &mut self.scaled);
            let sum =
                if begun > limit { begun } else { model.bad.sum(&self.scaled, FIRST_BLOCKS..usize::MAX, begun, limit) };
            let score = ((sum * norm).max(FLOOR) / good, candidate);
            if score < best {
                best = score;
            }
        }
        self.coordinates.chunks_exact(d).nth(best.1)
    }

    /// The same with all of `HpBandSter`'s ways: candidates are compared in the order of drawing, and one whose ratio is not
    /// finite, which its kernels allow, ends the search if its good density is.
    pub(super) fn choose_faithful(&mut self, model: &Model, d: usize) -> Option<&[f64]> {
        let mut best = (f64::INFINITY, None);
        for x in self.coordinates.chunks_exact(d) {
            let good = model.good.density(x, &mut self.scaled);
            let bad = model.bad.density(x, &mut self.scaled);
            // Python's `max` of two keeps the first if they do not compare: NaN passes on the one side only.
            let floored = if FLOOR > good { FLOOR } else { good };
            let score = if bad > FLOOR { bad } else { FLOOR } / floored;
            if !score.is_finite() && good.is_finite() {
                return Some(x);
            }
            if score < best.0 {
                best = (score, Some(x));
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    use super::*;
    use crate::candidates::Candidates as _;
    use crate::sampler::testing::space;

    const DRAWN: [f64; 3] = [0.1, 0.2, 0.3];

    /// Returns what becomes of three candidates along one axis, and whether random numbers were drawn for them.
    fn left(is_tried: impl FnMut(&[f64]) -> bool) -> (Vec<f64>, bool) {
        let dimensions = Coordinate::all(&space([(0.0..=1.0).dimension()]), false);
        let options = Options { num_samples: 3, ..Options::default() };
        let mut model = Model::default();
        model.rows.extend([0.8, 0.9]);
        model.good.fit(&[0.8, 0.9], &dimensions, &options);
        let mut candidates = Candidates { coordinates: DRAWN.to_vec(), ..Candidates::default() };
        let seeded = || ChaCha8Rng::seed_from_u64(0);
        let mut rng = seeded();
        candidates.leave_untried(is_tried, &model, &dimensions, &options, &mut rng);
        (candidates.coordinates, rng.random::<u64>() != seeded().random::<u64>())
    }

    #[test]
    fn only_candidates_that_have_been_tried_are_replaced() {
        assert_eq!(left(|_| false), (DRAWN.to_vec(), false));
        // Where all have been tried, the first ones stand.
        assert_eq!(left(|_| true), (DRAWN.to_vec(), true));
        let (coordinates, has_drawn) = left(|x| x == [0.2]);
        assert!(has_drawn && coordinates[..2] == [0.1, 0.3] && coordinates.len() == 3, "{coordinates:?}");
    }
}
