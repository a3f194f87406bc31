//! Messages about the loop: its head, its items and its body.

use super::{ALL, Case, cases, check, messages};
use crate::model::Mode;

#[test]
fn loops() {
    let cases = cases![
        "x = [1], for (r, state) in 1..=9 { x }": "`(r, state)` needs a scheduler: `sampler = Hyperband::new(3.0)`" => "sampler = Hyperband::new(3.0), x = [1], for (r, state) in 1..=9 { x }",
        "sampler = Hyperband::new(3.0), x = [1], for r in 1..=9 { x / r as f64 }": "write `for (r, state) in 1..=9`, or `(r, _)`" => "sampler = Hyperband::new(3.0), x = [1], for (r, state) in 1..=9 { x / r as f64 }",
        "sampler = Hyperband::new(3.0), x = [1], for (r, _) in 0..9 { x }": "write `for (resources, state) in 1..=9`" => "sampler = Hyperband::new(3.0), x = [1], for (resources, state) in 1..=9 { x }",
        "sampler = TpeSampler::new().pruner(MedianPruner::new()), x = [1], for i in 0..9 { x * i as f64 }": "with a pruner, `i` is a trial; write `i.number()`"
            => "sampler = TpeSampler::new().pruner(MedianPruner::new()), x = [1], for i in 0..9 { x * i.number() as f64 }",
        "x = [1], for s in [\"a\", \"b\"] { x }": "to sweep over a list, write `s = [\"a\", \"b\"]`" => "x = [1], s = [\"a\", \"b\"], for _ in 0..50 { x }",
        "x = [1], for i in 50 { x }": "write `for i in 0..50`" => "x = [1], for i in 0..50 { x }",
        "x = [1], for i in ..50 { x }": "write `0..50`" => "x = [1], for i in 0..50 { x }",
        "x = [1], for i in (0..9).step_by(2) { x }": "the head counts trials, one after the other; write `for i in 0..50`" => "x = [1], for i in 0..50 { x }",
        "for i = 50, x = 0.0..=1.0 { x }": "hyperparameters come before the loop; write `x = 0.0..=1.0,` and then `for i in 0..50 { … }`" => "x = 0.0..=1.0, for i in 0..50 { x }",
        "x = [1], for _ in 0..9, { x }": "no comma stands between a head and its body; write `for _ in 0..9 { … }`" => "x = [1], for _ in 0..9 { x }",
        "x = [1],, for _ in 0..9 { x }": "one `,` too many" => "x = [1], for _ in 0..9 { x }",
        "x = [1], for i, j in 0..9 { x }": "several names are one pattern; write `for (i, j) in 0..9 { … }`" => "sampler = make(), x = [1], for (i, j) in 0..9 { x }",
        "x = [1], for let i in 0..9 { x }": "the pattern of a `for` has no `let`; write `for i in 0..50 { … }`" => "x = [1], for i in 0..50 { x }",
        "x = [1], for i: u64 in 0..9 { x }": "the item has the type of the range; write such as `for i in 0..50_u64 { … }`" => "x = [1], for i in 0..50_u64 { x }",
        "x = [1], for (i in 0..9) { x }": "a `for` has no parentheses; write `for i in 0..9 { … }`" => "x = [1], for i in 0..9 { x }",
        "x = [1], for _ in 0..n { x }.best()": "the loop ends the call; write the method or `?` after `hyperopt!(…)`" => "x = [1], for _ in 0..n { x }",
        "x = [1], for _ in 0..9 { x } else { 2 }": "the loop of a sweep has no `else`" => "x = [1], for _ in 0..9 { x }",
        "x = [1], for _ in 0..9 { x };": "no `;` stands at the end; remove it" => "x = [1], for _ in 0..9 { x }",
        "x = [1], train(x)": "the body belongs to a loop; write `for i in 0..50 { … }`" => "x = [1], for i in 0..50 { train(x) }",
        "x = [1], 50": "the number of trials stands in the head; write `for _ in 0..50 { … }`" => "x = [1], for _ in 0..50 { x }",
        "x = [1], 0..50,": "write `for _ in 0..50 { … }`" => "x = [1], for _ in 0..50 { x }",
        "x = [1], for": "the loop is cut off; write `for i in 0..50 { … }`" => "x = [1], for i in 0..50 { 1 }",
    ];
    check(&cases, &ALL);
}

