//! Messages about candidates in the words and the syntax of other libraries and languages.

use super::{ALL, Case, cases, check, messages};
use crate::model::Mode;

#[test]
fn words_of_other_libraries() {
    let cases = cases![
        "x = uniform(0.0, 1.0), for _ in 0..9 { x }": "there is no `uniform` here; write `0.0..=1.0`; a function of your own is `(uniform)(…)`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
        "x = uniform(low = 0, high = 1), for _ in 0..9 { x }": "write `0.0..=1.0`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
        "x = loguniform(1e-5, 1e-1), for _ in 0..9 { x }": "write `log(1e-5..=1e-1)`" => "x = log(1e-5..=1e-1), for _ in 0..9 { x }",
        "x = loguniform(-5, 0), for _ in 0..9 { x }": "write `hp::loguniform(\"x\", -5.0, 0.0)`" => "x = hp::loguniform(\"x\", -5.0, 0.0), for _ in 0..9 { x }",
        "x = log(uniform(1e-5, 1e-1)), for _ in 0..9 { x }": "write `log(1e-5..=1e-1)`" => "x = log(1e-5..=1e-1), for _ in 0..9 { x }",
        "x = each(3, uniform(0.0, 1.0)), for _ in 0..9 { 1 }": "write `0.0..=1.0`" => "x = each(3, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = suggest_float(\"x\", 0.0, 1.0), for _ in 0..9 { x }": "there is no `suggest_float` here; write `0.0..=1.0`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
        "x = t.suggest_float(\"x\", 0.0, 1.0, step = 0.1), for _ in 0..9 { x }": "there is no `t.suggest_float` here; write `linrange(0.0, 1.0, 11)`" => "x = linrange(0.0, 1.0, 11), for _ in 0..9 { x }",
        "x = trial.suggest_int(\"x\", 1, 9, step = 2), for _ in 0..9 { x }": "write `ordinal((1..=9).step_by(2))`" => "x = ordinal((1..=9).step_by(2)), for _ in 0..9 { x }",
        "x = trial.suggest_int(\"x\", 0, 9, log = True), for _ in 0..9 { x }": "write `log(1..=9)`" => "x = log(1..=9), for _ in 0..9 { x }",
        "x = trial.suggest_categorical(\"x\", [True, False]), for _ in 0..9 { x }": "write `[true, false]`" => "x = [true, false], for _ in 0..9 { x }",
        "x = trial.suggest_discrete_uniform(\"x\", 0, 1, 0.25), for _ in 0..9 { x }": "write `linrange(0.0, 1.0, 5)`" => "x = linrange(0.0, 1.0, 5), for _ in 0..9 { x }",
        "x = tune.uniform(0.0, 1.0), for _ in 0..9 { x }": "there is no `tune.uniform` here; write `0.0..=1.0`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
        "x = tune.lograndint(1, 100), for _ in 0..9 { x }": "write `log(1..100)`" => "x = log(1..100), for _ in 0..9 { x }",
        "x = tune::randn(0, 2), for _ in 0..9 { x }": "write `hp::normal(\"x\", 0.0, 2.0)`" => "x = hp::normal(\"x\", 0.0, 2.0), for _ in 0..9 { x }",
        "x = randint(1, 9), for _ in 0..9 { x }": "write `1..9`" => "x = 1..9, for _ in 0..9 { x }",
        "x = randint(9), for _ in 0..9 { x }": "write `0..9`" => "x = 0..9, for _ in 0..9 { x }",
        "x = choice([\"a\", \"b\"]), for _ in 0..9 { 1 }": "write `[\"a\", \"b\"]`" => "x = [\"a\", \"b\"], for _ in 0..9 { 1 }",
        "x = random.choice((1, 2)), for _ in 0..9 { 1 }": "write `[1, 2]`" => "x = [1, 2], for _ in 0..9 { 1 }",
        "x = np.random.uniform(0.0, 1.0), for _ in 0..9 { x }": "there is no `np.random.uniform` here; write `0.0..=1.0`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
        "x = np.arange(0.0, 1.0, 0.1), for _ in 0..9 { x }": "write `linrange(0.0, 0.9, 10)`" => "x = linrange(0.0, 0.9, 10), for _ in 0..9 { x }",
        "x = np.logspace(-5, -1, 5), for _ in 0..9 { x }": "write `exp_linrange(-5.0, -1.0, 5)`" => "x = exp_linrange(-5.0, -1.0, 5), for _ in 0..9 { x }",
        "x = np.geomspace(1e-5, 1e-1, num = 5), for _ in 0..9 { x }": "write `log(linrange(1e-5, 1e-1, 5))`" => "x = log(linrange(1e-5, 1e-1, 5)), for _ in 0..9 { x }",
        "x = range(1, 10), for _ in 0..9 { x }": "write `1..10`" => "x = 1..10, for _ in 0..9 { x }",
        "x = list(range(1, 10, 2)), for _ in 0..9 { x }": "write `ordinal((1..10).step_by(2))`" => "x = ordinal((1..10).step_by(2)), for _ in 0..9 { x }",
        "x = range(1, stop = 10, length = 4), for _ in 0..9 { x }": "write `linrange(1.0, 10.0, 4)`" => "x = linrange(1.0, 10.0, 4), for _ in 0..9 { x }",
        "x = Uniform::new(0.0, 1.0), for _ in 0..9 { x }": "there is no `Uniform::new` here; write `0.0..=1.0`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
        "x = Float(\"x\", (0.0, 1.0)), for _ in 0..9 { x }": "there is no `Float` here; write `0.0..=1.0`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
        "x = Integer(\"x\", bounds = (1, 9), log = true), for _ in 0..9 { x }": "write `log(1..=9)`" => "x = log(1..=9), for _ in 0..9 { x }",
        "x = rand::rng().random_range(0.0..1.0), for _ in 0..9 { x }": "a number that is drawn once is a single value; write the range, `0.0..1.0`" => "x = 0.0..1.0, for _ in 0..9 { x }",
        "x = hp.choice(\"x\", [1, hp.uniform(\"a\", 0, 1)]), for _ in 0..9 { 1 }": "`hp` is a module; write `hp::choice(\"x\", [1, hp::uniform(\"a\", 0, 1)])`" => "x = hp::choice(\"x\", [1, hp::uniform(\"a\", 0, 1)]), for _ in 0..9 { 1 }",
        "x = scope.int(hp.quniform(\"x\", 1, 10, 1)), for _ in 0..9 { x }": "there is no `scope.int` here; write `1..=10`" => "x = 1..=10, for _ in 0..9 { x }",
        "x = hp::uniform(label = \"x\", low = 0.0, high = 1.0), for _ in 0..9 { x }": "arguments have no names; write `hp::uniform(\"x\", 0.0, 1.0)`" => "x = hp::uniform(\"x\", 0.0, 1.0), for _ in 0..9 { x }",
        "x = each(count = 3, 0.0..=1.0), for _ in 0..9 { 1 }": "arguments have no names; write `each(3, 0.0..=1.0)`" => "x = each(3, 0.0..=1.0), for _ in 0..9 { 1 }",
        "x = 0.0..=1.0, for i in range(9) { x }": "the head is a range; write `for i in 0..9`" => "x = 0.0..=1.0, for i in 0..9 { x }",
    ];
    check(&cases, &ALL);
}

