//! Messages about samplers, schedulers and pruners in each other's place, and about values of other settings.

use super::{ALL, Case, cases, check};

#[test]
fn samplers_are_made() {
    let cases = cases![
        "sampler = Hyperband::new(), x = [1], for (_, _) in 1..=9 { x }": "`Hyperband::new` takes an argument; write `Hyperband::new(3.0)`" => "sampler = Hyperband::new(3.0), x = [1], for (_, _) in 1..=9 { x }",
        "sampler = Asha(4), x = [1], for (_, _) in 1..=9 { x }": "`Asha` is a type; write `Asha::new(4.0)`" => "sampler = Asha::new(4.0), x = [1], for (_, _) in 1..=9 { x }",
        "sampler = Hyperband::new(4), x = [1], for (_, _) in 1..=9 { x }": "`Hyperband::new` takes a float; write `Hyperband::new(4.0)`" => "sampler = Hyperband::new(4.0), x = [1], for (_, _) in 1..=9 { x }",
        "sampler = Dehb::default(), x = [1], for (_, _) in 1..=9 { x }": "`Dehb` has no default; write `Dehb::new(3.0)`" => "sampler = Dehb::new(3.0), x = [1], for (_, _) in 1..=9 { x }",
        "sampler = Bohb::default(), x = [1], for (_, _) in 1..=9 { x }": "`Bohb` has no default; write `Bohb::new()`" => "sampler = Bohb::new(), x = [1], for (_, _) in 1..=9 { x }",
        "sampler = Bohb::new(4), x = [1], for (_, _) in 1..=9 { x }": "write `Hyperband::new(4.0).inner(BohbSampler::new())`" => "sampler = Hyperband::new(4.0).inner(BohbSampler::new()), x = [1], for (_, _) in 1..=9 { x }",
        "sampler = TpeSampler::new, x = [1], for _ in 0..9 { x }": "`TpeSampler::new` is a function; write `TpeSampler::new()`" => "sampler = TpeSampler::new(), x = [1], for _ in 0..9 { x }",
        "sampler = TpeSampler::new(10), x = [1], for _ in 0..9 { x }": "`TpeSampler::new` takes no argument; write `TpeSampler::new()`, and each option as a method of it" => "sampler = TpeSampler::new(), x = [1], for _ in 0..9 { x }",
        "sampler = TpeSampler { startup: 3 }, x = [1], for _ in 0..9 { x }": "the fields of `TpeSampler` are private; write `TpeSampler::new()`" => "sampler = TpeSampler::new(), x = [1], for _ in 0..9 { x }",
        "sampler = TpeSampler::new().pruner(PatientPruner::new(MedianPruner::new())), x = [1], for _ in 0..9 { x }": "takes two arguments; write `PatientPruner::new(MedianPruner::new(), 3)`"
            => "sampler = TpeSampler::new().pruner(PatientPruner::new(MedianPruner::new(), 3)), x = [1], for _ in 0..9 { x }",
    ];
    check(&cases, &ALL);
}