/// The item of a loop over budgets, or under a pruner, is no number.
#[test]
fn items_that_are_computed_with_are_named() {
    let found = |body: &str| {
        let budgets = format!("sampler = Hyperband::new(3.0), x = [1], for r in 1..=9 {{ {body} }}");
        let trials =
            format!("sampler = TpeSampler::new().pruner(MedianPruner::new()), x = [1], for r in 0..9 {{ {body} }}");
        (messages(&budgets, Mode::Sequential).len(), messages(&trials, Mode::Sequential).len())
    };
    for body in [
        "r * 2",
        "r + 2",
        "r / 2",
        "r % 2",
        "r - 2",
        "2 + r",
        "2 / r",
        "2 % r",
        "2 * r",
        "2 - r",
        "x * r",
        "f(x) - r",
        "v[0] * r",
        "r < 3",
        "r > 3",
        "r <= 3",
        "r >= 3",
        "r == 3",
        "r != 3",
        "0..r",
        "r as f64",
        "v[r]",
        "f64::from(r)",
        "f32::from(r)",
        "train(r * 2)",
        "if r > 3 { 1 } else { 2 }",
        "while n < 2 * r { n += 1 }",
    ] {
        let (budgets, trials) = found(body);
        assert_eq!((budgets, trials), (1, 1), "{body}");
    }
    for body in [
        "train(r)",
        "train(&r)",
        "r.number()",
        "r.0 * 2",
        "let y = *r; y",
        "return *r",
        "return -r",
        "if *r { 1 } else { 2 }",
        "match x { y => r }",
        "match r { y => 1 }",
        "[r]",
        "vec![r]",
        "return [r]",
        "u64::from(r)",
        "Some::<f64>(r)",
        "f(r, 2)",
        "s * r.x",
        "r == other",
        "x.r * 2",
        "{ x } * r",
    ] {
        let (budgets, trials) = found(body);
        assert_eq!((budgets, trials), (0, 0), "{body}");
    }
}

#[test]
fn items_that_are_bound_anew_are_left_to_rustc() {
    for header in [
        "sampler = Hyperband::new(3.0), x = [1], for r in 1..=9 { let (r, _) = r; x / r as f64 }",
        "sampler = Hyperband::new(3.0), x = [1], for r in 1..=9 { train(r) }",
        "sampler = Hyperband::new(3.0), x = [1], for r in 1..=9 { x / r.0 as f64 }",
        "sampler = TpeSampler::new().pruner(MedianPruner::new()), x = [1], for i in 0..9 { train(&i); vec![i].len() }",
        "sampler = make(), x = [1], for (r, state) in 1..=9 { x }",
    ] {
        assert_eq!(messages(header, Mode::Sequential), [""; 0], "{header}");
    }
}

#[test]
fn bodies_of_parallel_loops_stay_inside() {
    for (body, says) in [
        ("return 1.0", "`return` cannot leave a parallel sweep"),
        ("train(x)?", "`?` cannot leave a parallel sweep"),
        ("train(x).await", "`.await` cannot leave a parallel sweep"),
        ("break 'outer", "`break 'outer` cannot leave a parallel sweep"),
    ] {
        let header = format!("x = [1], for _ in 0..9 {{ {body} }}");
        for mode in [Mode::Threaded, Mode::Parallel] {
            let found = messages(&header, mode);
            assert!(found.len() == 1 && found[0].contains(says), "{header}\n{found:?}");
        }
        assert_eq!(messages(&header, Mode::Sequential), [""; 0]);
    }
    // What a loop, block or closure inside the body does with labels of its own, and what leaves the body from inside of one.
    for around in ["for _ in 0..2 {", "while x > 1 {", "loop {", "'block: {", "if x > 1 {", "match x {"] {
        let arm = if around.starts_with("match") { "_ =>" } else { "" };
        for leaves in ["return 1.0;", "train(x)?;", "break 'outer;", "continue 'outer;"] {
            let header = format!("x = [1], for _ in 0..9 {{ {around} {arm} {{ {leaves} }} }} x }}");
            let found = messages(&header, Mode::Threaded);
            let word = leaves.trim_start_matches("train(x)").trim_end_matches([';', '0', '.', '1', ' ']);
            let says = format!("`{word}` cannot leave a parallel sweep");
            assert!(found.len() == 1 && found[0].contains(&says), "{header}\n{found:?}");
        }
    }
    for kept in [
        "'own: for _ in 0..2 { continue 'own }",
        "'own: while x > 1 { break 'own }",
        "'own: { break 'own }",
        "train(|y| return y);",
    ] {
        let header = format!("x = [1], for _ in 0..9 {{ {kept} x }}");
        assert_eq!(messages(&header, Mode::Parallel), [""; 0], "{header}");
    }
    let after = "x = [1], for _ in 0..9 { 'own: loop { break 'own } break 'own }";
    assert!(messages(after, Mode::Parallel)[0].contains("`break 'own` cannot leave"));
    let own = "x = [1], 'sweep: for _ in 0..9 { 'inner: loop { if x > 1 { break 'inner } continue 'sweep } }";
    assert_eq!(messages(own, Mode::Parallel), [""; 0]);
    let guard = "k = [1], x = if k > limit()? { [1] }, for _ in 0..9 { 1 }";
    assert!(messages(guard, Mode::Parallel)[0].contains("`?` cannot leave a guard"));
    assert_eq!(messages(guard, Mode::Sequential), [""; 0]);
}
