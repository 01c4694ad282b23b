//! The way through the air: it takes time, and it dulls.
//!
//! Doppler follows the physical model: what is heard at time t left the object at an earlier time
//! e with t = e + r(e) / c, so that an approach at speed v shifts the pitch by 1 / (1 - v / c).
//! The delay is solved at the ends and in the middle of every quantum and runs along a parabola
//! through them: a straight line would put images of -60 dBc beside a tone of 10 kHz that passes
//! ten metres away at 34 m/s. Absorption follows
//! ISO 9613-1 at 20 degrees C and 50 % humidity, 105.3 dB per km at 8 kHz, by a one-pole low-pass
//! fitted there.

use std::cell::LazyCell;
use std::sync::Arc;

use super::plan::Propagation;
use crate::block::{QUANTUM, Quantum, SILENCE};
use crate::dsp::{FractionalDelay, OnePole, Weights};
use crate::motion::Trajectory;

/// Speed of sound in metres a second, in air of 20 degrees C.
const SPEED_OF_SOUND: f64 = 343.0;

/// What a metre of air takes at 8 kHz, in decibels (ISO 9613-1, 20 degrees C, 50 % humidity).
const LOSS_DB_PER_METRE: f64 = 0.1053;

/// Where the loss is fitted.
const FITTED_HZ: f64 = 8000.0;

/// Farther than this a delay no longer grows: two seconds of memory a lane.
const FARTHEST_M: f64 = 2.0 * SPEED_OF_SOUND;

/// Most rounds of the search for the time of emission, which follows the chord between the last two:
/// up to 100 m/s six find it.
const EMISSION_ROUNDS: usize = 12;

/// Up to this part of the speed of sound the chord is followed; where it is faster, as in a jump, the
/// search goes on from where the sound would be.
const FOLLOWED: f64 = 0.5;

/// Where the search has arrived: a change of the delay, in seconds, of a ten-millionth of a sample.
const ARRIVED_S: f64 = 1e-12;

/// How much a delay may change a sample where an object is led by hand: as at a tenth of the speed of
/// sound, so that a jump sounds like a quick flight.
const BY_HAND: f64 = 0.1;

/// The air between one lane and the listener.
pub(super) struct Air {
    trajectory: Arc<Trajectory>,
    absorbs: bool,
    delay: Option<FractionalDelay>,
    low_pass: OnePole,
    rate_hz: f64,
    /// By how many frames what sets out comes late.
    late_frames: u64,
    sounding: usize,
    /// The end of the last quantum, mostly the beginning of the next: a shortcut to the same numbers.
    ended: Option<Instant>,
    /// Whether it is led by hand, or still on its way back to where the scene has it.
    is_led: bool,
}

/// What the air does at one frame.
#[derive(Clone, Copy)]
struct Instant {
    frame: u64,
    /// How late sound is, in samples.
    delay: f64,
    /// The pole of the low-pass.
    pole: f64,
}

impl Air {
    /// The air for a lane, or nothing where the scene asks for none.
    pub(super) fn new(
        trajectory: &Arc<Trajectory>,
        propagation: Propagation,
        rate_hz: u32,
        weights: &LazyCell<Weights>,
    ) -> Option<Self> {
        let Propagation { air_absorption, doppler, farthest_m } = propagation;
        let rate_hz = f64::from(rate_hz);
        let longest = farthest_m.min(FARTHEST_M) / SPEED_OF_SOUND * rate_hz;
        (air_absorption || doppler).then(|| Self {
            trajectory: Arc::clone(trajectory),
            absorbs: air_absorption,
            delay: doppler.then(|| FractionalDelay::new(longest, weights)),
            low_pass: OnePole::default(),
            rate_hz,
            late_frames: 0,
            sounding: 0,
            ended: None,
            is_led: false,
        })
    }

    /// The same for what comes so many frames late: it is as far away as it was then.
    pub(super) fn late(self, frames: usize) -> Self {
        Self { late_frames: frames as u64, ..self }
    }

    /// Sends a quantum of the scene on its way, in place; `sounds` says whether anything sets out, and
    /// `distance` how far away it is at its end where it is led by hand. Whether anything arrives.
    pub(super) fn process(
        &mut self,
        quantum: u64,
        samples: &mut Quantum,
        sounds: bool,
        distance: Option<f64>,
    ) -> bool {
        if sounds {
            let length = self.delay.as_ref().map_or(0, FractionalDelay::length);
            self.sounding = length + TAIL;
        } else if self.sounding == 0 {
            return false;
        } else {
            samples.copy_from_slice(&SILENCE);
            self.sounding = self.sounding.saturating_sub(QUANTUM);
        }
        let frame = quantum * QUANTUM as u64;
        let start = self.ended.filter(|it| it.frame == frame).unwrap_or_else(|| self.at(frame));
        let mut end = self.at(frame + QUANTUM as u64);
        let is_led = self.is_led || distance.is_some();
        if is_led {
            self.lead(&start, &mut end, distance);
        }
        self.ended = Some(end);
        self.take_time(&start, &end, is_led, samples);
        self.dull(&start, &end, samples);
        true
    }

    /// Goes to a distance, or back to the end that the scene has, no faster than may be.
    fn lead(&mut self, start: &Instant, end: &mut Instant, distance: Option<f64>) {
        if let Some(distance) = distance {
            let longest = self.delay.as_ref().map_or(0, FractionalDelay::length) as f64;
            let late = distance.min(FARTHEST_M) / SPEED_OF_SOUND * self.rate_hz;
            end.delay = if self.delay.is_some() { late.min(longest) } else { 0.0 };
            end.pole = if self.absorbs { self.pole_of(distance) } else { 0.0 };
        }
        let most = BY_HAND * QUANTUM as f64;
        let there = end.delay;
        end.delay = there.clamp(start.delay - most, start.delay + most);
        self.is_led = distance.is_some() || end.delay != there;
    }

