//! Repeats on spaces whose axes all have levels: declared laws hold, models leave out what has been tried, and notes say
//! what repeats.

use std::collections::HashSet;

use hyperopt_core::fmin::{anneal, fmin, mix, rand, tpe};
use hyperopt_core::{
    AnnealSampler, BohbSampler, Candidates, Draw, GridSampler, History, Hyperoptimizer, LhsSampler, NamedValues,
    Nsga2Sampler, Parameters, Point, QmcSampler, RandomSampler, Sampler, Search, SearchSpace, Space, Strategy,
    TpeSampler, Trials, categorical, hp, log,
};
use rand::RngExt;

type Values = NamedValues<i64>;
type Make = fn() -> Box<dyn Sampler>;

fn distinct<P>(ho: &Hyperoptimizer<P>) -> usize {
    ho.history().trials().iter().map(|trial| format!("{:?}", trial.point())).collect::<HashSet<_>>().len()
}

fn note<P>(ho: &Hyperoptimizer<P>) -> String {
    ho.sweep().notes().join("; ")
}

/// A grid of 25 cells.
fn grid() -> Parameters<i64> {
    Parameters::new().with("a", (0..=4).dimension()).with("b", (0..=4).dimension())
}

fn bowl(values: &Values) -> f64 {
    values.iter().map(|(_, value)| (*value as f64 - 1.0).powi(2)).sum()
}

/// Random search draws likely levels as often as it should, however often they have been tried.
#[test]
fn a_declared_law_is_kept() {
    for seeds in [0..10, 10..20] {
        let mut values = Vec::new();
        for seed in seeds {
            let space = Parameters::new().with("x", log(1..=1024_i64).dimension());
            let ho = Search::new(space).seed(seed).run(0..200, |_, values| values[0].1 as f64);
            values.extend(ho.results().flatten());
        }
        values.sort_by(f64::total_cmp);
        // From half an integer below 1 on, there are eleven octaves; the standard error of the median is an eighth of one.
        assert!((values[1000].log2() - 4.5).abs() < 0.4, "{}", values[1000]);
    }
    for seed in [1, 2] {
        let chances = [0.14, 0.02, 0.84];
        let space = hp::pchoice("x", [(0.14, 0), (0.02, 1), (0.84, 2)]);
        let ho = Search::new(space).seed(seed).run(0..1000, |_, x| f64::from(x));
        for (option, chance) in chances.into_iter().enumerate() {
            let count = ho.results().flatten().filter(|x| *x == option as f64).count() as f64;
            assert!(
                (count - 1000.0 * chance).abs() < 3.0 * (1000.0 * chance * (1.0 - chance)).sqrt(),
                "{option}: {count}"
            );
        }
        // 13.4 percent of a normal distribution are more than 1.5 deviations from the mean.
        let ho = Search::new(hp::qnormal("x", 0, 1, 1)).seed(seed).run(0..400, |_, x| f64::abs(x));
        let tails = ho.results().flatten().filter(|x| *x >= 2.0).count();
        assert!((33..=74).contains(&tails), "{tails}");
    }
}

/// A rare option stays rare, and along the even axis beside it nothing repeats.
#[test]
fn only_even_axes_are_drawn_again() {
    for seed in [3, 4] {
        let space = (hp::pchoice("kind", [(0.9, 0), (0.1, 1)]), hp::randint("x", 100));
        let ho = Search::new(space).seed(seed).run(0..80, |_, (kind, _)| f64::from(kind));
        let rare = ho.results().flatten().sum::<f64>();
        assert!((rare - 8.0).abs() < 3.0 * 7.2_f64.sqrt(), "{rare}");
        assert!(distinct(&ho) >= 79, "{}", distinct(&ho));
    }
}

