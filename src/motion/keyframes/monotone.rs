//! Smooth curves that never overshoot.

use super::key::Key;
use super::keyed::Way;
use crate::space::{Position, wrap_deg};

/// A smooth curve through values at rising places that lies, between two neighbours, between them:
/// F. N. Fritsch and R. E. Carlson, "Monotone piecewise cubic interpolation", SIAM Journal on
/// Numerical Analysis 17 (1980).
#[derive(Debug)]
pub struct MonotoneCubic {
    values: Vec<f64>,
    slopes: Vec<f64>,
    widths: Vec<f64>,
}

impl MonotoneCubic {
    pub fn new(places: &[f64], values: Vec<f64>) -> Self {
        let widths: Vec<f64> = places.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let secants: Vec<f64> = values
            .windows(2)
            .zip(&widths)
            .map(|(pair, width)| (pair[1] - pair[0]) / width)
            .collect();
        let mut slopes: Vec<f64> = (0..values.len()).map(|at| mean_slope(&secants, at)).collect();
        for (at, &secant) in secants.iter().enumerate() {
            let (from, to) = limit(slopes[at], slopes[at + 1], secant);
            (slopes[at], slopes[at + 1]) = (from, to);
        }
        Self { values, slopes, widths }
    }

    /// The value a fraction of the way from place `index` to the next.
    pub fn at(&self, index: usize, fraction: f64) -> f64 {
        let (from, to) = (self.values[index], self.values[index + 1]);
        let width = self.widths[index];
        let (leave, arrive) = (self.slopes[index] * width, self.slopes[index + 1] * width);
        let rise = to - from;
        let bend = leave + arrive - 2.0 * rise;
        let curve = 3.0 * rise - 2.0 * leave - arrive;
        from + fraction * (leave + fraction * (curve + fraction * bend))
    }
}

/// The mean of the secants on both sides, 0 where they differ in sign.
fn mean_slope(secants: &[f64], at: usize) -> f64 {
    let after = secants.get(at).or(secants.last()).copied().unwrap_or(0.0);
    let before = if at == 0 { after } else { secants[at - 1] };
    if before * after > 0.0 { 0.5 * (before + after) } else { 0.0 }
}

/// Scales the slopes at both ends back into the circle of radius 3 in which no cubic overshoots.
fn limit(from: f64, to: f64, secant: f64) -> (f64, f64) {
    if secant == 0.0 {
        return (0.0, 0.0);
    }
    let size = libm::hypot(from / secant, to / secant);
    let scale = if size > 3.0 { 3.0 / size } else { 1.0 };
    (from * scale, to * scale)
}

/// Azimuth, elevation and distance each on its own curve.
#[derive(Debug)]
pub struct Monotone {
    azimuth_deg: MonotoneCubic,
    elevation_deg: MonotoneCubic,
    distance: MonotoneCubic,
}

impl Monotone {
    pub fn new(keys: &[Key]) -> Self {
        let times_s: Vec<f64> = keys.iter().map(|key| key.time_s).collect();
        let curve = |value: &dyn Fn(&Key) -> f64| {
            MonotoneCubic::new(&times_s, keys.iter().map(value).collect())
        };
        Self {
            azimuth_deg: MonotoneCubic::new(&times_s, unwrapped_deg(keys)),
            elevation_deg: curve(&|key| key.spot.elevation_deg),
            distance: curve(&|key| key.spot.position.distance),
        }
    }
}

/// Azimuths that differ from point to point by the shortest way plus the turns asked for.
fn unwrapped_deg(keys: &[Key]) -> Vec<f64> {
    let mut azimuth_deg = keys[0].spot.azimuth_deg;
    let mut unwrapped = vec![azimuth_deg];
    for pair in keys.windows(2) {
        let shortest_deg = wrap_deg(pair[1].spot.azimuth_deg - pair[0].spot.azimuth_deg);
        azimuth_deg += shortest_deg + 360.0 * pair[1].turns;
        unwrapped.push(azimuth_deg);
    }
    unwrapped
}

impl Way for Monotone {
    fn between(&self, index: usize, fraction: f64, _: &[Position; 2]) -> Position {
        Position::polar(
            self.azimuth_deg.at(index, fraction),
            self.elevation_deg.at(index, fraction),
            self.distance.at(index, fraction),
        )
    }

    fn turns_by_itself(&self) -> bool {
        true
    }
}
