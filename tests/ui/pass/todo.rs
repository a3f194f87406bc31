//! A body may be left for later, or always `continue`.

#![deny(warnings)]

use hyperopt::prelude::*;

fn main() {
    if std::env::args().count() > 9 {
        let _ho = hyperopt!(
            _a = [1.0, 2.0],
            for _ in 0..50 {
                todo!()
            }
        );
    }
    let ho = hyperopt!(
        _a = [1.0, 2.0],
        for _ in 0..2 {
            continue;
        }
    );
    assert_eq!(ho.len(), 2);
}
