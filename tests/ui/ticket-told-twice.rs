//! A ticket is good for one outcome.

use hyperopt::prelude::*;

fn main() -> Result<(), hyperopt::Error> {
    let mut ho = hyperopt!(a = [1.0, 2.0]);
    let (ticket, params) = ho.ask()?;
    ho.tell(ticket, params.a)?;
    ho.tell(ticket, params.a)
}
