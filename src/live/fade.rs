//! How sound comes and goes: along a raised cosine, from wherever it is.

use std::f64::consts::PI;

/// A level between silence and as it is.
pub struct Fade {
    /// Half a period of a raised cosine, from 0 to 1.
    curve: Vec<f32>,
    /// How far along it is.
    at: usize,
    comes: bool,
}

impl Fade {
    /// Silence, that comes and goes within so many frames, at least 1.
    pub fn new(frames: usize) -> Self {
        let rise = |frame: usize| 0.5 - 0.5 * libm::cos(PI * frame as f64 / frames as f64);
        Self { curve: (0..=frames).map(|frame| rise(frame) as f32).collect(), at: 0, comes: false }
    }

    /// Sound is to come.
    pub fn come(&mut self) {
        self.comes = true;
    }

    /// Sound is to go.
    pub fn go(&mut self) {
        self.comes = false;
    }

    /// Sound is there at once.
    pub fn be_there(&mut self) {
        (self.comes, self.at) = (true, self.curve.len() - 1);
    }

    /// Sound is gone at once, and comes from silence.
    pub fn start_over(&mut self) {
        self.at = 0;
    }

    /// Whether there is silence and it stays.
    pub fn is_gone(&self) -> bool {
        !self.comes && self.at == 0
    }

    /// The gain of the next frame.
    pub fn next_gain(&mut self) -> f32 {
        let gain = self.curve[self.at];
        self.at = if self.comes {
            (self.at + 1).min(self.curve.len() - 1)
        } else {
            self.at.saturating_sub(1)
        };
        gain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_comes_and_goes_without_a_step() {
        let mut fade = Fade::new(100);
        assert!(fade.is_gone());
        fade.come();
        let mut gains: Vec<f32> = (0..120).map(|_| fade.next_gain()).collect();
        assert_eq!((gains[0], gains[100], gains[119]), (0.0, 1.0, 1.0));
        fade.go();
        gains.extend((0..50).map(|_| fade.next_gain()));
        fade.come();
        gains.extend((0..50).map(|_| fade.next_gain()));
        // The slope of a raised cosine is at most half of pi over its length.
        let steepest = std::f32::consts::PI / 2.0 / 100.0;
        let steps = gains.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        assert!(steps.fold(0.0, f32::max) < 1.01 * steepest);
        fade.go();
        (0..101).for_each(|_| _ = fade.next_gain());
        assert!(fade.is_gone());
    }
}
