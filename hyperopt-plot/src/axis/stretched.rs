//! Round values on axes of odds and of logarithms on both sides of 0.

use hyperopt_core::number;

/// Returns about `target` of 0.5, 0.1 and 0.9, 0.01 and 0.99 … whose odds lie between two powers of ten, each with its power;
/// `None` if they are fewer than three.
pub(super) fn odds((lo, hi): (f64, f64), target: usize) -> Option<Vec<(f64, String)>> {
    /// Nearer to 1 there is no number.
    const MOST: i32 = 15;
    let at = |nines: i32| match nines {
        0 => (0.0, "0.5".to_owned()),
        1.. => {
            let rest = 10_f64.powi(-nines);
            let label = if nines < 5 { number(1.0 - rest) } else { format!("1 − 1e-{nines}") };
            (-(rest / (1.0 - rest)).log10(), label)
        }
        _ => {
            let value = 10_f64.powi(nines);
            ((value / (1.0 - value)).log10(), if nines > -4 { number(value) } else { format!("1e{nines}") })
        }
    };
    let low = (lo.floor() as i32).clamp(-300, MOST);
    let high = (hi.ceil() as i32).clamp(low, MOST);
    thinned((low..=high).map(|nines| (nines, at(nines))), (lo, hi), target)
}

/// Returns about `target` of 0, 1, 10, 100 … and their negatives, or of 2 and 5 times them too, between two ends in the units of
/// the axis; `None` if they are fewer than three.
pub(super) fn both_sides((lo, hi): (f64, f64), target: usize) -> Option<Vec<(f64, String)>> {
    let power = |value: f64| value.signum() * value.abs().ln_1p() / std::f64::consts::LN_10;
    let decades = lo.abs().max(hi.abs()).min(300.0) as i32 + 1;
    let label = |value: f64| if value.abs() < 1e6 { number(value) } else { format!("{value:e}") };
    let positive = (0..=decades).flat_map(|decade| [1.0, 2.0, 5.0].map(|m| m * 10_f64.powi(decade)));
    let all = positive.flat_map(|value| [-value, value]).chain([0.0]);
    let mut fine: Vec<_> = all.map(|value| (power(value), label(value))).collect();
    fine.sort_by(|a, b| a.0.total_cmp(&b.0));
    fine.retain(|(at, _)| (lo - 1e-9..=hi + 1e-9).contains(at));
    if (3..=target).contains(&fine.len()) {
        return Some(fine);
    }
    let of = |decade: i32| {
        let value = if decade == 0 { 0.0 } else { f64::from(decade.signum()) * 10_f64.powi(decade.abs() - 1) };
        (decade, (power(value), label(value)))
    };
    thinned((-decades - 1..=decades + 1).map(of), (lo, hi), target).or(Some(fine).filter(|fine| fine.len() > 2))
}

/// Returns the values between two ends, or each second, third … of them from the one at 0 on.
fn thinned(
    all: impl Iterator<Item = (i32, (f64, String))>,
    (lo, hi): (f64, f64),
    target: usize,
) -> Option<Vec<(f64, String)>> {
    let inside: Vec<_> = all.filter(|(_, (at, _))| (lo - 1e-9..=hi + 1e-9).contains(at)).collect();
    if inside.len() < 3 {
        return None;
    }
    let stride = inside.len().div_ceil(target.max(1)) as i32;
    Some(inside.into_iter().filter(|(index, _)| index % stride == 0).map(|(_, value)| value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: Option<Vec<(f64, String)>>) -> Vec<String> {
        ticks.unwrap_or_default().into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn odds_are_even_about_a_half() {
        let found = odds((-3.1, 3.1), 8).unwrap();
        let mirrored = found.iter().zip(found.iter().rev()).all(|(a, b)| (a.0 + b.0).abs() < 1e-9);
        assert!(mirrored, "{found:?}");
        assert_eq!(labels(Some(found)), ["0.001", "0.01", "0.1", "0.5", "0.9", "0.99", "0.999"]);
        assert_eq!(labels(odds((-6.5, 6.5), 5)), ["1e-6", "0.001", "0.5", "0.999", "1 − 1e-6"]);
        assert_eq!(odds((0.1, 0.3), 5), None);
    }

    #[test]
    fn both_sides_have_their_powers() {
        assert_eq!(labels(both_sides((-3.1, 3.1), 9)), ["-1000", "-100", "-10", "-1", "0", "1", "10", "100", "1000"]);
        assert_eq!(labels(both_sides((-0.8, 0.8), 9)), ["-5", "-2", "-1", "0", "1", "2", "5"]);
        assert_eq!(labels(both_sides((0.0, 6.1), 5)), ["0", "10", "1000", "100000"]);
        assert_eq!(both_sides((-0.01, 0.01), 5), None);
    }
}
