//! A sweep that its loop has run is over.

use hyperopt::prelude::*;

fn main() -> Result<(), hyperopt::Error> {
    let mut ho = hyperopt!(
        a = [1.0, 2.0],
        for _ in 0..50 {
            a
        }
    );
    let (_ticket, _params) = ho.ask()?;
    Ok(())
}
