//! Writes generated.rs. With other sweeps, and more of them:
//! `SEED=9 SWEEPS=200 cargo test --test faces -- --ignored written`, and then `cargo test --test faces`.

use std::fmt::Write as _;
use std::{env, fs};

use super::draw::Draw;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faces/generated.rs");

/// A hyperparameter of a sweep.
struct Parameter {
    name: &'static str,
    /// All that stands behind its name.
    candidates: String,
    /// A guard that reads it; none if it cannot be compared.
    guard: Option<String>,
    /// One of its values, to try first.
    first: Option<&'static str>,
    /// Whether it has levels.
    is_listed: bool,
}

/// Candidates, a guard in which `#` is the name, a value to try first, and whether there are levels.
type Listed = (&'static str, &'static str, &'static str, bool);

/// In each row, candidates of one type.
const CANDIDATES: [&[Listed]; 8] = [
    &[
        ("-5.0..=5.0", "# > 0.5", "1.25", false),
        ("0.0..1.0", "(0.2..0.8).contains(&#)", "0.5", false),
        ("log(1e-5..=1e-1)", "# < 1e-3", "1e-2", false),
        ("logit(0.01..=0.99)", "!(# < 0.5)", "0.5", false),
        ("bilog(-100.0..=100.0)", "#.abs() > 1.0", "-1.0", false),
        ("linrange(0.0, 1.0, 7)", "# >= 0.5", "0.0", true),
        ("exp_linrange(-3.0, 0.0, 4)", "# > 0.01", "1.0", true),
        ("[0.1, 0.25, 0.75]", "# != 0.1", "0.25", true),
        ("vec![1.5]", "# == 1.5", "1.5", true),
        ("(0.0..=1.0).prior(0.3)", "# > 0.3", "0.75", false),
        ("hp::uniform(\"@\", -1, 1)", "# > 0.0", "", false),
        ("hp::qloguniform(\"@\", 0, 3, 1)", "# > 4.0", "", false),
        ("hp::normal(\"@\", 0, 2)", "# > -1.0", "", false),
    ],
    &[
        ("1..=8", "# > 2", "3", true),
        ("-4..4", "matches!(#, -4..=0)", "-1", true),
        ("log(1..=64)", "# > 8", "2", true),
        ("[1, 2, 4]", "# != 2", "4", true),
        ("ordinal([16, 32, 64])", "# >= 32", "16", true),
        ("(1..=20).prior(5)", "# % 2 == 0", "7", true),
    ],
    &[("1_u8..=3", "# == 2", "", true), ("[0_u8, 255]", "# == 0", "", true)],
    &[("hp::randint(\"@\", 6)", "# > 2", "", true), ("hp::uniformint(\"@\", -3_i64, 9)", "# > 2", "", true)],
    &[
        ("[\"relu\", \"tanh\", \"elu\"]", "# == \"relu\"", "\"tanh\"", true),
        ("categorical([\"a\", \"b\"]).labels([\"x\", \"y\"])", "# == \"b\"", "", true),
    ],
    &[("[true, false]", "#", "false", true)],
    &[("[Kind::Small, Kind::Wide { width: 3 }]", "matches!(#, Kind::Wide { .. })", "", true)],
    &[("[half as fn(f64) -> f64, square]", "", "", true)],
];
const NAMES: [&str; 8] = ["a", "rate", "größe", "r#type", "layers_2", "_x", "r#seed", "n_estimators"];

fn candidates(draw: &mut Draw, row: usize, label: &str) -> (String, Listed) {
    let found = CANDIDATES[row][draw.below(CANDIDATES[row].len())];
    (found.0.replace('@', label), found)
}

fn parameter(draw: &mut Draw, name: &'static str, above: &[Parameter]) -> Parameter {
    let row = if draw.one_in(2) { draw.below(2) } else { draw.below(CANDIDATES.len()) };
    let guards: Vec<&str> = above.iter().filter_map(|parameter| parameter.guard.as_deref()).collect();
    let label = name.trim_start_matches("r#");
    let (one, (_, guard, first, is_listed)) = candidates(draw, row, label);
    let is_one = guards.is_empty() || draw.one_in(2);
    if is_one {
        let guard = (!guard.is_empty()).then(|| guard.replace('#', name));
        let candidates = if one == "1..=8" && draw.one_in(2) { format!(": i32 = {one}") } else { format!(" = {one}") };
        return Parameter { name, candidates, guard, first: (!first.is_empty()).then_some(first), is_listed };
    }
    let ((two, second), (three, third)) =
        (candidates(draw, row, &format!("{label} 2")), candidates(draw, row, &format!("{label} 3")));
    let (guard, other) = (draw.pick(&guards), draw.pick(&guards));
    let (choice, is_optional) = match draw.below(6) {
        0 => (format!("if {guard} {{ {one} }}"), true),
        1 => (format!("if {guard} {{ {one} }} else {{ {two} }}"), false),
        2 => (format!("if {guard} {{ {one} }} else if !({other}) {{ {two} }} else {{ {three} }}"), false),
        3 => (format!("if {guard} {{ if {other} {{ {one} }} else {{ {two} }} }} else {{ None }}"), true),
        4 => (format!("match {guard} {{ true => {one}, _ => None }}"), true),
        _ => {
            (format!("match ({guard}, {other}) {{ (true, false) => {one}, (true, _) => {two}, _ => {three} }}"), false)
        }
    };
    let guard = is_optional.then(|| format!("{name}.is_some()"));
    let is_listed = is_listed && second.3 && third.3;
    Parameter { name, candidates: format!(" = {choice}"), guard, first: None, is_listed }
}

const TRIALS: [&str; 8] = [
    "RandomSampler::new()",
    "LhsSampler::new().trials(30)",
    "ClhSampler::new().trials(30)",
    "QmcSampler::new()",
    "TpeSampler::new().batch(4)",
    "BohbSampler::new().batch(3)",
    "Nsga2Sampler::new().population(10).batch(5)",
    "GridSampler::new()",
];
const PRUNING: [&str; 3] = [
    "TpeSampler::new().pruner(MedianPruner::new()).batch(4)",
    "RandomSampler::new().pruner(SuccessiveHalvingPruner::new()).batch(3)",
    "AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2)",
];
const BUDGETS: [&str; 6] = [
    "Hyperband::new(3.0)",
    "Hyperband::new(2.0).inner(TpeSampler::new().batch(4))",
    "Hyperband::new(3.0).inner(BohbSampler::new().batch(4))",
    "Asha::new(3.0).batch(4)",
    "Pasha::new(3.0).batch(4)",
    "Dehb::new(3.0)",
];

/// The parts in which the forms differ: what a body reads of its trial, and how a trial ends.
struct Body {
    item: &'static str,
    head: &'static str,
    /// In a loop, before the outcome.
    looped: &'static str,
    searched: &'static str,
    by_hand: &'static str,
    spent: &'static str,
    value: &'static str,
}

const PLAIN: Body =
    Body { item: "_", head: "0..30", looped: "", searched: "", by_hand: "", spent: "0.0", value: "outcome" };
const REPORTING: Body = Body {
    item: "trial",
    head: "0..30",
    looped: "for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { END } }",
    searched: "for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { END } }",
    by_hand: "for step in 0..4 { turn.report(step, sum / (step + 1) as f64).unwrap(); if turn.should_prune() { END } }",
    spent: "0.0",
    value: "outcome",
};
const RESUMED: Body = Body {
    item: "(resources, state)",
    head: "1.0..=9.0",
    looped: "let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);",
    searched: "let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);",
    by_hand: "let resources = turn.resources().unwrap(); let spent = states.insert(turn.configuration(), resources).unwrap_or(0.5);",
    spent: "resources + spent / 100.0",
    value: "(outcome, resources)",
};

fn sweep(draw: &mut Draw, number: usize) -> String {
    let mut parameters: Vec<Parameter> = Vec::new();
    for _ in 0..=draw.below(5) {
        let name = draw.pick(&NAMES);
        if parameters.iter().all(|parameter| parameter.name != name) {
            parameters.push(parameter(draw, name, &parameters));
        }
    }
    let (sampler, body) = match draw.below(4) {
        0 => (draw.pick(&BUDGETS), RESUMED),
        1 => (draw.pick(&PRUNING), REPORTING),
        _ => (draw.pick(&TRIALS), PLAIN),
    };
    let has_levels = parameters.iter().all(|parameter| parameter.is_listed);
    let sampler = if sampler.starts_with("Grid") && !has_levels { TRIALS[0] } else { sampler };
    let goals = if sampler.starts_with("Nsga2") { 2 } else { 1 };
    let goal = if goals == 2 { "[Minimize, Maximize]" } else { draw.pick(&["Minimize", "Maximize"]) };
    let repeats = draw.one_in(3);
    let first = parameters.iter().find(|parameter| parameter.first.is_some() && draw.one_in(3));
    // A plan of so many trials comes after the points to try first, and a loop counts both.
    let first = first.filter(|_| !sampler.contains(".trials("));
    let seed = draw.below(1000);
    let mut settings = format!("sampler = {sampler}, seed = {seed}, goal = {goal}, repeats = {repeats}");
    let mut setters = format!(".sampler({sampler}).seed({seed}).goal({goal}).repeats({repeats})");
    if let Some(Parameter { name, first: Some(first), .. }) = first {
        _ = write!(settings, ", try_first = [({name} = {first})]");
        let name = name.trim_start_matches("r#");
        _ = write!(setters, ".try_first(InitialPoints::named([[(\"{name}\", {first})]]))");
    }
    let list: Vec<String> = parameters.iter().map(|p| format!("{}{}", p.name, p.candidates)).collect();
    let space = list.join(",\n        ");
    let nums: Vec<String> = parameters.iter().map(|p| format!("{}.num()", p.name)).collect();
    let read: Vec<String> = parameters.iter().map(|p| format!("p.{}.num()", p.name)).collect();
    let fields: Vec<String> = parameters.iter().map(|p| format!("let {0} = p.{0}; ", p.name)).collect();
    let fields = fields.concat();
    let Body { item, head, looped, searched, by_hand, spent, value } = body;
    let sum = if body.item == "trial" { "let sum: f64 = nums.iter().sum(); " } else { "" };
    let nums = format!("let nums = [{}]; {sum}", nums.join(", "));
    let told = format!("outcome(&nums, {spent}, {goals})");
    let looped = format!(
        "'sweep: for {item} in {head} {{ {nums}{} let Some(outcome) = {told} else {{ continue 'sweep }}; {value} }}",
        looped.replace("END", "continue 'sweep")
    );
    let pruned = if item.starts_with('(') { "(Outcome::pruned(), resources)" } else { "Outcome::pruned()" };
    let (run, argument) = if item == "trial" { ("run_trials", "trial") } else { ("run", item) };
    let over = if item.starts_with('(') { format!(".over({head})") } else { String::new() };
    let (states, turns) =
        if over.is_empty() { ("", 30) } else { ("let mut states = std::collections::HashMap::new();\n    ", 10_000) };
    let searched = searched.replace("END", "return Outcome::pruned()");
    let by_hand = by_hand.replace("END", "continue 'turns");
    format!(
        "
#[test]
fn sweep_{number}() {{
    let one = hyperopt!(
        {settings},
        {space},
        {looped}
    );
    let threaded = thyperopt!(
        {settings},
        {space},
        {looped}
    );
    let parallel = phyperopt!(
        workers(3),
        {settings},
        {space},
        {looped}
    );
    let search = Search::new(space!(
        {space}
    )){setters}.{run}({head}, |{argument}, p| {{
        {fields}
        {nums}{searched}
        let Some(outcome) = {told} else {{ return {pruned} }};
        {value}
    }});
    let mut open = hyperopt!(
        {settings},
        {space}
    ){over};
    {states}'turns: for (turn, p) in open.turns({turns}) {{
        {fields}
        {nums}{by_hand}
        let Some(outcome) = {told} else {{ turn.prune(); continue 'turns }};
        turn.tell(outcome);
    }}
    let open = open.finish();
    agree(&[
        (\"hyperopt!\", seen(&one, |p| vec![{read}])),
        (\"thyperopt!\", seen(&threaded, |p| vec![{read}])),
        (\"phyperopt!\", seen(&parallel, |p| vec![{read}])),
        (\"Search\", seen(&search, |p| vec![{read}])),
        (\"ask and tell\", seen(&open, |p| vec![{read}])),
    ]);
}}
",
        read = read.join(", "),
    )
}

fn generated(seed: u64, sweeps: usize) -> String {
    let header = "// Written by generator.rs.\n\n\
        #[allow(unused_imports)]\nuse hyperopt::{InitialPoints, Outcome, prelude::*};\n\n\
        #[allow(unused_imports)]\nuse super::seen::{Kind, Num, agree, half, outcome, seen, square};\n";
    (0..sweeps).fold(header.to_owned(), |text, number| {
        text + &sweep(&mut Draw::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64)), number)
    })
}

fn variable(name: &str, default: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

const SWEEPS: u64 = 24;

#[test]
#[ignore = "writes a file of the source"]
fn written() {
    fs::write(FILE, generated(variable("SEED", 1), variable("SWEEPS", SWEEPS) as usize)).unwrap();
}

#[test]
fn the_file_is_what_the_generator_writes() {
    let file = fs::read_to_string(FILE).unwrap();
    // Under other variables, another file is tried.
    if env::var("SEED").is_err() {
        assert!(file == generated(1, SWEEPS as usize), "run `cargo test --test faces -- --ignored written`");
    }
}
