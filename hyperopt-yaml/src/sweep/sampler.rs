use hyperopt_core::{
    AnnealSampler, AutoSampler, BohbSampler, ClhSampler, CmaEsSampler, GpSampler, GridSampler, LhsSampler,
    PriorBandSampler, QmcSampler, RandomSampler, Sampler, TpeSampler,
};

use crate::definition::{Definition, SamplerName};
use crate::sweep::crossed::Crossed;

/// The sampler of a definition.
pub(crate) fn sampler(definition: &Definition) -> Box<dyn Sampler> {
    let inner = named(definition);
    let grid = definition.parameters().iter().enumerate().filter(|(_, parameter)| parameter.grid().is_some());
    let grid: Vec<usize> = grid.map(|(axis, _)| axis).collect();
    if grid.is_empty() || definition.method.sampler == SamplerName::Grid {
        inner
    } else {
        Box::new(Crossed::new(inner, grid))
    }
}

fn named(definition: &Definition) -> Box<dyn Sampler> {
    let startup = definition.method.startup;
    match definition.method.sampler {
        SamplerName::Random => Box::new(RandomSampler::new()),
        SamplerName::Grid => {
            let grid = GridSampler::new();
            Box::new(match definition.method.resolution {
                Some(points) => grid.resolution(points),
                None => grid,
            })
        }
        SamplerName::Lhs => Box::new(LhsSampler::new()),
        SamplerName::Clh => Box::new(ClhSampler::new()),
        SamplerName::Qmc => Box::new(QmcSampler::new()),
        SamplerName::Tpe => {
            let tpe = TpeSampler::new();
            Box::new(startup.map_or(tpe.clone(), |trials| tpe.startup(trials)))
        }
        SamplerName::Gp => {
            let gp = GpSampler::new();
            Box::new(startup.map_or(gp.clone(), |trials| gp.startup(trials)))
        }
        SamplerName::CmaEs => Box::new(CmaEsSampler::new()),
        SamplerName::Anneal => Box::new(AnnealSampler::new()),
        SamplerName::Auto => Box::new(AutoSampler::new()),
        SamplerName::Bohb => Box::new(BohbSampler::new()),
        SamplerName::PriorBand => Box::new(PriorBandSampler::new()),
    }
}

/// How often Hyperband goes through its brackets until it has started `configurations`: once at the least.
pub(crate) fn rounds(configurations: u64, min: f64, max: f64, eta: f64) -> u64 {
    configurations.div_ceil(a_round(min, max, eta).max(1)).max(1)
}

/// How many configurations one round of Hyperband starts.
pub(crate) fn a_round(min: f64, max: f64, eta: f64) -> u64 {
    let mut s_max = 0;
    let mut power = eta;
    while power <= max / min * (1.0 + 1e-12) && s_max < 64 {
        power *= eta;
        s_max += 1;
    }
    let all = f64::from(s_max + 1);
    (0..=s_max).map(|s| (all / f64::from(s + 1) * eta.powi(s) - 1e-9).ceil() as u64).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_starts_what_the_paper_says() {
        assert_eq!(a_round(1.0, 81.0, 3.0), 81 + 34 + 15 + 8 + 5);
        assert_eq!((rounds(10, 1.0, 81.0, 3.0), rounds(144, 1.0, 81.0, 3.0)), (1, 2));
    }
}
