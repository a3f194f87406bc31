//! How much of each pixel a line covers.

/// The coverage of the pixels of a picture by one line, of which a joint counts once.
pub(crate) struct Mask {
    /// From 0 to 255, row by row; all 0 between two lines.
    covered: Vec<u8>,
    /// The pixels that are not 0.
    touched: Vec<usize>,
    size: (usize, usize),
}

impl Mask {
    /// Returns a mask for a picture of `size` pixels.
    pub(crate) fn new(size: (usize, usize)) -> Self {
        Self { covered: vec![0; size.0 * size.1], touched: Vec::new(), size }
    }

    /// Covers a line through `places`, `width` wide; the places are in pixels.
    pub(crate) fn line(&mut self, places: &[(f64, f64)], width: f64) {
        for pair in places.windows(2) {
            self.segment(pair[0], pair[1], width);
        }
        // Without a disc, the outer edge of a joint has a notch.
        if width > 1.5 && places.len() > 2 {
            places[1..places.len() - 1].iter().for_each(|&joint| self.disc(joint, width / 2.0));
        }
    }

    /// Calls `take` with the pixels that are covered, and how much of each; the mask is empty then.
    pub(crate) fn drain(&mut self, mut take: impl FnMut(usize, u8)) {
        for &pixel in &self.touched {
            take(pixel, self.covered[pixel]);
            self.covered[pixel] = 0;
        }
        self.touched.clear();
    }

    /// Covers a segment: column by column if it is rather level, or else row by row.
    fn segment(&mut self, (x0, y0): (f64, f64), (x1, y1): (f64, f64), width: f64) {
        let (dx, dy) = (x1 - x0, y1 - y0);
        let level = dx.abs() >= dy.abs();
        // The longer way is called along, the other across.
        let (mut from, mut to) = if level { ((x0, y0), (x1, y1)) } else { ((y0, x0), (y1, x1)) };
        if from.0 > to.0 {
            std::mem::swap(&mut from, &mut to);
        }
        let length = to.0 - from.0;
        if length <= 0.0 || !length.is_finite() {
            return;
        }
        let slope = (to.1 - from.1) / length;
        let half = width / 2.0 * slope.hypot(1.0);
        let limits = if level { self.size } else { (self.size.1, self.size.0) };
        let (first, last) = (from.0.floor().max(0.0), to.0.ceil().min(limits.0 as f64));
        let mut along = first;
        while along < last {
            let share = (to.0.min(along + 1.0) - from.0.max(along)).clamp(0.0, 1.0);
            let middle = from.1 + ((along + 0.5).clamp(from.0, to.0) - from.0) * slope;
            let (low, high) = (middle - half, middle + half);
            let (start, end) = (low.floor().max(0.0), high.ceil().min(limits.1 as f64));
            let mut across = start;
            while across < end {
                let part = (high.min(across + 1.0) - low.max(across)).clamp(0.0, 1.0);
                let (x, y) = if level { (along, across) } else { (across, along) };
                self.cover(x as usize, y as usize, part * share);
                across += 1.0;
            }
            along += 1.0;
        }
    }

    fn disc(&mut self, (x, y): (f64, f64), radius: f64) {
        let rows = rows(y, radius, self.size.1);
        for row in rows {
            for column in self::rows(x, radius, self.size.0) {
                let distance = (column as f64 + 0.5 - x).hypot(row as f64 + 0.5 - y);
                self.cover(column, row, (radius + 0.5 - distance).clamp(0.0, 1.0));
            }
        }
    }

    fn cover(&mut self, x: usize, y: usize, share: f64) {
        let pixel = y * self.size.0 + x;
        let (Some(covered), amount) = (self.covered.get_mut(pixel), (share * 255.0 + 0.5) as u8) else { return };
        if amount > *covered {
            if *covered == 0 {
                self.touched.push(pixel);
            }
            *covered = amount;
        }
    }
}

/// Returns the rows, or columns, below `limit` that reach `radius` or less from `middle`.
pub(crate) fn rows(middle: f64, radius: f64, limit: usize) -> std::ops::Range<usize> {
    let first = (middle - radius - 0.5).floor().max(0.0) as usize;
    let last = (middle + radius + 0.5).ceil().max(0.0) as usize;
    first.min(limit)..last.min(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(places: &[(f64, f64)], width: f64) -> f64 {
        let mut mask = Mask::new((200, 200));
        mask.line(places, width);
        let mut area = 0.0;
        mask.drain(|_, amount| area += f64::from(amount) / 255.0);
        assert!(mask.covered.iter().all(|covered| *covered == 0), "empty again");
        area
    }

    #[test]
    fn lines_of_any_direction_are_as_thick() {
        for to in [(150.0, 100.0), (150.0, 130.0), (100.0, 150.0), (130.0, 150.0), (52.0, 148.0), (100.0, 52.0)] {
            let length = f64::hypot(to.0 - 100.0, to.1 - 100.0);
            let area = area(&[(100.0, 100.0), to], 3.0);
            assert!((area / length - 3.0).abs() < 0.1, "{area} for {length}, to {to:?}");
        }
    }

    #[test]
    fn a_slanting_edge_has_shades() {
        let mut mask = Mask::new((200, 20));
        mask.line(&[(0.0, 5.0), (200.0, 9.0)], 2.0);
        let mut shades: Vec<u8> = Vec::new();
        mask.drain(|_, amount| shades.push(amount));
        shades.sort_unstable();
        shades.dedup();
        assert!(shades.len() > 40, "{} shades", shades.len());
    }

    #[test]
    fn what_is_outside_is_cut_off() {
        assert_eq!(area(&[(-50.0, -50.0), (-10.0, -20.0)], 2.0), 0.0);
        assert!((area(&[(-1e9, 10.0), (1e9, 10.0)], 2.0) - 400.0).abs() < 1.0);
        assert_eq!(area(&[(5.0, 5.0)], 2.0), 0.0);
    }
}
