//! smoke
use hyperopt::prelude::*;
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kernel {
    Linear,
    Rbf,
}
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut calls = 0;
    let ho = hyperopt!(
        sampler = RandomSampler::new(),
        seed = 7,
        a = linrange(1.0, 5.0, 1000),
        b = [true, false],
        c = exp_linrange(-1.0, 3.0, 1000),
        kernel = [Kernel::Linear, Kernel::Rbf],
        batch = ordinal([16, 32, 64]),
        gamma = if kernel == Kernel::Rbf {
            exp_linrange(-4.0, 1.0, 100)
        },
        d = if kernel == Kernel::Rbf { 1..=4 } else { 5..=9 },
        for i in 0..50 {
            calls += batch;
            if i == 3 {
                continue;
            }
            let value = (a - 3.0).powi(2) + c.ln().abs() + if b { 0.0 } else { 1.0 } + gamma.unwrap_or(1.0) + d as f64;
            if i == 7 { Err("boom") } else { Ok(value) }
        }
    );
    println!("{ho}");
    println!("{calls} {:?}", ho.best()?);
    hyperopt_plot::plot(&ho).save("/tmp/smoke.png")?;
    Ok(())
}
