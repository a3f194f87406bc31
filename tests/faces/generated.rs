// Written by generator.rs.

#[allow(unused_imports)]
use hyperopt::{InitialPoints, Outcome, prelude::*};

#[allow(unused_imports)]
use super::seen::{Kind, Num, agree, half, outcome, seen, square};

#[test]
fn sweep_0() {
    let one = hyperopt!(
        sampler = Hyperband::new(3.0), seed = 448, goal = Minimize, repeats = false,
        rate = bilog(-100.0..=100.0),
        a = if rate.abs() > 1.0 { if rate.abs() > 1.0 { hp::normal("a", 0, 2) } else { hp::qloguniform("a 2", 0, 3, 1) } } else { None },
        layers_2 = [true, false],
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [rate.num(), a.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let threaded = thyperopt!(
        sampler = Hyperband::new(3.0), seed = 448, goal = Minimize, repeats = false,
        rate = bilog(-100.0..=100.0),
        a = if rate.abs() > 1.0 { if rate.abs() > 1.0 { hp::normal("a", 0, 2) } else { hp::qloguniform("a 2", 0, 3, 1) } } else { None },
        layers_2 = [true, false],
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [rate.num(), a.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Hyperband::new(3.0), seed = 448, goal = Minimize, repeats = false,
        rate = bilog(-100.0..=100.0),
        a = if rate.abs() > 1.0 { if rate.abs() > 1.0 { hp::normal("a", 0, 2) } else { hp::qloguniform("a 2", 0, 3, 1) } } else { None },
        layers_2 = [true, false],
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [rate.num(), a.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let search = Search::new(space!(
        rate = bilog(-100.0..=100.0),
        a = if rate.abs() > 1.0 { if rate.abs() > 1.0 { hp::normal("a", 0, 2) } else { hp::qloguniform("a 2", 0, 3, 1) } } else { None },
        layers_2 = [true, false]
    )).sampler(Hyperband::new(3.0)).seed(448).goal(Minimize).repeats(false).run(1.0..=9.0, |(resources, state), p| {
        let rate = p.rate; let a = p.a; let layers_2 = p.layers_2; 
        let nums = [rate.num(), a.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { return (Outcome::pruned(), resources) };
        (outcome, resources)
    });
    let mut open = hyperopt!(
        sampler = Hyperband::new(3.0), seed = 448, goal = Minimize, repeats = false,
        rate = bilog(-100.0..=100.0),
        a = if rate.abs() > 1.0 { if rate.abs() > 1.0 { hp::normal("a", 0, 2) } else { hp::qloguniform("a 2", 0, 3, 1) } } else { None },
        layers_2 = [true, false]
    ).over(1.0..=9.0);
    let mut states = std::collections::HashMap::new();
    'turns: for (turn, p) in open.turns(10000) {
        let rate = p.rate; let a = p.a; let layers_2 = p.layers_2; 
        let nums = [rate.num(), a.num(), layers_2.num()]; let resources = turn.resources().unwrap(); let spent = states.insert(turn.configuration(), resources).unwrap_or(0.5);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.rate.num(), p.a.num(), p.layers_2.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.rate.num(), p.a.num(), p.layers_2.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.rate.num(), p.a.num(), p.layers_2.num()])),
        ("Search", seen(&search, |p| vec![p.rate.num(), p.a.num(), p.layers_2.num()])),
        ("ask and tell", seen(&open, |p| vec![p.rate.num(), p.a.num(), p.layers_2.num()])),
    ]);
}

#[test]
fn sweep_1() {
    let one = hyperopt!(
        sampler = Dehb::new(3.0), seed = 122, goal = Maximize, repeats = true,
        rate = hp::uniformint("rate", -3_i64, 9),
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [rate.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let threaded = thyperopt!(
        sampler = Dehb::new(3.0), seed = 122, goal = Maximize, repeats = true,
        rate = hp::uniformint("rate", -3_i64, 9),
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [rate.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Dehb::new(3.0), seed = 122, goal = Maximize, repeats = true,
        rate = hp::uniformint("rate", -3_i64, 9),
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [rate.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let search = Search::new(space!(
        rate = hp::uniformint("rate", -3_i64, 9)
    )).sampler(Dehb::new(3.0)).seed(122).goal(Maximize).repeats(true).run(1.0..=9.0, |(resources, state), p| {
        let rate = p.rate; 
        let nums = [rate.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { return (Outcome::pruned(), resources) };
        (outcome, resources)
    });
    let mut open = hyperopt!(
        sampler = Dehb::new(3.0), seed = 122, goal = Maximize, repeats = true,
        rate = hp::uniformint("rate", -3_i64, 9)
    ).over(1.0..=9.0);
    let mut states = std::collections::HashMap::new();
    'turns: for (turn, p) in open.turns(10000) {
        let rate = p.rate; 
        let nums = [rate.num()]; let resources = turn.resources().unwrap(); let spent = states.insert(turn.configuration(), resources).unwrap_or(0.5);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.rate.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.rate.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.rate.num()])),
        ("Search", seen(&search, |p| vec![p.rate.num()])),
        ("ask and tell", seen(&open, |p| vec![p.rate.num()])),
    ]);
}

#[test]
fn sweep_2() {
    let one = hyperopt!(
        sampler = Dehb::new(3.0), seed = 535, goal = Maximize, repeats = true,
        _x = [0_u8, 255],
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [_x.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let threaded = thyperopt!(
        sampler = Dehb::new(3.0), seed = 535, goal = Maximize, repeats = true,
        _x = [0_u8, 255],
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [_x.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Dehb::new(3.0), seed = 535, goal = Maximize, repeats = true,
        _x = [0_u8, 255],
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [_x.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let search = Search::new(space!(
        _x = [0_u8, 255]
    )).sampler(Dehb::new(3.0)).seed(535).goal(Maximize).repeats(true).run(1.0..=9.0, |(resources, state), p| {
        let _x = p._x; 
        let nums = [_x.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { return (Outcome::pruned(), resources) };
        (outcome, resources)
    });
    let mut open = hyperopt!(
        sampler = Dehb::new(3.0), seed = 535, goal = Maximize, repeats = true,
        _x = [0_u8, 255]
    ).over(1.0..=9.0);
    let mut states = std::collections::HashMap::new();
    'turns: for (turn, p) in open.turns(10000) {
        let _x = p._x; 
        let nums = [_x.num()]; let resources = turn.resources().unwrap(); let spent = states.insert(turn.configuration(), resources).unwrap_or(0.5);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p._x.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p._x.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p._x.num()])),
        ("Search", seen(&search, |p| vec![p._x.num()])),
        ("ask and tell", seen(&open, |p| vec![p._x.num()])),
    ]);
}

#[test]
fn sweep_3() {
    let one = hyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 477, goal = Maximize, repeats = false, try_first = [(n_estimators = 16)],
        n_estimators = ordinal([16, 32, 64]),
        r#seed = categorical(["a", "b"]).labels(["x", "y"]),
        'sweep: for trial in 0..30 { let nums = [n_estimators.num(), r#seed.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 477, goal = Maximize, repeats = false, try_first = [(n_estimators = 16)],
        n_estimators = ordinal([16, 32, 64]),
        r#seed = categorical(["a", "b"]).labels(["x", "y"]),
        'sweep: for trial in 0..30 { let nums = [n_estimators.num(), r#seed.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 477, goal = Maximize, repeats = false, try_first = [(n_estimators = 16)],
        n_estimators = ordinal([16, 32, 64]),
        r#seed = categorical(["a", "b"]).labels(["x", "y"]),
        'sweep: for trial in 0..30 { let nums = [n_estimators.num(), r#seed.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        n_estimators = ordinal([16, 32, 64]),
        r#seed = categorical(["a", "b"]).labels(["x", "y"])
    )).sampler(TpeSampler::new().pruner(MedianPruner::new()).batch(4)).seed(477).goal(Maximize).repeats(false).try_first(InitialPoints::named([[("n_estimators", 16)]])).run_trials(0..30, |trial, p| {
        let n_estimators = p.n_estimators; let r#seed = p.r#seed; 
        let nums = [n_estimators.num(), r#seed.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { return Outcome::pruned() } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 477, goal = Maximize, repeats = false, try_first = [(n_estimators = 16)],
        n_estimators = ordinal([16, 32, 64]),
        r#seed = categorical(["a", "b"]).labels(["x", "y"])
    );
    'turns: for (turn, p) in open.turns(30) {
        let n_estimators = p.n_estimators; let r#seed = p.r#seed; 
        let nums = [n_estimators.num(), r#seed.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { turn.report(step, sum / (step + 1) as f64).unwrap(); if turn.should_prune() { continue 'turns } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.n_estimators.num(), p.r#seed.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.n_estimators.num(), p.r#seed.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.n_estimators.num(), p.r#seed.num()])),
        ("Search", seen(&search, |p| vec![p.n_estimators.num(), p.r#seed.num()])),
        ("ask and tell", seen(&open, |p| vec![p.n_estimators.num(), p.r#seed.num()])),
    ]);
}

#[test]
fn sweep_4() {
    let one = hyperopt!(
        sampler = Hyperband::new(2.0).inner(TpeSampler::new().batch(4)), seed = 623, goal = Minimize, repeats = false,
        r#type = bilog(-100.0..=100.0),
        layers_2 = if r#type.abs() > 1.0 { if r#type.abs() > 1.0 { -4..4 } else { [1, 2, 4] } } else { None },
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [r#type.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let threaded = thyperopt!(
        sampler = Hyperband::new(2.0).inner(TpeSampler::new().batch(4)), seed = 623, goal = Minimize, repeats = false,
        r#type = bilog(-100.0..=100.0),
        layers_2 = if r#type.abs() > 1.0 { if r#type.abs() > 1.0 { -4..4 } else { [1, 2, 4] } } else { None },
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [r#type.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Hyperband::new(2.0).inner(TpeSampler::new().batch(4)), seed = 623, goal = Minimize, repeats = false,
        r#type = bilog(-100.0..=100.0),
        layers_2 = if r#type.abs() > 1.0 { if r#type.abs() > 1.0 { -4..4 } else { [1, 2, 4] } } else { None },
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [r#type.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let search = Search::new(space!(
        r#type = bilog(-100.0..=100.0),
        layers_2 = if r#type.abs() > 1.0 { if r#type.abs() > 1.0 { -4..4 } else { [1, 2, 4] } } else { None }
    )).sampler(Hyperband::new(2.0).inner(TpeSampler::new().batch(4))).seed(623).goal(Minimize).repeats(false).run(1.0..=9.0, |(resources, state), p| {
        let r#type = p.r#type; let layers_2 = p.layers_2; 
        let nums = [r#type.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { return (Outcome::pruned(), resources) };
        (outcome, resources)
    });
    let mut open = hyperopt!(
        sampler = Hyperband::new(2.0).inner(TpeSampler::new().batch(4)), seed = 623, goal = Minimize, repeats = false,
        r#type = bilog(-100.0..=100.0),
        layers_2 = if r#type.abs() > 1.0 { if r#type.abs() > 1.0 { -4..4 } else { [1, 2, 4] } } else { None }
    ).over(1.0..=9.0);
    let mut states = std::collections::HashMap::new();
    'turns: for (turn, p) in open.turns(10000) {
        let r#type = p.r#type; let layers_2 = p.layers_2; 
        let nums = [r#type.num(), layers_2.num()]; let resources = turn.resources().unwrap(); let spent = states.insert(turn.configuration(), resources).unwrap_or(0.5);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.r#type.num(), p.layers_2.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.r#type.num(), p.layers_2.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.r#type.num(), p.layers_2.num()])),
        ("Search", seen(&search, |p| vec![p.r#type.num(), p.layers_2.num()])),
        ("ask and tell", seen(&open, |p| vec![p.r#type.num(), p.layers_2.num()])),
    ]);
}

#[test]
fn sweep_5() {
    let one = hyperopt!(
        sampler = Hyperband::new(3.0), seed = 237, goal = Minimize, repeats = true,
        layers_2 = [0_u8, 255],
        r#seed = if layers_2 == 0 { log(1e-5..=1e-1) } else { -5.0..=5.0 },
        a = if layers_2 == 0 { 1..=8 } else if !(layers_2 == 0) { ordinal([16, 32, 64]) } else { 1..=8 },
        r#type = [half as fn(f64) -> f64, square],
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [layers_2.num(), r#seed.num(), a.num(), r#type.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let threaded = thyperopt!(
        sampler = Hyperband::new(3.0), seed = 237, goal = Minimize, repeats = true,
        layers_2 = [0_u8, 255],
        r#seed = if layers_2 == 0 { log(1e-5..=1e-1) } else { -5.0..=5.0 },
        a = if layers_2 == 0 { 1..=8 } else if !(layers_2 == 0) { ordinal([16, 32, 64]) } else { 1..=8 },
        r#type = [half as fn(f64) -> f64, square],
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [layers_2.num(), r#seed.num(), a.num(), r#type.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Hyperband::new(3.0), seed = 237, goal = Minimize, repeats = true,
        layers_2 = [0_u8, 255],
        r#seed = if layers_2 == 0 { log(1e-5..=1e-1) } else { -5.0..=5.0 },
        a = if layers_2 == 0 { 1..=8 } else if !(layers_2 == 0) { ordinal([16, 32, 64]) } else { 1..=8 },
        r#type = [half as fn(f64) -> f64, square],
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [layers_2.num(), r#seed.num(), a.num(), r#type.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let search = Search::new(space!(
        layers_2 = [0_u8, 255],
        r#seed = if layers_2 == 0 { log(1e-5..=1e-1) } else { -5.0..=5.0 },
        a = if layers_2 == 0 { 1..=8 } else if !(layers_2 == 0) { ordinal([16, 32, 64]) } else { 1..=8 },
        r#type = [half as fn(f64) -> f64, square]
    )).sampler(Hyperband::new(3.0)).seed(237).goal(Minimize).repeats(true).run(1.0..=9.0, |(resources, state), p| {
        let layers_2 = p.layers_2; let r#seed = p.r#seed; let a = p.a; let r#type = p.r#type; 
        let nums = [layers_2.num(), r#seed.num(), a.num(), r#type.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { return (Outcome::pruned(), resources) };
        (outcome, resources)
    });
    let mut open = hyperopt!(
        sampler = Hyperband::new(3.0), seed = 237, goal = Minimize, repeats = true,
        layers_2 = [0_u8, 255],
        r#seed = if layers_2 == 0 { log(1e-5..=1e-1) } else { -5.0..=5.0 },
        a = if layers_2 == 0 { 1..=8 } else if !(layers_2 == 0) { ordinal([16, 32, 64]) } else { 1..=8 },
        r#type = [half as fn(f64) -> f64, square]
    ).over(1.0..=9.0);
    let mut states = std::collections::HashMap::new();
    'turns: for (turn, p) in open.turns(10000) {
        let layers_2 = p.layers_2; let r#seed = p.r#seed; let a = p.a; let r#type = p.r#type; 
        let nums = [layers_2.num(), r#seed.num(), a.num(), r#type.num()]; let resources = turn.resources().unwrap(); let spent = states.insert(turn.configuration(), resources).unwrap_or(0.5);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.layers_2.num(), p.r#seed.num(), p.a.num(), p.r#type.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.layers_2.num(), p.r#seed.num(), p.a.num(), p.r#type.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.layers_2.num(), p.r#seed.num(), p.a.num(), p.r#type.num()])),
        ("Search", seen(&search, |p| vec![p.layers_2.num(), p.r#seed.num(), p.a.num(), p.r#type.num()])),
        ("ask and tell", seen(&open, |p| vec![p.layers_2.num(), p.r#seed.num(), p.a.num(), p.r#type.num()])),
    ]);
}

#[test]
fn sweep_6() {
    let one = hyperopt!(
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 655, goal = Maximize, repeats = true,
        r#type = ["relu", "tanh", "elu"],
        'sweep: for trial in 0..30 { let nums = [r#type.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 655, goal = Maximize, repeats = true,
        r#type = ["relu", "tanh", "elu"],
        'sweep: for trial in 0..30 { let nums = [r#type.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 655, goal = Maximize, repeats = true,
        r#type = ["relu", "tanh", "elu"],
        'sweep: for trial in 0..30 { let nums = [r#type.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        r#type = ["relu", "tanh", "elu"]
    )).sampler(AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2)).seed(655).goal(Maximize).repeats(true).run_trials(0..30, |trial, p| {
        let r#type = p.r#type; 
        let nums = [r#type.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { return Outcome::pruned() } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 655, goal = Maximize, repeats = true,
        r#type = ["relu", "tanh", "elu"]
    );
    'turns: for (turn, p) in open.turns(30) {
        let r#type = p.r#type; 
        let nums = [r#type.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { turn.report(step, sum / (step + 1) as f64).unwrap(); if turn.should_prune() { continue 'turns } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.r#type.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.r#type.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.r#type.num()])),
        ("Search", seen(&search, |p| vec![p.r#type.num()])),
        ("ask and tell", seen(&open, |p| vec![p.r#type.num()])),
    ]);
}

#[test]
fn sweep_7() {
    let one = hyperopt!(
        sampler = BohbSampler::new().batch(3), seed = 362, goal = Minimize, repeats = true,
        r#seed = hp::uniform("seed", -1, 1),
        layers_2 = hp::randint("layers_2", 6),
        n_estimators = [half as fn(f64) -> f64, square],
        'sweep: for _ in 0..30 { let nums = [r#seed.num(), layers_2.num(), n_estimators.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = BohbSampler::new().batch(3), seed = 362, goal = Minimize, repeats = true,
        r#seed = hp::uniform("seed", -1, 1),
        layers_2 = hp::randint("layers_2", 6),
        n_estimators = [half as fn(f64) -> f64, square],
        'sweep: for _ in 0..30 { let nums = [r#seed.num(), layers_2.num(), n_estimators.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = BohbSampler::new().batch(3), seed = 362, goal = Minimize, repeats = true,
        r#seed = hp::uniform("seed", -1, 1),
        layers_2 = hp::randint("layers_2", 6),
        n_estimators = [half as fn(f64) -> f64, square],
        'sweep: for _ in 0..30 { let nums = [r#seed.num(), layers_2.num(), n_estimators.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        r#seed = hp::uniform("seed", -1, 1),
        layers_2 = hp::randint("layers_2", 6),
        n_estimators = [half as fn(f64) -> f64, square]
    )).sampler(BohbSampler::new().batch(3)).seed(362).goal(Minimize).repeats(true).run(0..30, |_, p| {
        let r#seed = p.r#seed; let layers_2 = p.layers_2; let n_estimators = p.n_estimators; 
        let nums = [r#seed.num(), layers_2.num(), n_estimators.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = BohbSampler::new().batch(3), seed = 362, goal = Minimize, repeats = true,
        r#seed = hp::uniform("seed", -1, 1),
        layers_2 = hp::randint("layers_2", 6),
        n_estimators = [half as fn(f64) -> f64, square]
    );
    'turns: for (turn, p) in open.turns(30) {
        let r#seed = p.r#seed; let layers_2 = p.layers_2; let n_estimators = p.n_estimators; 
        let nums = [r#seed.num(), layers_2.num(), n_estimators.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.r#seed.num(), p.layers_2.num(), p.n_estimators.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.r#seed.num(), p.layers_2.num(), p.n_estimators.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.r#seed.num(), p.layers_2.num(), p.n_estimators.num()])),
        ("Search", seen(&search, |p| vec![p.r#seed.num(), p.layers_2.num(), p.n_estimators.num()])),
        ("ask and tell", seen(&open, |p| vec![p.r#seed.num(), p.layers_2.num(), p.n_estimators.num()])),
    ]);
}

#[test]
fn sweep_8() {
    let one = hyperopt!(
        sampler = Dehb::new(3.0), seed = 483, goal = Maximize, repeats = false, try_first = [(r#type = 1.5)],
        r#type = vec![1.5],
        _x = ordinal([16, 32, 64]),
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [r#type.num(), _x.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let threaded = thyperopt!(
        sampler = Dehb::new(3.0), seed = 483, goal = Maximize, repeats = false, try_first = [(r#type = 1.5)],
        r#type = vec![1.5],
        _x = ordinal([16, 32, 64]),
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [r#type.num(), _x.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Dehb::new(3.0), seed = 483, goal = Maximize, repeats = false, try_first = [(r#type = 1.5)],
        r#type = vec![1.5],
        _x = ordinal([16, 32, 64]),
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [r#type.num(), _x.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let search = Search::new(space!(
        r#type = vec![1.5],
        _x = ordinal([16, 32, 64])
    )).sampler(Dehb::new(3.0)).seed(483).goal(Maximize).repeats(false).try_first(InitialPoints::named([[("type", 1.5)]])).run(1.0..=9.0, |(resources, state), p| {
        let r#type = p.r#type; let _x = p._x; 
        let nums = [r#type.num(), _x.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { return (Outcome::pruned(), resources) };
        (outcome, resources)
    });
    let mut open = hyperopt!(
        sampler = Dehb::new(3.0), seed = 483, goal = Maximize, repeats = false, try_first = [(r#type = 1.5)],
        r#type = vec![1.5],
        _x = ordinal([16, 32, 64])
    ).over(1.0..=9.0);
    let mut states = std::collections::HashMap::new();
    'turns: for (turn, p) in open.turns(10000) {
        let r#type = p.r#type; let _x = p._x; 
        let nums = [r#type.num(), _x.num()]; let resources = turn.resources().unwrap(); let spent = states.insert(turn.configuration(), resources).unwrap_or(0.5);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.r#type.num(), p._x.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.r#type.num(), p._x.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.r#type.num(), p._x.num()])),
        ("Search", seen(&search, |p| vec![p.r#type.num(), p._x.num()])),
        ("ask and tell", seen(&open, |p| vec![p.r#type.num(), p._x.num()])),
    ]);
}

#[test]
fn sweep_9() {
    let one = hyperopt!(
        sampler = BohbSampler::new().batch(3), seed = 151, goal = Minimize, repeats = false,
        layers_2 = ordinal([16, 32, 64]),
        a = if layers_2 >= 32 { if layers_2 >= 32 { categorical(["a", "b"]).labels(["x", "y"]) } else { ["relu", "tanh", "elu"] } } else { None },
        rate = if a.is_some() { if layers_2 >= 32 { hp::uniform("rate", -1, 1) } else { bilog(-100.0..=100.0) } } else { None },
        größe = match (a.is_some(), a.is_some()) { (true, false) => (1..=20).prior(5), (true, _) => 1..=8, _ => [1, 2, 4] },
        'sweep: for _ in 0..30 { let nums = [layers_2.num(), a.num(), rate.num(), größe.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = BohbSampler::new().batch(3), seed = 151, goal = Minimize, repeats = false,
        layers_2 = ordinal([16, 32, 64]),
        a = if layers_2 >= 32 { if layers_2 >= 32 { categorical(["a", "b"]).labels(["x", "y"]) } else { ["relu", "tanh", "elu"] } } else { None },
        rate = if a.is_some() { if layers_2 >= 32 { hp::uniform("rate", -1, 1) } else { bilog(-100.0..=100.0) } } else { None },
        größe = match (a.is_some(), a.is_some()) { (true, false) => (1..=20).prior(5), (true, _) => 1..=8, _ => [1, 2, 4] },
        'sweep: for _ in 0..30 { let nums = [layers_2.num(), a.num(), rate.num(), größe.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = BohbSampler::new().batch(3), seed = 151, goal = Minimize, repeats = false,
        layers_2 = ordinal([16, 32, 64]),
        a = if layers_2 >= 32 { if layers_2 >= 32 { categorical(["a", "b"]).labels(["x", "y"]) } else { ["relu", "tanh", "elu"] } } else { None },
        rate = if a.is_some() { if layers_2 >= 32 { hp::uniform("rate", -1, 1) } else { bilog(-100.0..=100.0) } } else { None },
        größe = match (a.is_some(), a.is_some()) { (true, false) => (1..=20).prior(5), (true, _) => 1..=8, _ => [1, 2, 4] },
        'sweep: for _ in 0..30 { let nums = [layers_2.num(), a.num(), rate.num(), größe.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        layers_2 = ordinal([16, 32, 64]),
        a = if layers_2 >= 32 { if layers_2 >= 32 { categorical(["a", "b"]).labels(["x", "y"]) } else { ["relu", "tanh", "elu"] } } else { None },
        rate = if a.is_some() { if layers_2 >= 32 { hp::uniform("rate", -1, 1) } else { bilog(-100.0..=100.0) } } else { None },
        größe = match (a.is_some(), a.is_some()) { (true, false) => (1..=20).prior(5), (true, _) => 1..=8, _ => [1, 2, 4] }
    )).sampler(BohbSampler::new().batch(3)).seed(151).goal(Minimize).repeats(false).run(0..30, |_, p| {
        let layers_2 = p.layers_2; let a = p.a; let rate = p.rate; let größe = p.größe; 
        let nums = [layers_2.num(), a.num(), rate.num(), größe.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = BohbSampler::new().batch(3), seed = 151, goal = Minimize, repeats = false,
        layers_2 = ordinal([16, 32, 64]),
        a = if layers_2 >= 32 { if layers_2 >= 32 { categorical(["a", "b"]).labels(["x", "y"]) } else { ["relu", "tanh", "elu"] } } else { None },
        rate = if a.is_some() { if layers_2 >= 32 { hp::uniform("rate", -1, 1) } else { bilog(-100.0..=100.0) } } else { None },
        größe = match (a.is_some(), a.is_some()) { (true, false) => (1..=20).prior(5), (true, _) => 1..=8, _ => [1, 2, 4] }
    );
    'turns: for (turn, p) in open.turns(30) {
        let layers_2 = p.layers_2; let a = p.a; let rate = p.rate; let größe = p.größe; 
        let nums = [layers_2.num(), a.num(), rate.num(), größe.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.layers_2.num(), p.a.num(), p.rate.num(), p.größe.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.layers_2.num(), p.a.num(), p.rate.num(), p.größe.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.layers_2.num(), p.a.num(), p.rate.num(), p.größe.num()])),
        ("Search", seen(&search, |p| vec![p.layers_2.num(), p.a.num(), p.rate.num(), p.größe.num()])),
        ("ask and tell", seen(&open, |p| vec![p.layers_2.num(), p.a.num(), p.rate.num(), p.größe.num()])),
    ]);
}

#[test]
fn sweep_10() {
    let one = hyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 584, goal = Maximize, repeats = false,
        rate = hp::qloguniform("rate", 0, 3, 1),
        _x = hp::uniformint("_x", -3_i64, 9),
        layers_2 = match (_x > 2, rate > 4.0) { (true, false) => hp::uniform("layers_2", -1, 1), (true, _) => hp::uniform("layers_2 2", -1, 1), _ => -5.0..=5.0 },
        'sweep: for trial in 0..30 { let nums = [rate.num(), _x.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 584, goal = Maximize, repeats = false,
        rate = hp::qloguniform("rate", 0, 3, 1),
        _x = hp::uniformint("_x", -3_i64, 9),
        layers_2 = match (_x > 2, rate > 4.0) { (true, false) => hp::uniform("layers_2", -1, 1), (true, _) => hp::uniform("layers_2 2", -1, 1), _ => -5.0..=5.0 },
        'sweep: for trial in 0..30 { let nums = [rate.num(), _x.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 584, goal = Maximize, repeats = false,
        rate = hp::qloguniform("rate", 0, 3, 1),
        _x = hp::uniformint("_x", -3_i64, 9),
        layers_2 = match (_x > 2, rate > 4.0) { (true, false) => hp::uniform("layers_2", -1, 1), (true, _) => hp::uniform("layers_2 2", -1, 1), _ => -5.0..=5.0 },
        'sweep: for trial in 0..30 { let nums = [rate.num(), _x.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        rate = hp::qloguniform("rate", 0, 3, 1),
        _x = hp::uniformint("_x", -3_i64, 9),
        layers_2 = match (_x > 2, rate > 4.0) { (true, false) => hp::uniform("layers_2", -1, 1), (true, _) => hp::uniform("layers_2 2", -1, 1), _ => -5.0..=5.0 }
    )).sampler(TpeSampler::new().pruner(MedianPruner::new()).batch(4)).seed(584).goal(Maximize).repeats(false).run_trials(0..30, |trial, p| {
        let rate = p.rate; let _x = p._x; let layers_2 = p.layers_2; 
        let nums = [rate.num(), _x.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { return Outcome::pruned() } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 584, goal = Maximize, repeats = false,
        rate = hp::qloguniform("rate", 0, 3, 1),
        _x = hp::uniformint("_x", -3_i64, 9),
        layers_2 = match (_x > 2, rate > 4.0) { (true, false) => hp::uniform("layers_2", -1, 1), (true, _) => hp::uniform("layers_2 2", -1, 1), _ => -5.0..=5.0 }
    );
    'turns: for (turn, p) in open.turns(30) {
        let rate = p.rate; let _x = p._x; let layers_2 = p.layers_2; 
        let nums = [rate.num(), _x.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { turn.report(step, sum / (step + 1) as f64).unwrap(); if turn.should_prune() { continue 'turns } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.rate.num(), p._x.num(), p.layers_2.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.rate.num(), p._x.num(), p.layers_2.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.rate.num(), p._x.num(), p.layers_2.num()])),
        ("Search", seen(&search, |p| vec![p.rate.num(), p._x.num(), p.layers_2.num()])),
        ("ask and tell", seen(&open, |p| vec![p.rate.num(), p._x.num(), p.layers_2.num()])),
    ]);
}

#[test]
fn sweep_11() {
    let one = hyperopt!(
        sampler = GridSampler::new(), seed = 75, goal = Maximize, repeats = true, try_first = [(größe = -1)],
        r#type = (1..=20).prior(5),
        _x = log(1..=64),
        größe = -4..4,
        'sweep: for _ in 0..30 { let nums = [r#type.num(), _x.num(), größe.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = GridSampler::new(), seed = 75, goal = Maximize, repeats = true, try_first = [(größe = -1)],
        r#type = (1..=20).prior(5),
        _x = log(1..=64),
        größe = -4..4,
        'sweep: for _ in 0..30 { let nums = [r#type.num(), _x.num(), größe.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = GridSampler::new(), seed = 75, goal = Maximize, repeats = true, try_first = [(größe = -1)],
        r#type = (1..=20).prior(5),
        _x = log(1..=64),
        größe = -4..4,
        'sweep: for _ in 0..30 { let nums = [r#type.num(), _x.num(), größe.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        r#type = (1..=20).prior(5),
        _x = log(1..=64),
        größe = -4..4
    )).sampler(GridSampler::new()).seed(75).goal(Maximize).repeats(true).try_first(InitialPoints::named([[("größe", -1)]])).run(0..30, |_, p| {
        let r#type = p.r#type; let _x = p._x; let größe = p.größe; 
        let nums = [r#type.num(), _x.num(), größe.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = GridSampler::new(), seed = 75, goal = Maximize, repeats = true, try_first = [(größe = -1)],
        r#type = (1..=20).prior(5),
        _x = log(1..=64),
        größe = -4..4
    );
    'turns: for (turn, p) in open.turns(30) {
        let r#type = p.r#type; let _x = p._x; let größe = p.größe; 
        let nums = [r#type.num(), _x.num(), größe.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.r#type.num(), p._x.num(), p.größe.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.r#type.num(), p._x.num(), p.größe.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.r#type.num(), p._x.num(), p.größe.num()])),
        ("Search", seen(&search, |p| vec![p.r#type.num(), p._x.num(), p.größe.num()])),
        ("ask and tell", seen(&open, |p| vec![p.r#type.num(), p._x.num(), p.größe.num()])),
    ]);
}

#[test]
fn sweep_12() {
    let one = hyperopt!(
        sampler = QmcSampler::new(), seed = 537, goal = Maximize, repeats = false,
        r#seed = [Kind::Small, Kind::Wide { width: 3 }],
        r#type = if matches!(r#seed, Kind::Wide { .. }) { [0_u8, 255] },
        a = if r#type.is_some() { ["relu", "tanh", "elu"] },
        layers_2 = hp::normal("layers_2", 0, 2),
        'sweep: for _ in 0..30 { let nums = [r#seed.num(), r#type.num(), a.num(), layers_2.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = QmcSampler::new(), seed = 537, goal = Maximize, repeats = false,
        r#seed = [Kind::Small, Kind::Wide { width: 3 }],
        r#type = if matches!(r#seed, Kind::Wide { .. }) { [0_u8, 255] },
        a = if r#type.is_some() { ["relu", "tanh", "elu"] },
        layers_2 = hp::normal("layers_2", 0, 2),
        'sweep: for _ in 0..30 { let nums = [r#seed.num(), r#type.num(), a.num(), layers_2.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = QmcSampler::new(), seed = 537, goal = Maximize, repeats = false,
        r#seed = [Kind::Small, Kind::Wide { width: 3 }],
        r#type = if matches!(r#seed, Kind::Wide { .. }) { [0_u8, 255] },
        a = if r#type.is_some() { ["relu", "tanh", "elu"] },
        layers_2 = hp::normal("layers_2", 0, 2),
        'sweep: for _ in 0..30 { let nums = [r#seed.num(), r#type.num(), a.num(), layers_2.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        r#seed = [Kind::Small, Kind::Wide { width: 3 }],
        r#type = if matches!(r#seed, Kind::Wide { .. }) { [0_u8, 255] },
        a = if r#type.is_some() { ["relu", "tanh", "elu"] },
        layers_2 = hp::normal("layers_2", 0, 2)
    )).sampler(QmcSampler::new()).seed(537).goal(Maximize).repeats(false).run(0..30, |_, p| {
        let r#seed = p.r#seed; let r#type = p.r#type; let a = p.a; let layers_2 = p.layers_2; 
        let nums = [r#seed.num(), r#type.num(), a.num(), layers_2.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = QmcSampler::new(), seed = 537, goal = Maximize, repeats = false,
        r#seed = [Kind::Small, Kind::Wide { width: 3 }],
        r#type = if matches!(r#seed, Kind::Wide { .. }) { [0_u8, 255] },
        a = if r#type.is_some() { ["relu", "tanh", "elu"] },
        layers_2 = hp::normal("layers_2", 0, 2)
    );
    'turns: for (turn, p) in open.turns(30) {
        let r#seed = p.r#seed; let r#type = p.r#type; let a = p.a; let layers_2 = p.layers_2; 
        let nums = [r#seed.num(), r#type.num(), a.num(), layers_2.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.r#seed.num(), p.r#type.num(), p.a.num(), p.layers_2.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.r#seed.num(), p.r#type.num(), p.a.num(), p.layers_2.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.r#seed.num(), p.r#type.num(), p.a.num(), p.layers_2.num()])),
        ("Search", seen(&search, |p| vec![p.r#seed.num(), p.r#type.num(), p.a.num(), p.layers_2.num()])),
        ("ask and tell", seen(&open, |p| vec![p.r#seed.num(), p.r#type.num(), p.a.num(), p.layers_2.num()])),
    ]);
}

#[test]
fn sweep_13() {
    let one = hyperopt!(
        sampler = QmcSampler::new(), seed = 2, goal = Minimize, repeats = false,
        layers_2: i32 = 1..=8,
        _x = if layers_2 > 2 { if layers_2 > 2 { -4..4 } else { [1, 2, 4] } } else { None },
        'sweep: for _ in 0..30 { let nums = [layers_2.num(), _x.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = QmcSampler::new(), seed = 2, goal = Minimize, repeats = false,
        layers_2: i32 = 1..=8,
        _x = if layers_2 > 2 { if layers_2 > 2 { -4..4 } else { [1, 2, 4] } } else { None },
        'sweep: for _ in 0..30 { let nums = [layers_2.num(), _x.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = QmcSampler::new(), seed = 2, goal = Minimize, repeats = false,
        layers_2: i32 = 1..=8,
        _x = if layers_2 > 2 { if layers_2 > 2 { -4..4 } else { [1, 2, 4] } } else { None },
        'sweep: for _ in 0..30 { let nums = [layers_2.num(), _x.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        layers_2: i32 = 1..=8,
        _x = if layers_2 > 2 { if layers_2 > 2 { -4..4 } else { [1, 2, 4] } } else { None }
    )).sampler(QmcSampler::new()).seed(2).goal(Minimize).repeats(false).run(0..30, |_, p| {
        let layers_2 = p.layers_2; let _x = p._x; 
        let nums = [layers_2.num(), _x.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = QmcSampler::new(), seed = 2, goal = Minimize, repeats = false,
        layers_2: i32 = 1..=8,
        _x = if layers_2 > 2 { if layers_2 > 2 { -4..4 } else { [1, 2, 4] } } else { None }
    );
    'turns: for (turn, p) in open.turns(30) {
        let layers_2 = p.layers_2; let _x = p._x; 
        let nums = [layers_2.num(), _x.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.layers_2.num(), p._x.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.layers_2.num(), p._x.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.layers_2.num(), p._x.num()])),
        ("Search", seen(&search, |p| vec![p.layers_2.num(), p._x.num()])),
        ("ask and tell", seen(&open, |p| vec![p.layers_2.num(), p._x.num()])),
    ]);
}

#[test]
fn sweep_14() {
    let one = hyperopt!(
        sampler = Asha::new(3.0).batch(4), seed = 117, goal = Minimize, repeats = true, try_first = [(rate = 3)],
        _x = [true, false],
        rate = 1..=8,
        größe = [Kind::Small, Kind::Wide { width: 3 }],
        r#type = -4..4,
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [_x.num(), rate.num(), größe.num(), r#type.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let threaded = thyperopt!(
        sampler = Asha::new(3.0).batch(4), seed = 117, goal = Minimize, repeats = true, try_first = [(rate = 3)],
        _x = [true, false],
        rate = 1..=8,
        größe = [Kind::Small, Kind::Wide { width: 3 }],
        r#type = -4..4,
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [_x.num(), rate.num(), größe.num(), r#type.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Asha::new(3.0).batch(4), seed = 117, goal = Minimize, repeats = true, try_first = [(rate = 3)],
        _x = [true, false],
        rate = 1..=8,
        größe = [Kind::Small, Kind::Wide { width: 3 }],
        r#type = -4..4,
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [_x.num(), rate.num(), größe.num(), r#type.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let search = Search::new(space!(
        _x = [true, false],
        rate = 1..=8,
        größe = [Kind::Small, Kind::Wide { width: 3 }],
        r#type = -4..4
    )).sampler(Asha::new(3.0).batch(4)).seed(117).goal(Minimize).repeats(true).try_first(InitialPoints::named([[("rate", 3)]])).run(1.0..=9.0, |(resources, state), p| {
        let _x = p._x; let rate = p.rate; let größe = p.größe; let r#type = p.r#type; 
        let nums = [_x.num(), rate.num(), größe.num(), r#type.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { return (Outcome::pruned(), resources) };
        (outcome, resources)
    });
    let mut open = hyperopt!(
        sampler = Asha::new(3.0).batch(4), seed = 117, goal = Minimize, repeats = true, try_first = [(rate = 3)],
        _x = [true, false],
        rate = 1..=8,
        größe = [Kind::Small, Kind::Wide { width: 3 }],
        r#type = -4..4
    ).over(1.0..=9.0);
    let mut states = std::collections::HashMap::new();
    'turns: for (turn, p) in open.turns(10000) {
        let _x = p._x; let rate = p.rate; let größe = p.größe; let r#type = p.r#type; 
        let nums = [_x.num(), rate.num(), größe.num(), r#type.num()]; let resources = turn.resources().unwrap(); let spent = states.insert(turn.configuration(), resources).unwrap_or(0.5);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p._x.num(), p.rate.num(), p.größe.num(), p.r#type.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p._x.num(), p.rate.num(), p.größe.num(), p.r#type.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p._x.num(), p.rate.num(), p.größe.num(), p.r#type.num()])),
        ("Search", seen(&search, |p| vec![p._x.num(), p.rate.num(), p.größe.num(), p.r#type.num()])),
        ("ask and tell", seen(&open, |p| vec![p._x.num(), p.rate.num(), p.größe.num(), p.r#type.num()])),
    ]);
}

#[test]
fn sweep_15() {
    let one = hyperopt!(
        sampler = LhsSampler::new().trials(30), seed = 757, goal = Minimize, repeats = false,
        r#seed = 1_u8..=3,
        n_estimators = [1, 2, 4],
        rate = bilog(-100.0..=100.0),
        a = match (rate.abs() > 1.0, n_estimators != 2) { (true, false) => [true, false], (true, _) => [true, false], _ => [true, false] },
        'sweep: for _ in 0..30 { let nums = [r#seed.num(), n_estimators.num(), rate.num(), a.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = LhsSampler::new().trials(30), seed = 757, goal = Minimize, repeats = false,
        r#seed = 1_u8..=3,
        n_estimators = [1, 2, 4],
        rate = bilog(-100.0..=100.0),
        a = match (rate.abs() > 1.0, n_estimators != 2) { (true, false) => [true, false], (true, _) => [true, false], _ => [true, false] },
        'sweep: for _ in 0..30 { let nums = [r#seed.num(), n_estimators.num(), rate.num(), a.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = LhsSampler::new().trials(30), seed = 757, goal = Minimize, repeats = false,
        r#seed = 1_u8..=3,
        n_estimators = [1, 2, 4],
        rate = bilog(-100.0..=100.0),
        a = match (rate.abs() > 1.0, n_estimators != 2) { (true, false) => [true, false], (true, _) => [true, false], _ => [true, false] },
        'sweep: for _ in 0..30 { let nums = [r#seed.num(), n_estimators.num(), rate.num(), a.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        r#seed = 1_u8..=3,
        n_estimators = [1, 2, 4],
        rate = bilog(-100.0..=100.0),
        a = match (rate.abs() > 1.0, n_estimators != 2) { (true, false) => [true, false], (true, _) => [true, false], _ => [true, false] }
    )).sampler(LhsSampler::new().trials(30)).seed(757).goal(Minimize).repeats(false).run(0..30, |_, p| {
        let r#seed = p.r#seed; let n_estimators = p.n_estimators; let rate = p.rate; let a = p.a; 
        let nums = [r#seed.num(), n_estimators.num(), rate.num(), a.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = LhsSampler::new().trials(30), seed = 757, goal = Minimize, repeats = false,
        r#seed = 1_u8..=3,
        n_estimators = [1, 2, 4],
        rate = bilog(-100.0..=100.0),
        a = match (rate.abs() > 1.0, n_estimators != 2) { (true, false) => [true, false], (true, _) => [true, false], _ => [true, false] }
    );
    'turns: for (turn, p) in open.turns(30) {
        let r#seed = p.r#seed; let n_estimators = p.n_estimators; let rate = p.rate; let a = p.a; 
        let nums = [r#seed.num(), n_estimators.num(), rate.num(), a.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.r#seed.num(), p.n_estimators.num(), p.rate.num(), p.a.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.r#seed.num(), p.n_estimators.num(), p.rate.num(), p.a.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.r#seed.num(), p.n_estimators.num(), p.rate.num(), p.a.num()])),
        ("Search", seen(&search, |p| vec![p.r#seed.num(), p.n_estimators.num(), p.rate.num(), p.a.num()])),
        ("ask and tell", seen(&open, |p| vec![p.r#seed.num(), p.n_estimators.num(), p.rate.num(), p.a.num()])),
    ]);
}

#[test]
fn sweep_16() {
    let one = hyperopt!(
        sampler = Nsga2Sampler::new().population(10).batch(5), seed = 596, goal = [Minimize, Maximize], repeats = true, try_first = [(n_estimators = -1)],
        größe = [0_u8, 255],
        n_estimators = -4..4,
        _x = if größe == 0 { hp::randint("_x", 6) } else { hp::randint("_x 2", 6) },
        layers_2 = [Kind::Small, Kind::Wide { width: 3 }],
        'sweep: for _ in 0..30 { let nums = [größe.num(), n_estimators.num(), _x.num(), layers_2.num()];  let Some(outcome) = outcome(&nums, 0.0, 2) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = Nsga2Sampler::new().population(10).batch(5), seed = 596, goal = [Minimize, Maximize], repeats = true, try_first = [(n_estimators = -1)],
        größe = [0_u8, 255],
        n_estimators = -4..4,
        _x = if größe == 0 { hp::randint("_x", 6) } else { hp::randint("_x 2", 6) },
        layers_2 = [Kind::Small, Kind::Wide { width: 3 }],
        'sweep: for _ in 0..30 { let nums = [größe.num(), n_estimators.num(), _x.num(), layers_2.num()];  let Some(outcome) = outcome(&nums, 0.0, 2) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Nsga2Sampler::new().population(10).batch(5), seed = 596, goal = [Minimize, Maximize], repeats = true, try_first = [(n_estimators = -1)],
        größe = [0_u8, 255],
        n_estimators = -4..4,
        _x = if größe == 0 { hp::randint("_x", 6) } else { hp::randint("_x 2", 6) },
        layers_2 = [Kind::Small, Kind::Wide { width: 3 }],
        'sweep: for _ in 0..30 { let nums = [größe.num(), n_estimators.num(), _x.num(), layers_2.num()];  let Some(outcome) = outcome(&nums, 0.0, 2) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        größe = [0_u8, 255],
        n_estimators = -4..4,
        _x = if größe == 0 { hp::randint("_x", 6) } else { hp::randint("_x 2", 6) },
        layers_2 = [Kind::Small, Kind::Wide { width: 3 }]
    )).sampler(Nsga2Sampler::new().population(10).batch(5)).seed(596).goal([Minimize, Maximize]).repeats(true).try_first(InitialPoints::named([[("n_estimators", -1)]])).run(0..30, |_, p| {
        let größe = p.größe; let n_estimators = p.n_estimators; let _x = p._x; let layers_2 = p.layers_2; 
        let nums = [größe.num(), n_estimators.num(), _x.num(), layers_2.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 2) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = Nsga2Sampler::new().population(10).batch(5), seed = 596, goal = [Minimize, Maximize], repeats = true, try_first = [(n_estimators = -1)],
        größe = [0_u8, 255],
        n_estimators = -4..4,
        _x = if größe == 0 { hp::randint("_x", 6) } else { hp::randint("_x 2", 6) },
        layers_2 = [Kind::Small, Kind::Wide { width: 3 }]
    );
    'turns: for (turn, p) in open.turns(30) {
        let größe = p.größe; let n_estimators = p.n_estimators; let _x = p._x; let layers_2 = p.layers_2; 
        let nums = [größe.num(), n_estimators.num(), _x.num(), layers_2.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 2) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.größe.num(), p.n_estimators.num(), p._x.num(), p.layers_2.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.größe.num(), p.n_estimators.num(), p._x.num(), p.layers_2.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.größe.num(), p.n_estimators.num(), p._x.num(), p.layers_2.num()])),
        ("Search", seen(&search, |p| vec![p.größe.num(), p.n_estimators.num(), p._x.num(), p.layers_2.num()])),
        ("ask and tell", seen(&open, |p| vec![p.größe.num(), p.n_estimators.num(), p._x.num(), p.layers_2.num()])),
    ]);
}

#[test]
fn sweep_17() {
    let one = hyperopt!(
        sampler = Nsga2Sampler::new().population(10).batch(5), seed = 194, goal = [Minimize, Maximize], repeats = true,
        a = hp::qloguniform("a", 0, 3, 1),
        n_estimators = if a > 4.0 { [1, 2, 4] } else if !(a > 4.0) { (1..=20).prior(5) } else { -4..4 },
        _x = ordinal([16, 32, 64]),
        'sweep: for _ in 0..30 { let nums = [a.num(), n_estimators.num(), _x.num()];  let Some(outcome) = outcome(&nums, 0.0, 2) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = Nsga2Sampler::new().population(10).batch(5), seed = 194, goal = [Minimize, Maximize], repeats = true,
        a = hp::qloguniform("a", 0, 3, 1),
        n_estimators = if a > 4.0 { [1, 2, 4] } else if !(a > 4.0) { (1..=20).prior(5) } else { -4..4 },
        _x = ordinal([16, 32, 64]),
        'sweep: for _ in 0..30 { let nums = [a.num(), n_estimators.num(), _x.num()];  let Some(outcome) = outcome(&nums, 0.0, 2) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Nsga2Sampler::new().population(10).batch(5), seed = 194, goal = [Minimize, Maximize], repeats = true,
        a = hp::qloguniform("a", 0, 3, 1),
        n_estimators = if a > 4.0 { [1, 2, 4] } else if !(a > 4.0) { (1..=20).prior(5) } else { -4..4 },
        _x = ordinal([16, 32, 64]),
        'sweep: for _ in 0..30 { let nums = [a.num(), n_estimators.num(), _x.num()];  let Some(outcome) = outcome(&nums, 0.0, 2) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        a = hp::qloguniform("a", 0, 3, 1),
        n_estimators = if a > 4.0 { [1, 2, 4] } else if !(a > 4.0) { (1..=20).prior(5) } else { -4..4 },
        _x = ordinal([16, 32, 64])
    )).sampler(Nsga2Sampler::new().population(10).batch(5)).seed(194).goal([Minimize, Maximize]).repeats(true).run(0..30, |_, p| {
        let a = p.a; let n_estimators = p.n_estimators; let _x = p._x; 
        let nums = [a.num(), n_estimators.num(), _x.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 2) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = Nsga2Sampler::new().population(10).batch(5), seed = 194, goal = [Minimize, Maximize], repeats = true,
        a = hp::qloguniform("a", 0, 3, 1),
        n_estimators = if a > 4.0 { [1, 2, 4] } else if !(a > 4.0) { (1..=20).prior(5) } else { -4..4 },
        _x = ordinal([16, 32, 64])
    );
    'turns: for (turn, p) in open.turns(30) {
        let a = p.a; let n_estimators = p.n_estimators; let _x = p._x; 
        let nums = [a.num(), n_estimators.num(), _x.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 2) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.a.num(), p.n_estimators.num(), p._x.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.a.num(), p.n_estimators.num(), p._x.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.a.num(), p.n_estimators.num(), p._x.num()])),
        ("Search", seen(&search, |p| vec![p.a.num(), p.n_estimators.num(), p._x.num()])),
        ("ask and tell", seen(&open, |p| vec![p.a.num(), p.n_estimators.num(), p._x.num()])),
    ]);
}

#[test]
fn sweep_18() {
    let one = hyperopt!(
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 300, goal = Maximize, repeats = true,
        _x = log(1..=64),
        r#type = 1_u8..=3,
        layers_2 = match (r#type == 2, _x > 8) { (true, false) => [0_u8, 255], (true, _) => 1_u8..=3, _ => [0_u8, 255] },
        'sweep: for trial in 0..30 { let nums = [_x.num(), r#type.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 300, goal = Maximize, repeats = true,
        _x = log(1..=64),
        r#type = 1_u8..=3,
        layers_2 = match (r#type == 2, _x > 8) { (true, false) => [0_u8, 255], (true, _) => 1_u8..=3, _ => [0_u8, 255] },
        'sweep: for trial in 0..30 { let nums = [_x.num(), r#type.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 300, goal = Maximize, repeats = true,
        _x = log(1..=64),
        r#type = 1_u8..=3,
        layers_2 = match (r#type == 2, _x > 8) { (true, false) => [0_u8, 255], (true, _) => 1_u8..=3, _ => [0_u8, 255] },
        'sweep: for trial in 0..30 { let nums = [_x.num(), r#type.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        _x = log(1..=64),
        r#type = 1_u8..=3,
        layers_2 = match (r#type == 2, _x > 8) { (true, false) => [0_u8, 255], (true, _) => 1_u8..=3, _ => [0_u8, 255] }
    )).sampler(AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2)).seed(300).goal(Maximize).repeats(true).run_trials(0..30, |trial, p| {
        let _x = p._x; let r#type = p.r#type; let layers_2 = p.layers_2; 
        let nums = [_x.num(), r#type.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { return Outcome::pruned() } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 300, goal = Maximize, repeats = true,
        _x = log(1..=64),
        r#type = 1_u8..=3,
        layers_2 = match (r#type == 2, _x > 8) { (true, false) => [0_u8, 255], (true, _) => 1_u8..=3, _ => [0_u8, 255] }
    );
    'turns: for (turn, p) in open.turns(30) {
        let _x = p._x; let r#type = p.r#type; let layers_2 = p.layers_2; 
        let nums = [_x.num(), r#type.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { turn.report(step, sum / (step + 1) as f64).unwrap(); if turn.should_prune() { continue 'turns } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p._x.num(), p.r#type.num(), p.layers_2.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p._x.num(), p.r#type.num(), p.layers_2.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p._x.num(), p.r#type.num(), p.layers_2.num()])),
        ("Search", seen(&search, |p| vec![p._x.num(), p.r#type.num(), p.layers_2.num()])),
        ("ask and tell", seen(&open, |p| vec![p._x.num(), p.r#type.num(), p.layers_2.num()])),
    ]);
}

#[test]
fn sweep_19() {
    let one = hyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 944, goal = Maximize, repeats = false, try_first = [(layers_2 = 4)],
        rate = hp::uniform("rate", -1, 1),
        layers_2 = [1, 2, 4],
        _x = -5.0..=5.0,
        'sweep: for trial in 0..30 { let nums = [rate.num(), layers_2.num(), _x.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 944, goal = Maximize, repeats = false, try_first = [(layers_2 = 4)],
        rate = hp::uniform("rate", -1, 1),
        layers_2 = [1, 2, 4],
        _x = -5.0..=5.0,
        'sweep: for trial in 0..30 { let nums = [rate.num(), layers_2.num(), _x.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 944, goal = Maximize, repeats = false, try_first = [(layers_2 = 4)],
        rate = hp::uniform("rate", -1, 1),
        layers_2 = [1, 2, 4],
        _x = -5.0..=5.0,
        'sweep: for trial in 0..30 { let nums = [rate.num(), layers_2.num(), _x.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        rate = hp::uniform("rate", -1, 1),
        layers_2 = [1, 2, 4],
        _x = -5.0..=5.0
    )).sampler(TpeSampler::new().pruner(MedianPruner::new()).batch(4)).seed(944).goal(Maximize).repeats(false).try_first(InitialPoints::named([[("layers_2", 4)]])).run_trials(0..30, |trial, p| {
        let rate = p.rate; let layers_2 = p.layers_2; let _x = p._x; 
        let nums = [rate.num(), layers_2.num(), _x.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { return Outcome::pruned() } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = TpeSampler::new().pruner(MedianPruner::new()).batch(4), seed = 944, goal = Maximize, repeats = false, try_first = [(layers_2 = 4)],
        rate = hp::uniform("rate", -1, 1),
        layers_2 = [1, 2, 4],
        _x = -5.0..=5.0
    );
    'turns: for (turn, p) in open.turns(30) {
        let rate = p.rate; let layers_2 = p.layers_2; let _x = p._x; 
        let nums = [rate.num(), layers_2.num(), _x.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { turn.report(step, sum / (step + 1) as f64).unwrap(); if turn.should_prune() { continue 'turns } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.rate.num(), p.layers_2.num(), p._x.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.rate.num(), p.layers_2.num(), p._x.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.rate.num(), p.layers_2.num(), p._x.num()])),
        ("Search", seen(&search, |p| vec![p.rate.num(), p.layers_2.num(), p._x.num()])),
        ("ask and tell", seen(&open, |p| vec![p.rate.num(), p.layers_2.num(), p._x.num()])),
    ]);
}

#[test]
fn sweep_20() {
    let one = hyperopt!(
        sampler = Asha::new(3.0).batch(4), seed = 213, goal = Minimize, repeats = false,
        a = hp::randint("a", 6),
        r#seed = 0.0..1.0,
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [a.num(), r#seed.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let threaded = thyperopt!(
        sampler = Asha::new(3.0).batch(4), seed = 213, goal = Minimize, repeats = false,
        a = hp::randint("a", 6),
        r#seed = 0.0..1.0,
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [a.num(), r#seed.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Asha::new(3.0).batch(4), seed = 213, goal = Minimize, repeats = false,
        a = hp::randint("a", 6),
        r#seed = 0.0..1.0,
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [a.num(), r#seed.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let search = Search::new(space!(
        a = hp::randint("a", 6),
        r#seed = 0.0..1.0
    )).sampler(Asha::new(3.0).batch(4)).seed(213).goal(Minimize).repeats(false).run(1.0..=9.0, |(resources, state), p| {
        let a = p.a; let r#seed = p.r#seed; 
        let nums = [a.num(), r#seed.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { return (Outcome::pruned(), resources) };
        (outcome, resources)
    });
    let mut open = hyperopt!(
        sampler = Asha::new(3.0).batch(4), seed = 213, goal = Minimize, repeats = false,
        a = hp::randint("a", 6),
        r#seed = 0.0..1.0
    ).over(1.0..=9.0);
    let mut states = std::collections::HashMap::new();
    'turns: for (turn, p) in open.turns(10000) {
        let a = p.a; let r#seed = p.r#seed; 
        let nums = [a.num(), r#seed.num()]; let resources = turn.resources().unwrap(); let spent = states.insert(turn.configuration(), resources).unwrap_or(0.5);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.a.num(), p.r#seed.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.a.num(), p.r#seed.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.a.num(), p.r#seed.num()])),
        ("Search", seen(&search, |p| vec![p.a.num(), p.r#seed.num()])),
        ("ask and tell", seen(&open, |p| vec![p.a.num(), p.r#seed.num()])),
    ]);
}

#[test]
fn sweep_21() {
    let one = hyperopt!(
        sampler = TpeSampler::new().batch(4), seed = 367, goal = Maximize, repeats = true, try_first = [(rate = -1.0)],
        a = hp::normal("a", 0, 2),
        r#seed = (1..=20).prior(5),
        rate = bilog(-100.0..=100.0),
        _x = categorical(["a", "b"]).labels(["x", "y"]),
        'sweep: for _ in 0..30 { let nums = [a.num(), r#seed.num(), rate.num(), _x.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = TpeSampler::new().batch(4), seed = 367, goal = Maximize, repeats = true, try_first = [(rate = -1.0)],
        a = hp::normal("a", 0, 2),
        r#seed = (1..=20).prior(5),
        rate = bilog(-100.0..=100.0),
        _x = categorical(["a", "b"]).labels(["x", "y"]),
        'sweep: for _ in 0..30 { let nums = [a.num(), r#seed.num(), rate.num(), _x.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = TpeSampler::new().batch(4), seed = 367, goal = Maximize, repeats = true, try_first = [(rate = -1.0)],
        a = hp::normal("a", 0, 2),
        r#seed = (1..=20).prior(5),
        rate = bilog(-100.0..=100.0),
        _x = categorical(["a", "b"]).labels(["x", "y"]),
        'sweep: for _ in 0..30 { let nums = [a.num(), r#seed.num(), rate.num(), _x.num()];  let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        a = hp::normal("a", 0, 2),
        r#seed = (1..=20).prior(5),
        rate = bilog(-100.0..=100.0),
        _x = categorical(["a", "b"]).labels(["x", "y"])
    )).sampler(TpeSampler::new().batch(4)).seed(367).goal(Maximize).repeats(true).try_first(InitialPoints::named([[("rate", -1.0)]])).run(0..30, |_, p| {
        let a = p.a; let r#seed = p.r#seed; let rate = p.rate; let _x = p._x; 
        let nums = [a.num(), r#seed.num(), rate.num(), _x.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = TpeSampler::new().batch(4), seed = 367, goal = Maximize, repeats = true, try_first = [(rate = -1.0)],
        a = hp::normal("a", 0, 2),
        r#seed = (1..=20).prior(5),
        rate = bilog(-100.0..=100.0),
        _x = categorical(["a", "b"]).labels(["x", "y"])
    );
    'turns: for (turn, p) in open.turns(30) {
        let a = p.a; let r#seed = p.r#seed; let rate = p.rate; let _x = p._x; 
        let nums = [a.num(), r#seed.num(), rate.num(), _x.num()]; 
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.a.num(), p.r#seed.num(), p.rate.num(), p._x.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.a.num(), p.r#seed.num(), p.rate.num(), p._x.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.a.num(), p.r#seed.num(), p.rate.num(), p._x.num()])),
        ("Search", seen(&search, |p| vec![p.a.num(), p.r#seed.num(), p.rate.num(), p._x.num()])),
        ("ask and tell", seen(&open, |p| vec![p.a.num(), p.r#seed.num(), p.rate.num(), p._x.num()])),
    ]);
}

#[test]
fn sweep_22() {
    let one = hyperopt!(
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 396, goal = Minimize, repeats = true,
        r#type = ordinal([16, 32, 64]),
        größe = match r#type >= 32 { true => 0.0..1.0, _ => None },
        layers_2 = match (größe.is_some(), r#type >= 32) { (true, false) => hp::normal("layers_2", 0, 2), (true, _) => vec![1.5], _ => hp::normal("layers_2 3", 0, 2) },
        'sweep: for trial in 0..30 { let nums = [r#type.num(), größe.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let threaded = thyperopt!(
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 396, goal = Minimize, repeats = true,
        r#type = ordinal([16, 32, 64]),
        größe = match r#type >= 32 { true => 0.0..1.0, _ => None },
        layers_2 = match (größe.is_some(), r#type >= 32) { (true, false) => hp::normal("layers_2", 0, 2), (true, _) => vec![1.5], _ => hp::normal("layers_2 3", 0, 2) },
        'sweep: for trial in 0..30 { let nums = [r#type.num(), größe.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 396, goal = Minimize, repeats = true,
        r#type = ordinal([16, 32, 64]),
        größe = match r#type >= 32 { true => 0.0..1.0, _ => None },
        layers_2 = match (größe.is_some(), r#type >= 32) { (true, false) => hp::normal("layers_2", 0, 2), (true, _) => vec![1.5], _ => hp::normal("layers_2 3", 0, 2) },
        'sweep: for trial in 0..30 { let nums = [r#type.num(), größe.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { continue 'sweep } } let Some(outcome) = outcome(&nums, 0.0, 1) else { continue 'sweep }; outcome }
    );
    let search = Search::new(space!(
        r#type = ordinal([16, 32, 64]),
        größe = match r#type >= 32 { true => 0.0..1.0, _ => None },
        layers_2 = match (größe.is_some(), r#type >= 32) { (true, false) => hp::normal("layers_2", 0, 2), (true, _) => vec![1.5], _ => hp::normal("layers_2 3", 0, 2) }
    )).sampler(AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2)).seed(396).goal(Minimize).repeats(true).run_trials(0..30, |trial, p| {
        let r#type = p.r#type; let größe = p.größe; let layers_2 = p.layers_2; 
        let nums = [r#type.num(), größe.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { trial.report(step, sum / (step + 1) as f64); if trial.should_prune() { return Outcome::pruned() } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { return Outcome::pruned() };
        outcome
    });
    let mut open = hyperopt!(
        sampler = AnnealSampler::new().pruner(PercentilePruner::new(25.0)).batch(2), seed = 396, goal = Minimize, repeats = true,
        r#type = ordinal([16, 32, 64]),
        größe = match r#type >= 32 { true => 0.0..1.0, _ => None },
        layers_2 = match (größe.is_some(), r#type >= 32) { (true, false) => hp::normal("layers_2", 0, 2), (true, _) => vec![1.5], _ => hp::normal("layers_2 3", 0, 2) }
    );
    'turns: for (turn, p) in open.turns(30) {
        let r#type = p.r#type; let größe = p.größe; let layers_2 = p.layers_2; 
        let nums = [r#type.num(), größe.num(), layers_2.num()]; let sum: f64 = nums.iter().sum(); for step in 0..4 { turn.report(step, sum / (step + 1) as f64).unwrap(); if turn.should_prune() { continue 'turns } }
        let Some(outcome) = outcome(&nums, 0.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.r#type.num(), p.größe.num(), p.layers_2.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.r#type.num(), p.größe.num(), p.layers_2.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.r#type.num(), p.größe.num(), p.layers_2.num()])),
        ("Search", seen(&search, |p| vec![p.r#type.num(), p.größe.num(), p.layers_2.num()])),
        ("ask and tell", seen(&open, |p| vec![p.r#type.num(), p.größe.num(), p.layers_2.num()])),
    ]);
}

#[test]
fn sweep_23() {
    let one = hyperopt!(
        sampler = Pasha::new(3.0).batch(4), seed = 318, goal = Minimize, repeats = false,
        r#seed = hp::qloguniform("seed", 0, 3, 1),
        größe = match r#seed > 4.0 { true => [0_u8, 255], _ => None },
        r#type = match (größe.is_some(), größe.is_some()) { (true, false) => hp::uniform("type", -1, 1), (true, _) => hp::normal("type 2", 0, 2), _ => [0.1, 0.25, 0.75] },
        n_estimators = -4..4,
        layers_2 = if r#seed > 4.0 { if r#seed > 4.0 { [true, false] } else { [true, false] } } else { None },
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [r#seed.num(), größe.num(), r#type.num(), n_estimators.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let threaded = thyperopt!(
        sampler = Pasha::new(3.0).batch(4), seed = 318, goal = Minimize, repeats = false,
        r#seed = hp::qloguniform("seed", 0, 3, 1),
        größe = match r#seed > 4.0 { true => [0_u8, 255], _ => None },
        r#type = match (größe.is_some(), größe.is_some()) { (true, false) => hp::uniform("type", -1, 1), (true, _) => hp::normal("type 2", 0, 2), _ => [0.1, 0.25, 0.75] },
        n_estimators = -4..4,
        layers_2 = if r#seed > 4.0 { if r#seed > 4.0 { [true, false] } else { [true, false] } } else { None },
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [r#seed.num(), größe.num(), r#type.num(), n_estimators.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let parallel = phyperopt!(
        workers(3),
        sampler = Pasha::new(3.0).batch(4), seed = 318, goal = Minimize, repeats = false,
        r#seed = hp::qloguniform("seed", 0, 3, 1),
        größe = match r#seed > 4.0 { true => [0_u8, 255], _ => None },
        r#type = match (größe.is_some(), größe.is_some()) { (true, false) => hp::uniform("type", -1, 1), (true, _) => hp::normal("type 2", 0, 2), _ => [0.1, 0.25, 0.75] },
        n_estimators = -4..4,
        layers_2 = if r#seed > 4.0 { if r#seed > 4.0 { [true, false] } else { [true, false] } } else { None },
        'sweep: for (resources, state) in 1.0..=9.0 { let nums = [r#seed.num(), größe.num(), r#type.num(), n_estimators.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources); let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { continue 'sweep }; (outcome, resources) }
    );
    let search = Search::new(space!(
        r#seed = hp::qloguniform("seed", 0, 3, 1),
        größe = match r#seed > 4.0 { true => [0_u8, 255], _ => None },
        r#type = match (größe.is_some(), größe.is_some()) { (true, false) => hp::uniform("type", -1, 1), (true, _) => hp::normal("type 2", 0, 2), _ => [0.1, 0.25, 0.75] },
        n_estimators = -4..4,
        layers_2 = if r#seed > 4.0 { if r#seed > 4.0 { [true, false] } else { [true, false] } } else { None }
    )).sampler(Pasha::new(3.0).batch(4)).seed(318).goal(Minimize).repeats(false).run(1.0..=9.0, |(resources, state), p| {
        let r#seed = p.r#seed; let größe = p.größe; let r#type = p.r#type; let n_estimators = p.n_estimators; let layers_2 = p.layers_2; 
        let nums = [r#seed.num(), größe.num(), r#type.num(), n_estimators.num(), layers_2.num()]; let spent: f64 = state.unwrap_or(0.5); assert!(spent < resources);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { return (Outcome::pruned(), resources) };
        (outcome, resources)
    });
    let mut open = hyperopt!(
        sampler = Pasha::new(3.0).batch(4), seed = 318, goal = Minimize, repeats = false,
        r#seed = hp::qloguniform("seed", 0, 3, 1),
        größe = match r#seed > 4.0 { true => [0_u8, 255], _ => None },
        r#type = match (größe.is_some(), größe.is_some()) { (true, false) => hp::uniform("type", -1, 1), (true, _) => hp::normal("type 2", 0, 2), _ => [0.1, 0.25, 0.75] },
        n_estimators = -4..4,
        layers_2 = if r#seed > 4.0 { if r#seed > 4.0 { [true, false] } else { [true, false] } } else { None }
    ).over(1.0..=9.0);
    let mut states = std::collections::HashMap::new();
    'turns: for (turn, p) in open.turns(10000) {
        let r#seed = p.r#seed; let größe = p.größe; let r#type = p.r#type; let n_estimators = p.n_estimators; let layers_2 = p.layers_2; 
        let nums = [r#seed.num(), größe.num(), r#type.num(), n_estimators.num(), layers_2.num()]; let resources = turn.resources().unwrap(); let spent = states.insert(turn.configuration(), resources).unwrap_or(0.5);
        let Some(outcome) = outcome(&nums, resources + spent / 100.0, 1) else { turn.prune(); continue 'turns };
        turn.tell(outcome);
    }
    let open = open.finish();
    agree(&[
        ("hyperopt!", seen(&one, |p| vec![p.r#seed.num(), p.größe.num(), p.r#type.num(), p.n_estimators.num(), p.layers_2.num()])),
        ("thyperopt!", seen(&threaded, |p| vec![p.r#seed.num(), p.größe.num(), p.r#type.num(), p.n_estimators.num(), p.layers_2.num()])),
        ("phyperopt!", seen(&parallel, |p| vec![p.r#seed.num(), p.größe.num(), p.r#type.num(), p.n_estimators.num(), p.layers_2.num()])),
        ("Search", seen(&search, |p| vec![p.r#seed.num(), p.größe.num(), p.r#type.num(), p.n_estimators.num(), p.layers_2.num()])),
        ("ask and tell", seen(&open, |p| vec![p.r#seed.num(), p.größe.num(), p.r#type.num(), p.n_estimators.num(), p.layers_2.num()])),
    ]);
}