/// How often the later half of 100 trials is far above the optimum at 20.
fn far(sampler: Make, seeds: std::ops::Range<u64>, repeats: bool) -> usize {
    let far = |seed| {
        let space = Parameters::new().with("trees", log(1..=1000_i64).dimension());
        let space = space.with("kind", categorical([0, 1]).dimension());
        let search = Search::new(space).sampler(sampler()).seed(seed).repeats(repeats);
        let ho =
            search.run(0..100, |_, values: Values| (values[0].1 as f64 / 20.0).ln().powi(2) + values[1].1 as f64 * 0.1);
        assert!(ho.best().is_ok_and(|best| best.value < 0.1));
        ho.trials().skip(50).filter(|(_, values)| values[0].1 > 200).count()
    };
    seeds.map(far).sum()
}

/// Around the optimum, all points have soon been tried. A sampler that learns stays there all the same.
#[test]
fn a_sampler_that_learns_stays_near_the_optimum() {
    for seeds in [0..5, 5..10] {
        let random = far(|| Box::new(RandomSampler::new()), seeds.clone(), true);
        let samplers: [Make; 5] = [
            || Box::new(TpeSampler::new()),
            || Box::new(tpe()),
            || Box::new(BohbSampler::new()),
            || Box::new(AnnealSampler::new()),
            || Box::new(mix([(0.5, Box::new(anneal()) as Box<dyn Sampler>), (0.5, Box::new(tpe()))])),
        ];
        for sampler in samplers {
            let far = far(sampler, seeds.clone(), false);
            assert!(4 * far < 3 * random, "{:?}: {far} and {random}", sampler());
        }
    }
}

/// Distinct points of the first 20 and of all 60 trials on 25 cells.
fn tried(sampler: impl Strategy<Kind = Trials>, repeats: bool) -> (usize, usize) {
    let ho = Search::new(grid()).sampler(sampler).seed(5).repeats(repeats).run(0..60, |_, values| bowl(&values));
    let points = ho.history().trials().iter().map(|trial| format!("{:?}", trial.point()));
    (points.clone().take(15).collect::<HashSet<_>>().len(), points.collect::<HashSet<_>>().len())
}

#[test]
fn points_do_not_repeat_without_need() {
    assert_eq!(tried(RandomSampler::new(), false), (15, 25));
    assert_eq!(tried(BohbSampler::new(), false).0, 15);
    assert_eq!(tried(TpeSampler::new(), false).0, 15);
    assert!(tried(Nsga2Sampler::new(), false).0 >= 14);
    assert!(tried(AnnealSampler::new(), false).0 >= 14);
}

#[test]
fn with_repeats_no_sampler_avoids_any() {
    assert!(tried(RandomSampler::new(), true).0 < 15);
    assert!(tried(TpeSampler::new(), true).1 < 20);
    assert!(tried(BohbSampler::new(), true).1 < 25);
    let points = |repeats| {
        let search = fmin(|(a, b)| f64::from(a - 2).powi(2) + f64::from(b - 3).powi(2), space());
        let trials = search.algo(rand()).max_evals(20).rstate(1).repeats(repeats).evaluate().unwrap();
        trials.trials().map(|(trial, _)| format!("{:?}", trial.point())).collect::<HashSet<_>>().len()
    };
    assert!(points(true) < 20 && points(false) == 20);
}

fn space() -> impl SearchSpace<Params = (i32, i32)> {
    (hp::randint("a", 6), hp::randint("b", 6))
}

/// Noisy objectives: the mean of repeated trials says more.
#[test]
fn with_repeats_a_noisy_optimum_is_tried_again() {
    for seed in 0..4 {
        let noisy = |trial: u64, values: Values| bowl(&values) + (trial as f64 * 12.9898).sin() * 0.5;
        let search = |repeats| Search::new(grid()).sampler(TpeSampler::new()).seed(seed).repeats(repeats);
        let (once, again) = (search(false).run(0..25_u64, noisy), search(true).run(0..25_u64, noisy));
        assert!(distinct(&again) + 4 < distinct(&once), "{} {}", distinct(&again), distinct(&once));
    }
}

/// Proposes four points in turns, and counts those that it is told have been tried.
#[derive(Debug, Default)]
struct Own {
    tried: Vec<bool>,
    keeps: bool,
}

