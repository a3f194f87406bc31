//! Avoids repeats: lets samplers know what has been tried on a space whose axes all have levels, and leaves branches of one
//! point that have been tried beside continuous ones.

use std::sync::Arc;

use crate::sampler::{Draw, Sampler, Tried, redraw};
use crate::scheduler::View;
use crate::space::Point;

/// Keeps track of the points that have been tried, for all samplers of a sweep.
#[derive(Clone, Debug, Default)]
pub(super) struct Dedup {
    /// `None` on a space where no point can come twice, and if repeats are allowed.
    tried: Option<Arc<Tried>>,
}

impl Dedup {
    /// Starts anew.
    pub(super) fn begin(&mut self, view: &View<'_>) {
        self.tried = if view.repeats { None } else { Tried::new(view.space).map(Arc::new) };
    }

    /// Returns the next proposal of `sampler`. One that has been tried is asked for again, unless the sampler lets repeats
    /// stand. The trials of a plan are never replaced.
    pub(super) fn propose(&mut self, sampler: &mut impl Sampler, is_planned: bool, view: &View<'_>) -> Option<Point> {
        if is_planned {
            return sampler.suggest(view.space, view.history, &view.draw());
        }
        redraw::suggest(sampler, view.space, view.history, &self.draw(view))
    }

    /// Returns the next proposal of `suggest`, which is asked again for one that has been tried.
    pub(super) fn propose_with(
        &mut self,
        suggest: impl FnMut(&Draw) -> Option<Point>,
        view: &View<'_>,
    ) -> Option<Point> {
        redraw::suggest_with(view.space, &self.draw(view), suggest)
    }

    /// Returns the draw of the next configuration, which knows the points that have been tried as long as any is left.
    fn draw(&mut self, view: &View<'_>) -> Draw {
        let draw = view.draw();
        match self.tried(view) {
            Some(tried) if !tried.is_exhausted() => draw.with_tried(Arc::clone(tried)),
            _ => draw,
        }
    }

    fn tried(&mut self, view: &View<'_>) -> Option<&Arc<Tried>> {
        let tried = self.tried.as_mut()?;
        // A copy is made only for a sampler that keeps its draws.
        Arc::make_mut(tried).read(view.space, view.history);
        Some(tried)
    }

    /// Returns a note if configurations repeat one another, and one if all points have been tried. Where the whole plan was
    /// asked for, `for i in ..`, that all its points have been tried needs none.
    pub(super) fn note(&mut self, is_whole_plan: bool, view: &View<'_>) -> Option<String> {
        let tried = self.tried(view)?;
        let (points, repeats) = tried.counts();
        let has_rungs = view.history.configurations() < view.history.len();
        let what = match (has_rungs, repeats) {
            (false, 1) => "1 trial repeats".to_owned(),
            (false, _) => format!("{repeats} trials repeat"),
            (true, 1) => "1 configuration repeats".to_owned(),
            (true, _) => format!("{repeats} configurations repeat"),
        };
        match (tried.is_exhausted(), repeats) {
            (true, 0) if is_whole_plan => None,
            (true, 0) => Some(all(points)),
            (true, _) => Some(format!("{}; {what} an earlier one", all(points))),
            (false, 0) => None,
            (false, _) => Some(format!("{what} the point of an earlier one")),
        }
    }
}

fn all(points: usize) -> String {
    match points {
        1 => "the only point of the space has been tried".to_owned(),
        _ => format!("all {points} points of the space have been tried"),
    }
}
