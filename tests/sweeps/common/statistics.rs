//! Means over seeds, and how far apart two of them are.

/// Returns the mean of `values`, and its standard error.
pub(crate) fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// By how many standard errors the mean of `a` lies below that of `b`.
#[allow(dead_code, reason = "not every test compares two samples")]
pub(crate) fn margin(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_error), (b, b_error)) = (mean(a), mean(b));
    (b - a) / a_error.hypot(b_error)
}