impl Sampler for Own {
    fn suggest(&mut self, space: &Space, _: &History, draw: &Draw) -> Option<Point> {
        let unit = [0.1, 0.3, 0.5, 0.7][draw.rng().random_range(0..4)];
        let point: Point = space.axes().iter().map(|_| unit).collect();
        self.tried.push(draw.is_tried(space, &point));
        Some(point)
    }

    fn keeps_repeats(&self) -> bool {
        self.keeps
    }
}

#[test]
fn a_sampler_of_ones_own_is_asked_again_and_then_a_repeat_stands() {
    let run = |keeps, repeats, seed| {
        let sampler = Own { keeps, ..Own::default() };
        let ho = Search::new(grid()).sampler(sampler).seed(seed).repeats(repeats).run(0..4, |_, values| bowl(&values));
        distinct(&ho)
    };
    let all = |keeps, repeats| (0..30).map(|seed| run(keeps, repeats, seed)).sum::<usize>();
    // Of nine draws from four points, the last one left is missed with probability 0.08.
    assert!(all(false, false) >= 113, "{}", all(false, false));
    assert!(all(true, false) < 95 && all(true, false) == all(false, true), "{}", all(true, false));
    let ho = Search::new(grid()).sampler(Own::default()).seed(7).run(0..40, |_, values| bowl(&values));
    assert_eq!((distinct(&ho), note(&ho).as_str()), (4, "36 trials repeat the point of an earlier one"));
}

#[test]
fn notes_say_what_repeats_and_when_nothing_is_left() {
    let run = |n: u64, repeats| Search::new(grid()).seed(7).repeats(repeats).run(0..n, |_, values| bowl(&values));
    assert_eq!(note(&run(10, false)), "");
    let ho = run(60, false);
    let expected = "all 25 points of the space have been tried; 35 trials repeat an earlier one";
    assert_eq!(note(&ho), expected);
    assert!(ho.to_string().contains(&format!("\nnote: {expected}")), "{ho}");
    assert_eq!(note(&run(60, true)), "");
    // A sweep that resumes it counts all of them.
    let more = Search::new(grid()).seed(7).earlier(&ho).run(0..1, |_, values| bowl(&values));
    assert_eq!(note(&more), "all 25 points of the space have been tried; 36 trials repeat an earlier one");
    let plan = Search::new(grid()).sampler(GridSampler::new()).run(.., |_, values| bowl(&values));
    assert_eq!((plan.len(), note(&plan)), (25, String::new()));
    let one = Search::new(Parameters::new().with("a", (3..=3).dimension())).run(0..1, |_, values| bowl(&values));
    assert_eq!(note(&one), "the only point of the space has been tried");
}

/// A sequence has one point for each trial, and it stands.
#[test]
fn a_sequence_is_left_alone() {
    let run = |repeats| {
        let ho = Search::new(grid())
            .sampler(QmcSampler::new())
            .seed(7)
            .repeats(repeats)
            .run(0..20, |_, values| bowl(&values));
        ho.history().trials().iter().map(|trial| trial.point().clone()).collect::<Vec<_>>()
    };
    assert_eq!(run(false), run(true));
}

/// Two halves are the same as the whole.
#[test]
fn a_resumed_sweep_knows_what_has_been_tried() {
    let samplers: [Make; 5] = [
        || Box::new(rand()),
        || Box::new(TpeSampler::new()),
        || Box::new(tpe()),
        || Box::new(BohbSampler::new()),
        || Box::new(AnnealSampler::new()),
    ];
    for sampler in samplers {
        let search = || Search::new(grid()).sampler(sampler()).seed(3);
        let points = |ho: &Hyperoptimizer<Values>| {
            ho.history().trials().iter().map(|trial| trial.point().clone()).collect::<Vec<_>>()
        };
        let whole = search().run(0..40, |_, values| bowl(&values));
        let half = search().run(0..17, |_, values| bowl(&values));
        let rest = search().earlier(&half).run(0..23, |_, values| bowl(&values));
        assert_eq!(points(&whole), points(&rest), "{:?}", sampler());
    }
}

