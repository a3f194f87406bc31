//! Every sampler and every scheduler in a sweep without hyperparameters, and in one whose hyperparameters are constant.

use hyperopt_core::{
    AnnealSampler, Asha, Bohb, BohbSampler, Candidates, ClhSampler, Dehb, GridSampler, Hyperband, LhsSampler,
    MedianPruner, MixSampler, Nsga2Sampler, Parameters, Pasha, PriorBand, PriorBandSampler, QmcSampler, RandomSampler,
    Search, Sweep, TpeSampler, WithPruner, categorical, linrange, log, ordinal,
};
#[cfg(feature = "models")]
use hyperopt_core::{AutoSampler, CmaEsSampler, GpSampler};

/// The sweep of each sampler over a space, with its name; the parameters of each trial have to be the expected ones.
macro_rules! sweeps {
    ($space:expr, $expected:expr, $head:expr, [$($sampler:expr),+ $(,)?]) => {
        [$({
            let mut loss = 0.0;
            let ho = Search::new($space).sampler($sampler).seed(7).run($head, |_, params: hyperopt_core::NamedValues<f64>| {
                let values: Vec<_> = params.iter().map(|(_, value)| *value).collect();
                assert_eq!(values, $expected, "{}", stringify!($sampler));
                loss = (7.0 * loss + 3.0) % 11.0;
                loss
            });
            (stringify!($sampler), ho.into_sweep())
        }),+]
    };
}

/// The table of all of them.
macro_rules! all_sweeps {
    ($space:expr, $expected:expr) => {{
        let mut sweeps = Vec::new();
        sweeps.extend(sweeps!(
            $space,
            $expected,
            0..40,
            [
                RandomSampler::new(),
                GridSampler::new(),
                LhsSampler::new(),
                ClhSampler::new(),
                QmcSampler::new(),
                AnnealSampler::new(),
                BohbSampler::new(),
                BohbSampler::faithful(),
                TpeSampler::new(),
                TpeSampler::new().multivariate(false),
                Nsga2Sampler::new().population(4),
                PriorBandSampler::new(),
                MixSampler::new().with(0.5, RandomSampler::new()).with(0.5, TpeSampler::new()),
            ]
        ));
        sweeps.extend(sweeps!(
            $space,
            $expected,
            0..40,
            [RandomSampler::new().pruner(MedianPruner::new()), TpeSampler::new().pruner(MedianPruner::new()),]
        ));
        sweeps.extend(sweeps!(
            $space,
            $expected,
            1.0..=9.0,
            [
                Hyperband::new(3.0),
                Hyperband::new(3.0).faithful().rounds(2),
                Hyperband::new(3.0).inner(LhsSampler::new()),
                Hyperband::new(3.0).inner(GridSampler::new()),
                Hyperband::new(3.0).inner(Nsga2Sampler::new().population(4)),
                Bohb::new(),
                Bohb::tpe(),
                Bohb::faithful(),
                PriorBand::new(),
                Dehb::new(3.0),
                Dehb::new(3.0).rounds(3),
                Asha::new(3.0),
                Asha::new(3.0).inner(BohbSampler::new()).batch(4),
                Pasha::new(3.0),
                Pasha::new(3.0).inner(TpeSampler::new()),
            ]
        ));
        #[cfg(feature = "models")]
        sweeps.extend(sweeps!($space, $expected, 0..240, [AutoSampler::new(), CmaEsSampler::new(), GpSampler::new()]));
        #[cfg(feature = "models")]
        sweeps.extend(sweeps!(
            $space,
            $expected,
            1.0..=9.0,
            [Hyperband::new(3.0).inner(GpSampler::new()), Asha::new(3.0).inner(CmaEsSampler::new()),]
        ));
        sweeps
    }};
}

/// Every sampler runs as many trials as planned, but for a grid, which has one point.
fn check(sweeps: Vec<(&str, Sweep)>) {
    for (sampler, sweep) in sweeps {
        let sampler = sampler.replace(' ', "");
        let trials = sweep.history().len();
        assert_eq!(sweep.error().map(ToString::to_string), None, "{sampler}");
        let expected = match sampler.as_str() {
            "GridSampler::new()" => 1..=1,
            _ if sampler.contains("GridSampler") => 1..=22,
            _ if sampler.starts_with("Asha") || sampler.starts_with("Pasha") => 17..=40,
            "Dehb::new(3.0).rounds(3)" => 66..=66,
            "Bohb::faithful()" => 20..=20,
            "Hyperband::new(3.0).faithful().rounds(2)" => 40..=40,
            "AutoSampler::new()" | "CmaEsSampler::new()" | "GpSampler::new()" => 240..=240,
            "Bohb::new()" | "Bohb::tpe()" | "PriorBand::new()" | "Dehb::new(3.0)" => 22..=22,
            _ if sampler.starts_with("Hyperband") => 22..=22,
            _ => 40..=40,
        };
        assert!(expected.contains(&trials), "{sampler}: {trials} trials");
    }
}

#[test]
fn every_sampler_runs_without_hyperparameters() {
    check(all_sweeps!(Parameters::<f64>::new(), [0.0; 0]));
}

#[test]
fn every_sampler_runs_with_constants_alone() {
    let space = || {
        Parameters::new()
            .with("range", (3.0..=3.0).dimension())
            .with("rate", log(0.1..=0.1).dimension())
            .with("steps", linrange(2.0, 2.0, 1).dimension())
            .with("integer", (4..=4).dimension().map(f64::from))
            .with("choice", categorical([7.0]).labels(["seven"]).dimension())
            .with("order", ordinal([5.0]).labels(["five"]).dimension())
    };
    check(all_sweeps!(space(), [3.0, 0.1, 2.0, 4.0, 7.0, 5.0]));
}
