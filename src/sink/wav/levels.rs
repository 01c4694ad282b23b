//! Peaks, clips, and what must never reach a file.

/// The bits of 1.0: of two positive numbers the larger has the larger bits.
const FULL_SCALE: u32 = 0x3F80_0000;

/// The bits of infinity; those of NaN (without its sign) are larger still.
const INFINITY: u32 = 0x7F80_0000;

/// Samples that are not numbers: where the first is, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotFinite {
    /// Which channel of the file.
    pub(super) channel: usize,
    /// Which frame of those given.
    pub(super) frame: usize,
    /// How many there are, in all channels.
    pub(super) count: u64,
}

/// The levels of a file so far, channel by channel.
#[derive(Clone, Debug)]
pub(super) struct Levels {
    peak_bits: Vec<u32>,
    clipped: u64,
}

impl Levels {
    pub(super) fn new(channels: usize) -> Self {
        Self { peak_bits: vec![0; channels], clipped: 0 }
    }

    /// Takes the next frames, the channels in the order of the file.
    ///
    /// # Errors
    /// When any of the samples is NaN or infinite.
    pub(super) fn measure<'a>(
        &mut self,
        channels: impl Iterator<Item = &'a [f32]> + Clone,
    ) -> Result<(), NotFinite> {
        for (peak, samples) in self.peak_bits.iter_mut().zip(channels.clone()) {
            let highest = samples.iter().fold(0, |highest, &sample| magnitude(sample).max(highest));
            if highest >= INFINITY {
                return Err(find_not_finite(channels));
            }
            if highest > FULL_SCALE {
                let beyond = samples.iter().filter(|sample| sample.abs() > 1.0).count();
                self.clipped += beyond as u64;
            }
            *peak = highest.max(*peak);
        }
        Ok(())
    }

    /// The largest magnitude of each channel.
    pub(super) fn sample_peak(&self) -> Vec<f32> {
        self.peak_bits.iter().copied().map(f32::from_bits).collect()
    }

    /// How many samples were beyond full scale.
    pub(super) fn clipped_samples(&self) -> u64 {
        self.clipped
    }
}

/// The bits of a sample without its sign; comparing them as integers is quick and knows NaN.
fn magnitude(sample: f32) -> u32 {
    sample.to_bits() & 0x7FFF_FFFF
}

fn find_not_finite<'a>(channels: impl Iterator<Item = &'a [f32]>) -> NotFinite {
    let mut found = NotFinite { channel: 0, frame: usize::MAX, count: 0 };
    for (channel, samples) in channels.enumerate() {
        for (frame, _) in samples.iter().enumerate().filter(|(_, sample)| !sample.is_finite()) {
            found.count += 1;
            if frame < found.frame {
                (found.channel, found.frame) = (channel, frame);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(levels: &mut Levels, channels: [&[f32]; 2]) -> Result<(), NotFinite> {
        levels.measure(channels.into_iter())
    }

    #[test]
    fn peaks_and_clips_are_counted() {
        let mut levels = Levels::new(2);
        measure(&mut levels, [&[0.5, -1.0, 1.0], &[-1.25, 2.0, 0.0]]).unwrap();
        measure(&mut levels, [&[0.1], &[1.000_000_1]]).unwrap();
        assert_eq!(levels.sample_peak(), [1.0, 2.0]);
        assert_eq!(levels.clipped_samples(), 3);
    }

    #[test]
    fn what_is_no_number_is_found_and_counted() {
        let (nan, inf) = (f32::NAN, f32::INFINITY);
        let mut levels = Levels::new(2);
        let found = measure(&mut levels, [&[0.0, 0.0, nan, -nan], &[0.0, -inf, 0.0, inf]]);
        assert_eq!(found, Err(NotFinite { channel: 1, frame: 1, count: 4 }));
        let found = measure(&mut levels, [&[0.0], &[inf]]);
        assert_eq!(found, Err(NotFinite { channel: 1, frame: 0, count: 1 }));
        assert_eq!(measure(&mut levels, [&[f32::MAX], &[f32::MIN]]), Ok(()));
    }
}
