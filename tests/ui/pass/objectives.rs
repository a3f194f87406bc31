//! Several goals, with each form of objectives.

#![deny(warnings)]

use hyperopt::prelude::*;

fn main() {
    let ho = hyperopt!(
        goal = [Minimize, Maximize],
        a = linrange(1.0, 2.0, 11),
        for _ in 0..5 {
            [a, -a]
        }
    );
    assert_eq!(ho.goals().len(), 2);
    let ho = thyperopt!(
        goal = [Minimize, Maximize],
        a = 1..=8,
        for _ in 0..5 {
            Metrics::objectives([("loss", f64::from(a)), ("speed", 1.0)]).constraint("memory", -1.0)
        }
    );
    assert!(ho.pareto().is_ok());
    let mut ho = hyperopt!(goal = [Minimize; 3], a = 1..=8);
    let (trial, p) = ho.ask().unwrap();
    ho.tell(trial, [p.a, p.a, p.a]).unwrap();
}
