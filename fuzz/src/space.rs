//! Spaces out of bytes.

use arbitrary::{Result, Unstructured};
use hyperopt::{Candidates, Dimension, Parameters, bilog, categorical, exp_linrange, linrange, log, logit, ordinal};

/// Makes a space of up to 8 hyperparameters, or of up to 500 now and then; also of none, and of candidates that are faulty.
///
/// # Errors
///
/// If the bytes are at their end.
pub fn space(u: &mut Unstructured<'_>) -> Result<Parameters<f64>> {
    let many = u.ratio(1, 50)?;
    let count = if many { u.int_in_range(9..=500)? } else { u.int_in_range(0..=8)? };
    let mut space = Parameters::new();
    let mut last = None;
    for number in 0..count {
        // Of many, one and the same again.
        let dimension = match last.take() {
            Some(dimension) if many && number > 8 => dimension,
            _ => dimension(u)?,
        };
        let name = if u.ratio(1, 40)? { u.arbitrary::<String>()? } else { format!("p{number}") };
        last = Some(dimension.clone());
        space = space.with(name, dimension);
    }
    Ok(space)
}

/// Makes a number: often a small one, else one of those that arithmetic stumbles over, or any.
pub(crate) fn number(u: &mut Unstructured<'_>) -> Result<f64> {
    Ok(match u.int_in_range(0..=7)? {
        0..=3 => f64::from(u.int_in_range(-100..=100)?) / 10.0,
        4 | 5 => *u.choose(&[
            0.0,
            -0.0,
            f64::MIN_POSITIVE,
            5e-324,
            -5e-324,
            f64::MAX,
            f64::MIN,
            f64::EPSILON,
            1e300,
            -1e300,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
        ])?,
        _ => u.arbitrary()?,
    })
}

/// Makes a whole number, near to zero or to the end of the type.
fn whole(u: &mut Unstructured<'_>) -> Result<i64> {
    Ok(match u.int_in_range(0..=5)? {
        0..=3 => u.int_in_range(-20..=20)?,
        4 => *u.choose(&[i64::MIN, i64::MAX, 0, 1, -1, 1 << 53, (1 << 53) + 1])?,
        _ => u.arbitrary()?,
    })
}

fn dimension(u: &mut Unstructured<'_>) -> Result<Dimension<f64>> {
    let as_float = |value: i64| value as f64;
    Ok(match u.int_in_range(0..=11)? {
        0 | 1 => (number(u)?..=number(u)?).dimension(),
        2 => (number(u)?..number(u)?).dimension(),
        3 => log(number(u)?..=number(u)?).dimension(),
        4 => logit(number(u)?..=number(u)?).dimension(),
        5 => bilog(number(u)?..=number(u)?).dimension(),
        6 => (whole(u)?..=whole(u)?).dimension().map(as_float),
        7 => log(whole(u)?..=whole(u)?).dimension().map(as_float),
        8 => linrange(number(u)?, number(u)?, u.int_in_range(0..=30)?).dimension(),
        9 => exp_linrange(number(u)?, number(u)?, u.int_in_range(0..=30)?).dimension(),
        10 => {
            let levels = (0..u.int_in_range(0..=20)?).map(|_| number(u)).collect::<Result<Vec<_>>>()?;
            ordinal(levels).dimension()
        }
        _ => {
            let count = u.int_in_range(0..=12)?;
            let levels = (0..count).map(|_| number(u)).collect::<Result<Vec<_>>>()?;
            let labels = (0..count).map(|_| u.arbitrary::<String>()).collect::<Result<Vec<_>>>()?;
            categorical(levels).labels(labels).dimension()
        }
    })
}
