//! Sweeps by each sampler, and by the fronts of the engine.

use hyperopt::fmin::rand;
use hyperopt::prelude::*;
use hyperopt::{Strategy, Trials, fmin};

use crate::cell::Cell;
use crate::sweeps::{constrained, loss, one_goal, three_goals, two_goals};
use crate::{Row, sweeps};

/// A row of a sweep with one goal.
fn row<S: Strategy<Kind = Trials> + 'static>(name: &str, sampler: fn() -> S) -> Row {
    Row::new(name, move |trials| Cell::of(trials, || one_goal(sampler(), trials)))
}

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row("RandomSampler", RandomSampler::new),
        Row::new("GridSampler", |trials| {
            Cell::of(trials, || {
                let side = (trials as f64).sqrt() as usize;
                hyperopt!(
                    sampler = GridSampler::new(),
                    seed = 7,
                    rate = exp_linrange(-5.0, -1.0, side),
                    share = linrange(0.0, 1.0, trials.div_ceil(side)),
                    for _ in 0..trials {
                        loss(rate, share, 20, "sgd")
                    }
                )
            })
        }),
        row("LhsSampler", LhsSampler::new),
        row("ClhSampler", ClhSampler::new),
        row("QmcSampler", QmcSampler::new),
        row("TpeSampler", TpeSampler::new),
        Row::new("TpeSampler, two goals", |trials| Cell::of(trials, || two_goals(TpeSampler::new(), trials))),
        Row::new("TpeSampler, three goals", |trials| Cell::of(trials, || three_goals(TpeSampler::new(), trials))),
        Row::new("TpeSampler, a constraint", |trials| Cell::of(trials, || constrained(TpeSampler::new(), trials))),
        row("BohbSampler", BohbSampler::new),
        row("AnnealSampler", AnnealSampler::new),
        row("MixSampler", || MixSampler::new().with(0.5, RandomSampler::new()).with(0.5, AnnealSampler::new())),
        row("PriorBandSampler", PriorBandSampler::new),
        Row::new("Nsga2Sampler, two goals", |trials| Cell::of(trials, || two_goals(Nsga2Sampler::new(), trials))),
        Row::new("Nsga2Sampler, three goals", |trials| Cell::of(trials, || three_goals(Nsga2Sampler::new(), trials))),
        row("CmaEsSampler", CmaEsSampler::new),
        row("GpSampler", GpSampler::new),
        row("AutoSampler", AutoSampler::new),
        Row::new("AutoSampler, two goals", |trials| Cell::of(trials, || two_goals(AutoSampler::new(), trials))),
        Row::new("no repeats, of 256 times as many points", |trials| {
            Cell::of(trials, || {
                hyperopt!(
                    seed = 7,
                    share = linrange(0.0, 1.0, trials),
                    width = 1..=256,
                    for _ in 0..trials {
                        share + f64::from(width)
                    }
                )
            })
        }),
        Row::new("no repeats, of all points", |trials| {
            Cell::of(trials, || {
                hyperopt!(
                    seed = 7,
                    share = linrange(0.0, 1.0, trials / 10),
                    width = 1..=10,
                    for _ in 0..trials {
                        share + f64::from(width)
                    }
                )
            })
        }),
        Row::new("phyperopt! on two threads", |trials| {
            Cell::of(trials, || {
                phyperopt!(
                    workers(2),
                    seed = 7,
                    rate = log(1e-5..=1e-1),
                    share = 0.0..=1.0,
                    for _ in 0..trials {
                        loss(rate, share, 20, "sgd")
                    }
                )
            })
        }),
        Row::new("phyperopt! on two threads, TpeSampler", |trials| {
            Cell::of(trials, || {
                phyperopt!(
                    workers(2),
                    sampler = TpeSampler::new(),
                    seed = 7,
                    rate = log(1e-5..=1e-1),
                    share = 0.0..=1.0,
                    for _ in 0..trials {
                        loss(rate, share, 20, "sgd")
                    }
                )
            })
        }),
        Row::new("ask and tell", |trials| {
            Cell::of(trials, || {
                let mut ho = hyperopt!(seed = 7, rate = log(1e-5..=1e-1), share = 0.0..=1.0);
                for _ in 0..trials {
                    let (ticket, params) = ho.ask().expect("a random point");
                    ho.tell(ticket, loss(params.rate, params.share, 20, "sgd")).expect("a number");
                }
                ho.finish()
            })
        }),
        Row::new("fmin, algo = rand", |trials| {
            let space = (hp::loguniform("rate", -11.0, -2.0), hp::uniform("share", 0.0, 1.0));
            Cell::of(trials, || {
                fmin(|(rate, share)| loss(rate, share, 20, "sgd"), space)
                    .algo(rand())
                    .rstate(7)
                    .max_evals(trials as u64)
                    .run()
            })
        }),
        Row::new("ho = earlier", |trials| {
            let earlier = one_goal(RandomSampler::new(), trials);
            Cell::of(trials, || {
                hyperopt!(
                    ho = earlier,
                    rate = log(1e-5..=1e-1),
                    share = 0.0..=1.0,
                    width = 1..=64,
                    kind = ["adam", "sgd", "rmsprop"],
                    for _ in 0..1 {
                        loss(rate, share, width, kind)
                    }
                )
            })
        }),
        Row::new("transfer = earlier", |trials| {
            let earlier = one_goal(RandomSampler::new(), trials);
            Cell::of(trials, || {
                hyperopt!(
                    transfer = earlier,
                    sampler = TpeSampler::new(),
                    seed = 8,
                    rate = log(1e-5..=1e-1),
                    share = 0.0..=1.0,
                    width = 1..=64,
                    kind = ["adam", "sgd", "rmsprop"],
                    for _ in 0..20 {
                        loss(rate, share, width, kind)
                    }
                )
            })
        }),
        Row::new("try_first", |trials| {
            let points = hyperopt::InitialPoints::named(
                (0..trials).map(|trial| [("rate", 1e-3), ("share", trial as f64 / trials as f64)]),
            );
            Cell::of(trials, || {
                hyperopt!(
                    try_first = points,
                    seed = 8,
                    rate = log(1e-5..=1e-1),
                    share = 0.0..=1.0,
                    for _ in 0..trials {
                        loss(rate, share, 20, "sgd")
                    }
                )
            })
        }),
        Row::new("failed trials", |trials| {
            Cell::of(trials, || {
                hyperopt!(
                    seed = 7,
                    share = 0.0..=1.0,
                    for _ in 0..trials {
                        if share < 0.5 { Ok(share) } else { Err(format!("{share} is too large")) }
                    }
                )
            })
        }),
        Row::new("named values", |trials| {
            Cell::of(trials, || {
                hyperopt!(
                    seed = 7,
                    share = 0.0..=1.0,
                    for _ in 0..trials {
                        Metrics::new(share).with("square", share * share).with("size", sweeps::size(share, 20))
                    }
                )
            })
        }),
    ]
}
