//! Messages about settings, and about hyperparameters that are meant as settings.

use super::{ALL, Case, cases, check, messages};
use crate::model::Mode;

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
        "stop = 0.25, x = [1], for _ in 0..9 { x }": "write `loss_threshold = 0.25`, `no_progress = 20`, `timeout = …` or a `break` in the body, or the hyperparameter `stop = [0.25]`"
            => "loss_threshold = 0.25, stop = [0.25], x = [1], for _ in 0..9 { x }",
        "stop = 30, x = [1], for _ in 0..9 { x }": "write `no_progress = 30`" => "no_progress = 30, x = [1], for _ in 0..9 { x }",
        "stop = StopAfter(3), x = [1], for _ in 0..9 { x }": "`stop` is not a setting" => "loss_threshold = 0.01, stop = [StopAfter(3)], x = [1], for _ in 0..9 { x }",
        "callback = |ho| true, x = [1], for _ in 0..9 { x }": "a `break` in the body" => "loss_threshold = 0.01, x = [1], for _ in 0..9 { x }",
        "eta = 4, x = [1], for _ in 0..9 { x }": "it is an argument of the scheduler: write `sampler = Hyperband::new(4.0)` and `for (resources, state) in 1..=81 { … }`, or the hyperparameter `eta = [4]`"
            => "sampler = Hyperband::new(4.0), eta = [4], x = [1], for (resources, state) in 1..=81 { (x, state) }",
        "eta = 0.3, x = [1], for _ in 0..9 { x }": "the hyperparameter `eta = [0.3]`" => "sampler = Hyperband::new(3.0), eta = [0.3], x = [1], for (resources, state) in 1..=81 { (x, state) }",
        "sampler = Asha::new(3.0), reduction_factor = 4.0, x = [1], for (r, _) in 1..=9 { x }": "write `sampler = Asha::new(4.0)`"
            => "sampler = Asha::new(4.0), x = [1], for (r, _) in 1..=9 { x }",
        "sampler = Bohb::tpe(), eta = 4, x = [1], for (r, _) in 1..=9 { x }": "write `sampler = Hyperband::new(4.0).inner(TpeSampler::new())`"
            => "sampler = Hyperband::new(4.0).inner(TpeSampler::new()), x = [1], for (r, _) in 1..=9 { x }",
        "sampler = AutoScheduler::new(), eta = 4, x = [1], for (r, _) in 1..=9 { x }": "write `sampler = AutoScheduler::new().eta(4.0)`"
            => "sampler = AutoScheduler::new().eta(4.0), x = [1], for (r, _) in 1..=9 { x }",
        "brackets = 3, x = [1], for _ in 0..9 { x }": "for more rounds of all of them, write `sampler = Hyperband::new(3.0).rounds(2)` and"
            => "sampler = Hyperband::new(3.0).rounds(2), x = [1], for (resources, state) in 1..=81 { (x, state) }",
        "sampler = Dehb::new(3.0), rounds = 3, x = [1], for (r, _) in 1..=9 { x }": "write `sampler = Dehb::new(3.0).rounds(3)`"
            => "sampler = Dehb::new(3.0).rounds(3), x = [1], for (r, _) in 1..=9 { x }",
        "sampler = Asha::new(3.0), n_configs = 30, x = [1], for (r, _) in 1..=9 { x }": "write `sampler = Asha::new(3.0).configurations(30)`"
            => "sampler = Asha::new(3.0).configurations(30), x = [1], for (r, _) in 1..=9 { x }",
        "sampler = Hyperband::new(3.0), n_trials = 30, x = [1], for (r, _) in 1..=9 { x }": "a scheduler counts configurations: write `sampler = Hyperband::new(3.0).configurations(30)`"
            => "sampler = Hyperband::new(3.0).configurations(30), x = [1], for (r, _) in 1..=9 { x }",
        "sampler = Hyperband::new(3.0), inner = TpeSampler::new(), x = [1], for (r, _) in 1..=9 { x }": "write `sampler = Hyperband::new(3.0).inner(TpeSampler::new())`"
            => "sampler = Hyperband::new(3.0).inner(TpeSampler::new()), x = [1], for (r, _) in 1..=9 { x }",
        "sampler = Hyperband::new(3.0), pruner = MedianPruner::new(), x = [1], for (r, _) in 1..=9 { x }": "a scheduler stops trials by itself; leave it out"
            => "sampler = Hyperband::new(3.0), x = [1], for (r, _) in 1..=9 { x }",
        "sampler = Hyperband::new(3.0), total_budget = 100, x = [1], for (r, _) in 1..=9 { x }": "write `spend = 100`" => "spend = 100, sampler = Hyperband::new(3.0), x = [1], for (r, _) in 1..=9 { x }",
        "total_budget = 100, x = [1], for _ in 0..9 { x }": "the number of trials stands in the head: write `for _ in 0..100 { … }`, or, with a scheduler, `spend = 100`" => "x = [1], for _ in 0..100 { x }",
        "spent = 100, x = [1], for _ in 0..9 { x }": "the number of trials stands in the head: write `for _ in 0..100 { … }`" => "spent = [100], x = [1], for _ in 0..100 { x }",
        "check_points = \"states\", x = [1], for _ in 0..9 { x }": "`checkpoint` is for budgets, and this sweep counts trials: leave it out" => "x = [1], for _ in 0..9 { x }",
        "timeot = 1..=9, x = [1], for _ in 0..9 { x }": "write `timeout = Duration::from_secs(60)`, or the hyperparameter `r#timeot = 1..=9`" => "timeout = Duration::from_secs(60), r#timeot = 1..=9, x = [1], for _ in 0..9 { x }",
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
                 hop so no h timeouts sturdy goad loss method strategy budget epochs eta stop brackets rounds configurations \
                 total_budget patience spent spends upend callback reduction_factor";
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
        "spend = 1..=100, x = [1], for _ in 0..9 { x }": "for a hyperparameter of this name, write `r#spend = 1..=100`" => "r#spend = 1..=100, x = [1], for _ in 0..9 { x }",
        "spend = 100, x = [1], for _ in 0..9 { x }": "`spend` is for budgets; leave it out" => "x = [1], for _ in 0..9 { x }",
        "spend = \"100\", sampler = Hyperband::new(3.0), x = [1], for (_, _) in 1..=9 { x }": "write `spend = 1000`" => "spend = 1000, sampler = Hyperband::new(3.0), x = [1], for (_, _) in 1..=9 { x }",
        "try_first = [{x: 1.0}], x = [1], for _ in 0..9 { x }": "write `(x = 1.0)`" => "try_first = [(x = 1.0)], x = [1], for _ in 0..9 { x }",
        "study = \"sqlite:a.db\", x = [1], for _ in 0..9 { x }": "write `study = Study::open(\"sqlite:a.db\")?`" => "study = Study::open(\"sqlite:a.db\")?, x = [1], for _ in 0..9 { x }",
    ];
    let cases: Vec<Case> = cases.into_iter().filter(|case| !case.0.starts_with("seed:")).collect();
    check(&cases, &ALL);
}
