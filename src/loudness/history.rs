//! Loudness and peaks over time.

use std::fmt::Write;

use super::meter::Meter;
use crate::units::frames_to_seconds;

/// What was read of a meter every tenth of a second. It grows by 24 bytes each: an hour takes less
/// than a megabyte.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    moments: Vec<Moment>,
}

/// What a meter said at the end of a tenth of a second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// When, in seconds from the beginning.
    pub time_s: f64,
    /// The loudness of the 400 ms before, in LUFS; minus infinity where they were silent.
    pub momentary_lufs: f32,
    /// The loudness of the 3 s before, in LUFS; minus infinity where they were silent.
    pub short_term_lufs: f32,
    /// The highest true peak of any channel since the moment before, in dBTP, or minus infinity.
    pub true_peak_dbtp: f32,
    /// The highest sample of any channel since the moment before, in dBFS, or minus infinity.
    pub sample_peak_dbfs: f32,
}

impl History {
    /// A history with room for so many frames; more make it grow.
    #[must_use]
    pub fn with_room(frames: u64, rate_hz: u32) -> Self {
        let tenths = 10.0 * frames_to_seconds(frames, rate_hz);
        Self { moments: Vec::with_capacity(tenths as usize + 1) }
    }

    /// Lets a meter listen to the next frames, and notes what it says at every tenth of a second.
    ///
    /// # Panics
    /// As [`Meter::push`].
    pub fn listen(&mut self, meter: &mut Meter, channels: &[&[f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        let mut done = 0;
        while done < frames {
            let to_hop = meter.frames_to_hop();
            let end = frames.min(done + to_hop);
            meter.push_part(channels, done..end);
            if end - done == to_hop {
                self.moments.push(Moment::of(meter));
            }
            done = end;
        }
    }

    /// All moments, in order.
    #[must_use]
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// The history as CSV, with a line of headings. What silence does not have is empty.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text =
            "time_s,momentary_lufs,short_term_lufs,true_peak_dbtp,sample_peak_dbfs\n".to_owned();
        for it in &self.moments {
            _ = write!(text, "{:.1}", it.time_s);
            let levels =
                [it.momentary_lufs, it.short_term_lufs, it.true_peak_dbtp, it.sample_peak_dbfs];
            for level in levels {
                _ = if level.is_finite() { write!(text, ",{level:.2}") } else { write!(text, ",") };
            }
            text.push('\n');
        }
        text
    }
}

impl Moment {
    fn of(meter: &mut Meter) -> Self {
        let peaks = meter.take_peaks();
        let level = |level: Option<f64>| level.map_or(f32::NEG_INFINITY, |level| level as f32);
        Self {
            time_s: frames_to_seconds(meter.frames(), meter.rate_hz()),
            momentary_lufs: level(meter.momentary_lufs()),
            short_term_lufs: level(meter.short_term_lufs()),
            true_peak_dbtp: level(peaks.true_peak_dbtp),
            sample_peak_dbfs: level(peaks.sample_peak_dbfs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second at -6 dBFS (a square wave), then silence, in blocks of `block`.
    fn history(block: usize) -> (History, Meter) {
        let mut samples = vec![0.0; 5 * 8000];
        for (frame, sample) in samples.iter_mut().take(8000).enumerate() {
            *sample = if frame / 20 % 2 == 0 { 0.5 } else { -0.5 };
        }
        let mut meter = Meter::new(&[1.0], 8000);
        let mut history = History::with_room(samples.len() as u64, 8000);
        samples.chunks(block).for_each(|block| history.listen(&mut meter, &[block]));
        (history, meter)
    }

    #[test]
    fn moments_come_every_tenth_of_a_second_whatever_the_blocks() {
        let (whole, meter) = history(usize::MAX);
        let moments = whole.moments();
        assert_eq!(moments.len(), 50);
        assert!((moments[49].time_s - 5.0).abs() < 1e-12);
        for block in [1, 333, 800, 7999] {
            assert_eq!(history(block).0, whole, "{block}");
        }
        let loudest = moments.iter().map(|it| it.true_peak_dbtp).fold(f32::MIN, f32::max);
        let results = meter.results(&["M"]);
        assert!((f64::from(loudest) - results.true_peak_dbtp.unwrap()).abs() < 1e-5);
    }

    #[test]
    fn peaks_are_those_of_their_moment() {
        let (history, _) = history(640);
        let moments = history.moments();
        assert!(moments[..10].iter().all(|it| (it.sample_peak_dbfs + 6.02).abs() < 0.01));
        assert!(moments[11..].iter().all(|it| it.sample_peak_dbfs == f32::NEG_INFINITY));
    }

    #[test]
    fn silence_is_an_empty_cell() {
        let (history, _) = history(640);
        let csv = history.csv();
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 51);
        assert!(lines[0].starts_with("time_s,momentary_lufs,"));
        assert!(lines[1].starts_with("0.1,-"));
        assert!(lines[50].starts_with("5.0,") && lines[50].ends_with(",,"), "{}", lines[50]);
    }
}
