use super::*;

#[test]
fn ask_and_tell_in_any_order() -> Result<(), Error> {
    let mut ho = hyperopt!(
        sampler = GridSampler::new(),
        a = [1.0, 2.0],
        b = if a > 1.5 {
            [10, 20]
        }
    );
    let mut open: Vec<(Ticket, f64)> = Vec::new();
    while let Ok((ticket, params)) = ho.ask() {
        assert_eq!(params.b.is_some(), params.a > 1.5);
        open.push((ticket, params.a));
    }
    assert_eq!(ho.end(), StopReason::Exhausted);
    for (ticket, a) in open.into_iter().rev() {
        ho.tell(ticket, a)?;
    }
    assert_eq!(ho.best()?.params.a, 1.0);
    let ho = ho.finish();
    assert_eq!(states(&ho), [State::Complete; 3]);
    Ok(())
}

#[test]
fn turns_that_are_dropped_are_cancelled_as_tickets_are() -> Result<(), Error> {
    let mut ho = hyperopt!(a = 1..=30);
    for (index, (turn, params)) in ho.turns(4).enumerate() {
        match index {
            1 => drop(turn),
            2 => turn.prune(),
            _ => turn.tell(params.a),
        }
    }
    assert_eq!(ho.history().running(), 0);
    drop(ho.ask()?);
    let ho = ho.finish();
    assert_eq!(states(&ho), [State::Complete, State::Cancelled, State::Pruned, State::Complete, State::Cancelled]);
    Ok(())
}

#[test]
fn a_batch_is_waited_for() -> Result<(), Error> {
    let mut ho = hyperopt!(sampler = TpeSampler::new().batch(4), x = 0.0..=1.0);
    let mut asked: Vec<_> = (0..4).map(|_| ho.ask()).collect::<Result<_, _>>()?;
    assert_eq!(ho.ask().unwrap_err().to_string(), "the next trial depends on the 4 that run; tell them first");
    for (ticket, params) in asked.drain(..) {
        ho.tell(ticket, params.x)?;
    }
    ho.ask().map(drop)
}

#[test]
fn a_ticket_is_good_for_its_own_sweep() -> Result<(), Error> {
    let mut ho = hyperopt!(x = 0.0..=1.0);
    let mut other = hyperopt!(x = 0.0..=1.0);
    let ((ticket, params), _) = (ho.ask()?, other.ask()?);
    let error = other.tell(ticket, params.x).unwrap_err();
    assert!(error.to_string().contains("its ticket is another sweep's"), "{error}");
    Ok(())
}

/// A trial whose ticket was dropped holds nothing up.
#[test]
fn a_dropped_ticket_cancels_its_trial() -> Result<(), Error> {
    let mut ho = hyperopt!(seed = 7, sampler = GridSampler::new(), a = [1, 2, 3]);
    let (ticket, first) = ho.ask()?;
    assert_eq!(ho.history().count(State::Running), 1);
    drop(ticket);
    let (ticket, again) = ho.ask()?;
    assert_eq!((ticket.number(), again.a, first.a), (1, 1, 1), "a grid leaves no point out");
    assert_eq!((ho.history().count(State::Cancelled), ho.history().running()), (1, 1));
    ho.tell(ticket, 0.5)?;
    let (last, _) = ho.ask()?;
    drop(last);
    let ho = ho.finish();
    assert_eq!((ho.len(), ho.history().count(State::Cancelled)), (3, 2));
    Ok(())
}
