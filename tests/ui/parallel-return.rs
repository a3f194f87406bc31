use hyperopt::prelude::*;

fn main() {
    let _ = thyperopt!(
        a = [1.0, 2.0],
        for i in 0..10 {
            if i == 3 {
                return;
            }
            a
        }
    );
}
