//! The sampler of a file.

use hyperopt_core::{
    AnnealSampler, AutoSampler, BohbSampler, ClhSampler, CmaEsSampler, GpSampler, GridSampler, LhsSampler,
    PriorBandSampler, QmcSampler, RandomSampler, Sampler, TpeSampler,
};
use itertools::Itertools;

use crate::definition::{Definition, SamplerName};
use crate::sweep::crossed::Crossed;
use crate::sweep::of_file::OfFile;

/// Creates the sampler that the file names, crossed with the lists of `grid_search`.
pub(crate) fn sampler(definition: &Definition) -> Box<dyn Sampler> {
    let inner: Box<dyn Sampler> = Box::new(OfFile(named(definition)));
    let grid = definition.parameters().iter().positions(|parameter| parameter.grid().is_some()).collect_vec();
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
