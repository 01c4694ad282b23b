//! A source at another rate: rubato's synchronous resampler, a windowed sinc applied by FFT.
//!
//! Sample 0 stays at time 0: the filter is symmetric around a whole frame at both rates, so its
//! delay is a whole number of frames and is taken off. Blocks are counted from frame 0 and each
//! depends on itself and the one before alone, so pieces and seeks change nothing.

use rubato::audioadapter_buffers::direct::SequentialSlice;
use rubato::{Fft, FixedSync, Resampler, WindowFunction};

use super::planes::Planes;
use super::{Source, planes::window};
use crate::{Error, Result};

/// The shortest filter, in frames of the lower rate. Squared Blackman-Harris of this length passes
/// up to 0.97 of half the lower rate and stops beyond it by more than 150 dB.
const SHORTEST_FILTER: usize = 1024;

/// The rates that can be converted; beyond them a file is damaged rather than unusual.
const RATES_HZ: std::ops::RangeInclusive<u32> = 1000..=768_000;

/// A source at another rate, `round(frames x ratio)` frames long.
pub struct Resampled {
    source: Box<dyn Source>,
    rate_hz: u32,
    fft: Fft<f32>,
    input: Planes,
    output: Planes,
    /// The block that the output holds.
    block: Option<u64>,
    position: u64,
}

impl Resampled {
    /// Brings a source to `rate_hz` frames a second. `name` is what an error calls it.
    ///
    /// # Errors
    /// When a rate is below 1 kHz or above 768 kHz.
    pub fn new(source: Box<dyn Source>, rate_hz: u32, name: &str) -> Result<Self> {
        let from_hz = source.rate_hz();
        if let Some(rate_hz) = [from_hz, rate_hz].iter().find(|rate_hz| !RATES_HZ.contains(rate_hz))
        {
            let what = "cannot be resampled (rates of 1000 to 768000 Hz can)";
            return Err(Error::input(format!("{name}: has {rate_hz} Hz, which {what}")));
        }
        let fft = Fft::new_custom(
            from_hz as usize,
            rate_hz as usize,
            block_frames(from_hz, rate_hz),
            1,
            source.channels(),
            WindowFunction::BlackmanHarris2,
            FixedSync::Both,
        )
        .map_err(|error| Error::input(format!("{name}: {error}")))?;
        let input = Planes::new(source.channels(), fft.fft_size_in());
        let output = Planes::new(source.channels(), fft.fft_size_out());
        Ok(Self { source, rate_hz, fft, input, output, block: None, position: 0 })
    }

    /// Makes the output hold a block.
    fn go_to(&mut self, block: u64) -> Result<()> {
        if self.block == Some(block) {
            return Ok(());
        }
        if self.block.is_none_or(|held| held + 1 != block) {
            self.block = None;
            self.fft.reset();
            let before = block.saturating_sub(1);
            self.source.seek(before * self.input.frames() as u64)?;
            if before < block {
                self.convert_next()?;
            }
        }
        self.block = None;
        self.convert_next()?;
        self.block = Some(block);
        Ok(())
    }

    /// Converts the next block of the source; behind its end there is silence.
    fn convert_next(&mut self) -> Result<()> {
        let frames = self.input.frames();
        self.input.with(0..frames, |channels| -> Result<()> {
            let got = self.source.read(channels)?;
            for channel in channels {
                channel[got..].fill(0.0);
            }
            Ok(())
        })?;
        let channels = self.source.channels();
        let out_frames = self.output.frames();
        let failed = |error: &dyn std::fmt::Display| Error::machine(format!("resampler: {error}"));
        let input = SequentialSlice::new(self.input.samples(), channels, frames)
            .map_err(|error| failed(&error))?;
        let mut output = SequentialSlice::new_mut(self.output.samples_mut(), channels, out_frames)
            .map_err(|error| failed(&error))?;
        self.fft.process_into_buffer(&input, &mut output, None).map_err(|error| failed(&error))?;
        Ok(())
    }
}

/// Frames of a block before conversion: an even multiple of the smallest that fits both rates, so
/// that the middle of the filter is a whole frame in both, and long enough for the filter.
fn block_frames(from_hz: u32, to_hz: u32) -> usize {
    let divisor = greatest_common_divisor(from_hz, to_hz);
    let (from, to) = ((from_hz / divisor) as usize, (to_hz / divisor) as usize);
    let multiple = SHORTEST_FILTER.div_ceil(from.min(to));
    from * multiple.next_multiple_of(2)
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

impl Source for Resampled {
    fn channels(&self) -> usize {
        self.source.channels()
    }

    fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    fn frames(&self) -> Option<u64> {
        let frames = u128::from(self.source.frames()?);
        let (from, to) = (u128::from(self.source.rate_hz()), u128::from(self.rate_hz));
        Some(u64::try_from((frames * to + from / 2) / from).unwrap_or(u64::MAX))
    }

    fn read(&mut self, channels: &mut [&mut [f32]]) -> Result<usize> {
        let left = self.frames().map_or(u64::MAX, |frames| frames.saturating_sub(self.position));
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(channels[0].len());
        let block_frames = self.output.frames();
        let mut done = 0;
        while done < wanted {
            let frame = self.position + self.fft.output_delay() as u64;
            self.go_to(frame / block_frames as u64)?;
            let offset = (frame % block_frames as u64) as usize;
            let frames = (block_frames - offset).min(wanted - done);
            window(channels, done..done + frames, |out| {
                for (index, out) in out.iter_mut().enumerate() {
                    out.copy_from_slice(&self.output.channel(index)[offset..offset + frames]);
                }
            });
            done += frames;
            self.position += frames as u64;
        }
        Ok(wanted)
    }

    fn seek(&mut self, frame: u64) -> Result<()> {
        self.position = frame;
        Ok(())
    }

    fn warnings(&self) -> Vec<String> {
        self.source.warnings()
    }
}