#[test]
fn syntax_of_other_languages() {
    let cases = cases![
        "x = LinRange(0.0, 1.0, 10), for _ in 0..9 { x }": "write `linrange(0.0, 1.0, 10)`" => "x = linrange(0.0, 1.0, 10), for _ in 0..9 { x }",
        "x = exp10.(LinRange(-1, 3, 100)), for _ in 0..9 { x }": "no function is broadcast here; write `exp_linrange(-1.0, 3.0, 100)`" => "x = exp_linrange(-1.0, 3.0, 100), for _ in 0..9 { x }",
        "x = exp10(LinRange(-1, 3, 100)), for _ in 0..9 { x }": "write `exp_linrange(-1.0, 3.0, 100)`" => "x = exp_linrange(-1.0, 3.0, 100), for _ in 0..9 { x }",
        "x = exp10.(-3:0), for _ in 0..9 { x }": "write `exp_linrange(-3.0, 0.0, 4)`" => "x = exp_linrange(-3.0, 0.0, 4), for _ in 0..9 { x }",
        "x = exp.(LinRange(0, 1, 5)), for _ in 0..9 { x }": "write `linrange(0.0, 1.0, 5)`, and call `exp` in the body" => "x = linrange(0.0, 1.0, 5), for _ in 0..9 { x.exp() }",
        "x = 10 .^ (-3:0), for _ in 0..9 { x }": "no power is broadcast here; write `exp_linrange(-3.0, 0.0, 4)`" => "x = exp_linrange(-3.0, 0.0, 4), for _ in 0..9 { x }",
        "x = 10 ^ LinRange(0, 1, 4), for _ in 0..9 { x }": "write `exp_linrange(0.0, 1.0, 4)`" => "x = exp_linrange(0.0, 1.0, 4), for _ in 0..9 { x }",
        "x = 2 .^ LinRange(0, 1, 4), for _ in 0..9 { x }": "write `linrange(0.0, 1.0, 4)`, and compute the power in the body" => "x = linrange(0.0, 1.0, 4), for _ in 0..9 { 2_f64.powf(x) }",
        "x = 1:10, for _ in 0..9 { x }": "`1:10` is no range here; write `1..=10`" => "x = 1..=10, for _ in 0..9 { x }",
        "x = 0:0.1:1, for _ in 0..9 { x }": "write `linrange(0.0, 1.0, 11)`" => "x = linrange(0.0, 1.0, 11), for _ in 0..9 { x }",
        "x = collect(1:2:9), for _ in 0..9 { x }": "write `ordinal((1..=9).step_by(2))`" => "x = ordinal((1..=9).step_by(2)), for _ in 0..9 { x }",
        "x = [:relu, :tanh], for _ in 0..9 { 1 }": "there are no symbols here; write `[\"relu\", \"tanh\"]`" => "x = [\"relu\", \"tanh\"], for _ in 0..9 { 1 }",
        "x = {\"a\", \"b\"}, for _ in 0..9 { 1 }": "candidates are listed in brackets; write `[\"a\", \"b\"]`" => "x = [\"a\", \"b\"], for _ in 0..9 { 1 }",
        "x = {\"a\": 1, \"b\": 2}, for _ in 0..9 { 1 }": "write `[\"a\", \"b\"]`, or `[(\"a\", 1), (\"b\", 2)]` for pairs" => "x = [\"a\", \"b\"], for _ in 0..9 { 1 }",
        "x = [2.0 * i for i in range(5)], for _ in 0..9 { x }": "a list is made by `map`; write `(0..5).map(|i| 2.0 * i).collect::<Vec<_>>()`" => "x = (0..5).map(|i| 2.0 * i).collect::<Vec<_>>(), for _ in 0..9 { x }",
        "k = [true], x = 1..=4 if k else 5..=8, for _ in 0..9 { x }": "a choice between candidates has braces; write `if k { 1..=4 } else { 5..=8 }`" => "k = [true], x = if k { 1..=4 } else { 5..=8 }, for _ in 0..9 { x }",
        "k = [true], x = if k then 1..=4, for _ in 0..9 { x }": "write `if k { 1..=4 }`" => "k = [true], x = if k { 1..=4 }, for _ in 0..9 { 1 }",
        "k = [1], x = k > 1 ? 1..=4 : 5..=8, for _ in 0..9 { x }": "write `if k > 1 { 1..=4 } else { 5..=8 }`" => "k = [1], x = if k > 1 { 1..=4 } else { 5..=8 }, for _ in 0..9 { x }",
        "k = [true], x = k ? 1..=4 : 5..=8, for _ in 0..9 { x }": "write `if k { 1..=4 } else { 5..=8 }`" => "k = [true], x = if k { 1..=4 } else { 5..=8 }, for _ in 0..9 { x }",
    ];
    check(&cases, &ALL);
}

/// A function of these words that may be the program's own, with arguments that are not written out, and other names.
#[test]
fn functions_of_the_program_are_left_to_rustc() {
    for candidates in [
        "uniform(low, high)",
        "choice(&values)",
        "self::uniform(0.0, 1.0)",
        "(uniform)(0.0, 1.0)",
        "model::uniform(0.0, 1.0)",
        "uniform(\"x\", 0.0, 1.0)",
        "points(0.0, 1.0)",
        "Self::list(1)",
        "data.uniform(0.0, 1.0)",
        "Grid::new(0.0, 1.0)",
        "load(1)",
    ] {
        let header = format!("x = {candidates}, for _ in 0..9 {{ 1 }}");
        assert_eq!(messages(&header, Mode::Sequential), [""; 0], "{header}");
    }
}
