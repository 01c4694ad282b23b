//! The ways of all targets to a device.

use std::sync::Arc;

use super::outlet::Line;
use super::slew::Slew;
use super::{ControlRoom, Outlet};
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::live::Status;
use crate::units::seconds_to_frames;

/// How long it takes to get to another level, or to mono, in seconds.
const TAKES_S: f64 = 0.02;

/// The outlets of a player, under the hand of whoever listens.
pub struct Outputs {
    lines: Vec<Line>,
    room: Arc<ControlRoom>,
    level: Slew,
    mono: Slew,
    needs: usize,
}

impl Outputs {
    pub fn new(outlets: Vec<Outlet>, room: &Arc<ControlRoom>, rate_hz: u32) -> Self {
        let needs = outlets.iter().map(|it| it.map().needs()).max().unwrap_or(1);
        let lines = outlets.into_iter().map(|it| Line::new(it, rate_hz)).collect();
        let takes_frames = seconds_to_frames(TAKES_S, rate_hz);
        let mut outputs = Self {
            lines,
            room: Arc::clone(room),
            level: Slew::new(1.0, takes_frames),
            mono: Slew::new(0.0, takes_frames),
            needs,
        };
        outputs.start_over();
        outputs
    }

    /// How many channels a device has to have.
    pub fn needs(&self) -> usize {
        self.needs
    }

    /// The channels of a target, to be filled.
    pub fn channels(&mut self, target: usize) -> &mut [Quantum] {
        &mut self.lines[target].channels
    }

    /// Forgets what came before.
    pub fn start_over(&mut self) {
        let heard = self.room.heard();
        for (number, line) in self.lines.iter_mut().enumerate() {
            line.start_over(number == heard);
        }
    }

    /// Looks at what is wanted; once a callback.
    pub fn obey(&mut self) {
        let heard = self.room.heard();
        for (number, line) in self.lines.iter_mut().enumerate() {
            line.aim(number == heard);
        }
        self.level.aim(self.room.amplitude());
        self.mono.aim(if self.room.is_mono() { 1.0 } else { 0.0 });
    }

    /// Whether so many frames can be recorded now.
    pub fn have_room(&self, frames: usize) -> bool {
        self.lines.iter().all(|line| line.has_room(frames))
    }

    /// Hands out the frames at hand under some fades, to a device of so many channels.
    pub fn put(&mut self, fades: &[f32], out: &mut [f32], channels: usize, status: &Status) {
        let frames = fades.len();
        let is_mono = !self.mono.stays_at(0.0);
        let shares = values(&mut self.mono, frames);
        let levels = values(&mut self.level, frames);
        for (target, line) in self.lines.iter_mut().enumerate() {
            line.tell(frames);
            if is_mono {
                line.make_mono(&shares[..frames]);
            }
            status.note_protection(line.shape(fades));
            status.note_peaks(target, &line.channels, frames);
            if !line.record(frames) {
                status.note_lost(frames);
            }
            line.add(&levels[..frames], out, channels);
        }
    }
}

/// The next values.
fn values(slew: &mut Slew, frames: usize) -> [f32; QUANTUM] {
    let mut values = SILENCE;
    values[..frames].fill_with(|| slew.next_value());
    values
}
