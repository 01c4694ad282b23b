//! ffmpeg, where there is one: the bed that [`mastered_bed`](super::desk::mastered_bed) takes on,
//! through filters of the same kind, and a bed on headphones.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::desk::{FREQUENCIES_HZ, GAINS_DB};
use super::{QUANTA_PER_SECOND, RATE_HZ, Reel};
use crate::Result;
use crate::sink::{FileSpec, SampleFormat, Sink, WavFile};
use crate::units::decibels_to_amplitude;

/// Seconds of the bed: enough that what ffmpeg does in the time shows in its milliseconds.
const SECONDS: usize = 30;

/// A bed in a file for ffmpeg to read; removed when dropped.
pub struct Ffmpeg {
    file: PathBuf,
}

impl Ffmpeg {
    /// Writes a reel to a file in a folder, its channels named by a mask, for which ffmpeg takes its time,
    /// or not, for 0; nothing where there is no ffmpeg.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn with(reel: &Reel, mask: u32, folder: &Path) -> Result<Option<Self>> {
        if Command::new("ffmpeg").arg("-version").output().is_err() {
            return Ok(None);
        }
        let file = folder.join(format!("cupola-bench-{}.wav", std::process::id()));
        write(reel, mask, &file)?;
        Ok(Some(Self { file }))
    }

    /// How many times faster than real time its filters are on one thread, by its own account of
    /// the time it had the processor, and without the time it takes to read and decode the file.
    /// Nothing where it cannot tell.
    #[must_use]
    pub fn speed(&self, filters: &str) -> Option<f64> {
        let bare = self.processor_s(&[])?;
        let filtered = self.processor_s(&["-af", filters])?;
        Some(SECONDS as f64 / (filtered - bare))
    }

    fn processor_s(&self, filters: &[&str]) -> Option<f64> {
        let output = Command::new("ffmpeg")
            .args(["-nostdin", "-hide_banner", "-benchmark", "-threads", "1"])
            .args(["-filter_threads", "1", "-i"])
            .arg(&self.file)
            .args(filters)
            .args(["-c:a", "pcm_f32le", "-f", "null", "-"])
            .output()
            .ok()
            .filter(|output| output.status.success())?;
        // bench: utime=0.131s stime=0.018s rtime=0.264s
        let text = String::from_utf8_lossy(&output.stderr);
        let (_, from) = text.split_once("utime=")?;
        from.split_once('s')?.0.parse().ok()
    }
}

impl Drop for Ffmpeg {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clean up: it lies in its temporary folder.
        let _ = fs::remove_file(&self.file);
    }
}

/// Six bells, a compressor and a limiter, as [`mastered_bed`](super::desk::mastered_bed) has them.
#[must_use]
pub fn mastering(makeup_db: f64) -> String {
    let bell = |(freq_hz, gain_db)| format!("equalizer=f={freq_hz}:t=q:w=1:g={gain_db},");
    let bells: String = FREQUENCIES_HZ.into_iter().zip(GAINS_DB).map(bell).collect();
    // Thresholds and levels are linear here, the others -20 and -1 dB.
    let makeup = decibels_to_amplitude(makeup_db);
    format!(
        "{bells}acompressor=threshold=0.1:ratio=4:attack=10:release=150:makeup={makeup}:\
         detection=peak:link=maximum,alimiter=limit=0.891:attack=2:release=100:level=0"
    )
}

/// Headphones that hear by a SOFA file.
#[must_use]
pub fn sofalizer(set: &Path) -> String {
    format!("sofalizer=sofa={}:type=freq", set.display())
}

fn write(reel: &Reel, mask: u32, path: &Path) -> Result<()> {
    let channels = reel.lanes();
    let mut file = WavFile::create(FileSpec {
        path: path.to_owned(),
        rate_hz: RATE_HZ,
        channel_names: (0..channels).map(|channel| format!("{channel}")).collect(),
        mask,
        order: (0..channels).collect(),
        format: SampleFormat::Float32,
        dither_seed: 0,
        first_frame: 0,
        expected_frames: None,
    })?;
    for quantum in 0..(SECONDS * QUANTA_PER_SECOND) as u64 {
        let block: Vec<&[f32]> = (0..channels).map(|lane| &reel.at(lane, quantum)[..]).collect();
        file.write(&block)?;
    }
    file.finish().map(drop)
}
