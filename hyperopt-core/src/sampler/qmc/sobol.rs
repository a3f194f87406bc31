//! The Sobol' sequence, as it is before any randomisation.

use super::direction_numbers::DIRECTION_NUMBERS;

/// How many dimensions there are direction numbers for.
pub(super) const DIMENSIONS: usize = DIRECTION_NUMBERS.len() + 1;

/// A column of a generating matrix is the XOR that one bit of the index brings about.
type Columns = [u32; 32];

static MATRICES: [Columns; DIMENSIONS] = matrices();

/// Returns the 32 digits after the binary point of the `index`-th point in `dimension`.
///
/// Points come in the order of Antonov and Saleev, that of the Gray code, as in the program that the direction numbers were
/// published with. Each aligned block of 2^m points is the same set in either order.
pub(super) fn sobol(dimension: usize, index: u32) -> u32 {
    let columns = &MATRICES[dimension];
    let mut bits = index ^ (index >> 1);
    let mut point = 0;
    while bits != 0 {
        point ^= columns[bits.trailing_zeros() as usize];
        bits &= bits - 1;
    }
    point
}

/// Worked out by the compiler, so on no stack.
#[allow(clippy::large_stack_arrays)]
const fn matrices() -> [Columns; DIMENSIONS] {
    let mut matrices = [[0; 32]; DIMENSIONS];
    let mut bit = 0;
    while bit < 32 {
        matrices[0][bit] = 1 << (31 - bit);
        bit += 1;
    }
    let mut dimension = 1;
    while dimension < DIMENSIONS {
        let (polynomial, initial) = DIRECTION_NUMBERS[dimension - 1];
        matrices[dimension] = columns(polynomial as u32, initial);
        dimension += 1;
    }
    matrices
}

/// Returns the recurrence of Bratley and Fox, Algorithm 659, equation 3.
const fn columns(polynomial: u32, initial: &[u16]) -> Columns {
    let degree = initial.len();
    let mut columns = [0; 32];
    let mut bit = 0;
    while bit < 32 {
        columns[bit] = if bit < degree {
            (initial[bit] as u32) << (31 - bit)
        } else {
            let mut column = columns[bit - degree] ^ (columns[bit - degree] >> degree);
            let mut power = 1;
            while power < degree {
                if (polynomial >> (degree - power)) & 1 == 1 {
                    column ^= columns[bit - power];
                }
                power += 1;
            }
            column
        };
        bit += 1;
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(dimension: usize, index: u32) -> f64 {
        f64::from(sobol(dimension, index)) / 2_f64.powi(32)
    }

    /// The points that `sobol.cc` of Joe and Kuo prints; `SciPy` has the same ones.
    #[test]
    fn first_points_are_those_published() {
        #[rustfmt::skip]
        let expected = [
            [0.0,    0.0,    0.0,    0.0,    0.0,    0.0,    0.0,    0.0,    0.0,    0.0],
            [0.5,    0.5,    0.5,    0.5,    0.5,    0.5,    0.5,    0.5,    0.5,    0.5],
            [0.75,   0.25,   0.25,   0.25,   0.75,   0.75,   0.25,   0.75,   0.75,   0.75],
            [0.25,   0.75,   0.75,   0.75,   0.25,   0.25,   0.75,   0.25,   0.25,   0.25],
            [0.375,  0.375,  0.625,  0.875,  0.375,  0.125,  0.375,  0.875,  0.875,  0.625],
            [0.875,  0.875,  0.125,  0.375,  0.875,  0.625,  0.875,  0.375,  0.375,  0.125],
            [0.625,  0.125,  0.875,  0.625,  0.625,  0.875,  0.125,  0.125,  0.125,  0.375],
            [0.125,  0.625,  0.375,  0.125,  0.125,  0.375,  0.625,  0.625,  0.625,  0.875],
        ];
        for (index, row) in (0..).zip(expected) {
            for (dimension, expected) in row.into_iter().enumerate() {
                assert_eq!(unit(dimension, index), expected, "point {index}, dimension {dimension}");
            }
        }
        assert_eq!(
            [0, 99, 255].map(|dimension| unit(dimension, 1000)),
            [0.219_726_562_5, 0.186_523_437_5, 0.249_023_437_5]
        );
    }

    /// A sum over the first 1,024 points in all dimensions, worked out from `scipy.stats.qmc.Sobol` of `SciPy` 1.17.1.
    #[test]
    fn all_dimensions_are_those_published() {
        let digits = (0..1024).flat_map(|index| (0..DIMENSIONS).map(move |dimension| sobol(dimension, index)));
        let sum = digits
            .fold(0xcbf2_9ce4_8422_2325_u64, |sum, digits| (sum ^ u64::from(digits)).wrapping_mul(0x100_0000_01b3));
        assert_eq!(sum, 0x96c1_5b6a_e272_2325);
    }

    /// Every column has its own highest bit, so every aligned block of 2^m points divides each axis evenly, for all m.
    #[test]
    fn matrices_are_triangular() {
        for columns in &MATRICES {
            assert!(columns.iter().enumerate().all(|(bit, column)| column.trailing_zeros() == 31 - bit as u32));
        }
    }
}
