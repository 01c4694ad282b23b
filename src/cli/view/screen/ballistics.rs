//! How meters move: up at once, down slowly; and the highest true peaks are held.

use std::time::Duration;

use crate::loudness::Peaks;

/// How fast a meter falls, in decibels a second: as a programme meter of type I does (IEC 60268-10,
/// 20 dB in 1.7 s).
const FALLS_DB_PER_S: f64 = 20.0 / 1.7;

/// Below this a meter that falls shows nothing.
const LOWEST_DBFS: f64 = -100.0;

/// The meters of the channels of one target: what they show, in dBFS, and the highest true peak since
/// they were asked to forget, in dBTP.
#[derive(Default)]
pub struct Ballistics {
    target: usize,
    channels: Vec<Peaks>,
}

impl Ballistics {
    /// The meters of a target, so much time after they were asked for last, with the peaks since.
    pub fn show(&mut self, target: usize, peaks: &[Peaks], elapsed: Duration) -> &[Peaks] {
        if target != self.target || peaks.len() != self.channels.len() {
            self.target = target;
            self.channels = vec![Peaks::default(); peaks.len()];
        }
        let falls_db = FALLS_DB_PER_S * elapsed.as_secs_f64();
        for (channel, peaks) in self.channels.iter_mut().zip(peaks) {
            let fallen = channel.sample_peak_dbfs.map(|level_dbfs| level_dbfs - falls_db);
            channel.sample_peak_dbfs = fallen.filter(|level_dbfs| *level_dbfs > LOWEST_DBFS);
            *channel = channel.highest(*peaks);
        }
        &self.channels
    }

    /// Lets go of what is held.
    pub fn forget(&mut self) {
        self.channels.fill(Peaks::default());
    }
}
