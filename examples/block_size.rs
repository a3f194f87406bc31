//! A program that is tuned by its own benchmark: into what blocks should matrices be cut to be multiplied fast here?
//!
//! `cargo run --release --example block_size`
//!
//! Clocks are noisy, and the noise only ever adds. A trial is therefore the least of several runs, trials run one at a time,
//! and the leaders run against each other once more, in turns, before one of them wins.

use std::hint::black_box;
use std::time::Instant;

use hyperopt::prelude::*;

/// Rows and columns of the matrices: each of them fills a usual second-level cache by half.
const N: usize = 384;

/// How many rows, columns and summands are worked on before the next block is.
#[derive(Clone, Copy, Debug)]
struct Blocks {
    rows: usize,
    columns: usize,
    summands: usize,
}

/// Adds the product of `left` and `right` to `product`.
fn multiply(left: &[f32], right: &[f32], product: &mut [f32], blocks: Blocks) {
    for rows in (0..N).step_by(blocks.rows) {
        for summands in (0..N).step_by(blocks.summands) {
            for columns in (0..N).step_by(blocks.columns) {
                let columns = columns..(columns + blocks.columns).min(N);
                for row in rows..(rows + blocks.rows).min(N) {
                    let sums = &mut product[row * N..][columns.clone()];
                    for summand in summands..(summands + blocks.summands).min(N) {
                        let factor = left[row * N + summand];
                        let factors = &right[summand * N..][columns.clone()];
                        sums.iter_mut().zip(factors).for_each(|(sum, other)| *sum += factor * other);
                    }
                }
            }
        }
    }
}

/// Returns the milliseconds of one run.
fn milliseconds(left: &[f32], right: &[f32], blocks: Blocks) -> f64 {
    let mut product = vec![0.0; N * N];
    let start = Instant::now();
    multiply(black_box(left), black_box(right), black_box(&mut product), blocks);
    1e3 * start.elapsed().as_secs_f64()
}

fn main() {
    let left: Vec<f32> = (0..N * N).map(|i| (i % 7) as f32).collect();
    let right: Vec<f32> = (0..N * N).map(|i| (i % 5) as f32).collect();
    let time = |blocks| milliseconds(&left, &right, blocks);
    let whole = Blocks { rows: N, columns: N, summands: N };
    let sizes = || ordinal([4, 8, 16, 32, 64, 128, 192, N]);

    let ho = hyperopt!(
        into = Blocks,
        sampler = TpeSampler::new(),
        seed = 7,
        // What the program does today.
        try_first = [(rows = N, columns = N, summands = N)],
        rows = sizes(),
        columns = sizes(),
        summands = sizes(),
        for _ in 0..60 {
            (0..3).map(|_| time(Blocks { rows, columns, summands })).fold(f64::INFINITY, f64::min)
        }
    );
    println!("{ho}");

    // In turns, so that what else the machine does meets all of them alike.
    let mut leaders: Vec<_> = ho.trials().filter_map(|(trial, blocks)| Some((trial.objective()?, *blocks))).collect();
    leaders.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let mut finalists = vec![(f64::INFINITY, whole)];
    finalists.extend(leaders.iter().take(4).map(|&(_, blocks)| (f64::INFINITY, blocks)));
    for _ in 0..10 {
        for (least, blocks) in &mut finalists {
            *least = least.min(time(*blocks));
        }
    }
    let today = finalists[0].0;
    finalists.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    for (least, blocks) in &finalists {
        println!("{least:.2} ms, {:.2} times as fast as without blocks: {blocks:?}", today / least);
    }
}
