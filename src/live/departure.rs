//! An engine that rings out while another plays.

use std::sync::atomic::Ordering;

use super::Status;
use super::inputs::LineIn;
use super::performance::Performance;
use crate::block::Quantum;
use crate::engine::Engine;
use crate::units::seconds_to_frames;

/// Longer than this nobody waits for an engine to ring out, in seconds.
const RINGS_AT_MOST_S: f64 = 10.0;

/// An engine that was below the threshold for so long has rung out, in seconds: echoes leave gaps.
const QUIET_S: f64 = 2.0;

/// The threshold: -100 dBFS.
const QUIET: f32 = 1e-5;

/// An engine whose strips go while its returns ring out.
pub struct Departure {
    performance: Box<Performance>,
    /// How many frames it may still be heard, and how many of those it fades.
    left: u64,
    fades: u64,
    /// The highest sample of the frames at hand.
    peak: f32,
    /// How many frames have been quiet, and how many have to be.
    quiet: u64,
    enough: u64,
}

impl Departure {
    /// One that begins to go now.
    pub fn new(mut performance: Box<Performance>, rate_hz: u32) -> Self {
        performance.go();
        let fades = Engine::curtain_frames(rate_hz) as u64;
        let left = seconds_to_frames(RINGS_AT_MOST_S, rate_hz);
        let enough = seconds_to_frames(QUIET_S, rate_hz);
        Self { performance, left, fades, peak: 0.0, quiet: 0, enough }
    }

    /// Whether its sources are there, as long as it has any.
    pub fn can_go_on(&mut self) -> bool {
        self.performance.can_ring_on()
    }

    /// How many frames can be added now.
    pub fn ready_frames(&mut self, line_in: &LineIn, status: &Status) -> usize {
        if self.performance.left() == 0 {
            let missed = self.performance.ring_on(line_in);
            status.missed_reads.fetch_add(missed, Ordering::Relaxed);
        }
        self.performance.left_in_quantum()
    }

    /// Adds so many frames of a target to its channels, by way of others.
    pub fn add(
        &mut self,
        target: usize,
        frames: usize,
        channels: &mut [Quantum],
        others: &mut [Quantum],
    ) {
        self.performance.copy(target, frames, others);
        for (channel, other) in channels.iter_mut().zip(others) {
            for (frame, (sum, sample)) in channel.iter_mut().zip(other).enumerate().take(frames) {
                self.peak = self.peak.max(sample.abs());
                let left = self.left.saturating_sub(frame as u64);
                *sum += if left >= self.fades { *sample } else { *sample * self.gain(left) };
            }
        }
    }

    fn gain(&self, left: u64) -> f32 {
        left as f32 / self.fades as f32
    }

    /// Takes note that so many of the frames added last were heard.
    pub fn heard(&mut self, frames: usize) {
        self.performance.rang(frames);
        self.quiet = if self.peak < QUIET { self.quiet + frames as u64 } else { 0 };
        self.peak = 0.0;
        self.left = self.left.saturating_sub(frames as u64);
    }

    /// It is not to be heard for much longer.
    pub fn hurry(&mut self) {
        self.left = self.left.min(self.fades);
    }

    /// Whether nothing more is to be heard of it.
    pub fn is_over(&self) -> bool {
        self.left == 0 || self.performance.is_gone() && self.quiet >= self.enough
    }

    /// What is left.
    pub fn into_inner(self) -> Box<Performance> {
        self.performance
    }
}
