//! Hypervolumes: how much of the space of objectives is dominated.

use super::swept::volume_in_space;
use super::{Vectors, dominates, loss};
use crate::history::Goal;

/// Returns the volume that `objectives` dominate below `reference`.
pub(crate) fn hypervolume<'a>(objectives: impl Iterator<Item = &'a [f64]>, goals: &[Goal], reference: &[f64]) -> f64 {
    let reference: Vec<_> = reference.iter().zip(goals).map(|(&value, &goal)| loss(value, goal)).collect();
    Vectors::new(objectives, goals).hypervolume(&reference)
}

impl Vectors {
    /// Returns the volume that the vectors dominate below `reference`.
    pub(crate) fn hypervolume(&self, reference: &[f64]) -> f64 {
        let inside = (0..self.len()).map(|index| self.row(index)).filter(|row| is_inside(row, reference));
        let mut inside: Vec<_> = inside.collect();
        match *reference {
            [right, top, end] => volume_in_space(&mut inside, [right, top, end]),
            _ => volume(&mut inside, reference),
        }
    }

    /// Returns by how much the hypervolume would shrink without each of `members`, vectors of one front, alone.
    pub(crate) fn contributions(&self, members: &[usize], reference: &[f64]) -> Vec<f64> {
        if self.width == 2 {
            return self.contributions_in_plane(members, reference);
        }
        let inside: Vec<_> =
            members.iter().map(|&member| self.row(member)).filter(|row| is_inside(row, reference)).collect();
        let contribution = |&member: &usize| {
            let row = self.row(member);
            if !is_inside(row, reference) {
                return 0.0;
            }
            // One of the equals is the member itself; if there are others, its contribution is 0.
            let mut itself = true;
            let others = inside.iter().filter(|other| **other != row || !std::mem::take(&mut itself));
            exclusive(row, others.copied(), reference).max(0.0)
        };
        members.iter().map(contribution).collect()
    }

    fn contributions_in_plane(&self, members: &[usize], reference: &[f64]) -> Vec<f64> {
        let mut order: Vec<usize> =
            (0..members.len()).filter(|&place| is_inside(self.row(members[place]), reference)).collect();
        let row = |place: usize| self.row(members[place]);
        order.sort_by(|&a, &b| row(a)[0].total_cmp(&row(b)[0]));
        let mut contributions = vec![0.0; members.len()];
        for (position, &place) in order.iter().enumerate() {
            let above = position.checked_sub(1).map_or(reference[1], |before| row(order[before])[1]);
            let right = order.get(position + 1).map_or(reference[0], |&after| row(after)[0]);
            contributions[place] = (right - row(place)[0]) * (above - row(place)[1]);
        }
        contributions
    }
}

fn is_inside(row: &[f64], reference: &[f64]) -> bool {
    row.iter().zip(reference).all(|(value, reference)| value < reference)
}

/// Returns the volume that `rows`, all inside, dominate. It sums slices along the last objective, from the worst row on:
/// each adds the volume that it alone dominates among the rows still to come (While, Bradstreet and Barone, "A Fast Way of
/// Calculating Exact Hypervolumes", IEEE TEC 16(1), 2012).
fn volume(rows: &mut [&[f64]], reference: &[f64]) -> f64 {
    match *reference {
        [] => 0.0,
        [end] => rows.iter().map(|row| end - row[0]).fold(0.0, f64::max),
        [right, top] => area(rows, right, top),
        [ref rest @ .., end] => {
            let last = rest.len();
            rows.sort_by(|a, b| b[last].total_cmp(&a[last]));
            let slice = |(index, row): (usize, &&[f64])| {
                (end - row[last]) * exclusive(&row[..last], rows[index + 1..].iter().map(|row| &row[..last]), rest)
            };
            rows.iter().enumerate().map(slice).sum()
        }
    }
}

/// Returns the volume that `row` dominates and none of `others` does.
pub(super) fn exclusive<'a>(row: &[f64], others: impl Iterator<Item = &'a [f64]>, reference: &[f64]) -> f64 {
    if let (&[x, y, z], &[right, top, end]) = (row, reference) {
        let others = others.map(|other| [other[0], other[1], other[2]]);
        return exclusive_in_space([x, y, z], others, [right, top, end]);
    }
    let all: f64 = row.iter().zip(reference).map(|(value, end)| end - value).product();
    // Another row takes away the volume that the corner of both dominates.
    let corners: Vec<f64> = others.flat_map(|other| row.iter().zip(other).map(|(a, b)| a.max(*b))).collect();
    let mut corners: Vec<&[f64]> = corners.chunks_exact(row.len()).collect();
    if row.len() > 2 {
        thin(&mut corners);
    }
    all - volume(&mut corners, reference)
}

/// Drops rows that others dominate or equal.
fn thin(rows: &mut Vec<&[f64]>) {
    rows.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    let mut kept: Vec<&[f64]> = Vec::with_capacity(rows.len());
    for row in rows.drain(..) {
        if !kept.iter().any(|other| *other == row || dominates(other, row)) {
            kept.push(row);
        }
    }
    *rows = kept;
}

/// The same as [`exclusive`] and [`volume`] under three goals, to the last bit and with one allocation: most sweeps with more
/// than two goals have three.
fn exclusive_in_space(row: [f64; 3], others: impl Iterator<Item = [f64; 3]>, reference: [f64; 3]) -> f64 {
    let all = (reference[0] - row[0]) * (reference[1] - row[1]) * (reference[2] - row[2]);
    let mut corners: Vec<[f64; 3]> = others.map(|other| std::array::from_fn(|at| row[at].max(other[at]))).collect();
    corners.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    let mut kept = 0;
    for index in 0..corners.len() {
        let corner = corners[index];
        if !corners[..kept].iter().any(|other| other.iter().zip(&corner).all(|(a, b)| a <= b)) {
            corners[kept] = corner;
            kept += 1;
        }
    }
    corners.truncate(kept);
    corners.sort_by(|a, b| b[2].total_cmp(&a[2]));
    all - slices_in_space(&corners, reference)
}

/// Returns the volume that `rows` dominate, the worst along the last objective first.
fn slices_in_space(rows: &[[f64; 3]], [right, top, end]: [f64; 3]) -> f64 {
    let mut by_first: Vec<u32> = (0..rows.len() as u32).collect();
    by_first.sort_by(|&a, &b| rows[a as usize][0].total_cmp(&rows[b as usize][0]));
    let slice = |(index, &[x, y, z]): (usize, &[f64; 3])| {
        let (mut area, mut lowest) = (0.0, top);
        let mut add = |x: f64, y: f64| {
            if y < lowest {
                area += (right - x) * (lowest - y);
                lowest = y;
            }
        };
        // Corners with rows that are as good along the first objective have the same place along it, and come in order.
        let is_behind = |row: &[f64; 3]| row[0] > x;
        rows[index + 1..].iter().filter(|row| !is_behind(row)).for_each(|row| add(x, row[1].max(y)));
        let behind = by_first.iter().map(|&at| at as usize).filter(|&at| at > index && is_behind(&rows[at]));
        behind.for_each(|at| add(rows[at][0], rows[at][1].max(y)));
        (end - z) * ((right - x) * (top - y) - area)
    };
    rows.iter().enumerate().map(slice).sum()
}

fn area(rows: &mut [&[f64]], right: f64, top: f64) -> f64 {
    rows.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let (mut area, mut lowest) = (0.0, top);
    for row in rows {
        if row[1] < lowest {
            area += (right - row[0]) * (lowest - row[1]);
            lowest = row[1];
        }
    }
    area
}
