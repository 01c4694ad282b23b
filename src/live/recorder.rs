//! Writes what is heard to a file, without the callback waiting for the disk.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rtrb::Consumer;

use super::Tape;
use crate::block::QUANTUM;
use crate::sink::{FileReport, FileSpec, Sink, WavFile};
use crate::units::seconds_to_frames;
use crate::{Error, Result};

/// How much the disk may be late, in seconds.
const SLACK_S: f64 = 4.0;

/// How long the writer rests when there is nothing to write.
const REST: Duration = Duration::from_millis(5);

/// A recording in the making.
pub struct Recording {
    ended: Arc<AtomicBool>,
    thread: JoinHandle<Result<FileReport>>,
}

/// Begins to record the channels of a layout to a file.
///
/// # Errors
/// When the file cannot be written, or there is no thread to write with.
pub fn record(spec: FileSpec) -> Result<(Tape, Recording)> {
    let channels = spec.order.len();
    let frames = seconds_to_frames(SLACK_S, spec.rate_hz) as usize;
    let (tape, out) = Tape::new(channels, frames);
    let ended = Arc::new(AtomicBool::new(false));
    let file = WavFile::create(spec)?;
    let stop = Arc::clone(&ended);
    let thread = std::thread::Builder::new()
        .name("cupola-recorder".into())
        .spawn(move || write(file, out, channels, &stop))
        .map_err(|error| Error::machine(format!("no thread to record with: {error}")))?;
    Ok((tape, Recording { ended, thread }))
}

impl Recording {
    /// Writes what is still to be written and completes the file.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn finish(self) -> Result<FileReport> {
        self.ended.store(true, Ordering::SeqCst);
        let ended = self.thread.join();
        ended.map_err(|_| Error::machine("the recorder broke down"))?
    }
}

fn write(
    mut file: WavFile,
    mut ring: Consumer<f32>,
    channels: usize,
    ended: &AtomicBool,
) -> Result<FileReport> {
    let mut planes = vec![[0.0; QUANTUM]; channels];
    loop {
        // Asked first: what was recorded before the end is there then.
        let last = ended.load(Ordering::SeqCst);
        let frames = (ring.slots() / channels).min(QUANTUM);
        if frames == 0 {
            if last {
                return file.finish();
            }
            std::thread::sleep(REST);
            continue;
        }
        for frame in 0..frames {
            for plane in &mut planes {
                plane[frame] = ring.pop().unwrap_or(0.0);
            }
        }
        let slices: Vec<&[f32]> = planes.iter().map(|plane| &plane[..frames]).collect();
        file.write(&slices)?;
    }
}
