//! A claim is good for one outcome.

use hyperopt::prelude::*;

fn main() -> Result<(), hyperopt::Error> {
    let mut ho = hyperopt!(a = [1.0, 2.0]);
    let (claim, params) = ho.ask()?;
    ho.tell(claim, params.a)?;
    ho.tell(claim, params.a)
}
