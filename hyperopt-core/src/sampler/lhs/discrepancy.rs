//! The centred L2 discrepancy: how far the share of points in each box at a corner is from the volume of the box
//! (Hickernell 1998).
//!
//! Squared, as `scipy.stats.qmc.discrepancy` has it. With z = x − ½ it is
//! (13/12)ᵈ − 2/n Σᵢ Πₖ (1 + ½|zᵢₖ| − ½zᵢₖ²) + 1/n² Σᵢⱼ Πₖ (1 + ½|zᵢₖ| + ½|zⱼₖ| − ½|xᵢₖ − xⱼₖ|).
//! A swap replaces one factor in the products of two rows (Jin, Chen and Sudjianto 2005, section 3.2).
//!
//! A column of levels without an order has a factor of its own (the discrete discrepancy of Hickernell and Liu 2002): one
//! number for equal levels, another for different ones, so chosen that the factor is on average what it is in a column of
//! strata.

use super::distances::LANES;
use super::ese::Objective;
use super::plan::{Column, Plan};

/// The mean of the factors in the double product over a column.
const MEAN: f64 = 13.0 / 12.0;

/// The factor of equal levels: the mean of 1 + |z|, the factor of a row with itself.
const EQUAL: f64 = 1.25;

#[derive(Clone, Debug)]
pub(super) struct Discrepancy {
    rows: usize,
    stride: usize,
    /// The double products, 0 for a row with itself and in the padding.
    products: Vec<f64>,
    sums: Vec<f64>,
    /// The products of a row with itself.
    own: Vec<f64>,
    /// The products of a row with the whole cube.
    single: Vec<f64>,
    columns: Vec<Factors>,
    pairs: f64,
    value: f64,
}

/// The factors of one column.
#[derive(Clone, Debug)]
struct Factors {
    /// The coordinate x in a column of strata, else the level.
    held: Vec<f64>,
    /// 1 + ½|z|.
    base: Vec<f64>,
    /// The factor of different levels.
    different: Option<f64>,
}

impl Factors {
    fn new(column: &Column, rows: usize, stride: usize) -> Self {
        // Nothing is divided by 0 in a padding of ones.
        let padded = |values: &mut dyn Iterator<Item = f64>| values.chain([1.0; LANES]).take(stride).collect();
        match column {
            Column::Strata(strata) => {
                let x = strata.iter().map(|&stratum| (f64::from(stratum) + 0.5) / rows as f64);
                let base = padded(&mut x.clone().map(|x| 1.0 + 0.5 * (x - 0.5).abs()));
                Self { held: padded(&mut x.into_iter()), base, different: None }
            }
            Column::Levels { rows, levels } => {
                let count = levels.len() as f64;
                let different = if count > 1.0 { (MEAN * count - EQUAL) / (count - 1.0) } else { EQUAL };
                let held = padded(&mut rows.iter().map(|&level| f64::from(level)));
                Self { held, base: vec![1.0; stride], different: Some(different) }
            }
        }
    }

    /// Returns the factors of a column that does not count: all the same.
    fn constant(stride: usize) -> Self {
        Self { held: vec![0.0; stride], base: vec![1.0; stride], different: Some(EQUAL) }
    }

    #[inline]
    fn double(&self, i: usize, j: usize) -> f64 {
        match self.different {
            None => self.base[i] + self.base[j] - 1.0 - 0.5 * (self.held[i] - self.held[j]).abs(),
            Some(different) => {
                if self.held[i] == self.held[j] {
                    EQUAL
                } else {
                    different
                }
            }
        }
    }

    fn single(&self, i: usize) -> f64 {
        let z = self.held[i] - 0.5;
        if self.different.is_some() { MEAN } else { 1.0 + 0.5 * z.abs() - 0.5 * z * z }
    }
}

impl Discrepancy {
    pub(super) fn new(plan: &Plan) -> Self {
        let rows = plan.rows();
        let stride = rows.next_multiple_of(LANES);
        Self::with_factors(rows, plan.columns().iter().map(|column| Factors::new(column, rows, stride)).collect())
    }

    /// As if there were only the columns of levels.
    pub(super) fn of_levels(plan: &Plan) -> Self {
        let rows = plan.rows();
        let stride = rows.next_multiple_of(LANES);
        let factors = plan.columns().iter().map(|column| match column {
            Column::Strata(_) => Factors::constant(stride),
            Column::Levels { .. } => Factors::new(column, rows, stride),
        });
        Self::with_factors(rows, factors.collect())
    }

    fn with_factors(rows: usize, columns: Vec<Factors>) -> Self {
        let stride = rows.next_multiple_of(LANES);
        let double = |i: usize, j: usize| columns.iter().map(|column| column.double(i, j)).product::<f64>();
        let mut products = vec![0.0; rows * stride];
        for i in 0..rows {
            for j in 0..i {
                let product = double(i, j);
                products[i * stride + j] = product;
                products[j * stride + i] = product;
            }
        }
        let own = (0..rows).map(|i| double(i, i)).collect();
        let single = (0..rows).map(|i| columns.iter().map(|column| column.single(i)).product()).collect();
        let sums = products.chunks(stride.max(1)).map(|row| row.iter().sum()).collect();
        let mut new = Self { rows, stride, products, sums, own, single, columns, pairs: 0.0, value: 0.0 };
        new.total();
        new
    }

