//! Floats as readers of YAML 1.1 and 1.2 both read them: with a point, and with a signed exponent.

/// Formats a float: `.nan`, `.inf`, `1.0e-7`.
pub(crate) fn float(float: f64) -> String {
    if float.is_nan() {
        return ".nan".into();
    }
    if float.is_infinite() {
        return if float > 0.0 { ".inf".into() } else { "-.inf".into() };
    }
    let text = format!("{float:?}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            let point = if mantissa.contains('.') { "" } else { ".0" };
            let sign = if exponent.starts_with('-') { "" } else { "+" };
            format!("{mantissa}{point}e{sign}{exponent}")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_floats_to_every_reader() {
        let cases = [(1e-4, "0.0001"), (1e-7, "1.0e-7"), (2.5e-9, "2.5e-9"), (1e20, "1.0e+20"), (3.0, "3.0")];
        for (value, expected) in cases {
            assert_eq!(float(value), expected);
        }
        assert_eq!((float(f64::INFINITY), float(-0.0)), (".inf".into(), "-0.0".into()));
    }
}
