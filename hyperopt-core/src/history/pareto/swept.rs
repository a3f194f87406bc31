//! The volume under three goals, by a plane that sweeps over the third.

use crate::ordered::Ordered;

/// Returns the volume that `rows`, all inside, dominate below `reference`: the area of the rows so far, times the way to the
/// next along the third objective (Fonseca, Paquete and López-Ibáñez, "An Improved Dimension-Sweep Algorithm for the Hypervolume
/// Indicator", CEC 2006). The time is that of sorting.
pub(super) fn volume_in_space(rows: &mut [&[f64]], [right, top, end]: [f64; 3]) -> f64 {
    rows.sort_by(|a, b| a[2].total_cmp(&b[2]));
    let (mut steps, mut area, mut volume) = (Ordered::default(), 0.0, 0.0);
    for (index, row) in rows.iter().enumerate() {
        area += add((row[0], row[1]), &mut steps, (right, top));
        let depth = rows.get(index + 1).map_or(end, |next| next[2]) - row[2];
        if depth > 0.0 {
            volume += area * depth;
        }
    }
    volume
}

/// Adds a point to the steps, along which `x` grows and `y` falls, and drops those that it makes superfluous; returns by how
/// much the area grows that they dominate.
fn add((x, y): (f64, f64), steps: &mut Ordered<(f64, f64)>, (right, top): (f64, f64)) -> f64 {
    let rank = steps.rank(|step| step.0 < x);
    let mut ceiling = rank.checked_sub(1).and_then(|before| steps.get(before)).map_or(top, |before| before.1);
    if ceiling <= y || steps.get(rank).is_some_and(|step| step.0 <= x && step.1 <= y) {
        return 0.0;
    }
    let (mut area, mut from) = (0.0, x);
    while let Some(&step) = steps.get(rank).filter(|step| step.1 >= y) {
        area += (step.0 - from) * (ceiling - y);
        (from, ceiling) = step;
        steps.remove(rank);
    }
    area += (steps.get(rank).map_or(right, |step| step.0) - from) * (ceiling - y);
    steps.insert((x, y), |step| step.0 < x);
    area
}
