//! Sweeps whose trials report, in every macro, without a warning.

#![deny(warnings)]

use hyperopt::prelude::*;

struct Model {
    rate: f32,
}

impl Model {
    fn epoch(&mut self) -> f32 {
        self.rate *= 0.9;
        self.rate
    }
}

fn main() {
    let ho = hyperopt!(
        sampler = RandomSampler::new().pruner(MedianPruner::new().n_warmup_steps(2)),
        rate = log(1e-5..=1e-1),
        'sweep: for trial in 0..10 {
            let mut model = Model { rate: rate as f32 };
            let mut loss = f32::NAN;
            for epoch in 0..5 {
                loss = model.epoch();
                trial.report(epoch, loss);
                if trial.should_prune() {
                    continue 'sweep;
                }
            }
            loss
        }
    );
    assert_eq!(ho.len(), 10);

    let ho = thyperopt!(
        sampler = LhsSampler::new().pruner(PatientPruner::new(SuccessiveHalvingPruner::new(), 2)),
        rate = log(1e-5..=1e-1),
        for trial in 0..10 {
            trial.report(trial.number(), rate);
            if trial.should_prune() {
                continue;
            }
            Metrics::new(rate).with("epochs", 1.0)
        }
    );
    assert_eq!(ho.len(), 10);

    let ho = phyperopt!(
        workers(2),
        sampler = BohbSampler::new().pruner(WilcoxonPruner::new()).batch(4),
        rate = log(1e-5..=1e-1),
        for trial in 0..10 {
            let folds = (0_usize..3).map(|fold| {
                trial.report(fold, rate);
                (!trial.should_prune()).then_some(rate)
            });
            let sum: Option<f64> = folds.sum();
            sum
        }
    );
    assert_eq!(ho.len(), 10);

    let mut ho = hyperopt!(sampler = RandomSampler::new().pruner(ThresholdPruner::new().upper(1.0)), x = 0.0..=2.0);
    for (turn, p) in ho.turns(10) {
        turn.report(0, p.x).expect("a step from 0");
        if !turn.should_prune() {
            turn.tell(p.x);
        }
    }
    assert_eq!(ho.finish().len(), 10);
}
