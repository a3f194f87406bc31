//! Tests of the messages about headers that people type: one each, and what it says to write is right.

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::expansion;
use crate::model::Mode;

/// A header that is wrong, what its message says, and the header that follows its advice.
struct Case(&'static str, &'static str, &'static str);

/// The messages in the expansion of `header`, each once, as rustc shows them.
fn messages(header: &str, mode: Mode) -> Vec<String> {
    let arguments = TokenStream::from_str(header).unwrap();
    let mut found = Vec::new();
    collect(expansion(quote!([hyperopt] #arguments), mode), &mut found);
    found.dedup();
    found
}

pub(crate) fn collect(stream: TokenStream, found: &mut Vec<String>) {
    let trees: Vec<_> = stream.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let named = |back: usize| index.checked_sub(back).map(|before| trees[before].to_string());
        if named(2).as_deref() == Some("compile_error") {
            let text: syn::LitStr = syn::parse2(group.stream()).unwrap();
            found.push(text.value());
        } else {
            collect(group.stream(), found);
        }
    }
}

/// The code that `message` says to write.
fn advice(message: &str) -> Vec<&str> {
    let written = message.split("write ").skip(1).filter_map(|rest| rest.strip_prefix('`'));
    written.filter_map(|rest| rest.split('`').next()).collect()
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace("{…}", "")
}

fn check(cases: &[Case], modes: &[Mode]) {
    for Case(header, says, corrected) in cases {
        for &mode in modes {
            let found = messages(header, mode);
            assert!(found.len() == 1 && found[0].contains(says), "{header}\nsays {found:#?}\nnot {says}");
            assert!(!found[0].starts_with(char::is_uppercase), "{found:?}");
            let corrected_says = messages(corrected, mode);
            assert!(corrected_says.is_empty(), "{corrected}\nsays {corrected_says:#?}");
        }
        let found = messages(header, modes[0]);
        let first = advice(&found[0]).first().map(|advice| plain(advice));
        assert!(
            first.is_none_or(|first| plain(corrected).contains(&first)),
            "{found:?}\nis not followed by\n{corrected}"
        );
    }
}

const ALL: [Mode; 3] = [Mode::Sequential, Mode::Threaded, Mode::Parallel];

macro_rules! cases {
    ($($header:literal: $says:literal => $corrected:literal,)*) => { [$(Case($header, $says, $corrected)),*] };
}

#[test]
fn names_of_settings() {
    let cases = cases![
        "goals = [Maximize], x = [1], for _ in 0..9 { x }": "`goals` is not a setting; write `goal = [Maximize]`, or the hyperparameter `r#goals = [Maximize]`"
            => "goal = [Maximize], r#goals = [1], x = [1], for _ in 0..9 { x }",
        "direction = \"maximize\", x = [1], for _ in 0..9 { x }": "write `goal = Maximize`" => "goal = Maximize, x = [1], for _ in 0..9 { x }",
        "direction = [\"minimize\"], x = [1], for _ in 0..9 { x }": "write `goal = [Minimize]`" => "goal = [Minimize], x = [1], for _ in 0..9 { x }",
        "maximize = true, x = [1], for _ in 0..9 { x }": "write `goal = Maximize`" => "goal = Maximize, x = [1], for _ in 0..9 { x }",
        "gaol = Minimize, x = [1], for _ in 0..9 { x }": "write `goal = Minimize`" => "goal = Minimize, x = [1], for _ in 0..9 { x }",
        "samplers = [TpeSampler::new()], x = [1], for _ in 0..9 { x }": "write `sampler = TpeSampler::new()`"
            => "sampler = TpeSampler::new(), x = [1], for _ in 0..9 { x }",
        "algo = TpeSampler::new(), x = [1], for _ in 0..9 { x }": "`algo` is not a setting; write `sampler = TpeSampler::new()`"
            => "sampler = TpeSampler::new(), x = [1], for _ in 0..9 { x }",
        "scheduler = Asha::new(3.0), x = [1], for (r, _) in 1..=9 { x }": "write `sampler = Asha::new(3.0)`"
            => "sampler = Asha::new(3.0), x = [1], for (r, _) in 1..=9 { x }",
        "sampler = TpeSampler::new(), pruner = MedianPruner::new(), x = [1], for _ in 0..9 { x }": "write `sampler = TpeSampler::new().pruner(MedianPruner::new())`"
            => "sampler = TpeSampler::new().pruner(MedianPruner::new()), x = [1], for _ in 0..9 { x }",
        "patience = 4, x = [1], for _ in 0..9 { x }": "write `no_progress = 4`, or the hyperparameter `patience = [4]`"
            => "no_progress = 4, patience = [4], x = [1], for _ in 0..9 { x }",
        "early_stopping = true, x = [1], for _ in 0..9 { x }": "write `no_progress = 20`"
            => "no_progress = 20, x = [1], for _ in 0..9 { x }",
        "target_loss = 0.25, x = [1], for _ in 0..9 { x }": "write `loss_threshold = 0.25`"
            => "loss_threshold = 0.25, x = [1], for _ in 0..9 { x }",
        "max_t = 81, x = [1], for _ in 0..9 { x }": "the budgets of a scheduler stand in the head"
            => "sampler = Hyperband::new(3.0), x = [1], for (resources, state) in 1..=81 { (x, state) }",
        "n_startup_trials = 5, x = [1], for _ in 0..9 { x }": "it is an option of the sampler"
            => "sampler = TpeSampler::new().startup(5), x = [1], for _ in 0..9 { x }",
        "n_trials = 10, x = [1], for _ in 0..9 { x }": "the number of trials stands in the head: write `for _ in 0..10 { … }`"
            => "x = [1], for _ in 0..10 { x }",
        "verbose = 1, x = [1], for _ in 0..9 { x }": "write `progress = true`" => "progress = true, x = [1], for _ in 0..9 { x }",
        "random_state = 42, x = [1], for _ in 0..9 { x }": "write `seed = 42`" => "seed = 42, x = [1], for _ in 0..9 { x }",
        "timeouts = Duration::from_secs(1), x = [1], for _ in 0..9 { x }": "write `timeout = Duration::from_secs(1)`"
            => "timeout = Duration::from_secs(1), x = [1], for _ in 0..9 { x }",
        "points_to_evaluate = [(x = 1)], x = [1], for _ in 0..9 { x }": "write `try_first = [(x = 1)]`"
            => "try_first = [(x = 1)], x = [1], for _ in 0..9 { x }",
        "on_eror = OnError::Stop, x = [1], for _ in 0..9 { x }": "write `on_error = OnError::Stop`"
            => "on_error = OnError::Stop, x = [1], for _ in 0..9 { x }",
    ];
    check(&cases, &ALL);
    let cases = cases!["workers = 2, x = [1], for _ in 0..9 { x }": "write `workers(2)` as the first argument" => "workers(2), x = [1], for _ in 0..9 { x }",];
    check(&cases, &[Mode::Parallel]);
}

#[test]
fn plausible_names_are_hyperparameters() {
    let names = "speed seeds feed need sample sampled repeat workers num_workers threads n_iter n_samples max_iter trials steps \
                 pruned direction mode metric objective optimizer algorithm scheduler verbose random_state storage start layers \
                 hop so no h timeouts sturdy goad loss method strategy budget epochs";
    for name in names.split_whitespace() {
        for candidates in ["[1, 2]", "1..=8", "log(1..=8)", "vec![1, 2]", "[\"a\", \"b\"]", "categorical(ALL)"] {
            let header = format!("{name} = {candidates}, x = [1], for _ in 0..9 {{ x }}");
            for mode in ALL {
                assert_eq!(messages(&header, mode), [""; 0], "{header}");
            }
        }
        for candidates in ["Progress::ALL", "Study::all()", "OnError::every()", "values", "&self.values"] {
            let header = format!("{name} = {candidates}, x = [1], for _ in 0..9 {{ x }}");
            assert_eq!(messages(&header, Mode::Sequential), [""; 0], "{header}");
        }
        let header = format!("r#{name} = values, for _ in 0..9 {{ 1 }}");
        assert_eq!(messages(&header, Mode::Sequential), [""; 0], "{header}");
    }
}

#[test]
fn values_of_settings() {
    let cases = cases![
        "sampler = TpeSampler, x = [1], for _ in 0..9 { x }": "`TpeSampler` is a type; write `TpeSampler::new()`" => "sampler = TpeSampler::new(), x = [1], for _ in 0..9 { x }",
        "sampler = RandomSampler, x = [1], for _ in 0..9 { x }": "write `RandomSampler::new()`" => "sampler = RandomSampler::new(), x = [1], for _ in 0..9 { x }",
        "sampler = Hyperband::new(), x = [1], for (r, _) in 1..=9 { x }": "write `Hyperband::new(3.0)`" => "sampler = Hyperband::new(3.0), x = [1], for (r, _) in 1..=9 { x }",
        "sampler = TpeSampler::new().pruner(MedianPruner), x = [1], for _ in 0..9 { x }": "write `MedianPruner::new()`"
            => "sampler = TpeSampler::new().pruner(MedianPruner::new()), x = [1], for _ in 0..9 { x }",
        "sampler = \"hyperband\", x = [1], for (r, _) in 1..=9 { x }": "write `sampler = Hyperband::new(3.0)`" => "sampler = Hyperband::new(3.0), x = [1], for (r, _) in 1..=9 { x }",
        "sampler = MedianPruner::new(), x = [1], for _ in 0..9 { x }": "a pruner is added to a sampler" => "sampler = TpeSampler::new().pruner(MedianPruner::new()), x = [1], for _ in 0..9 { x }",
        "sampler = TPESampler(), x = [1], for _ in 0..9 { x }": "write `sampler = TpeSampler::new()`" => "sampler = TpeSampler::new(), x = [1], for _ in 0..9 { x }",
        "goal = Max, x = [1], for _ in 0..9 { x }": "write `goal = Maximize`" => "goal = Maximize, x = [1], for _ in 0..9 { x }",
        "goal = (Minimize, Maximize), x = [1], for _ in 0..9 { [x, x] }": "write `goal = [Minimize, Maximize]`" => "goal = [Minimize, Maximize], x = [1], for _ in 0..9 { [x, x] }",
        "timeout = 60, x = [1], for _ in 0..9 { x }": "write `timeout = Duration::from_secs(60)`" => "timeout = Duration::from_secs(60), x = [1], for _ in 0..9 { x }",
        "on_error = \"stop\", x = [1], for _ in 0..9 { x }": "write `on_error = OnError::Stop`" => "on_error = OnError::Stop, x = [1], for _ in 0..9 { x }",
        "progress = \"bar\", x = [1], for _ in 0..9 { x }": "write `progress = true`" => "progress = true, x = [1], for _ in 0..9 { x }",
        "seed = None, x = [1], for _ in 0..9 { x }": "leave `seed` out" => "x = [1], for _ in 0..9 { x }",
        "seed = [1, 2], x = [1], for _ in 0..9 { x }": "`r#seed = [1, 2]`" => "r#seed = [1, 2], x = [1], for _ in 0..9 { x }",
        "seed: u64 = 1, x = [1], for _ in 0..9 { x }": "write `seed = …`" => "seed = …, x = [1], for _ in 0..9 { x }",
        "checkpoint = \"states\", x = [1], for _ in 0..9 { x }": "`checkpoint` is for budgets; leave it out" => "x = [1], for _ in 0..9 { x }",
        "spend = 100, x = [1], for _ in 0..9 { x }": "`spend` is for budgets; leave it out" => "x = [1], for _ in 0..9 { x }",
        "spend = \"100\", sampler = Hyperband::new(3.0), x = [1], for (_, _) in 1..=9 { x }": "write `spend = 1000`" => "spend = 1000, sampler = Hyperband::new(3.0), x = [1], for (_, _) in 1..=9 { x }",
        "try_first = [{x: 1.0}], x = [1], for _ in 0..9 { x }": "write `(x = 1.0)`" => "try_first = [(x = 1.0)], x = [1], for _ in 0..9 { x }",
        "study = \"sqlite:a.db\", x = [1], for _ in 0..9 { x }": "write `study = Study::open(\"sqlite:a.db\")?`" => "study = Study::open(\"sqlite:a.db\")?, x = [1], for _ in 0..9 { x }",
    ];
    let cases: Vec<Case> = cases.into_iter().filter(|case| !case.0.starts_with("seed:")).collect();
    check(&cases, &ALL);
}

#[test]
fn candidates() {
    let cases = cases![
        "x = [], for _ in 0..9 { 1 }": "`x` has no candidates; write at least one" => "x = [1], for _ in 0..9 { 1 }",
        "x = log(1e-5, 1e-1), for _ in 0..9 { x }": "write `log(1e-5..=1e-1)`" => "x = log(1e-5..=1e-1), for _ in 0..9 { x }",
        "x = log(1e-5, 1, 9), for _ in 0..9 { x }": "write `log(linrange(1e-5, 1.0, 9))`" => "x = log(linrange(1e-5, 1.0, 9)), for _ in 0..9 { x }",
        "x = 0..=1.0, for _ in 0..9 { x }": "write `0.0..=1.0`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
        "x = (0.0, 1.0), for _ in 0..9 { x }": "write `0.0..=1.0` for all between, or `[0.0, 1.0]`" => "x = 0.0..=1.0, for _ in 0..9 { x }",
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
