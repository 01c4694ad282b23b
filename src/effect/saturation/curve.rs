//! The curve of eight lanes, and what it does to a sample.

use super::SaturationSpec;
use crate::block::SIDE_BY_SIDE;
use crate::dsp::exp_minus_one;
use crate::effect::dynamics::{Line, Slots};
use crate::units::decibels_to_amplitude;

/// Beyond this the hyperbolic tangent is 1 in f64.
const FAR: f64 = 20.0;

/// `(tanh(d x + b) - tanh b) / (d (1 - tanh^2 b))` of a sample x under the drive d and the bias b: 0 goes
/// to 0, with a slope of 1.
pub struct Curve {
    drive: Line,
    bias: Line,
    mix: Line,
}

/// The curve at a frame.
pub struct CurveNow {
    drive: Slots,
    bias: Slots,
    /// The tangent of the bias.
    rest: Slots,
    scale: Slots,
    pub mix: Slots,
}

impl Curve {
    /// Curves that do nothing.
    pub fn new() -> Self {
        Self { drive: Line::at_rest(1.0), bias: Line::at_rest(0.0), mix: Line::at_rest(0.0) }
    }

    /// Sets what a lane's curve is at the begin and at the end of the next quantum, and stays at.
    pub fn set(&mut self, lane: usize, spec: &SaturationSpec, span_s: [f64; 2]) {
        let drive = |seconds| decibels_to_amplitude(spec.drive_db.at(seconds));
        self.drive.set(lane, span_s.map(drive));
        self.bias.set(lane, span_s.map(|seconds| spec.bias.at(seconds)));
        self.mix.set(lane, span_s.map(|seconds| spec.mix.at(seconds)));
    }

    #[inline(always)]
    pub fn at(&self, frame: usize) -> CurveNow {
        let (drive, bias) = (self.drive.at(frame), self.bias.at(frame));
        let (mut rest, mut scale) = (bias, drive);
        for lane in 0..SIDE_BY_SIDE {
            rest[lane] = tanh(bias[lane]);
            scale[lane] = 1.0 / (drive[lane] * (1.0 - rest[lane] * rest[lane]));
        }
        CurveNow { drive, bias, rest, scale, mix: self.mix.at(frame) }
    }
}

impl CurveNow {
    /// What the curve adds to a sample of a lane.
    #[inline(always)]
    pub fn added(&self, lane: usize, sample: f32) -> f32 {
        let sample = f64::from(sample);
        let driven = tanh(self.drive[lane] * sample + self.bias[lane]) - self.rest[lane];
        (driven * self.scale[lane] - sample) as f32
    }
}

/// The hyperbolic tangent, to 3e-10 of itself: with E = e^2x - 1 it is E / (E + 2).
#[inline(always)]
fn tanh(x: f64) -> f64 {
    let x = if x < FAR { x } else { FAR };
    let x = if x > -FAR { x } else { -FAR };
    let risen = exp_minus_one(2.0 * x);
    risen / (risen + 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tangent_is_right_from_small_to_large() {
        for step in -30_000..30_000 {
            for x in [1e-9, 1e-4, 1e-3].map(|unit| unit * (f64::from(step) + 0.5)) {
                let exact = libm::tanh(x);
                assert!((tanh(x) / exact - 1.0).abs() < 1e-9, "{x}");
            }
        }
    }
}
