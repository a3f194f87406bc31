use hyperopt::prelude::*;

fn main() {
    let _ = thyperopt!(
        workers(2),
        a = [1.0, 2.0],
        for _ in 0..10 {
            a
        }
    );
}