    fn total(&mut self) {
        self.pairs = self.sums.iter().sum::<f64>() / 2.0;
        self.value = self.with(self.single.iter().sum(), self.own.iter().sum::<f64>() + 2.0 * self.pairs);
    }

    /// Returns the discrepancy of these sums of products.
    fn with(&self, single: f64, double: f64) -> f64 {
        let rows = self.rows as f64;
        MEAN.powi(self.columns.len() as i32) - 2.0 / rows * single + double / (rows * rows)
    }

    fn row(&self, i: usize) -> &[f64] {
        &self.products[i * self.stride..][..self.stride]
    }

    fn set(&mut self, i: usize, j: usize, product: f64) {
        self.products[i * self.stride + j] = product;
        self.products[j * self.stride + i] = product;
    }

    /// Returns the sum of the products of rows `i` and `j` with all others after a swap.
    fn swapped(&self, column: usize, i: usize, j: usize) -> f64 {
        let Factors { held, base, different } = &self.columns[column];
        let (held_i, held_j) = (held[i], held[j]);
        match *different {
            None => {
                let (base_i, base_j) = (base[i] - 1.0, base[j] - 1.0);
                self.exchanged(i, j, held, base, |held, base| {
                    (base_i + base - 0.5 * (held_i - held).abs(), base_j + base - 0.5 * (held_j - held).abs())
                })
            }
            Some(different) => self.exchanged(i, j, held, base, |held, _| {
                let factor = |level: f64| if held == level { EQUAL } else { different };
                (factor(held_i), factor(held_j))
            }),
        }
    }

    /// Returns the sum of the products of rows `i` and `j` once each has the factors of the other; `factors` gives both.
    #[inline]
    fn exchanged(
        &self,
        i: usize,
        j: usize,
        held: &[f64],
        base: &[f64],
        factors: impl Fn(f64, f64) -> (f64, f64),
    ) -> f64 {
        let (row_i, _) = self.row(i).as_chunks::<LANES>();
        let (row_j, _) = self.row(j).as_chunks::<LANES>();
        let (held, _) = held.as_chunks::<LANES>();
        let (base, _) = base.as_chunks::<LANES>();
        let mut sums = [0.0; LANES];
        for ((row_i, row_j), (held, base)) in row_i.iter().zip(row_j).zip(held.iter().zip(base)) {
            for lane in 0..LANES {
                let (of_i, of_j) = factors(held[lane], base[lane]);
                sums[lane] += (row_i[lane] * of_j * of_j + row_j[lane] * of_i * of_i) / (of_i * of_j);
            }
        }
        sums.iter().sum()
    }

    /// What a swap makes of the products of `i` and of `j` that concern no other row: with the cube, and with itself.
    fn alone(&self, column: usize, i: usize, j: usize) -> [(f64, f64); 2] {
        let column = &self.columns[column];
        let single = column.single(j) / column.single(i);
        let own = column.double(j, j) / column.double(i, i);
        [(self.single[i] * single, self.own[i] * own), (self.single[j] / single, self.own[j] / own)]
    }
}

impl Objective for Discrepancy {
    fn value(&self) -> f64 {
        self.value
    }

    fn after(&mut self, column: usize, i: usize, j: usize) -> f64 {
        let pair = self.row(i)[j];
        self.set(i, j, 0.0);
        let swapped = self.swapped(column, i, j);
        self.set(i, j, pair);
        let pairs = swapped - self.sums[i] - self.sums[j] + 2.0 * pair;
        let [(single_i, own_i), (single_j, own_j)] = self.alone(column, i, j);
        let single = single_i + single_j - self.single[i] - self.single[j];
        let own = own_i + own_j - self.own[i] - self.own[j];
        let rows = self.rows as f64;
        self.value - 2.0 / rows * single + (own + 2.0 * pairs) / (rows * rows)
    }

    fn value_of(&self, after: f64) -> f64 {
        after
    }

    fn swap(&mut self, column: usize, i: usize, j: usize) {
        let [alone_i, alone_j] = self.alone(column, i, j);
        for k in (0..self.rows).filter(|&k| k != i && k != j) {
            let factors = &self.columns[column];
            let ratio = factors.double(j, k) / factors.double(i, k);
            let (old_i, old_j) = (self.row(i)[k], self.row(j)[k]);
            let (new_i, new_j) = (old_i * ratio, old_j / ratio);
            self.sums[k] += new_i + new_j - old_i - old_j;
            self.set(i, k, new_i);
            self.set(j, k, new_j);
        }
        for (row, (single, own)) in [(i, alone_i), (j, alone_j)] {
            self.sums[row] = self.row(row).iter().sum();
            (self.single[row], self.own[row]) = (single, own);
        }
        let factors = &mut self.columns[column];
        factors.held.swap(i, j);
        factors.base.swap(i, j);
        self.total();
    }
}
