//! Messages about lists of candidates, single values, and ends of ranges and iterators that are none.

use super::{ALL, Case, cases, check, messages};
use crate::model::Mode;

#[test]
fn several_values() {
    let cases = cases![
        "x = each(3_i32, 0.0..=1.0), for _ in 0..9 { 1 }": "the count of `each` is a `usize`; write `3`" => "x = each(3, 0.0..=1.0), for _ in 0..9 { 1 }",
        "k = [true], x = each(3, if k { 0.0..=1.0 } else { 2.0..=3.0 }), for _ in 0..9 { 1 }": "a guard stands around `each`, not within it; write `x = if k { each(3, 0.0..=1.0) } else { each(3, 2.0..=3.0) }`"
            => "k = [true], x = if k { each(3, 0.0..=1.0) } else { each(3, 2.0..=3.0) }, for _ in 0..9 { 1 }",
        "k = [1], x = each(3, if k > 2 { [1] } else if k > 1 { [2] }), for _ in 0..9 { 1 }": "write `x = if k > 2 { each(3, [1]) } else if k > 1 { each(3, [2]) }`" => "k = [1], x = if k > 2 { each(3, [1]) } else if k > 1 { each(3, [2]) }, for _ in 0..9 { 1 }",
        "k = [1], x = each(3, match k { 1 => [1], _ => None }), for _ in 0..9 { 1 }": "write `x = match k { 1 => each(3, [1]), _ => None }`" => "k = [1], x = match k { 1 => each(3, [1]), _ => None }, for _ in 0..9 { 1 }",
        "x = [0.0..=1.0, 0.0..=1.0], for _ in 0..9 { 1 }": "for several values from the same candidates, write `each(2, 0.0..=1.0)`" => "x = each(2, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = [0.0..=1.0, 0.0..=2.0], for _ in 0..9 { 1 }": "a list has values, not candidates; each of these is a hyperparameter: write `x1 = 0.0..=1.0, x2 = 0.0..=2.0`" => "x1 = 0.0..=1.0, x2 = 0.0..=2.0, for _ in 0..9 { 1 }",
        "x = [0.0..=1.0], for _ in 0..9 { 1 }": "candidates stand alone; write `0.0..=1.0`" => "x = 0.0..=1.0, for _ in 0..9 { 1 }",
        "x = [log(1e-5..=1.0), hp::uniform(\"x\", 0.0, 1.0)], for _ in 0..9 { 1 }": "write `x1 = log(1e-5..=1.0), x2 = hp::uniform(\"x\", 0.0, 1.0)`" => "x1 = log(1e-5..=1.0), x2 = hp::uniform(\"x\", 0.0, 1.0), for _ in 0..9 { 1 }",
        "x = [(0.0..=1.0).log(); 3], for _ in 0..9 { 1 }": "write `each(3, log(1e-5..=1.0))`" => "x = each(3, log(1e-5..=1.0)), for _ in 0..9 { 1 }",
        "x = [c; 3], for _ in 0..9 { 1 }": "all of these candidates are equal; write `each(3, c)` for several values from a list, or `[c]` for a fixed value" => "x = each(3, c), for _ in 0..9 { 1 }",
        "x = [[true, false]; 3], for _ in 0..9 { 1 }": "all of these candidates are equal; for several values from them, write `each(3, [true, false])`" => "x = each(3, [true, false]), for _ in 0..9 { 1 }",
        "x = vec![0.5; 3], for _ in 0..9 { 1 }": "write `[0.5]` for a fixed value, or `[[0.5; 3]]` for a fixed array" => "x = [0.5], for _ in 0..9 { 1 }",
        "x = [1, 2.5], for _ in 0..9 { 1 }": "candidates have one type; write `[1.0, 2.5]`" => "x = [1.0, 2.5], for _ in 0..9 { 1 }",
        "x = y = 1..=4, for _ in 0..9 { 1 }": "each hyperparameter has its own candidates; write `x = 1..=4, y = 1..=4`" => "x = 1..=4, y = 1..=4, for _ in 0..9 { 1 }",
    ];
    check(&cases, &ALL);
    for kept in
        ["[0..5, 5..9]", "[[0.5; 3]]", "[0.5; 1]", "categorical([0.0..=1.0, 0.0..=2.0])", "[f(1..=2), f(3..=4)]"]
    {
        assert_eq!(messages(&format!("x = {kept}, for _ in 0..9 {{ 1 }}"), Mode::Sequential), [""; 0], "{kept}");
    }
}

#[test]
fn single_values() {
    let cases = cases![
        "x = 5.0 * 2.0, for _ in 0..9 { x }": "`5.0 * 2.0` is not a set of candidates; write `[5.0 * 2.0]` for a fixed value" => "x = [5.0 * 2.0], for _ in 0..9 { x }",
        "x = n as f64, for _ in 0..9 { x }": "write `[n as f64]` for a fixed value" => "x = [n as f64], for _ in 0..9 { x }",
        "x = 'a', for _ in 0..9 { 1 }": "write `['a']` for a fixed value" => "x = ['a'], for _ in 0..9 { 1 }",
        "x = a && b, for _ in 0..9 { 1 }": "write `[a && b]` for a fixed value" => "x = [a && b], for _ in 0..9 { 1 }",
    ];
    check(&cases, &ALL);
    for kept in ["n", "f()", "&list as &[i32]", "b\"abc\"", "a + b", "-n"] {
        assert_eq!(messages(&format!("x = {kept}, for _ in 0..9 {{ 1 }}"), Mode::Sequential), [""; 0], "{kept}");
    }
}

