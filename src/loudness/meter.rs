//! The meter: channels in, loudness and peaks out.

use std::ops::Range;

use pulp::Arch;

use super::k_weighting::{Bank, KWeighting};
use super::programme::{Programme, TICKS_PER_HOP, TICKS_PER_SECOND};
use super::results::{ChannelPeaks, Peaks, Results};
use super::true_peak::{ChannelPeak, Interpolator, RUN};
use crate::block::SIDE_BY_SIDE;
use crate::units::amplitude_to_decibels;

/// The lowest sample rate at which loudness is measured: below it the K weighting has no meaning.
pub const LOWEST_RATE_HZ: u32 = 8000;

/// Measures the channels of a target as they pass by.
///
/// What it says depends on the samples only, to the bit, never on how they were cut into blocks or
/// on the processor. It allocates nothing while it listens, and remembers no more of an hour than
/// of a minute. Samples that are infinite or not numbers count as silence.
pub struct Meter {
    arch: Arch,
    rate_hz: u32,
    frames: u64,
    peaks: Vec<ChannelPeak>,
    interpolator: Interpolator,
    /// The channels that have a weight, and their weights.
    weighted: Vec<(usize, f64)>,
    /// Those channels, eight side by side.
    banks: Vec<Bank>,
    filters: KWeighting,
    programme: Programme,
}

impl Meter {
    /// A meter for one channel for each weight (see [`weight`](super::weight)).
    ///
    /// # Panics
    /// When the rate is below [`LOWEST_RATE_HZ`].
    #[must_use]
    pub fn new(weights: &[f64], rate_hz: u32) -> Self {
        assert!(rate_hz >= LOWEST_RATE_HZ, "{rate_hz} Hz are too few to measure loudness");
        let weighted: Vec<(usize, f64)> =
            weights.iter().copied().enumerate().filter(|(_, weight)| *weight > 0.0).collect();
        Self {
            arch: Arch::new(),
            rate_hz,
            frames: 0,
            peaks: vec![ChannelPeak::new(); weights.len()],
            interpolator: Interpolator::new(),
            banks: vec![Bank::default(); weighted.len().div_ceil(SIDE_BY_SIDE)],
            weighted,
            filters: KWeighting::new(rate_hz),
            programme: Programme::new(),
        }
    }

