//! What was measured.

use serde::Serialize;

/// What a [`Meter`](super::Meter) measured of a whole programme. What silence does not have is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Results {
    /// Integrated (programme) loudness, gated, in LUFS.
    pub integrated_lufs: Option<f64>,
    /// The highest loudness of any 400 ms, in LUFS.
    pub max_momentary_lufs: Option<f64>,
    /// The highest loudness of any 3 s, in LUFS.
    pub max_short_term_lufs: Option<f64>,
    /// The loudness range of EBU Tech 3342, in LU; none below 3 s.
    pub loudness_range_lu: Option<f64>,
    /// The highest true peak of any channel, in dBTP.
    pub true_peak_dbtp: Option<f64>,
    /// True peak to integrated loudness, in LU.
    pub plr_lu: Option<f64>,
    /// The peaks of each channel.
    pub channels: Vec<ChannelPeaks>,
}

/// The peaks of one channel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChannelPeaks {
    /// Its name.
    pub name: String,
    /// Its highest sample, in dBFS.
    pub sample_peak_dbfs: Option<f64>,
    /// Its true peak, in dBTP.
    pub true_peak_dbtp: Option<f64>,
}

/// The highest peaks of all channels in a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Peaks {
    /// The highest sample, in dBFS.
    pub sample_peak_dbfs: Option<f64>,
    /// The highest true peak, in dBTP.
    pub true_peak_dbtp: Option<f64>,
}

impl Peaks {
    /// The higher of each; all are higher than silence.
    #[must_use]
    pub fn highest(self, other: Self) -> Self {
        let higher = |one: Option<f64>, two| one.into_iter().chain(two).reduce(f64::max);
        Self {
            sample_peak_dbfs: higher(self.sample_peak_dbfs, other.sample_peak_dbfs),
            true_peak_dbtp: higher(self.true_peak_dbtp, other.true_peak_dbtp),
        }
    }
}
