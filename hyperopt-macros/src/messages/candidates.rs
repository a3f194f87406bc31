//! Messages about candidates and types.

use super::{ALL, Case, cases, check, messages};
use crate::model::Mode;

#[test]
fn candidates() {
    let cases = cases![
        "x = [], for _ in 0..9 { 1 }": "`x` has no candidates; write at least one" => "x = [1], for _ in 0..9 { 1 }",
        "x = log(1e-5, 1e-1), for _ in 0..9 { x }": "write `log(1e-5..=1e-1)`" => "x = log(1e-5..=1e-1), for _ in 0..9 { x }",
        "x = log(1e-5, 1, 9), for _ in 0..9 { x }": "write `log(linrange(1e-5, 1.0, 9))`" => "x = log(linrange(1e-5, 1.0, 9)), for _ in 0..9 { x }",
        "x = 0..=1.0, for _ in 0..9 { x }": "write `0.0..=1.0`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
        "x = (0.0, 1.0), for _ in 0..9 { x }": "write `0.0..=1.0` for all between, or `[0.0, 1.0]`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
        "x = 5.0, for _ in 0..9 { x }": "`5.0` is not a set of candidates; write `[5.0]` for a fixed value; settings are `sampler`" => "x = [5.0], for _ in 0..9 { x }",
        "r#seed = 5, for _ in 0..9 { 1 }": "`5` is not a set of candidates; write `[5]` for a fixed value" => "r#seed = [5], for _ in 0..9 { 1 }",
        "k = [1, 2], x = if k > 1 { 5.0 } else { 0.0..=1.0 }, for _ in 0..9 { x }": "write `[5.0]` for a fixed value" => "k = [1, 2], x = if k > 1 { [5.0] } else { 0.0..=1.0 }, for _ in 0..9 { x }",
        "x = each(3, 0.5), for _ in 0..9 { 1 }": "write `[0.5]` for a fixed value" => "x = each(3, [0.5]), for _ in 0..9 { 1 }",
        "x = [0.0..=1.0; 3], for _ in 0..9 { 1 }": "for several values from the same candidates, write `each(3, 0.0..=1.0)`" => "x = each(3, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = vec![log(1e-5..=1e-1); n], for _ in 0..9 { 1 }": "write `each(n, log(1e-5..=1e-1))`" => "x = each(n, log(1e-5..=1e-1)), for _ in 0..9 { 1 }",
        "x = [each(2, 1..=4); 3], for _ in 0..9 { 1 }": "write `each(3 * 2, 1..=4)`" => "x = each(3 * 2, 1..=4), for _ in 0..9 { 1 }",
        "x = [each(3, 0.0..=1.0)], for _ in 0..9 { 1 }": "candidates stand alone; write `each(3, 0.0..=1.0)`" => "x = each(3, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = (each(3, 0.0..=1.0), 1..=4), for _ in 0..9 { 1 }": "write `x1 = each(3, 0.0..=1.0), x2 = 1..=4`" => "x1 = each(3, 0.0..=1.0), x2 = 1..=4, for _ in 0..9 { 1 }",
        "x2 = vec![each(3, 0.0..=1.0), each(2, [1])], for _ in 0..9 { 1 }": "write `x2_1 = each(3, 0.0..=1.0), x2_2 = each(2, [1])`" => "x2_1 = each(3, 0.0..=1.0), x2_2 = each(2, [1]), for _ in 0..9 { 1 }",
        "x = (1e-5..=1e-1).log(), for _ in 0..9 { x }": "a range has no method `log`; write `log(1e-5..=1e-1)`" => "x = log(1e-5..=1e-1), for _ in 0..9 { x }",
        "x = (0.0..=1.0).log10(), for _ in 0..9 { x }": "write `log(1e-5..=1.0)`" => "x = log(1e-5..=1.0), for _ in 0..9 { x }",
        "x = (0..=1024).log2(), for _ in 0..9 { x }": "write `log(1..=1024)`" => "x = log(1..=1024), for _ in 0..9 { x }",
        "x = (0.0..=1.0).logit(), for _ in 0..9 { x }": "write `logit(0.01..=0.99)`" => "x = logit(0.01..=0.99), for _ in 0..9 { x }",
        "x = 1e-5..=1e-1.log(), for _ in 0..9 { x }": "`log` is not a method of a number; write `log(1e-5..=1e-1)`" => "x = log(1e-5..=1e-1), for _ in 0..9 { x }",
        "x = linrange(1.0, 9.0, 3).log(), for _ in 0..9 { x }": "write `log(linrange(1.0, 9.0, 3))`" => "x = log(linrange(1.0, 9.0, 3)), for _ in 0..9 { x }",
        "x = [1, 10, 100].log(), for _ in 0..9 { x }": "write `log(1..=100)` for all between, or `ordinal([1, 10, 100])`" => "x = log(1..=100), for _ in 0..9 { x }",
        "x = [\"a\", \"b\"].labels([\"one\", \"two\"]), for _ in 0..9 { 1 }": "write `categorical([\"a\", \"b\"]).labels([\"one\", \"two\"])`"
            => "x = categorical([\"a\", \"b\"]).labels([\"one\", \"two\"]), for _ in 0..9 { 1 }",
        "x = log(1..=9).labels([\"one\"]), for _ in 0..9 { 1 }": "numbers of a range have no labels; write `log(1..=9)`" => "x = log(1..=9), for _ in 0..9 { 1 }",
        "x = (1..=64).step_by(2).rev(), for _ in 0..9 { x }": "write `ordinal((1..=64).step_by(2).rev())`" => "x = ordinal((1..=64).step_by(2).rev()), for _ in 0..9 { x }",
        "x = (0.0..=2.0).step_by(0.5), for _ in 0..9 { x }": "write `linrange(0.0, 2.0, 5)`" => "x = linrange(0.0, 2.0, 5), for _ in 0..9 { x }",
        "x = (1, 2, 3), for _ in 0..9 { x }": "a tuple is not a set of candidates; write `[1, 2, 3]`" => "x = [1, 2, 3], for _ in 0..9 { x }",
        "x = (\"a\", \"b\"), for _ in 0..9 { 1 }": "a tuple is not a set of candidates; write `[\"a\", \"b\"]`" => "x = [\"a\", \"b\"], for _ in 0..9 { 1 }",
        "x = -1..=1.0, for _ in 0..9 { x }": "write `-1.0..=1.0`" => "x = -1.0..=1.0, for _ in 0..9 { x }",
        "x = linrange(0.0, 1.0), for _ in 0..9 { x }": "write `linrange(0.0, 1.0, 100)`" => "x = linrange(0.0, 1.0, 100), for _ in 0..9 { x }",
        "x = trial.suggest_float(\"x\", 1e-5, 1, log = true), for _ in 0..9 { x }": "write `log(1e-5..=1.0)`" => "x = log(1e-5..=1.0), for _ in 0..9 { x }",
        "x = tune::choice([1, 2]), for _ in 0..9 { x }": "write `[1, 2]`" => "x = [1, 2], for _ in 0..9 { x }",
        "x = np.linspace(0, 1, 9), for _ in 0..9 { x }": "write `linrange(0.0, 1.0, 9)`" => "x = linrange(0.0, 1.0, 9), for _ in 0..9 { x }",
        "x = categorical(\"a\", \"b\"), for _ in 0..9 { 1 }": "write `categorical([\"a\", \"b\"])`" => "x = categorical([\"a\", \"b\"]), for _ in 0..9 { 1 }",
        "x = hp::uniform(0.0, 1.0), for _ in 0..9 { x }": "the label comes first; write `hp::uniform(\"x\", 0.0, 1.0)`" => "x = hp::uniform(\"x\", 0.0, 1.0), for _ in 0..9 { x }",
        "x = each(0, 0.0..=1.0), for _ in 0..9 { 1 }": "`each` makes 0 values; write a count of 1 or more" => "x = each(1, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = each(0.0..=1.0, 8), for _ in 0..9 { 1 }": "the count comes first; write `each(8, 0.0..=1.0)`" => "x = each(8, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = each(0.0..=1.0), for _ in 0..9 { 1 }": "write such as `each(8, 0.0..=1.0)`" => "x = each(8, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = each(2.5, [1]), for _ in 0..9 { 1 }": "the count of `each` is an integer, such as 8; 2.5 is none" => "x = each(2, [1]), for _ in 0..9 { 1 }",
        "x = each(2, each(3, [1])), for _ in 0..9 { 1 }": "write `each(2 * 3, [1])`" => "x = each(2 * 3, [1]), for _ in 0..9 { 1 }",
        "x = log(each(8, 1e-3..=1.0)), for _ in 0..9 { 1 }": "`each` stands around all else; write `each(8, log(1e-3..=1.0))`" => "x = each(8, log(1e-3..=1.0)), for _ in 0..9 { 1 }",
        "x = each(3, 0.0..=1.0).labels([\"a\", \"b\", \"c\"]), for _ in 0..9 { 1 }": "named `x[0]`, `x[1]` and so on; write `each(3, 0.0..=1.0)`" => "x = each(3, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = each(3, [1, 2]).labels([\"a\", \"b\"]), for _ in 0..9 { 1 }": "write `each(3, categorical([1, 2]).labels([\"a\", \"b\"]))`" => "x = each(3, categorical([1, 2]).labels([\"a\", \"b\"])), for _ in 0..9 { 1 }",
        "x = each(3, 1e-5..=1e-1).log(), for _ in 0..9 { 1 }": "write `each(3, log(1e-5..=1e-1))`" => "x = each(3, log(1e-5..=1e-1)), for _ in 0..9 { 1 }",
        "x = each(3, 1..=4).to_vec(), for _ in 0..9 { 1 }": "candidates have no method `to_vec`; write `each(3, 1..=4)`" => "x = each(3, 1..=4), for _ in 0..9 { 1 }",
        "x = { let k = 3; each(k, 1..=4) }, for _ in 0..9 { 1 }": "`each` stands directly beside the name, or in the braces of a guard; write `x = each(k, 1..=4)`" => "x = each(k, 1..=4), for _ in 0..9 { 1 }",
        "x = if fast { each(3, 1..=4) } else { each(8, 1..=4) }, for _ in 0..9 { 1 }": "write `x = each(3, 1..=4)`" => "x = each(3, 1..=4), for _ in 0..9 { 1 }",
        "k = [1, 2], x = if k > 1 { Some(each(3, 1..=4)) }, for _ in 0..9 { 1 }": "write `each(3, 1..=4)`" => "k = [1, 2], x = if k > 1 { each(3, 1..=4) }, for _ in 0..9 { 1 }",
        "n = 1..=4, x = each(n, 0.0..=1.0), for _ in 0..9 { 1 }": "write the largest count, `x = each(4, 0.0..=1.0)`, and `x[..n as usize]` in the body" => "n = 1..=4, x = each(4, 0.0..=1.0), for _ in 0..9 { x[..n as usize].len() }",
        "n = 1..5, x = each(n as usize, 0.0..=1.0), for _ in 0..9 { 1 }": "`x = each(4, 0.0..=1.0)`" => "n = 1..5, x = each(4, 0.0..=1.0), for _ in 0..9 { 1 }",
        "n = [2, 8], x = if n > 2 { each(n, [1]) }, for _ in 0..9 { 1 }": "`x = each(8, [1])`" => "n = [2, 8], x = if n > 2 { each(8, [1]) }, for _ in 0..9 { 1 }",
        "n = 1..=4, x = each(n + 1, 0.0..=1.0), for _ in 0..9 { 1 }": "write the largest count, such as `x = each(8, 0.0..=1.0)`" => "n = 1..=4, x = each(8, 0.0..=1.0), for _ in 0..9 { 1 }",
        "w = each(3, 1..=4), x = each(w.len(), 0.0..=1.0), for _ in 0..9 { 1 }": "write the count itself, `x = each(3, 0.0..=1.0)`" => "w = each(3, 1..=4), x = each(3, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = each(8, 0.0..=1.0).prior(0.5), for _ in 0..9 { 1 }": "write `each(8, (0.0..=1.0).prior(0.5))`" => "x = each(8, (0.0..=1.0).prior(0.5)), for _ in 0..9 { 1 }",
        "x = each(8, 0..=1.0), for _ in 0..9 { 1 }": "write `0.0..=1.0`" => "x = each(8, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = each(8, []), for _ in 0..9 { 1 }": "`x` has no candidates; write at least one" => "x = each(8, [1]), for _ in 0..9 { 1 }",
        "each = [true], x = each(2, 1..=9), for _ in 0..9 { x }": "`each` is a hyperparameter here; write `hyperopt::each(…)`" => "each = [true], x = hyperopt::each(…), for _ in 0..9 { x }",
        "log = [true], x = log(1..=9), for _ in 0..9 { x }": "`log` is a hyperparameter here; write `hyperopt::log(…)`" => "log = [true], x = hyperopt::log(…), for _ in 0..9 { x }",
        "k = [1, 2], x: i32 = if k > 1 { 1..=4 }, for _ in 0..9 { 1 }": "write `x: Option<i32> = …`" => "k = [1, 2], x: Option<i32> = …, for _ in 0..9 { 1 }",
        "k = [1, 2], x = if k > 1 { Some(1..=4) } else { None }, for _ in 0..9 { 1 }": "candidates stand without `Some`; write `1..=4`" => "k = [1, 2], x = if k > 1 { 1..=4 }, for _ in 0..9 { 1 }",
    ];
    for Case(header, says, corrected) in cases {
        let case =
            [Case(header, says, if corrected.contains('…') { "x = [1], for _ in 0..9 { 1 }" } else { corrected })];
        if corrected.contains('…') {
            assert!(messages(header, Mode::Parallel)[0].contains(says), "{header}");
        } else {
            check(&case, &ALL);
        }
    }
}

#[test]
fn types_and_alternatives_without_candidates_are_accepted() {
    for header in [
        "depth: i32 = 1..=8, for _ in 0..9 { depth.pow(2) }",
        "k = [1, 2], x: Option<i32> = if k > 1 { 1..=4 }, for _ in 0..9 { 1 }",
        "k = [\"a\", \"b\"], x = match k { \"a\" => 1..=4, _ => None }, for _ in 0..9 { 1 }",
        "k = [\"a\", \"b\"], x = match k { \"a\" => 1..=4, _ => {} }, for _ in 0..9 { 1 }",
        "k = [1, 2], x = if k > 1 { 1..=4 } else { None }, for _ in 0..9 { 1 }",
        "k = [1, 2], x = if k > 1 { None } else { 1..=4 }, for _ in 0..9 { 1 }",
    ] {
        for mode in ALL {
            assert_eq!(messages(header, mode), [""; 0], "{header}");
        }
    }
}
