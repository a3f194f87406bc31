//! Trials of a study that wait to be run again.

use std::time::Instant;

use rand::RngExt;

use crate::engine::{Engine, Job};
use crate::sampler::{Purpose, stream};

impl Engine {
    /// Takes a waiting trial to be run; coordinates that its process did not record are drawn.
    pub(super) fn take_requeued(&mut self, number: usize) -> Job {
        let proposed = self.study.as_ref().and_then(|study| study.proposed.get(&number)).cloned();
        let (space, history) = (&self.sweep.space, &mut self.sweep.history);
        let configuration = history.trials()[number].configuration();
        let before = history.trials()[..number].iter().rposition(|trial| trial.configuration() == configuration);
        let mut open = None;
        if let Some(trial) = history.running_mut(number).filter(|_| before.is_none()) {
            let mut rng = stream(self.sweep.seed, Purpose::Known, number as u64);
            let mut point = proposed.unwrap_or_else(|| trial.point().clone());
            for (index, axis) in space.axes().iter().enumerate() {
                let drawn = rng.random::<f64>();
                if !point.is_active(index) {
                    point.set(index, axis.snap(drawn));
                }
            }
            if self.conditional {
                open = Some(point.clone());
                space.deactivate_conditional(&mut point);
            }
            *trial.point_mut() = point;
        }
        let trial = &history.trials()[number];
        let (resources, point) = (trial.resources(), trial.point().clone());
        Job {
            number,
            configuration,
            resources,
            before,
            point,
            proposed: open,
            is_settled: false,
            asked: Instant::now(),
        }
    }
}
