use hyperopt::prelude::*;

fn main() {
    let _ = thyperopt!(
        a = [1.0, 2.0],
        for _ in 0..10 {
            let doubled = 2.0 * a;
            println!("{doubled}");
        }
    );
}
