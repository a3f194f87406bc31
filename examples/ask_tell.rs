//! A sweep without a loop: trials are asked for and told by hand, in any order.
//!
//! `cargo run --example ask_tell`

use hyperopt::Error;
use hyperopt::prelude::*;

fn loss(rate: f64, layers: u32) -> f64 {
    (rate.log10() + 3.0).powi(2) + f64::from(layers.abs_diff(4))
}

fn main() -> Result<(), Error> {
    let mut ho = hyperopt!(seed = 7, rate = log(1e-6..=1e-1), layers = 1_u32..=8);

    // Two trials at once, told the other way round.
    let (first, one) = ho.ask()?;
    let (second, other) = ho.ask()?;
    ho.tell(second, loss(other.rate, other.layers))?;
    ho.tell(first, loss(one.rate, one.layers))?;

    // The rest one after the other; `prune` is like `continue`, and a turn that is dropped cancels its trial.
    for (turn, p) in ho.turns(40) {
        if p.layers < 8 {
            turn.tell(loss(p.rate, p.layers));
        } else {
            turn.prune();
        }
    }

    println!("{ho}");
    let best = ho.best()?;
    println!("rate {:.1e}, {} layers", best.params.rate, best.params.layers);
    Ok(())
}
