use hyperopt::prelude::*;

async fn train(a: f64) -> f64 {
    a
}

async fn sweep() {
    let _ = thyperopt!(
        a = [1.0, 2.0],
        for _ in 0..10 {
            train(a).await
        }
    );
}

fn main() {
    let _ = sweep();
}
