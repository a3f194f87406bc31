//! Writes calls that have no mistake: hyperparameters of all kinds, settings, and a loop that fits the sampler.

use super::draw::Draw;
use crate::model::Mode;

const NAMES: [&str; 14] = [
    "a",
    "b",
    "rate",
    "layers",
    "kind",
    "größe",
    "変数",
    "r#type",
    "r#seed",
    "_x",
    "x1",
    "Upper",
    "r#match",
    "a_name_that_is_longer_than_any_line_of_a_message_or_of_a_table_could_ever_be_expected_to_be_in_a_program_of_ours",
];
const GUARDS: [&str; 8] = [
    "# > 1",
    "# == \"a\" && limit > 2",
    "!#",
    "matches!(#, Kernel::Rbf { .. })",
    "# as f64 * 2.0 >= -1.5",
    "flag || #.is_some_and(|n| n > 1)",
    "(#)",
    "{ let n = #; n == 1 }",
];
const LISTS: [&str; 17] = [
    "[1.0, 2.0]",
    "[true, false]",
    "[\"a\", \"b\"]",
    "vec![1, 2, 3]",
    "[A, B]",
    "[f64::tanh, relu]",
    "[Kernel::Rbf { width: 1 }, Kernel::Linear]",
    "[(1, \"x\"), (2, \"y\")]",
    "[Some(1), None]",
    "[1]",
    "&[1, 2][..]",
    "categorical([1, 2])",
    "categorical([\"é\", \"\\u{1F600}\"])",
    "ordinal([16, 32, 64])",
    "categorical([1, 2]).labels([\"one\", \"two\"])",
    "[b'a', b'\\n']",
    "[r#\"raw \" text\"#, \"\"]",
];
const RANGES: [&str; 12] = [
    "0.0..=1.0",
    "1..=64",
    "-5..5",
    "lo..=hi",
    "linrange(0.0, 1.0, 10)",
    "exp_linrange(-4.0, 0.0, 5)",
    "log(1e-5..=1e-1)",
    "logit(0.01..=0.99)",
    "bilog(-10.0..=10.0)",
    "log(1..=1024)",
    "0.0..=1e300",
    "1..=170_141_183_460_469_231_731_687_303_715_884_105_727",
];
const OTHERS: [&str; 8] = [
    "load()",
    "&data.list",
    "make(|x| x + 1)",
    "CANDIDATES",
    "<Of as Listed>::LIST.iter().copied().collect::<Vec<_>>()",
    "unsafe { listed() }",
    "(0..9).map(f).collect::<Vec<_>>()",
    "(1.0..=2.0).prior(1.5)",
];
const BODIES: [&str; 7] = [
    "{ 1.0 }",
    "{ let x = 2.0; x }",
    "{ if flag { continue } 0.5 }",
    "{ 'inner: loop { break 'inner 1 } }",
    "{ Metrics::new(1.0).with(\"time\", 2.0) }",
    "{ (|| -> Result<f64, String> { Ok(1.0) })() }",
    "{ println!(\"{a:?}\", a = 1); #[allow(unused)] let größe = 1; match 3 { 1 | 2 => 1.0, n @ 3..=9 if n > 4 => 2.0, _ => 3.0 } }",
];
const SETTINGS: [&str; 14] = [
    "seed = 7",
    "seed = args.seed",
    "goal = Maximize",
    "goal = [Minimize, Maximize]",
    "timeout = Duration::from_secs(60)",
    "loss_threshold = -1e-3",
    "no_progress = 20",
    "progress = true",
    "on_error = OnError::Stop",
    "on_interrupt = OnInterrupt::Stop",
    "transfer = &earlier",
    "repeats = true",
    "study = Study::open(\"sqlite:sweep.db\")?",
    "ho = earlier",
];

