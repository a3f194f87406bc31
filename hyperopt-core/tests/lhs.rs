//! Latin hypercubes as a sweep sees them: stratified, balanced, spread, the same for the same seed, and worth it.

use hyperopt_core::__private::{Settings, drive};
use hyperopt_core::{
    Axis, Candidates, CandidatesError, ClhSampler, Criterion, Hyperband, Kind, LhsSampler, LoopRange, RandomSampler,
    Strategy, Sweep, Trials, exp_linrange, linrange, log, ordinal,
};
use proptest::prelude::*;

type Axes = Vec<(&'static str, Result<Axis, CandidatesError>)>;

const NAMES: [&str; 10] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
const CRITERIA: [Criterion; 3] = [Criterion::PhiP, Criterion::CentredDiscrepancy, Criterion::AudzeEglais];

/// A space, as the macro lists it: `a`, `b`, `c` …
macro_rules! axes {
    ($($candidates:expr),* $(,)?) => {{
        let mut names = NAMES.into_iter();
        let mut axes = Axes::new();
        $(
            let name = names.next().expect("a name");
            axes.push((name, $candidates.dimension().axis(name, name, &[])));
        )*
        axes
    }};
}

fn cube(axes: usize) -> Axes {
    NAMES[..axes].iter().map(|&name| (name, (0.0..=1.0).dimension().axis(name, name, &[]))).collect()
}

/// What a loop over `head` with this sampler tries, each trial worth 0.
fn sweep<M, H>(sampler: M, axes: Axes, head: H, settings: Settings) -> Sweep
where
    M: Strategy<Kind = Trials>,
    H: LoopRange<Trials, ()>,
{
    let mut driver = drive::<M, _, (), H, _>(sampler, head, axes, settings);
    while driver.ask().is_some() {
        driver.tell(0.0);
    }
    driver.finish(|_| ()).into_sweep()
}

fn seeded(seed: u64) -> Settings {
    Settings { seed: Some(seed), ..Settings::new() }
}

/// Returns the points of `trials` trials.
fn points<M: Strategy<Kind = Trials>>(sampler: M, axes: Axes, trials: usize, seed: u64) -> Vec<Vec<f64>> {
    let sweep = sweep(sampler, axes, 0..trials, seeded(seed));
    assert!(sweep.error().is_none(), "{:?}", sweep.error());
    let trials = sweep.history().trials().iter();
    trials.map(|trial| trial.point().iter().map(|unit| unit.expect("active")).collect()).collect()
}

fn fault<M: Strategy<Kind = Trials>, H: LoopRange<Trials, ()>>(sampler: M, axes: Axes, head: H) -> String {
    let sweep = sweep(sampler, axes, head, seeded(1));
    assert!(sweep.history().is_empty());
    sweep.error().expect("an error").to_string()
}

fn column(points: &[Vec<f64>], axis: usize) -> Vec<f64> {
    points.iter().map(|point| point[axis]).collect()
}

/// How many of `units` lie in each of so many equal cells.
fn counts(units: &[f64], cells: usize) -> Vec<usize> {
    let mut counts = vec![0; cells];
    for unit in units {
        counts[((unit * cells as f64) as usize).min(cells - 1)] += 1;
    }
    counts
}

fn is_balanced(counts: &[usize]) -> bool {
    let (least, most) = (counts.iter().min(), counts.iter().max());
    least.zip(most).is_none_or(|(least, most)| most - least <= 1)
}

fn distance(p: &[f64], q: &[f64]) -> f64 {
    p.iter().zip(q).map(|(p, q)| (p - q).powi(2)).sum::<f64>().sqrt()
}

fn least_distance(points: &[Vec<f64>]) -> f64 {
    let pairs = points.iter().enumerate().flat_map(|(i, p)| points[..i].iter().map(|q| distance(p, q)));
    pairs.fold(f64::INFINITY, f64::min)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_stratum_of_every_axis_is_taken_once(
        n in 1usize..60, d in 1usize..6, seed: u64, criterion in 0usize..3, jitter: bool
    ) {
        let sampler = LhsSampler::new().criterion(CRITERIA[criterion]).jitter(jitter).swaps(500);
        let points = points(sampler, cube(d), n, seed);
        prop_assert_eq!(points.len(), n);
        for axis in 0..d {
            let units = column(&points, axis);
            prop_assert_eq!(counts(&units, n), vec![1; n]);
            if !jitter {
                prop_assert!(units.iter().all(|unit| ((unit * n as f64).fract() - 0.5).abs() < 1e-9));
            }
        }
    }

    #[test]
    fn levels_are_balanced_for_any_number_of_trials(
        n in 1usize..60, levels in 1usize..80, seed: u64, criterion in 0usize..3, jitter: bool
    ) {
        let axes = || axes![
            linrange(1.0, 5.0, levels),
            exp_linrange(-1.0, 3.0, levels),
            (0..levels).collect::<Vec<_>>(),
            ordinal(0..levels),
            1..=levels as u64,
            [true, false],
        ];
        let lhs = LhsSampler::new().criterion(CRITERIA[criterion]).jitter(jitter).swaps(500);
        let clh = ClhSampler::new().criterion(CRITERIA[criterion]).jitter(jitter).swaps(500);
        for points in [points(lhs, axes(), n, seed), points(clh, axes(), n, seed)] {
            for axis in 0..5 {
                let counts = counts(&column(&points, axis), levels);
                prop_assert!(is_balanced(&counts), "{counts:?}");
                prop_assert!(levels != n || counts.iter().all(|&count| count == 1));
            }
            prop_assert!(is_balanced(&counts(&column(&points, 5), 2)));
        }
    }
}

/// The upstream condition, as many candidates as trials: the values themselves.
#[test]
fn as_many_candidates_as_trials_come_once_each() {
    let sampler = LhsSampler::new();
    let sweep = sweep(sampler, axes![linrange(1.0, 5.0, 50), exp_linrange(-1.0, 3.0, 50)], 0..50, seeded(7));
    let axis = &sweep.space().axes()[0];
    let units = sweep.history().trials().iter().filter_map(|trial| trial.point().get(0));
    let mut values: Vec<f64> = units.filter_map(|unit| axis.value(unit).as_f64()).collect();
    values.sort_by(f64::total_cmp);
    assert_eq!(values.len(), 50);
    for (index, value) in values.into_iter().enumerate() {
        let expected = 1.0 + 4.0 * index as f64 / 49.0;
        assert!((value - expected).abs() < 1e-15 * expected, "{value} for {expected}");
    }
}

/// Shares along a logarithmic axis of integers are even in the logarithm, as its candidates are.
#[test]
fn integers_on_a_logarithmic_axis_keep_their_shares() {
    for jitter in [false, true] {
        let points = points(LhsSampler::new().jitter(jitter), axes![log(1..=64), 0.0..=1.0], 64, 3);
        let ones = column(&points, 0).into_iter().filter(|&unit| unit < 0.15).count();
        // ln(1.5 / 0.5) of ln(64.5 / 0.5) is 22.6 % of 64.
        assert!((14..=15).contains(&ones), "{ones}");
    }
}

/// No release may change the plan of a seed unnoticed.
#[test]
fn plans_are_stable_across_releases() {
    let plan = points(LhsSampler::new(), cube(3), 5, 7);
    let strata: Vec<Vec<u32>> =
        plan.iter().map(|point| point.iter().map(|unit| (unit * 5.0) as u32).collect()).collect();
    assert_eq!(strata, [[0, 3, 2], [2, 1, 0], [4, 2, 4], [3, 4, 1], [1, 0, 3]]);
    let plan = points(ClhSampler::new(), axes![["x", "y", "z"], 0.0..=1.0], 4, 7);
    assert_eq!(plan, [[0.5 / 3.0, 0.875], [2.5 / 3.0, 0.625], [0.5, 0.375], [0.5 / 3.0, 0.125]]);
}

#[test]
fn a_seed_has_one_plan() {
    let plan = |seed| points(LhsSampler::new(), cube(4), 20, seed);
    assert_eq!(plan(7), plan(7));
    assert_ne!(plan(7), plan(8));
}

/// A sweep that goes on gets a plan of its own for the trials that it adds.
#[test]
fn going_on_plans_the_rest() {
    let earlier = sweep(LhsSampler::new(), cube(2), 0..8, seeded(7));
    let longer = sweep(LhsSampler::new(), cube(2), 0..6, Settings { ho: Some(earlier), ..Settings::new() });
    let units = |range: std::ops::Range<usize>| -> Vec<f64> {
        longer.history().trials()[range].iter().filter_map(|trial| trial.point().get(1)).collect()
    };
    assert_eq!(counts(&units(0..8), 8), [1; 8]);
    assert_eq!(counts(&units(8..14), 6), [1; 6]);
}

/// Every bracket of Hyperband is a hypercube of its own size.
#[test]
fn every_bracket_has_a_plan_of_its_own() {
    let sampler = Hyperband::new(3.0).inner(LhsSampler::new());
    let mut driver = drive::<_, _, (), _, _>(sampler, 1.0..=9.0, cube(2), seeded(7));
    while driver.ask().is_some() {
        driver.tell((0.0, ()));
    }
    let sweep = driver.finish(|_| ()).into_sweep();
    assert!(sweep.error().is_none(), "{:?}", sweep.error());
    let mut units = Vec::new();
    for trial in sweep.history().trials() {
        // The later rungs run a configuration again.
        if trial.configuration() == units.len() {
            units.push(trial.point().get(0).expect("active"));
        }
    }
    assert_eq!(counts(&units[..9], 9), [1; 9]);
    assert_eq!(counts(&units[9..14], 5), [1; 5]);
    assert_eq!(counts(&units[14..], 3), [1; 3]);
}

#[test]
fn a_plan_needs_a_number_of_trials() {
    for fault in [
        fault(LhsSampler::new(), cube(2), 0..),
        fault(LhsSampler::new(), cube(2), ..),
        fault(ClhSampler::new(), cube(2), ..),
    ] {
        assert!(fault.contains("for i in 0..n"), "{fault}");
    }
    let told = sweep(LhsSampler::new().trials(9), cube(2), .., seeded(1));
    assert_eq!(told.history().len(), 9);
    // The loop has the last word.
    let counted = sweep(LhsSampler::new().trials(9), cube(2), 0..4, seeded(1));
    assert_eq!(counted.history().len(), 4);
}

#[test]
fn a_plan_beyond_all_memory_is_refused() {
    let fault = fault(LhsSampler::new(), cube(2), 0..1_000_000_000_000_u64);
    assert!(fault.contains("1000000000000 trials") && fault.contains("RandomSampler"), "{fault}");
}

#[test]
fn dims_must_fit_the_axes() {
    let axes = || axes![0.0..=1.0, ["x", "y", "z"]];
    let with = |dims: &[Kind]| fault(ClhSampler::new().dims(dims.iter().copied()), axes(), 0..5);
    assert!(with(&[Kind::Continuous]).contains("1 kind for 2 axes"));
    let wrong = with(&[Kind::Continuous, Kind::Categorical(2)]);
    assert!(wrong.contains("gives 2 levels to `b`, which has 3") && wrong.contains("Kind::Categorical(3)"), "{wrong}");
    let none = with(&[Kind::Categorical(4), Kind::Categorical(3)]);
    assert!(none.contains("gives 4 levels to `a`, which has no levels") && none.contains("Kind::Continuous"), "{none}");
    assert!(fault(ClhSampler::new().weight(f64::NAN), axes(), 0..5).contains("weight"));
}

/// Told that nothing is categorical, or where nothing is, the categorical hypercube is the plain one.
#[test]
fn without_categories_both_samplers_agree() {
    let axes = || axes![0.0..=1.0, ordinal([1, 2, 3]), linrange(0.0, 1.0, 7)];
    for criterion in CRITERIA {
        let clh = ClhSampler::new().criterion(criterion);
        assert_eq!(points(clh, axes(), 12, 7), points(LhsSampler::new().criterion(criterion), axes(), 12, 7));
    }
    let axes = || axes![0.0..=1.0, ["x", "y", "z"]];
    let ordered = ClhSampler::new().dims([Kind::Continuous, Kind::Ordered(3)]);
    assert_eq!(points(ordered, axes(), 12, 7), points(LhsSampler::new(), axes(), 12, 7));
}

/// The rows of one level lie far apart, and so do all rows in the ordered axes alone.
#[test]
fn rows_of_a_level_are_spread() {
    let axes = || axes![0.0..=1.0, 0.0..=1.0, ["x", "y", "z"]];
    let spread = |points: &[Vec<f64>]| {
        let all: Vec<Vec<f64>> = points.iter().map(|point| point[..2].to_vec()).collect();
        let level = |level: usize| {
            let rows = points.iter().filter(|point| (point[2] * 3.0) as usize == level);
            least_distance(&rows.map(|point| point[..2].to_vec()).collect::<Vec<_>>())
        };
        [least_distance(&all), (0..3).map(level).fold(f64::INFINITY, f64::min)]
    };
    let mean = |plan: &dyn Fn(u64) -> Vec<Vec<f64>>| {
        let sums = (0..10).map(|seed| spread(&plan(seed))).fold([0.0; 2], |sum, of| [sum[0] + of[0], sum[1] + of[1]]);
        sums.map(|sum| sum / 10.0)
    };
    let [all, within] = mean(&|seed| points(ClhSampler::new(), axes(), 30, seed));
    let [random_all, random_within] = mean(&|seed| points(ClhSampler::new().swaps(0), axes(), 30, seed));
    let possible = |rows| {
        let nearest = |seed| least_distance(&points(LhsSampler::new(), cube(2), rows, seed));
        (0..10).map(nearest).sum::<f64>() / 10.0
    };
    assert!(all > 0.9 * possible(30) && within > 0.85 * possible(10), "{all} {within}");
    // What the test would see of levels that are balanced and no more.
    assert!(random_all < 0.5 * all && random_within < 0.5 * within, "{random_all} {random_within}");
}

/// Every pair of levels of two categorical hyperparameters comes up, as often as any other or nearly so.
#[test]
fn levels_meet_evenly() {
    for (criterion, seed) in CRITERIA.into_iter().flat_map(|criterion| (0..5).map(move |seed| (criterion, seed))) {
        let sampler = ClhSampler::new().criterion(criterion);
        let points = points(sampler, axes![["x", "y", "z"], ["u", "v", "w", "t"]], 24, seed);
        let pairs: Vec<f64> =
            points.iter().map(|p| ((p[0] * 3.0).floor() * 4.0 + (p[1] * 4.0).floor() + 0.5) / 12.0).collect();
        assert_eq!(counts(&pairs, 12), [2; 12], "{criterion:?}");
        let sampler = ClhSampler::new().criterion(criterion);
        let mixed = self::points(sampler, axes![["x", "y"], ["u", "v"], 0.0..=1.0, 0.0..=1.0], 24, seed);
        let pairs: Vec<f64> =
            mixed.iter().map(|p| ((p[0] * 2.0).floor() * 2.0 + (p[1] * 2.0).floor() + 0.5) / 4.0).collect();
        assert_eq!(counts(&pairs, 4), [6; 4], "{criterion:?}");
    }
}

/// How many standard errors `ours` lies below `theirs`, over sweeps with these seeds.
fn advantage(ours: impl Fn(u64) -> f64, theirs: impl Fn(u64) -> f64, seeds: std::ops::Range<u64>) -> f64 {
    let gains: Vec<f64> = seeds.map(|seed| theirs(seed) - ours(seed)).collect();
    let count = gains.len() as f64;
    let mean = gains.iter().sum::<f64>() / count;
    let variance = gains.iter().map(|gain| (gain - mean).powi(2)).sum::<f64>() / (count - 1.0);
    mean / (variance / count).sqrt()
}

/// A fixed additive problem.
fn additive(point: &[f64]) -> f64 {
    point.iter().zip([0.3, 0.8]).map(|(x, best)| (x - best).powi(2)).sum()
}

/// How far the mean over the trials is from the mean over the cube.
fn error_of_mean(points: &[Vec<f64>]) -> f64 {
    let mean = points.iter().map(|point| additive(point)).sum::<f64>() / points.len() as f64;
    let truth: f64 = [0.3_f64, 0.8].iter().map(|best| (1.0 - best).powi(3) / 3.0 + best.powi(3) / 3.0).sum();
    (mean - truth).abs()
}

fn best(points: &[Vec<f64>]) -> f64 {
    points.iter().map(|point| additive(point)).fold(f64::INFINITY, f64::min)
}

/// Better than random search, in the mean and in the best, on two blocks of seeds; random search is not better than itself.
#[test]
fn hypercubes_beat_random_search() {
    let random = |seed| points(RandomSampler::new(), cube(2), 25, seed);
    for measure in [error_of_mean, best] {
        for block in [0..300, 1_000..1_300] {
            let theirs = |seed| measure(&random(seed));
            for criterion in CRITERIA {
                let sampler = LhsSampler::new().criterion(criterion).swaps(1_000);
                let ours = |seed| measure(&points(sampler.clone(), cube(2), 25, seed));
                let gain = advantage(ours, theirs, block.clone());
                assert!(gain > 3.0, "{criterion:?} is better by {gain} standard errors");
            }
            let control = advantage(|seed| theirs(seed + 500_000), theirs, block);
            assert!(control.abs() < 3.0, "random search is better than itself by {control} standard errors");
        }
    }
}
