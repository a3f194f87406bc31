use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

fn vectors(rows: &[Vec<f64>], width: usize) -> Vectors {
    Vectors::new(rows.iter().map(Vec::as_slice), &vec![Goal::Minimize; width])
}

/// Front after front, each of what none of the rest dominates.
fn peeled(rows: &[Vec<f64>]) -> Vec<usize> {
    let mut ranks = vec![usize::MAX; rows.len()];
    for rank in 0..rows.len() {
        let rest: Vec<usize> = (0..rows.len()).filter(|&row| ranks[row] == usize::MAX).collect();
        for &row in &rest {
            if !rest.iter().any(|&other| dominates(&rows[other], &rows[row])) {
                ranks[row] = rank;
            }
        }
    }
    ranks
}

/// The volume over rows with coordinates 0, 1, …, `side` - 1, by counting the unit cells below `side` that one of them dominates.
fn counted(rows: &[Vec<f64>], width: u32, side: usize) -> f64 {
    let cells = 0..side.pow(width);
    let is_dominated = |cell: &usize| {
        let corner: Vec<f64> = (0..width).map(|axis| (cell / side.pow(axis) % side) as f64).collect();
        rows.iter().any(|row| row.iter().zip(&corner).all(|(value, corner)| value <= corner))
    };
    cells.filter(is_dominated).count() as f64
}

/// Rows on a small grid, so that ties and equals are common.
fn rows(width: usize, side: u8, most: usize) -> impl Strategy<Value = Vec<Vec<f64>>> {
    vec(vec((0..side).prop_map(f64::from), width), 0..most)
}

fn wide() -> impl Strategy<Value = (usize, Vec<Vec<f64>>)> {
    (1_usize..=5).prop_flat_map(|width| (Just(width), rows(width, 5, 60)))
}

proptest! {
    #[test]
    fn fronts_are_those_of_peeling((width, rows) in wide()) {
        let vectors = vectors(&rows, width);
        prop_assert_eq!(vectors.fronts(), peeled(&rows));
    }

    #[test]
    fn the_front_is_the_first_of_the_fronts((width, rows) in wide()) {
        let vectors = vectors(&rows, width);
        let mut front = vectors.front();
        front.sort_unstable();
        let first: Vec<_> = (0..rows.len()).zip(vectors.fronts()).filter(|(_, rank)| *rank == 0).collect();
        prop_assert_eq!(front, first.into_iter().map(|(index, _)| index).collect::<Vec<_>>());
    }

    #[test]
    fn volumes_are_those_of_counting((width, rows) in (1_usize..=4).prop_flat_map(|width| (Just(width), rows(width, 5, 20)))) {
        let volume = vectors(&rows, width).hypervolume(&vec![5.0; width]);
        prop_assert_eq!(volume, counted(&rows, width as u32, 5));
    }

    /// Those outside the reference count for nothing.
    #[test]
    fn contributions_are_differences_of_volumes((width, rows) in wide()) {
        let all = vectors(&rows, width);
        let reference = vec![4.0; width];
        let front = all.front();
        let volume = |left_out: Option<usize>| {
            let kept = front.iter().filter(|&&index| Some(index) != left_out).map(|&index| rows[index].clone());
            vectors(&kept.collect::<Vec<_>>(), width).hypervolume(&reference)
        };
        let differences: Vec<f64> = front.iter().map(|&index| volume(None) - volume(Some(index))).collect();
        prop_assert_eq!(all.contributions(&front, &reference), differences);
    }
}

#[test]
fn goals_to_be_maximised_change_their_signs() {
    let goals = [Goal::Minimize, Goal::Maximize];
    let rows = [[1.0, 5.0], [2.0, 9.0], [3.0, 8.0]];
    let vectors = Vectors::new(rows.iter().map(|row| &row[..]), &goals);
    assert_eq!(vectors.front(), [0, 1]);
    assert_eq!(hypervolume(rows.iter().map(|row| &row[..]), &goals, &[3.0, 0.0]), 5.0 + 9.0);
}

/// By hand: on a line, in units of ranges of 4 and 8.
#[test]
fn crowding_is_the_distance_between_neighbours() {
    let rows: Vec<Vec<f64>> = vec![vec![0.0, 8.0], vec![4.0, 0.0], vec![1.0, 4.0], vec![3.0, 1.0]];
    let vectors = vectors(&rows, 2);
    let distances = vectors.crowding(&[0, 1, 2, 3]);
    assert_eq!(distances, [f64::INFINITY, f64::INFINITY, 3.0 / 4.0 + 7.0 / 8.0, 3.0 / 4.0 + 4.0 / 8.0]);
    assert_eq!(vectors.crowding(&[2]), [0.0]);
    assert_eq!(vectors.crowding(&[2, 3]), [f64::INFINITY; 2]);
    assert!(vectors.crowding(&[]).is_empty());
}

#[test]
fn zeros_of_either_sign_are_equal() {
    let rows = vec![vec![0.0, 1.0], vec![-0.0, 1.0], vec![0.0, 2.0]];
    assert_eq!(vectors(&rows, 2).fronts(), [0, 0, 1]);
}