/// A call without mistakes: the arguments behind the facade's path, and what makes it one of `mode`.
pub(super) fn call(draw: &mut Draw, mode: Mode) -> String {
    let mut parts = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for _ in 0..=draw.below(5) {
        let name = draw.pick(&NAMES);
        if !names.contains(&name) {
            parts.push(parameter(draw, name, &names));
            names.push(name);
        }
    }
    if mode == Mode::Space {
        return parts.join(", ");
    }
    let mut used: Vec<&str> = Vec::new();
    for _ in 0..draw.below(4) {
        let setting = draw.pick(&SETTINGS);
        let name = setting.split(' ').next().unwrap_or_default();
        if !used.contains(&name) {
            used.push(name);
            let at = draw.below(parts.len() + 1);
            parts.insert(at, setting.to_owned());
        }
    }
    if draw.one_in(6) {
        let point = if draw.one_in(2) { format!("[({} = 1)]", names[0]) } else { "earlier.best_points(5)".to_owned() };
        parts.push(format!("try_first = {point}"));
    }
    let (sampler, head) = match draw.below(6) {
        0 => ("Hyperband::new(3.0)", draw.pick(&["(r, state) in 1..=81", "(r, _) in 1.0..=81.0"])),
        1 => ("TpeSampler::new().pruner(MedianPruner::new())", draw.pick(&["trial in 0..9", "_ in 0..n"])),
        2 => ("GridSampler::new()", draw.pick(&["_ in ..", "i in 0..9"])),
        3 => ("TpeSampler::new()", draw.pick(&["i in 0..50", "_ in 0..n", "i in 0..=9_u64", "_ in 0.."])),
        4 => ("chosen(args)?", "item in head"),
        _ => ("", draw.pick(&["i in 0..50", "_ in 0..data.len() as u64"])),
    };
    if !sampler.is_empty() {
        let at = draw.below(parts.len() + 1);
        parts.insert(at, format!("sampler = {sampler}"));
    }
    if mode == Mode::Parallel && draw.one_in(3) {
        parts.insert(0, draw.pick(&["workers(8)", "&pool", "pool", "map_fn(|n, f| map(n, f))"]).to_owned());
    }
    if mode != Mode::Sequential || !draw.one_in(8) {
        let label = if draw.one_in(4) { "'sweep: " } else { "" };
        parts.push(format!("{label}for {head} {}", draw.pick(&BODIES)));
    }
    parts.join(", ")
}

fn parameter(draw: &mut Draw, name: &str, above: &[&str]) -> String {
    match draw.below(8) {
        0 if !above.is_empty() => format!("{name} = {}", choice(draw, above, 3)),
        1 if !above.is_empty() => {
            let guard = guard(draw, above);
            format!("{name}: Option<i32> = if {guard} {{ 1..=8 }}")
        }
        2 => format!("{name}: i32 = {}", draw.pick(&["1..=8", "[1, 2]", "log(1..=64)"])),
        _ => format!("{name} = {}", candidates(draw)),
    }
}

fn candidates(draw: &mut Draw) -> String {
    match draw.below(5) {
        0 | 1 => draw.pick(&LISTS).to_owned(),
        2 | 3 => draw.pick(&RANGES).to_owned(),
        _ => draw.pick(&OTHERS).to_owned(),
    }
}

fn guard(draw: &mut Draw, above: &[&str]) -> String {
    let name = draw.pick(above);
    draw.pick(&GUARDS).replace('#', name)
}

fn choice(draw: &mut Draw, above: &[&str], depth: usize) -> String {
    if depth == 0 {
        return candidates(draw);
    }
    match draw.below(5) {
        0 => candidates(draw),
        1 => format!("if {} {{ {} }}", guard(draw, above), choice(draw, above, depth - 1)),
        2 => {
            let (guard, then) = (guard(draw, above), choice(draw, above, depth - 1));
            format!("if {guard} {{ {then} }} else {{ {} }}", choice(draw, above, depth - 1))
        }
        3 => {
            let (first, second) = (guard(draw, above), guard(draw, above));
            format!("if {first} {{ {} }} else if {second} {{ {} }}", candidates(draw), choice(draw, above, depth - 1))
        }
        _ => {
            let (name, first) = (draw.pick(above), choice(draw, above, depth - 1));
            let pattern = draw.pick(&["1", "\"a\" | \"b\"", "Kernel::Rbf { .. }", "-5..=5", "_ if flag"]);
            let rest = if draw.one_in(3) { "None".to_owned() } else { choice(draw, above, depth - 1) };
            format!("match {name} {{ {pattern} => {first}, _ => {rest} }}")
        }
    }
}