    /// Listens to the next frames: a slice for each channel, all of one length.
    ///
    /// # Panics
    /// When there is not a slice for each weight, or one is shorter than the first.
    pub fn push(&mut self, channels: &[&[f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        self.push_part(channels, 0..frames);
    }

    /// Listens to some of the frames of a block: as [`push`](Meter::push) for slices of these.
    ///
    /// # Panics
    /// When there is not a slice for each weight, or one ends before the part does.
    pub fn push_part(&mut self, channels: &[&[f32]], part: Range<usize>) {
        assert_eq!(channels.len(), self.peaks.len(), "a slice for each weight");
        let mut done = part.start;
        while done < part.end {
            let run = RUN.min(part.end - done).min(self.frames_to(self.programme.ticks() + 1));
            self.listen(channels, done..done + run);
            done += run;
        }
    }

    /// Frames a second.
    #[must_use]
    pub fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    /// Frames that have been listened to.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// Frames until the next tenth of a second is full: 1 or more.
    #[must_use]
    pub fn frames_to_hop(&self) -> usize {
        self.frames_to((self.programme.ticks() / TICKS_PER_HOP + 1) * TICKS_PER_HOP)
    }

    /// The loudness of the last 400 ms, in LUFS, every 10 ms anew; none where they were silent.
    #[must_use]
    pub fn momentary_lufs(&self) -> Option<f64> {
        self.programme.momentary_lufs()
    }

    /// The loudness of the last 3 s, in LUFS, every 10 ms anew; none where they were silent.
    #[must_use]
    pub fn short_term_lufs(&self) -> Option<f64> {
        self.programme.short_term_lufs()
    }

    /// The gated loudness of all so far, in LUFS; none where nothing passes the gates.
    #[must_use]
    pub fn integrated_lufs(&self) -> Option<f64> {
        self.programme.integrated_lufs()
    }

    /// The peaks of all channels since they were last taken.
    pub fn take_peaks(&mut self) -> Peaks {
        self.take_channel_peaks().fold(Peaks::default(), Peaks::highest)
    }

    /// The peaks of each channel since they were last taken.
    pub fn take_channel_peaks(&mut self) -> impl Iterator<Item = Peaks> {
        let peaks = self.peaks.iter_mut().map(ChannelPeak::take_recent);
        peaks.map(|(sample, between)| Peaks {
            sample_peak_dbfs: level(sample),
            true_peak_dbtp: level(between),
        })
    }

    /// What was measured so far, as if the programme ended here. `names` are those of the channels.
    #[must_use]
    pub fn results(&self, names: &[impl AsRef<str>]) -> Results {
        let channels: Vec<ChannelPeaks> = names
            .iter()
            .zip(&self.peaks)
            .map(|(name, peak)| ChannelPeaks {
                name: name.as_ref().to_owned(),
                sample_peak_dbfs: level(peak.sample_peak()),
                true_peak_dbtp: level(peak.true_peak(self.arch, &self.interpolator)),
            })
            .collect();
        let true_peak_dbtp = channels.iter().filter_map(|it| it.true_peak_dbtp).reduce(f64::max);
        let integrated_lufs = self.programme.integrated_lufs();
        Results {
            integrated_lufs,
            max_momentary_lufs: self.programme.max_momentary_lufs(),
            max_short_term_lufs: self.programme.max_short_term_lufs(),
            loudness_range_lu: self.programme.loudness_range_lu(),
            true_peak_dbtp,
            plr_lu: true_peak_dbtp.zip(integrated_lufs).map(|(peak, loudness)| peak - loudness),
            channels,
        }
    }

    /// The frame at which so many ticks are over. At rates that are no multiple of 100 Hz, ticks
    /// differ by a frame.
    fn end_of(&self, ticks: u64) -> u64 {
        (ticks * u64::from(self.rate_hz) + TICKS_PER_SECOND / 2) / TICKS_PER_SECOND
    }

    fn frames_to(&self, ticks: u64) -> usize {
        (self.end_of(ticks) - self.frames) as usize
    }

    /// Listens to a run, which does not reach beyond the end of the tick.
    fn listen(&mut self, channels: &[&[f32]], run: Range<usize>) {
        for (peak, channel) in self.peaks.iter_mut().zip(channels) {
            peak.push(self.arch, &self.interpolator, &channel[run.clone()]);
        }
        for (bank, channels) in self.banks.iter_mut().zip(self.weighted.chunks(SIDE_BY_SIDE)) {
            let mut frames = [[0.0; SIDE_BY_SIDE]; RUN];
            for (lane, (channel, _)) in channels.iter().enumerate() {
                for (frame, sample) in frames.iter_mut().zip(self.peaks[*channel].samples()) {
                    frame[lane] = *sample;
                }
            }
            bank.process(self.arch, &self.filters, &frames[..run.len()]);
        }
        self.frames += run.len() as u64;
        if self.frames == self.end_of(self.programme.ticks() + 1) {
            self.end_tick();
        }
    }

    fn end_tick(&mut self) {
        let frames = self.frames - self.end_of(self.programme.ticks());
        let mut energy = 0.0;
        for (bank, channels) in self.banks.iter_mut().zip(self.weighted.chunks(SIDE_BY_SIDE)) {
            let energies = bank.take_energy();
            for (channel_energy, (_, weight)) in energies.iter().zip(channels) {
                energy += weight * channel_energy;
            }
        }
        self.programme.add(energy / frames as f64);
    }
}

/// The level of a peak in decibels; none where there was no sound.
fn level(peak: f32) -> Option<f64> {
    (peak > 0.0).then(|| amplitude_to_decibels(f64::from(peak)))
}
