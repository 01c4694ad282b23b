//! Pink noise: white noise through a ladder of poles and zeros an octave apart.
//!
//! A filter remembers, but the noise must be a function of the frame alone. So time is cut into
//! spans, and at the beginning of each the filter starts from rest, early enough that its slowest
//! pole has forgotten that (half a second: 270 dB) before the first sample is used.

use std::f64::consts::TAU;

use super::noise::{white, white_rms};

/// Where the ladder ends, in hertz: below, the noise is white, so that there is no drift.
const LOWEST_HZ: f64 = 10.0;

/// The highest pole as part of the rate; the others follow an octave apart, each with a zero half an
/// octave above it, which gives -3 dB per octave.
const HIGHEST_POLE: f64 = 0.263;

/// The zero of the highest pole would lie above half the rate, where the ladder of an analogue filter
/// goes on. That pole, its zero and the next zero are fitted instead, so that the slope holds from 60 Hz
/// at 48 kHz to 0.42 of the rate within ±0.06 dB (±0.5 dB from 20 Hz).
const FITTED_POLE: f64 = -0.010_338_02;
const FITTED_ZEROS: [f64; 2] = [-0.171_705_23, 0.267_653_94];

/// Pink noise of one seed.
pub struct Pink {
    seed: u64,
    amplitude: f64,
    stages: Vec<Stage>,
    /// Frames that the filter runs before it is heard.
    warm_up: u64,
    /// Frames for which it is heard.
    span: u64,
    /// The next frame whose sample it would give.
    next: Option<u64>,
}

/// One pole and one zero.
#[derive(Clone, Copy)]
struct Stage {
    pole: f64,
    zero: f64,
    state: f64,
}

impl Pink {
    /// Pink noise of an RMS amplitude.
    pub fn new(seed: u64, rate_hz: u32, rms: f64) -> Self {
        let rate = f64::from(rate_hz);
        let mut stages = Vec::new();
        let mut part = HIGHEST_POLE;
        while part * rate > LOWEST_HZ {
            let pole = libm::exp(-TAU * part);
            let zero = libm::exp(-TAU * part * std::f64::consts::SQRT_2);
            stages.push(Stage { pole, zero, state: 0.0 });
            part /= 2.0;
        }
        if let [highest, next, ..] = &mut stages[..] {
            highest.pole = FITTED_POLE;
            [highest.zero, next.zero] = FITTED_ZEROS;
        }
        let amplitude = rms / (white_rms() * response_rms(&stages));
        let warm_up = u64::from(rate_hz) / 2;
        Self { seed, amplitude, stages, warm_up, span: 4 * warm_up.max(1), next: None }
    }

    /// The samples from a frame on.
    pub fn fill(&mut self, first: u64, out: &mut [f32]) {
        for (frame, sample) in (first..).zip(out) {
            if self.next != Some(frame) || frame.is_multiple_of(self.span) {
                self.start(frame);
            }
            *sample = (self.amplitude * self.step(frame)) as f32;
            self.next = Some(frame + 1);
        }
    }

    /// Brings the filter to where it is before a frame.
    fn start(&mut self, frame: u64) {
        for stage in &mut self.stages {
            stage.state = 0.0;
        }
        let span_begins = frame - frame % self.span;
        for earlier in span_begins.saturating_sub(self.warm_up)..frame {
            self.step(earlier);
        }
    }

    fn step(&mut self, frame: u64) -> f64 {
        let mut sample = white(self.seed, frame);
        for stage in &mut self.stages {
            // Transposed direct form: y = x + s, s = p y - z x.
            let out = sample + stage.state;
            stage.state = stage.pole * out - stage.zero * sample;
            sample = out;
        }
        sample
    }
}

/// The RMS that white noise of RMS 1 has behind the stages: the root of the mean of the squared
/// response over all frequencies, integrated over the logarithm of the frequency.
fn response_rms(stages: &[Stage]) -> f64 {
    const POINTS: u32 = 4000;
    const LOWEST: f64 = 1e-9;
    let step = libm::log(0.5 / LOWEST) / f64::from(POINTS);
    let power: f64 = (0..POINTS)
        .map(|point| LOWEST * libm::exp((f64::from(point) + 0.5) * step))
        .map(|part| 2.0 * step * part * power_response(stages, part))
        .sum();
    libm::sqrt(power)
}

/// The squared response at a frequency given as part of the rate.
fn power_response(stages: &[Stage], part: f64) -> f64 {
    let cos = libm::cos(TAU * part);
    let squared = |root: f64| 1.0 - 2.0 * root * cos + root * root;
    stages.iter().map(|stage| squared(stage.zero) / squared(stage.pole)).product()
}
