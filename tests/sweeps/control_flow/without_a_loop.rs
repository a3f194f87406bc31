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
fn turns_that_are_dropped_are_pruned() {
    let mut ho = hyperopt!(a = 1..=3);
    for (index, (turn, params)) in ho.turns(4).enumerate() {
        if index != 2 {
            turn.tell(params.a);
        }
    }
    let ho = ho.finish();
    assert_eq!(states(&ho), [State::Complete, State::Complete, State::Pruned, State::Complete]);
}
