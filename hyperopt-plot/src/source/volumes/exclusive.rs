//! The volume that one row of losses adds to those before it, by the method of While, Bradstreet and Barone (WFG, 2012).

/// How many numbers may be compared for one figure: about a second without optimization.
const MOST: u64 = 40_000_000;

/// What has been compared so far.
#[derive(Debug, Default)]
pub(super) struct Work(u64);

impl Work {
    /// Counts `numbers` more; `None` if they are too many.
    fn add(&mut self, numbers: usize) -> Option<()> {
        self.0 += numbers as u64;
        (self.0 <= MOST).then_some(())
    }
}

/// Returns whether `row` is nowhere worse than `other`.
pub(super) fn covers(row: &[f64], other: &[f64]) -> bool {
    row.iter().zip(other).all(|(a, b)| a <= b)
}

/// Returns the volume up to `reference` that `row` dominates and none of `others` does; `None` if it is too much work.
pub(super) fn exclusive(row: &[f64], others: &[Vec<f64>], reference: &[f64], work: &mut Work) -> Option<f64> {
    work.add(others.len() * row.len())?;
    let limit = |other: &Vec<f64>| other.iter().zip(row).map(|(a, b)| a.max(*b)).collect::<Vec<f64>>();
    let limited = others.iter().map(limit).collect();
    let all: f64 = reference.iter().zip(row).map(|(end, loss)| end - loss).product();
    Some((all - volume(limited, reference, work)?).max(0.0))
}

/// Returns the volume between `rows` and `reference`, of three objectives or more, or of two.
fn volume(rows: Vec<Vec<f64>>, reference: &[f64], work: &mut Work) -> Option<f64> {
    let Some((&end, rest)) = reference.split_last() else { return Some(0.0) };
    let last = rest.len();
    if let &[x, y] = rest {
        return layered(rows, (x, y, end), work);
    }
    let mut rows = best_of(rows, work)?;
    // From the worst last objective: those after a row are not worse there, and limited to it they share its value.
    rows.sort_by(|a, b| b[last].total_cmp(&a[last]));
    let ends: Vec<f64> = rows.iter_mut().filter_map(Vec::pop).collect();
    let mut sum = 0.0;
    for (index, (row, at)) in rows.iter().zip(ends).enumerate() {
        sum += (end - at) * exclusive(row, &rows[index + 1..], rest, work)?;
    }
    Some(sum)
}

/// Returns the volume of rows of three objectives: the area of those so far, times the way to the next.
fn layered(mut rows: Vec<Vec<f64>>, (x, y, end): (f64, f64, f64), work: &mut Work) -> Option<f64> {
    work.add(rows.len() * 12)?;
    rows.sort_by(|a, b| a[2].total_cmp(&b[2]));
    let mut staircase = Staircase::new((x, y));
    let mut sum = 0.0;
    for (index, row) in rows.iter().enumerate() {
        staircase.add(row[0], row[1]);
        sum += staircase.area * (rows.get(index + 1).map_or(end, |next| next[2]) - row[2]);
    }
    Some(sum)
}

/// Returns the rows that no other one covers.
fn best_of(rows: Vec<Vec<f64>>, work: &mut Work) -> Option<Vec<Vec<f64>>> {
    let mut best: Vec<Vec<f64>> = Vec::with_capacity(rows.len());
    for row in rows {
        work.add(best.len() * row.len())?;
        if best.iter().any(|other| covers(other, &row)) {
            continue;
        }
        best.retain(|other| !covers(&row, other));
        best.push(row);
    }
    Some(best)
}

/// The rows of two objectives that no other one covers, and the area that they dominate.
#[derive(Debug)]
pub(super) struct Staircase {
    /// From the smallest of the first, and so from the largest of the second.
    steps: Vec<(f64, f64)>,
    reference: (f64, f64),
    pub(super) area: f64,
}

impl Staircase {
    pub(super) fn new(reference: (f64, f64)) -> Self {
        Self { steps: Vec::new(), reference, area: 0.0 }
    }

    /// Adds a row; returns whether no other one covers it.
    pub(super) fn add(&mut self, x: f64, y: f64) -> bool {
        let after = self.steps.partition_point(|step| step.0 <= x);
        let before = after.checked_sub(1).map(|index| self.steps[index]);
        if before.is_some_and(|before| before.1 <= y) {
            return false;
        }
        // One at the same place along the first, and those after that are not better in the second, are covered now.
        let from = self.steps.partition_point(|step| step.0 < x);
        let to = from + self.steps[from..].iter().take_while(|step| step.1 >= y).count();
        let (mut at, mut height) = (x, from.checked_sub(1).map_or(self.reference.1, |index| self.steps[index].1));
        for step in &self.steps[from..to] {
            self.area += (step.0 - at) * (height - y);
            (at, height) = *step;
        }
        let end = self.steps.get(to).map_or(self.reference.0, |step| step.0);
        self.area += (end - at) * (height - y);
        self.steps.splice(from..to, [(x, y)]);
        true
    }
}
