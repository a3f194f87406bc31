//! What Hyperband knows of the sweep.

use std::collections::VecDeque;

use crate::scheduler::agreement::Agreement;
use crate::scheduler::batches::Batches;
use crate::scheduler::brackets::Bracket;
use crate::scheduler::dedup::Dedup;
use crate::scheduler::explorers::Explorers;
use crate::scheduler::incumbent::Incumbent;
use crate::sweep::StopReason;

/// The state of a sweep.
#[derive(Clone, Debug, Default)]
pub(super) struct HyperbandState {
    pub(super) brackets: Vec<Bracket>,
    /// The resources of all rungs, from the cheapest.
    pub(super) ladder: Vec<f64>,
    /// The number of brackets begun or skipped, in all rounds.
    pub(super) begun: u64,
    pub(super) skipped: u64,
    /// The number of configurations that the brackets begun are to start.
    pub(super) started: u64,
    /// Whether the present bracket starts fewer configurations than it has places.
    pub(super) is_cut: bool,
    pub(super) rung: usize,
    /// The numbers of the trials of the present rung.
    pub(super) members: Vec<usize>,
    /// The number of configurations that the present rung has still to start.
    pub(super) to_start: u64,
    /// The trials of the previous rung that the present one has still to resume.
    pub(super) to_resume: VecDeque<usize>,
    pub(super) batches: Batches,
    pub(super) repeats: Dedup,
    pub(super) explorers: Explorers,
    pub(super) incumbent: Incumbent,
    /// For each bracket, whether its fewest resources rank configurations as more of them do.
    pub(super) agreements: Vec<Agreement>,
    /// Whether the inner sampler has planned the configurations of the present bracket.
    pub(super) is_planned: bool,
    pub(super) retired: Vec<usize>,
    /// The reason why no step is left; `None` before.
    pub(super) over: Option<Over>,
}

#[derive(Clone, Debug)]
pub(super) enum Over {
    Done(StopReason),
    Fault(String),
}
