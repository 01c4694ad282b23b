//! The progress bar, on a terminal only, and Ctrl-C.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::render::Watch;
use crate::{Error, Result};

/// A flag that Ctrl-C (or a request to end) raises.
pub fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    ctrlc::set_handler(move || raised.store(true, Ordering::Relaxed))
        .map_err(|error| Error::machine(format!("Ctrl-C cannot be caught: {error}")))?;
    Ok(stop)
}

/// Shows how far a render is, how fast it goes and how long it will take.
pub struct Progress {
    bar: ProgressBar,
    begun: Instant,
    rate_hz: u32,
    stop: Arc<AtomicBool>,
}

impl Progress {
    /// A bar on standard error, nothing where that is no terminal; `stop` ends the render.
    pub fn new(rate_hz: u32, stop: Arc<AtomicBool>) -> Self {
        let target = ProgressDrawTarget::stderr_with_hz(10);
        let style = ProgressStyle::with_template("{bar:32} {percent:>3}%  {msg}  {eta} left");
        let bar = ProgressBar::with_draw_target(None, target)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, begun: Instant::now(), rate_hz, stop }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Progress {
    fn begins(&mut self, frames: u64) {
        self.bar.set_length(frames);
        self.begun = Instant::now();
    }

    fn frames_done(&mut self, frames: u64) {
        if self.bar.is_hidden() {
            return;
        }
        self.bar.set_position(frames);
        let elapsed = self.begun.elapsed().max(Duration::from_millis(1)).as_secs_f64();
        let speed = frames as f64 / f64::from(self.rate_hz) / elapsed;
        self.bar.set_message(format!("{speed:.0}x real time"));
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
