//! Whose turn it is.

use crate::sampler::Setup;
use crate::sampler::toolkit::searched;
use crate::space::Kind;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Member {
    Centre,
    Tpe,
    Gp,
    Quadratic,
    CmaEs,
}

/// Which trials are for whom, but for those of TPE in between.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Plan {
    /// The first trial that is not for TPE, which has been told something beforehand.
    pub(super) tpe_until: usize,
    /// The first trial that is not for the Gaussian process any more.
    pub(super) gp_until: usize,
    /// Whether CMA-ES takes over then.
    pub(super) has_cma_es: bool,
}

/// The first trials, which TPE proposes where it knows something beforehand.
const START: usize = 20;
/// The first trials of the Gaussian process, before others have a turn.
const GP_START: usize = 10;
/// Trials up to which a Gaussian process is worth its time.
const GP_UNTIL: usize = 200;
/// Trials above which it is not worth its time at any of them.
const GP_PLANNED: u64 = 10_000;
/// Axes above which it is not.
const GP_AXES: usize = 40;
/// Whose turn it is, trial by trial, while the Gaussian process is worth its time, and after that.
const WITH_GP: [Member; 4] = [Member::Gp, Member::Quadratic, Member::Gp, Member::Tpe];
const WITH_CMA_ES: [Member; 4] = [Member::CmaEs, Member::Quadratic, Member::CmaEs, Member::CmaEs];

impl Plan {
    pub(super) fn new(setup: &Setup<'_>) -> Self {
        if setup.goals().len() > 1 || !setup.resources().is_empty() {
            return Self::default();
        }
        let axes = searched(setup.space());
        let ordered = axes.clone().filter(|(_, axis)| !matches!(axis.kind(), Kind::Categorical(_))).count();
        let planned = setup.trials().map(|trials| trials.saturating_add(setup.first() as u64));
        let gp_until = match planned {
            _ if axes.count() > GP_AXES => 0,
            Some(planned) if planned > GP_PLANNED => 0,
            Some(planned) if planned <= GP_UNTIL as u64 * 5 / 4 => usize::MAX,
            _ => GP_UNTIL,
        };
        let is_told = !setup.transferred().is_empty() || setup.space().axes().iter().any(|axis| axis.prior().is_some());
        Self { tpe_until: if is_told { START } else { 0 }, gp_until, has_cma_es: ordered > 1 }
    }

    pub(super) fn member(self, number: usize) -> Member {
        if self == Self::default() || number < self.tpe_until {
            Member::Tpe
        } else if number < self.gp_until {
            match number {
                0 => Member::Centre,
                _ if number < GP_START => Member::Gp,
                _ => WITH_GP[number % WITH_GP.len()],
            }
        } else if self.has_cma_es && number >= self.start() {
            WITH_CMA_ES[number % WITH_CMA_ES.len()]
        } else {
            Member::Tpe
        }
    }

    /// Returns the first trial that CMA-ES can have.
    fn start(self) -> usize {
        if self.gp_until > 0 { 0 } else { START }
    }

    /// Whose turn it is if no quadratic model can be made.
    pub(super) fn instead(self, number: usize) -> Member {
        if number < self.gp_until { Member::Gp } else { Member::CmaEs }
    }
}
