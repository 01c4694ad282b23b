//! Raised-cosine fades at both ends of a clip.

use std::f64::consts::FRAC_PI_2;
use std::ops::Range;

/// The fades of a clip, in frames from its ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fades {
    /// Length of the fade at the beginning.
    pub fade_in: u64,
    /// Length of the fade at the end.
    pub fade_out: u64,
    /// Length of the clip; `None` when it never ends and so never fades out.
    pub frames: Option<u64>,
}

impl Fades {
    /// Fades the lanes, whose first frame is frame `from` of the clip.
    pub fn apply(&self, lanes: &mut [&mut [f32]], from: u64) {
        let length = lanes[0].len() as u64;
        let block = |frames: Range<u64>| {
            let clamp = |frame: u64| frame.saturating_sub(from).min(length) as usize;
            clamp(frames.start)..clamp(frames.end)
        };
        for offset in block(0..self.fade_in) {
            scale(lanes, offset, rise(from + offset as u64, self.fade_in));
        }
        let Some(frames) = self.frames else { return };
        for offset in block(frames.saturating_sub(self.fade_out)..frames) {
            let left = frames - 1 - (from + offset as u64);
            scale(lanes, offset, rise(left, self.fade_out));
        }
    }
}

/// The raised cosine: 0 to 1 over `length` frames, taken in the middle of every frame so that a fade
/// in and a fade out of one length add up to 1.
fn rise(frame: u64, length: u64) -> f64 {
    let sine = libm::sin(FRAC_PI_2 * (frame as f64 + 0.5) / length as f64);
    sine * sine
}

fn scale(lanes: &mut [&mut [f32]], offset: usize, gain: f64) {
    for lane in lanes {
        lane[offset] *= gain as f32;
    }
}
