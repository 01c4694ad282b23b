//! The level of a strip: its own fader and those of the groups it belongs to.

use crate::automation::Automated;
use crate::block::QUANTUM;
use crate::units::decibels_to_amplitude;

/// Levels in decibels, one on top of the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Fader {
    /// The amplitude of those that stay.
    fixed: f64,
    /// Those that move, in decibels.
    moving: Vec<Automated>,
    seconds_per_frame: f64,
    /// By how many frames what it is for comes late.
    late_frames: u64,
}

impl Fader {
    /// The sum of levels in decibels, in a scene of so many frames a second.
    #[must_use]
    pub fn new<'a>(levels: impl IntoIterator<Item = &'a Automated>, rate_hz: u32) -> Self {
        let (mut decibels, mut moving) = (0.0, Vec::new());
        for level in levels {
            match level.constant() {
                Some(value) => decibels += value,
                None => moving.push(level.clone()),
            }
        }
        let seconds_per_frame = 1.0 / f64::from(rate_hz);
        Self { fixed: decibels_to_amplitude(decibels), moving, seconds_per_frame, late_frames: 0 }
    }

    /// A level that stays, as an amplitude.
    #[must_use]
    pub fn fixed(amplitude: f64) -> Self {
        Self { fixed: amplitude, moving: Vec::new(), seconds_per_frame: 0.0, late_frames: 0 }
    }

    /// The same level, turned down or up by an amplitude.
    #[must_use]
    pub fn times(self, amplitude: f64) -> Self {
        Self { fixed: self.fixed * amplitude, ..self }
    }

    /// The same level on top of another.
    #[must_use]
    pub fn on(self, other: &Self) -> Self {
        let moving = [self.moving, other.moving.clone()].concat();
        let seconds_per_frame = self.seconds_per_frame.max(other.seconds_per_frame);
        Self { fixed: self.fixed * other.fixed, moving, seconds_per_frame, ..self }
    }

    /// The same level for what comes so many frames late: it moves when that does.
    #[must_use]
    pub fn late(self, frames: usize) -> Self {
        Self { late_frames: frames as u64, ..self }
    }

    /// Whether it stays where it is.
    #[must_use]
    pub fn is_still(&self) -> bool {
        self.moving.is_empty()
    }

    /// The amplitude at a frame of the scene.
    #[inline]
    #[must_use]
    pub fn at(&self, frame: u64) -> f64 {
        if self.moving.is_empty() {
            return self.fixed;
        }
        let seconds = frame.saturating_sub(self.late_frames) as f64 * self.seconds_per_frame;
        let decibels: f64 = self.moving.iter().map(|level| level.at(seconds)).sum();
        self.fixed * decibels_to_amplitude(decibels)
    }

    /// The amplitudes at the beginning and the end of a quantum.
    #[must_use]
    pub fn over(&self, quantum: u64) -> (f64, f64) {
        let frame = quantum * QUANTUM as u64;
        (self.at(frame), self.at(frame + QUANTUM as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automation::{Curve, Envelope};

    #[test]
    fn levels_add_up_in_decibels() {
        let points = vec![[0.0, -12.0], [1.0, 0.0]];
        let ride = Automated::Envelope(Envelope { points, curve: Curve::Linear });
        let still = Fader::new(&[(-6.0).into(), (-6.0).into()], 48_000);
        assert!(still.is_still());
        assert!((still.at(0) - decibels_to_amplitude(-12.0)).abs() < 1e-15);
        let moving = Fader::new([&ride, &Automated::from(-6.0)], 48_000);
        assert!(!moving.is_still());
        assert!((moving.at(24_000) - decibels_to_amplitude(-12.0)).abs() < 1e-12);
        assert!((moving.over(750).0 - decibels_to_amplitude(-6.0)).abs() < 1e-12);
    }
}
