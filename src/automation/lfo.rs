//! A number that swings.

use std::f64::consts::TAU;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::{Place, Problems};

/// A number that swings between two: `{ lfo = "sine", rate_hz = 0.5, from = -6, to = 0 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lfo {
    /// The shape of a swing.
    pub lfo: Shape,
    /// Swings a second, 0.001 to 20.
    pub rate_hz: f64,
    /// Where a swing begins.
    pub from: f64,
    /// Where it turns.
    pub to: f64,
    /// Where in its swing it is at the beginning of the scene, in degrees; default 0.
    #[serde(default)]
    pub phase_deg: f64,
}

/// The shape of an LFO.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// To and fro, at rest at both ends.
    Sine,
    /// To and fro in straight lines.
    Triangle,
    /// There in a straight line, back at once.
    Saw,
    /// Half the time here, half there.
    Square,
}

impl Lfo {
    /// The value at a time in seconds of the scene.
    #[must_use]
    pub fn at(&self, seconds: f64) -> f64 {
        let turns = seconds * self.rate_hz + self.phase_deg / 360.0;
        let phase = turns - turns.floor();
        let way = match self.lfo {
            Shape::Sine => 0.5 - 0.5 * libm::cos(TAU * phase),
            Shape::Triangle => 1.0 - (2.0 * phase - 1.0).abs(),
            Shape::Saw => phase,
            Shape::Square => f64::from(u8::from(phase >= 0.5)),
        };
        self.from + (self.to - self.from) * way
    }

    pub(super) fn check(&self, place: &Place, problems: &mut Problems) {
        if !(0.001..=20.0).contains(&self.rate_hz) {
            let message = format!("rate_hz = {} is out of range", self.rate_hz);
            problems.error(&place.key("rate_hz"), message, "0.001 to 20 swings a second");
        }
        if !(-360_000.0..=360_000.0).contains(&self.phase_deg) {
            let message = format!("phase_deg = {} is out of range", self.phase_deg);
            problems.error(&place.key("phase_deg"), message, "-360000 to 360000 degrees");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_swings_from_here_to_there() {
        let shapes = [
            (Shape::Sine, [0.0, 0.5, 1.0, 0.5]),
            (Shape::Triangle, [0.0, 0.5, 1.0, 0.5]),
            (Shape::Saw, [0.0, 0.25, 0.5, 0.75]),
            (Shape::Square, [0.0, 0.0, 1.0, 1.0]),
        ];
        for (lfo, expected) in shapes {
            let swing = Lfo { lfo, rate_hz: 2.0, from: -10.0, to: 10.0, phase_deg: 0.0 };
            for (quarter, way) in expected.into_iter().enumerate() {
                for swings in [0.0, 3.0] {
                    let value = swing.at(swings / 2.0 + quarter as f64 / 8.0);
                    assert!((value - (-10.0 + 20.0 * way)).abs() < 1e-12, "{lfo:?} {quarter}");
                }
            }
        }
    }
}
