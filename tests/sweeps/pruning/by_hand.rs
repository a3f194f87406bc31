use super::*;

#[test]
fn claims_and_turns_report_too() -> Result<(), Error> {
    let mut ho = hyperopt!(sampler = RandomSampler::new().pruner(MedianPruner::new()), seed = 7, a = 0.0..=1.0);
    for (turn, p) in ho.turns(5) {
        turn.report(0, p.a)?;
        assert!(!turn.should_prune());
        turn.tell(p.a);
    }
    // Two at a time.
    let (first, _) = ho.ask()?;
    let (second, _) = ho.ask()?;
    ho.report(&second, 0, 2.0)?;
    ho.report(&first, 0, -1.0)?;
    assert_eq!((ho.should_prune(&first)?, ho.should_prune(&second)?), (false, true));
    assert!(ho.report(&first, -1, 0.0).is_err());
    ho.prune(second)?;
    ho.tell(first, -1.0)?;
    // The pruner has ended them: it makes no difference whether they are pruned or dropped.
    for (turn, p) in ho.turns(2) {
        turn.report(0, p.a + 1.0)?;
        assert!(turn.should_prune());
        if turn.number() == 7 {
            turn.prune();
        }
    }
    let (ticket, p) = ho.ask()?;
    ho.report(&ticket, 0, p.a + 1.0)?;
    assert!(ho.should_prune(&ticket)?);
    drop(ticket);
    let ho = ho.finish();
    let states: Vec<_> = ho.trials().skip(5).map(|(trial, _)| trial.state()).collect();
    assert_eq!(states, [State::Complete, State::Pruned, State::Pruned, State::Pruned, State::Pruned]);
    assert_eq!(ho.best()?.value, -1.0);
    Ok(())
}