    fn at(&self, frame: u64) -> Instant {
        let delay = if self.delay.is_some() { self.delay_at(frame) } else { 0.0 };
        let pole = if self.absorbs { self.pole_at(frame) } else { 0.0 };
        Instant { frame, delay, pole }
    }

    fn take_time(
        &mut self,
        start: &Instant,
        end: &Instant,
        is_straight: bool,
        samples: &mut Quantum,
    ) {
        if self.delay.is_none() {
            return;
        }
        let (from, to) = (start.delay, end.delay);
        let middle = self.delay_at(start.frame + QUANTUM as u64 / 2);
        let bend = if is_straight { 0.0 } else { 2.0 * (from + to) - 4.0 * middle };
        let Some(delay) = &mut self.delay else { return };
        delay.process_quantum(
            samples,
            #[inline(always)]
            |frame| {
                let part = frame as f64 / QUANTUM as f64;
                from + (to - from + bend * (part - 1.0)) * part
            },
        );
    }

    fn dull(&mut self, start: &Instant, end: &Instant, samples: &mut Quantum) {
        if !self.absorbs {
            return;
        }
        let (from, to) = (start.pole, end.pole);
        for (index, sample) in samples.iter_mut().enumerate() {
            let pole = from + (to - from) * (index as f64 / QUANTUM as f64);
            *sample = self.low_pass.process(*sample, pole);
        }
        self.low_pass.settle();
    }

    /// How late, in samples, sound heard at a frame is.
    fn delay_at(&self, frame: u64) -> f64 {
        let heard_s = self.seconds(frame);
        let late_s = lateness_s(|late_s| {
            let distance = self.trajectory.position(heard_s - late_s).distance;
            distance.min(FARTHEST_M) / SPEED_OF_SOUND
        });
        late_s * self.rate_hz
    }

    /// The time in the scene of what is at a frame here.
    fn seconds(&self, frame: u64) -> f64 {
        frame.saturating_sub(self.late_frames) as f64 / self.rate_hz
    }

    fn pole_at(&self, frame: u64) -> f64 {
        self.pole_of(self.trajectory.position(self.seconds(frame)).distance)
    }

    fn pole_of(&self, distance: f64) -> f64 {
        OnePole::pole(distance * LOSS_DB_PER_METRE, FITTED_HZ, self.rate_hz)
    }
}

/// How late, in seconds, sound is that would be as late as `late_from` says had it set out so many
/// seconds ago.
fn lateness_s(mut late_from: impl FnMut(f64) -> f64) -> f64 {
    let (mut tried_s, mut late_s) = (0.0, late_from(0.0));
    let mut next_s = late_s;
    for _ in 1..EMISSION_ROUNDS {
        let (before_s, before_late_s) = (tried_s, late_s);
        (tried_s, late_s) = (next_s, late_from(next_s));
        if (late_s - tried_s).abs() < ARRIVED_S {
            break;
        }
        let speed = (late_s - before_late_s) / (tried_s - before_s);
        // Where it would be, if it came on as fast as it did between these two.
        let ahead_s = tried_s + (late_s - tried_s) / (1.0 - speed);
        next_s = if speed.abs() < FOLLOWED { ahead_s.max(0.0) } else { late_s };
    }
    late_s
}

/// Frames after which the low-pass, whose pole stays below 0.98 within [`FARTHEST_M`], has settled.
const TAIL: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    /// How late a fly-by at a speed and ten metres away is, at a time before or after it passes; and in
    /// how many rounds that is found.
    fn fly_by(speed_m_s: f64, time_s: f64) -> (f64, usize) {
        let mut rounds = 0;
        let late_s = lateness_s(|late_s| {
            rounds += 1;
            f64::hypot(speed_m_s * (time_s - late_s), 10.0) / SPEED_OF_SOUND
        });
        (late_s, rounds)
    }

    /// The closed form: the square of the way that sound makes is that of the distance it comes from.
    #[test]
    fn sound_is_as_late_as_it_is_by_the_closed_form() {
        let mut most = 0;
        for speed in [0.0, 3.0, 34.3, 100.0, 171.0] {
            for time in (-300..=300).map(|step| f64::from(step) * 0.01) {
                let square = SPEED_OF_SOUND * SPEED_OF_SOUND - speed * speed;
                let away = speed * speed * time;
                let root = f64::sqrt(away * away + square * (away * time + 100.0));
                let (late_s, rounds) = fly_by(speed, time);
                // Twice what the search is content with.
                assert!(
                    (late_s - (root - away) / square).abs() < 2.0 * ARRIVED_S,
                    "{speed}, {time}"
                );
                most = if speed > 100.0 { most } else { most.max(rounds) };
            }
        }
        assert!(most <= 6, "{most} rounds up to 100 m/s");
    }

    #[test]
    fn a_jump_is_heard_from_one_of_its_sides() {
        for jump_s in [0.01, 0.05, 0.2] {
            let late_s = lateness_s(|late_s| if late_s < jump_s { 0.1 } else { 0.02 });
            assert!(late_s == 0.1 || late_s == 0.02, "{jump_s}: {late_s}");
        }
    }
}