#[test]
fn ends_and_scales_of_ranges() {
    let cases = cases![
        "x = (-1.0..=1.0).log(), for _ in 0..9 { x }": "a range has no method `log`, and a logarithm no numbers below 0; write `bilog(-1.0..=1.0)`" => "x = bilog(-1.0..=1.0), for _ in 0..9 { x }",
        "x = (-2..=-1).log(), for _ in 0..9 { x }": "write `bilog(-2.0..=-1.0)`" => "x = bilog(-2.0..=-1.0), for _ in 0..9 { x }",
        "x = (0.0..=1.0).log(), for _ in 0..9 { x }": "and a logarithm no 0; write `log(1e-5..=1.0)`" => "x = log(1e-5..=1.0), for _ in 0..9 { x }",
        "x = (0.0..=0.5).logit(), for _ in 0..9 { x }": "and the log-odds are between 0 and 1; write `logit(0.01..=0.5)`" => "x = logit(0.01..=0.5), for _ in 0..9 { x }",
        "x = 0.0_f32..=1.0, for _ in 0..9 { x }": "a range of floats has `f64`s; write `0.0..=1.0`, and `x as f32` in the body" => "x = 0.0..=1.0, for _ in 0..9 { x as f32 }",
        "x = -1_f32..=1.0 as f32, for _ in 0..9 { x }": "write `-1.0..=1.0`, and `x as f32` in the body" => "x = -1.0..=1.0, for _ in 0..9 { x as f32 }",
        "x = 1_u128..=9, for _ in 0..9 { x }": "a range has integers of up to 64 bits; write `1..=9_u64`, and `x as u128` in the body" => "x = 1..=9_u64, for _ in 0..9 { x as u128 }",
        "x = 'a'..='z', for _ in 0..9 { 1 }": "a range has numbers; write `('a'..='z').collect::<Vec<_>>()`" => "x = ('a'..='z').collect::<Vec<_>>(), for _ in 0..9 { 1 }",
        "x = \"a\"..\"z\", for _ in 0..9 { 1 }": "a range has numbers; write `[\"a\", \"z\"]`" => "x = [\"a\", \"z\"], for _ in 0..9 { 1 }",
        "x = Duration::from_secs(1)..=Duration::from_secs(9), for _ in 0..9 { 1 }": "a range has numbers; write `x = 1..=9`, and `Duration::from_secs(x)` in the body" => "x = 1..=9, for _ in 0..9 { Duration::from_secs(x) }",
        "x = 0.0..=1.0.step_by(0.25), for _ in 0..9 { x }": "write `linrange(0.0, 1.0, 5)`" => "x = linrange(0.0, 1.0, 5), for _ in 0..9 { x }",
        "x = 0..=9.step_by(3), for _ in 0..9 { x }": "which needs parentheses; write `ordinal((0..=9).step_by(3))`" => "x = ordinal((0..=9).step_by(3)), for _ in 0..9 { x }",
        "x = (0.0..=1.0).collect(), for _ in 0..9 { x }": "floats between two ends cannot be counted; write `0.0..=1.0`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
    ];
    check(&cases, &ALL);
}

#[test]
fn iterators() {
    let cases = cases![
        "x = list.iter(), for _ in 0..9 { x }": "an iterator is not a set of candidates; write `list`" => "x = list, for _ in 0..9 { x }",
        "x = [1, 2].into_iter(), for _ in 0..9 { x }": "write `[1, 2]`" => "x = [1, 2], for _ in 0..9 { x }",
        "x = list.iter().map(|v| v * 2), for _ in 0..9 { x }": "write `list.iter().map(|v| v * 2).collect::<Vec<_>>()`" => "x = list.iter().map(|v| v * 2).collect::<Vec<_>>(), for _ in 0..9 { x }",
        "x = \"abc\".chars(), for _ in 0..9 { 1 }": "write `\"abc\".chars().collect::<Vec<_>>()`" => "x = \"abc\".chars().collect::<Vec<_>>(), for _ in 0..9 { 1 }",
        "x = (1..=9).collect(), for _ in 0..9 { x }": "`collect` needs the type of a list; write `(1..=9).collect::<Vec<_>>()`" => "x = (1..=9).collect::<Vec<_>>(), for _ in 0..9 { x }",
    ];
    check(&cases, &ALL);
    for kept in ["self.values()", "option.map(f)", "list.iter().max()", "list.to_vec()", "spaces.get(1)"] {
        assert_eq!(messages(&format!("x = {kept}, for _ in 0..9 {{ 1 }}"), Mode::Sequential), [""; 0], "{kept}");
    }
}
