use super::*;

fn items<T: Debug + PartialEq>(items: &[T], expected: &[T], ho: &impl AsRef<hyperopt::Sweep>) {
    assert_eq!(items, expected);
    assert_eq!(ho.as_ref().end(), StopReason::Planned);
}

#[test]
fn ranges_of_any_integer() {
    let mut seen: Vec<u8> = Vec::new();
    let ho = hyperopt!(
        _a = [1],
        for i in 250..=255u8 {
            seen.push(i);
            1
        }
    );
    items(&seen, &[250, 251, 252, 253, 254, 255], ho.sweep());

    let mut seen: Vec<i64> = Vec::new();
    let ho = hyperopt!(
        _a = [1],
        for i in -2..1i64 {
            seen.push(i);
            1
        }
    );
    items(&seen, &[-2, -1, 0], ho.sweep());

    let mut seen: Vec<usize> = Vec::new();
    let n = 3;
    let ho = hyperopt!(
        _a = [1],
        for i in 0..n {
            seen.push(i);
            1
        }
    );
    items(&seen, &[0, 1, 2], ho.sweep());

    let mut seen: Vec<usize> = Vec::new();
    let ho = hyperopt!(
        _a = [1],
        for i in 1..=n {
            seen.push(i);
            1
        }
    );
    items(&seen, &[1, 2, 3], ho.sweep());
}

#[test]
fn a_variable() {
    let head = 0..4;
    let ho = hyperopt!(
        _a = [1],
        for _ in head.clone() {
            1
        }
    );
    assert_eq!(ho.len(), head.len());
}

#[test]
fn a_struct_in_parentheses() {
    struct Budget {
        trials: usize,
    }
    let ho = hyperopt!(
        _a = [1],
        for _ in 0..(Budget { trials: 3 }).trials {
            1
        }
    );
    assert_eq!(ho.len(), 3);
}

#[test]
fn no_trials() {
    let ho = hyperopt!(
        a = [1],
        for _ in 0..0 {
            a
        }
    );
    assert!(ho.is_empty());
    assert_eq!(ho.best().unwrap_err(), Error::NoTrials);
}

#[test]
fn without_an_end_until_break() {
    let ho = hyperopt!(
        _a = [1],
        for i in 0.. {
            if i == 4 {
                break;
            }
            i
        }
    );
    assert_eq!(ho.len(), 5);
    assert_eq!(ho.end(), StopReason::Break);
}

#[test]
fn all_that_the_sampler_plans() {
    let ho = hyperopt!(
        sampler = GridSampler::new(),
        a = 1..=3,
        b = [true, false],
        for i in .. {
            assert_eq!(i, usize::try_from((a - 1) * 2).unwrap() + usize::from(!b));
            a
        }
    );
    assert_eq!(ho.len(), 6);
}

#[test]
fn a_pattern() {
    let ho = hyperopt!(
        _a = [1],
        for mut i in 0..3 {
            i += 1;
            i
        }
    );
    assert_eq!(ho.results().collect::<Vec<_>>(), [Some(1.0), Some(2.0), Some(3.0)]);
}
