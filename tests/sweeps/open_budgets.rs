//! Sweeps over budgets that are asked and told by hand.

use std::collections::HashMap;

use hyperopt::prelude::*;
use hyperopt::{Error, Point, State, StopReason};

fn points<P>(ho: &Hyperoptimizer<P>) -> Vec<(Point, Option<f64>, Option<f64>)> {
    ho.trials().map(|(trial, _)| (trial.point().clone(), trial.resources(), trial.objective())).collect()
}

/// The history is that of the loop, with the states that a program keeps by configuration.
#[test]
fn turns_have_the_history_of_the_loop() {
    for seed in 0..3 {
        let looped = hyperopt!(
            sampler = Bohb::new(),
            seed = seed,
            x = 0.0..=1.0,
            for (resources, state) in 1..=27 {
                let spent = state.unwrap_or(0) + 1;
                (x / f64::from(resources) + f64::from(spent), spent)
            }
        );
        let mut open = hyperopt!(sampler = Bohb::new(), seed = seed, x = 0.0..=1.0).over(1..=27);
        let mut states = HashMap::new();
        for (turn, p) in open.turns(1000) {
            let spent: &mut i32 = states.entry(turn.configuration()).or_default();
            *spent += 1;
            let loss = p.x / turn.resources().unwrap() + f64::from(*spent);
            turn.tell(loss);
        }
        assert_eq!(open.end(), StopReason::Planned);
        assert_eq!(points(&open.finish()), points(&looped));
    }
}

/// Several trials run at once, are told in any order, and a rung waits for all of its own.
#[test]
fn tickets_are_told_in_any_order() -> Result<(), Error> {
    let mut ho = hyperopt!(sampler = Hyperband::new(3.0), seed = 7, x = 0.0..=1.0).over(1.0..=9.0);
    let mut running = Vec::new();
    let waiting = loop {
        match ho.ask() {
            Ok((ticket, p)) => running.push((ticket, p.x)),
            Err(error) => break error,
        }
    };
    assert_eq!(waiting, Error::Waiting { running: running.len() });
    let first = running.iter().filter(|(ticket, _)| ticket.resources() == Some(1.0)).count();
    assert_eq!(first, 9);
    for (ticket, x) in running.into_iter().rev() {
        ho.tell(ticket, x)?;
    }
    let (ticket, _) = ho.ask()?;
    assert!(ticket.configuration() < ticket.number());
    drop(ticket);
    let ho = ho.finish();
    assert_eq!(ho.history().count(State::Cancelled), 1);
    Ok(())
}

#[test]
fn a_faulty_range_is_an_error_of_the_sweep() {
    let mut ho = hyperopt!(sampler = Hyperband::new(3.0), x = 0.0..=1.0).over(-1..=9);
    assert!(ho.ask().is_err());
    assert!(ho.error().is_some() && ho.is_empty());
}
