//! The way of one target to the channels of a device.

use super::mono::Mono;
use crate::block::{Quantum, SILENCE};
use crate::layout::Layout;
use crate::live::calibration::Calibration;
use crate::live::fade::Fade;
use crate::live::protection::{Protected, Protection};
use crate::live::{CROSSFADE_S, ChannelMap, Tape};
use crate::units::seconds_to_frames;

/// Where a target goes: what is told of it on the way, and which channels of the device it is on.
pub struct Outlet {
    layout: Layout,
    map: ChannelMap,
    calibration: Option<Calibration>,
    tap: Option<Tape>,
    tape: Option<Tape>,
}

impl Outlet {
    /// The way of a target of this layout to the channels of a map.
    #[must_use]
    pub fn new(layout: &Layout, map: ChannelMap) -> Self {
        Self { layout: layout.clone(), map, calibration: None, tap: None, tape: None }
    }

    /// The same, making up for the loudspeakers.
    #[must_use]
    pub fn calibrated(self, calibration: Option<Calibration>) -> Self {
        Self { calibration, ..self }
    }

    /// The same; what the scene makes is put there too, before anything is done to it.
    #[must_use]
    pub fn tapped(self, tap: Tape) -> Self {
        Self { tap: Some(tap), ..self }
    }

    /// The same; what leaves is put there too, but for the level of the control room and whether the
    /// target is the one that is heard.
    #[must_use]
    pub fn taped(self, tape: Tape) -> Self {
        Self { tape: Some(tape), ..self }
    }

    /// Which loudspeaker is on which channel.
    #[must_use]
    pub fn map(&self) -> &ChannelMap {
        &self.map
    }
}

/// An outlet at work.
pub struct Line {
    pub channels: Vec<Quantum>,
    map: ChannelMap,
    mono: Mono,
    calibration: Option<Calibration>,
    protection: Protection,
    tap: Option<Tape>,
    tape: Option<Tape>,
    /// Whether it is the one that is heard.
    share: Fade,
}

impl Line {
    pub fn new(outlet: Outlet, rate_hz: u32) -> Self {
        let Outlet { layout, map, calibration, tap, tape } = outlet;
        let count = layout.loudspeakers.len();
        Self {
            channels: vec![SILENCE; count],
            map,
            mono: Mono::new(&layout),
            calibration,
            protection: Protection::new(count, rate_hz),
            tap,
            tape,
            share: Fade::new(seconds_to_frames(CROSSFADE_S, rate_hz).max(1) as usize),
        }
    }

    /// Forgets what came before, and is the one that is heard from the first frame on, or not.
    pub fn start_over(&mut self, is_heard: bool) {
        self.calibration.iter_mut().for_each(Calibration::start_over);
        self.protection.start_over();
        if is_heard {
            self.share.be_there();
        } else {
            self.share.go();
            self.share.start_over();
        }
    }

    /// It is to be the one that is heard, or not any more.
    pub fn aim(&mut self, is_heard: bool) {
        if is_heard { self.share.come() } else { self.share.go() }
    }

    /// Tells whoever measures of the frames at hand.
    pub fn tell(&mut self, frames: usize) {
        if let Some(tap) = &mut self.tap {
            // Where nobody takes them in time, they are not measured.
            tap.record(&self.channels, frames);
        }
    }

    /// Makes them mono by these shares.
    pub fn make_mono(&mut self, shares: &[f32]) {
        self.mono.mix(&mut self.channels, shares);
    }

    /// Makes up for the loudspeakers, fades and protects.
    pub fn shape(&mut self, fades: &[f32]) -> Protected {
        if let Some(calibration) = &mut self.calibration {
            calibration.process(&mut self.channels, fades.len());
        }
        for channel in &mut self.channels {
            channel.iter_mut().zip(fades).for_each(|(sample, fade)| *sample *= fade);
        }
        self.protection.protect(&mut self.channels, fades.len())
    }

    /// Whether so many frames can be recorded now.
    pub fn has_room(&self, frames: usize) -> bool {
        self.tape.as_ref().is_none_or(|tape| tape.has_room(frames))
    }

    /// Records; says whether the disk was there in time.
    pub fn record(&mut self, frames: usize) -> bool {
        self.tape.as_mut().is_none_or(|tape| tape.record(&self.channels, frames))
    }

    /// Adds the frames, under these levels, to those of a device, which has so many channels.
    pub fn add(&mut self, levels: &[f32], out: &mut [f32], channels: usize) {
        if self.share.is_gone() {
            return;
        }
        let mut gains = SILENCE;
        for (gain, level) in gains.iter_mut().zip(levels) {
            *gain = level * self.share.next_gain();
        }
        for (samples, channel) in self.channels.iter().zip(self.map.channels()) {
            let Some(channel) = *channel else { continue };
            for ((frame, sample), gain) in
                out.chunks_exact_mut(channels).zip(samples).zip(&gains[..levels.len()])
            {
                add(&mut frame[channel], sample * gain);
            }
        }
    }
}

/// Adds to a sum, to which nothing plus a negative zero is a negative zero: so that what is heard alone
/// keeps its bits.
fn add(sum: &mut f32, sample: f32) {
    *sum = if *sum == 0.0 { sample } else { *sum + sample };
}
