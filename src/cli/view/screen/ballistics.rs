//! How meters move: up at once, down slowly; and the highest true peaks are held.

use std::time::Duration;

use crate::loudness::Peaks;

/// How fast a meter falls, in decibels a second: as a programme meter of type I does (IEC 60268-10,
/// 20 dB in 1.7 s).
const FALLS_DB_PER_S: f64 = 20.0 / 1.7;

/// The meters of the channels of one target.
#[derive(Default)]
pub struct Ballistics {
    target: usize,
    channels: Vec<Channel>,
}

/// One meter. What silence does not have is none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Channel {
    /// What it shows, in dBFS.
    pub level_dbfs: Option<f64>,
    /// The highest true peak since it was asked to forget, in dBTP.
    pub held_dbtp: Option<f64>,
}

impl Ballistics {
    /// The meters of a target, so much time after they were asked for last, with the peaks since.
    pub fn show(&mut self, target: usize, peaks: &[Peaks], elapsed: Duration) -> &[Channel] {
        if target != self.target || peaks.len() != self.channels.len() {
            self.target = target;
            self.channels = vec![Channel::default(); peaks.len()];
        }
        let fallen_db = FALLS_DB_PER_S * elapsed.as_secs_f64();
        for (channel, peaks) in self.channels.iter_mut().zip(peaks) {
            let fallen =
                channel.level_dbfs.map(|level| level - fallen_db).filter(|it| *it > -100.0);
            channel.level_dbfs = higher(fallen, peaks.sample_peak_dbfs);
            channel.held_dbtp = higher(channel.held_dbtp, peaks.true_peak_dbtp);
        }
        &self.channels
    }

    /// Lets go of what is held.
    pub fn forget(&mut self) {
        self.channels.fill(Channel::default());
    }
}

fn higher(one: Option<f64>, two: Option<f64>) -> Option<f64> {
    one.into_iter().chain(two).reduce(f64::max)
}
