//! Responses brought into line, with the times at which they arrive apart from them.

use crate::space::Vector;

/// Directions and, for each ear, aligned responses and times of arrival.
#[derive(Clone, Debug)]
pub struct Table {
    /// Frames a second.
    pub rate_hz: f64,
    /// Samples of a response.
    pub taps: usize,
    /// Where in an aligned response the sound arrives.
    pub lead_frames: f64,
    /// How many of the directions were measured: the first; what follows was extrapolated.
    pub measured: usize,
    /// Unit vectors to the sources.
    pub directions: Vec<Vector>,
    /// The left ear and the right one; the left alone where the right hears its mirror image.
    pub ears: Vec<Ear>,
}

/// What one ear hears.
#[derive(Clone, Debug, Default)]
pub struct Ear {
    /// The aligned responses: direction by tap.
    pub responses: Vec<f32>,
    /// When the sound of each direction arrives, in frames after it left the source, or whatever the
    /// set calls 0.
    pub arrivals_frames: Vec<f64>,
}

impl Ear {
    /// The aligned response of a direction.
    pub fn response(&self, direction: usize, taps: usize) -> &[f32] {
        &self.responses[direction * taps..(direction + 1) * taps]
    }
}

impl Table {
    /// Leaves `taps` samples of each response, and lets what is cut off fade away: over the first
    /// half of the lead and over the last eighth.
    pub fn shorten(&mut self, taps: usize) {
        let rise = ((self.lead_frames / 2.0) as usize).min(taps);
        let fall = (taps / 8).max(1);
        let fade = |frame: usize, frames: usize| {
            let part = (frame as f64 + 0.5) / frames as f64;
            0.5 - 0.5 * libm::cos(std::f64::consts::PI * part)
        };
        let mut window = vec![1.0; taps];
        window.iter_mut().take(rise).enumerate().for_each(|(n, it)| *it *= fade(n, rise));
        window.iter_mut().rev().take(fall).enumerate().for_each(|(n, it)| *it *= fade(n, fall));
        for ear in &mut self.ears {
            let rows = ear.responses.chunks_exact(self.taps);
            let rows = rows.flat_map(|row| {
                let row = row.iter().copied().chain(std::iter::repeat(0.0));
                row.zip(&window).map(|(sample, gain)| sample * *gain as f32)
            });
            ear.responses = rows.collect();
        }
        self.taps = taps;
    }
}
