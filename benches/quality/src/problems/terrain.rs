//! Random landscapes over the unit cube, from which the families of problems are made: 0 at one place, more everywhere else.

use std::f64::consts::TAU;

use crate::random::SplitMix;

/// How the height grows with the square of the distance.
#[derive(Clone, Copy, Debug)]
enum Profile {
    /// In proportion: a bowl.
    Bowl,
    /// With its root: a cone, steep to the end.
    Cone,
    /// In proportion near the place, hardly any more far away: a funnel in a plain.
    Funnel,
}

/// A landscape: a metric that stretches and, on two seeds of three, couples the axes; a profile; and on every second seed ripples.
#[derive(Clone, Debug)]
pub struct Terrain {
    place: Vec<f64>,
    metric: Vec<Vec<f64>>,
    /// The part of the height that grows with the distance along each axis: what an optimum at an end of an axis has.
    slopes: Vec<f64>,
    profile: Profile,
    ripple: f64,
    waves: f64,
}

impl Terrain {
    /// A landscape with its lowest point at `place`.
    pub fn new(stream: &mut SplitMix, place: Vec<f64>) -> Self {
        let n = place.len();
        let coupling = [0.0, 0.4, 0.8][stream.below(3)];
        let metric = (0..n)
            .map(|row| {
                // Conditions of up to 30, those of squares.
                let scale = 30_f64.powf(stream.between(-0.25, 0.25));
                let coupled =
                    |column| f64::from(u8::from(row == column)) + coupling * stream.normal() / (n as f64).sqrt();
                (0..n).map(coupled).map(|weight| scale * weight).collect()
            })
            .collect();
        let profile = [Profile::Bowl, Profile::Cone, Profile::Funnel][stream.below(3)];
        let ripple = if stream.below(2) == 0 { 0.0 } else { stream.between(0.02, 0.1) };
        let waves = stream.between(2.0, 5.0);
        Self { place, metric, slopes: vec![0.0; n], profile, ripple, waves }
    }

    /// Returns the same with slopes along some axes.
    pub fn slopes(self, slopes: Vec<f64>) -> Self {
        Self { slopes, ..self }
    }

    /// Returns the height at a point of the unit cube.
    pub fn height(&self, unit: impl IntoIterator<Item = f64>) -> f64 {
        let off: Vec<f64> = unit.into_iter().zip(&self.place).map(|(u, place)| u - place).collect();
        let along = |row: &Vec<f64>| row.iter().zip(&off).map(|(weight, off)| weight * off).sum::<f64>();
        let square = self.metric.iter().map(|row| along(row).powi(2)).sum::<f64>();
        let slope = off.iter().zip(&self.slopes).map(|(off, slope)| slope * off.abs()).sum::<f64>();
        let waves = off.iter().map(|off| 1.0 - (TAU * self.waves * off).cos()).sum::<f64>() / off.len() as f64;
        slope
            + self.ripple * waves
            + match self.profile {
                Profile::Bowl => square,
                Profile::Cone => square.sqrt(),
                Profile::Funnel => square / (square + 0.2),
            }
    }
}
