//! The bounds of continuous axes: where a number drawn beyond them lies within.

/// How many deviations along its axis the shelf behind a bound is wide.
///
/// A minimum on the bound is then hit by 87 percent of the draws around the middle of the shelf. Narrower shelves lose
/// where many axes have their minimum on a bound, wider ones where it is close to bounds without lying on them.
const SHELF: f64 = 3.0;

/// The line along a continuous axis, folded into [0, 1]: behind each bound lies a shelf, all of which is the bound itself;
/// behind the shelf, the axis comes back as in a mirror.
///
/// A mirror alone never reaches a bound. A shelf without an end has no slope that would bring back a mean that is far out on
/// it, nor would narrow a deviation that is too large for what lies within.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folding {
    shelf: f64,
}

impl Folding {
    /// For draws with this deviation along the axis.
    pub(super) fn of(deviation: f64) -> Self {
        Self { shelf: SHELF * deviation }
    }

    /// Returns the place in [0, 1] of a number on the line.
    pub(super) fn unit(self, x: f64) -> f64 {
        let (turn, x) = (2.0 + self.shelf, x.rem_euclid(2.0 + 2.0 * self.shelf));
        if x <= turn { x.min(1.0).min(turn - x) } else { 0.0 }
    }

    /// Returns the nearest number around which draws have the same places as around `mean`, mirrored or not, and whether they
    /// are mirrored. It lies between the middles of the two shelves.
    pub(super) fn home(self, mean: f64) -> (f64, bool) {
        let (width, half) = (1.0 + self.shelf, 0.5 * self.shelf);
        let turns = (mean + half) / width;
        let is_mirrored = turns.rem_euclid(2.0) >= 1.0;
        let within = turns.rem_euclid(1.0);
        ((if is_mirrored { 1.0 - within } else { within }) * width - half, is_mirrored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_folded_with_a_shelf_behind_each_bound() {
        let folding = Folding::of(0.1);
        let units =
            [-2.0, -0.9, -0.4, -0.3, -0.1, 0.0, 0.7, 1.0, 1.2, 1.3, 1.7, 2.3, 2.5, 2.7].map(|x| folding.unit(x));
        let expected = [0.6, 0.6, 0.1, 0.0, 0.0, 0.0, 0.7, 1.0, 1.0, 1.0, 0.6, 0.0, 0.0, 0.1];
        for (unit, expected) in units.into_iter().zip(expected) {
            assert!((unit - expected).abs() < 1e-12, "{units:?}");
        }
        assert_eq!(Folding::of(0.0).unit(1.25), 0.75);
    }

    /// Around the home of a mean, steps reach the same places as around the mean itself.
    #[test]
    fn a_mean_far_out_has_a_home() {
        let folding = Folding::of(0.1);
        for mean in [-3.1, -1.0, -0.2, -0.1, 0.4, 1.1, 1.2, 1.6, 2.4, 9.9] {
            let (home, is_mirrored) = folding.home(mean);
            assert!((-0.15..=1.15).contains(&home), "{mean} {home}");
            let sign = if is_mirrored { -1.0 } else { 1.0 };
            for step in [-0.7, -0.2, 0.0, 0.3, 0.6] {
                let (there, here) = (folding.unit(mean + step), folding.unit(home + sign * step));
                assert!((there - here).abs() < 1e-12, "{mean} {step}: {there} {here}");
            }
        }
    }
}
