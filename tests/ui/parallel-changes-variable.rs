use hyperopt::prelude::*;

fn main() {
    let mut calls = 0;
    let _ = thyperopt!(
        a = [1.0, 2.0],
        for _ in 0..10 {
            calls += 1;
            a
        }
    );
}