/// A branch without hyperparameters is one point: once it has been tried, the others are looked into, however bad their first
/// trials were.
#[test]
fn a_branch_that_is_used_up_is_left() {
    for seed in 0..20 {
        let space = hp::choice("k", (hp::randint("a", 100).map(Some), hp::constant(None)));
        let ho = Search::new(space)
            .sampler(TpeSampler::new())
            .seed(seed)
            .run(0..200, |_, a: Option<i64>| a.map_or(0.5, |a| (a as f64 - 77.0).abs() / 10.0));
        assert!(ho.best().unwrap().value < 0.5, "seed {seed}: {}", note(&ho));
        assert!(distinct(&ho) > 60, "seed {seed}: {}", note(&ho));
    }
}

/// The same, where the other branch is continuous: its points never repeat.
#[test]
fn a_branch_of_one_point_is_left_beside_a_continuous_one() {
    let samplers: [Make; 4] = [
        || Box::new(rand()),
        || Box::new(TpeSampler::new()),
        || Box::new(BohbSampler::new()),
        || Box::new(AnnealSampler::new()),
    ];
    for sampler in samplers {
        for seed in 0..5 {
            let space = || hp::choice("k", (hp::uniform("a", 0, 1).map(Some), hp::constant(None)));
            let search = |sampler: Box<dyn Sampler>| Search::new(space()).sampler(sampler).seed(seed);
            let loss = |a: Option<f64>| a.map_or(0.5, |a| (a - 0.77).abs() + 0.6);
            let ho = search(sampler()).run(0..60, |_, a| loss(a));
            assert_eq!((distinct(&ho), note(&ho).as_str()), (60, ""), "{:?}, seed {seed}", sampler());
            // A resumed sweep knows as much.
            let half = search(sampler()).run(0..30, |_, a| loss(a));
            let rest = search(sampler()).earlier(&half).run(0..30, |_, a| loss(a));
            assert_eq!(distinct(&rest), 60);
        }
    }
    let space = hp::choice("k", (hp::uniform("a", 0, 1).map(Some), hp::constant(None)));
    let repeated = Search::new(space).seed(7).repeats(true).run(0..60, |_, a| a.unwrap_or(0.5));
    assert!(distinct(&repeated) < 45);
    // A declared law is not bent.
    let space = hp::pchoice("k", ((0.9, hp::constant(None)), (0.1, hp::uniform("a", 0, 1).map(Some))));
    let lawful = Search::new(space).sampler(rand()).seed(7).run(0..200, |_, a: Option<f64>| a.unwrap_or(0.5));
    let repeats = 200 - distinct(&lawful);
    assert!((160..195).contains(&repeats), "{repeats}");
    assert_eq!(note(&lawful), format!("{repeats} trials repeat the point of an earlier one"));
}

/// Of a plan, only `for i in ..` asked for all points.
#[test]
fn a_plan_that_leaves_nothing_says_so() {
    let all = "all 25 points of the space have been tried";
    let plan = |sampler: Box<dyn Sampler>, n: u64| {
        note(&Search::new(grid()).sampler(sampler).seed(7).run(0..n, |_, values| bowl(&values)))
    };
    assert_eq!(plan(Box::new(GridSampler::new()), 25), all);
    assert_eq!(plan(Box::new(GridSampler::new()), 60), all);
    assert_eq!(plan(Box::new(GridSampler::new()), 24), "");
    let ordered = |sampler: Box<dyn Sampler>| {
        let space = Parameters::new().with("a", (1..=8).dimension().map(f64::from));
        note(&Search::new(space).sampler(sampler).seed(7).run(0..8, |_, values| values[0].1))
    };
    assert_eq!(ordered(Box::new(LhsSampler::new())), "all 8 points of the space have been tried");
    assert_eq!(ordered(Box::new(QmcSampler::new())), "all 8 points of the space have been tried");
}

/// A range with equal ends is one level.
#[test]
fn constants_among_levels_change_nothing() {
    let space = Parameters::new().with("x", (2.0..=2.0).dimension()).with("y", (1..=12).dimension().map(f64::from));
    let ho = Search::new(space).seed(1).run(0..12, |_, values| values[1].1);
    assert_eq!((distinct(&ho), note(&ho).as_str()), (12, "all 12 points of the space have been tried"));
}