#[test]
fn samplers_have_their_places() {
    let cases = cases![
        "sampler = TpeSampler::new().pruner(Asha::new(3.0)), x = [1], for _ in 0..9 { x }": "`Asha::new(3.0)` is a scheduler, not a pruner; write `sampler = Asha::new(3.0).inner(TpeSampler::new())` and"
            => "sampler = Asha::new(3.0).inner(TpeSampler::new()), x = [1], for (resources, state) in 1..=81 { (x, state) }",
        "sampler = TpeSampler::new().pruner(GridSampler::new()), x = [1], for _ in 0..9 { x }": "`GridSampler::new()` is a sampler, not a pruner; write `.pruner(MedianPruner::new())`"
            => "sampler = TpeSampler::new().pruner(MedianPruner::new()), x = [1], for _ in 0..9 { x }",
        "sampler = Hyperband::new(3.0).pruner(MedianPruner::new()), x = [1], for (_, _) in 1..=9 { x }": "a scheduler stops trials by itself; write `sampler = Hyperband::new(3.0)`" => "sampler = Hyperband::new(3.0), x = [1], for (_, _) in 1..=9 { x }",
        "sampler = Hyperband::new(3.0).inner(Asha::new(3.0)), x = [1], for (_, _) in 1..=9 { x }": "`Asha::new(3.0)` is a scheduler itself; write `sampler = Asha::new(3.0)`, or `.inner(TpeSampler::new())`" => "sampler = Asha::new(3.0), x = [1], for (_, _) in 1..=9 { x }",
        "sampler = Hyperband::new(3.0).inner(MedianPruner::new()), x = [1], for (_, _) in 1..=9 { x }": "is a pruner, and a scheduler stops trials by itself; write `.inner(TpeSampler::new())`"
            => "sampler = Hyperband::new(3.0).inner(TpeSampler::new()), x = [1], for (_, _) in 1..=9 { x }",
        "sampler = Asha::new(4.0).over(1..=27), x = [1], for _ in 0..9 { x }": "a sampler has no budgets; write `sampler = Asha::new(4.0)` and `for (resources, state) in 1..=27 { … }`, or without a loop `hyperopt!(…).over(1..=27)`"
            => "sampler = Asha::new(4.0), x = [1], for (resources, state) in 1..=27 { (x, state) }",
        "sampler = TpeSampler::new().over(1..=27), x = [1], for _ in 0..9 { x }": "write `sampler = Hyperband::new(3.0).inner(TpeSampler::new())` and"
            => "sampler = Hyperband::new(3.0).inner(TpeSampler::new()), x = [1], for (resources, state) in 1..=27 { (x, state) }",
        "sampler = TpeSampler::new().seed(3), x = [1], for _ in 0..9 { x }": "`seed` is a setting of its own; write `seed = 3`" => "sampler = TpeSampler::new(), seed = 3, x = [1], for _ in 0..9 { x }",
        "goal = TpeSampler::new(), x = [1], for _ in 0..9 { x }": "`TpeSampler::new()` is a value of `sampler`; write `sampler = TpeSampler::new()`" => "sampler = TpeSampler::new(), x = [1], for _ in 0..9 { x }",
        "on_error = Maximize, x = [1], for _ in 0..9 { x }": "`Maximize` is a value of `goal`; write `goal = Maximize`" => "goal = Maximize, x = [1], for _ in 0..9 { x }",
        "progress = MedianPruner::new(), x = [1], for _ in 0..9 { x }": "a pruner is added to the sampler; write `sampler = TpeSampler::new().pruner(MedianPruner::new())`" => "sampler = TpeSampler::new().pruner(MedianPruner::new()), x = [1], for _ in 0..9 { x }",
        "seed = \"42\", x = [1], for _ in 0..9 { x }": "write `seed = 42`" => "seed = 42, x = [1], for _ in 0..9 { x }",
    ];
    check(&cases, &ALL);
}

#[test]
fn budgets_are_those_that_are_written() {
    let cases = cases![
        "max_budget = 100, x = [1], for _ in 0..9 { x }": "write `sampler = Hyperband::new(3.0)` and `for (resources, state) in 1..=100 { … }`" => "sampler = Hyperband::new(3.0), x = [1], for (resources, state) in 1..=100 { (x, state) }",
        "sampler = Asha::new(3.0), max_resource = 27.0, x = [1], for (_, _) in 1..=9 { x }": "write `for (resources, state) in 1.0..=27.0 { … }`" => "sampler = Asha::new(3.0), x = [1], for (resources, state) in 1.0..=27.0 { (x, state) }",
        "sampler = Asha::new(3.0), grace_period = 5, x = [1], for (_, _) in 1..=9 { x }": "write `for (resources, state) in 5..=81 { … }`" => "sampler = Asha::new(3.0), x = [1], for (resources, state) in 5..=81 { (x, state) }",
        "sampler = Asha::new(3.0), min_budget = 100, x = [1], for (_, _) in 1..=9 { x }": "write `for (resources, state) in 100..=8100 { … }`" => "sampler = Asha::new(3.0), x = [1], for (resources, state) in 100..=8100 { (x, state) }",
        "sampler = Asha::new(3.0), r#min_budget = [5], max_budget = 0.5, x = [1], for (_, _) in 1..=9 { x }": "write `for (resources, state) in 1..=81 { … }`" => "sampler = Asha::new(3.0), x = [1], for (resources, state) in 1..=81 { (x, state) }",
    ];
    check(&cases, &ALL);
    let both = "sampler = Asha::new(3.0), min_budget = 5, max_budget = 100, x = [1], for (_, _) in 1..=9 { x }";
    let found = super::messages(both, crate::model::Mode::Sequential);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|message| message.contains("in 5..=100")), "{found:?}");
}
