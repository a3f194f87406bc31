//! Points that have been tried are not tried again on continuous axes, and levels that are equally good keep their share.

use crate::candidates::{Candidates, categorical, ordinal};
use crate::history::Goal;
use crate::sampler::testing::{Bench, guard, ragged_loss, space};
use crate::sampler::{AutoSampler, CmaEsSampler, Draw, Sampler, Setup};
use crate::space::Space;
use crate::trial::Outcome;

fn cube(axes: usize) -> Space {
    space((0..axes).map(|_| (0.0..=1.0).dimension()))
}

/// Returns the corner of a seed, which is the minimum of what follows.
fn from_corner(seed: u64, units: &[f64]) -> Vec<f64> {
    let at = |axis: usize, unit: f64| if seed >> axis & 1 == 0 { unit } else { 1.0 - unit };
    units.iter().enumerate().map(|(axis, &unit)| at(axis, unit)).collect()
}

fn go_on(bench: &mut Bench<'_>, sampler: &mut dyn Sampler, trials: usize, batch: usize, f: impl Fn(&[f64]) -> f64) {
    let end = bench.history.len() + trials;
    while bench.history.len() < end {
        let asked: Vec<_> = (0..batch.min(end - bench.history.len())).map(|_| bench.ask(sampler, None)).collect();
        for trial in asked {
            let value = f(&bench.units(trial));
            bench.tell(trial, Outcome::value(value));
        }
    }
}

fn run(space: &Space, seed: u64, trials: usize, batch: usize, f: impl Fn(&[f64]) -> f64) -> Bench<'_> {
    let (mut bench, mut sampler) = (Bench::new(space, seed), CmaEsSampler::new());
    sampler.prepare(&bench.setup()).expect("sound options");
    go_on(&mut bench, &mut sampler, trials, batch, f);
    bench
}

/// How many trials are within 10⁻⁹ of an earlier one along each axis.
fn repeats(bench: &Bench<'_>) -> usize {
    let points: Vec<_> = (0..bench.history.len()).map(|trial| bench.units(trial)).collect();
    let same =
        |a: &Vec<f64>, b: &Vec<f64>| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-9 || a.is_nan() && b.is_nan());
    (0..points.len()).filter(|&i| points[..i].iter().any(|earlier| same(earlier, &points[i]))).count()
}

#[test]
fn a_corner_is_tried_once() {
    for (axes, trials) in [(1, 120), (2, 200), (5, 300)] {
        let space = cube(axes);
        for (seed, batch) in [(0, 1), (1, 1), (2, 8), (3, 1), (4, 8), (5, 1)] {
            let sum = |units: &[f64]| from_corner(seed, units).iter().sum::<f64>();
            let bench = run(&space, seed, trials, batch, sum);
            assert_eq!(repeats(&bench), 0, "{axes} axes, seed {seed}, {batch} at a time");
            let found = bench.history.best(Goal::Minimize).expect("a best").0;
            assert!(batch > 1 || found.objective() == Some(0.0), "{axes} axes, seed {seed}");
        }
    }
}

#[test]
fn repeats_are_allowed_where_the_sweep_says_so() {
    let space = cube(1);
    let (mut bench, mut sampler) = (Bench { repeats: true, ..Bench::new(&space, 0) }, CmaEsSampler::new());
    go_on(&mut bench, &mut sampler, 60, 1, |units| units[0]);
    assert!(repeats(&bench) > 0);
}

/// A new sampler reads from the history which of its draws were replaced.
#[test]
fn a_resumed_search_knows_what_it_left_out() {
    let axes = [
        (0.0..=1.0).dimension().axis("a", "a", &[]),
        (0.0..=1.0).dimension().axis("b", "b", &[]),
        categorical(["x", "y"]).dimension().axis("c", "c", &[]),
        ordinal([1, 2, 3]).dimension().axis("d", "d", &[]),
    ];
    let mixed = Space::new(axes.map(Result::unwrap).into());
    for space in [cube(1), cube(2), mixed] {
        for seed in 0..3 {
            let bench = &mut Bench::new(&space, seed);
            let mut sampler = CmaEsSampler::new();
            for _ in 0..12 {
                go_on(bench, &mut sampler, 23, 3, |units| units.iter().sum());
                let draw = bench.draw(bench.history.configurations());
                let next = |sampler: &mut CmaEsSampler, draw: &Draw| sampler.suggest(&space, &bench.history, draw);
                assert_eq!(next(&mut sampler, &draw), next(&mut CmaEsSampler::new(), &draw));
            }
            assert_eq!(repeats(bench), 0);
        }
    }
}

/// Where a continuous axis is inactive, its coordinate makes no other point of it.
#[test]
fn conditional_axes_are_compared_where_they_are_active() {
    let space = crate::sampler::testing::every_kind();
    for seed in 0..3 {
        let (mut bench, mut sampler) = (Bench::new(&space, seed), CmaEsSampler::new());
        for _ in 0..400 {
            let trial = bench.ask(&mut sampler, None);
            guard(&space, bench.history.running_mut(trial).expect("a trial").point_mut());
            let loss = ragged_loss(bench.history.trials()[trial].point());
            bench.tell(trial, if loss.is_nan() { Outcome::failed("no") } else { Outcome::value(loss) });
        }
        assert_eq!(repeats(&bench), 0, "seed {seed}");
    }
}

/// Far from the corner that is found first lies a better, narrow basin.
#[test]
fn a_search_starts_anew_where_an_even_draw_was_better() {
    let space = cube(2);
    let basin = |seed: u64| {
        move |units: &[f64]| {
            let x = from_corner(seed, units);
            let away = (x[0] - 0.6).hypot(x[1] - 0.7);
            (1.0 + x[0] + x[1]).min(14.0 * away)
        }
    };
    let found = |seed| run(&space, seed, 400, 1, basin(seed)).history.best(Goal::Minimize).unwrap().0.objective();
    // With repeats, it is found on half of the seeds.
    let deep = (0..12).filter(|&seed| found(seed) < Some(1e-2)).count();
    assert!(deep >= 11, "{deep} of 12");
}

#[test]
fn the_automatic_choice_does_not_repeat_a_corner() {
    let space = cube(2);
    for seed in 0..3 {
        let (mut bench, mut sampler) = (Bench::new(&space, seed), AutoSampler::new());
        // Of so many trials, the Gaussian process proposes none.
        sampler.prepare(&Setup { trials: Some(20_000), ..bench.setup() }).expect("sound options");
        go_on(&mut bench, &mut sampler, 400, 1, |units| from_corner(seed, units).iter().sum());
        assert_eq!(repeats(&bench), 0);
    }
}

#[test]
fn levels_that_are_equally_good_keep_their_share() {
    let choice = categorical(["a", "b", "c"]).dimension().axis("a", "a", &[]);
    let space = Space::new([choice, (0.0..=1.0).dimension().axis("b", "b", &[])].map(Result::unwrap).into());
    for seed in 0..6 {
        let bench = run(&space, seed, 600, 1, |_| 1.0);
        let mut counts = [0; 3];
        for trial in 0..600 {
            counts[(bench.units(trial)[0] * 3.0) as usize] += 1;
        }
        // Three standard deviations are 35.
        assert!(counts.iter().all(|count| (165..=235).contains(count)), "{counts:?}");
    }
}
