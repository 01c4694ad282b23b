//! The first reflections of a lane, on their way to the sphere.

use pulp::Arch;

use super::arrival::Arrival;
use super::feeds::Fed;
use super::kernel::{Kernel, QUICK};
use super::late::{LateEars, LateQuantum};
use super::levelled::Levelled;
use super::room::{Room, WALLS};

use crate::block::{Quantum, SILENCE};
use crate::dsp::{STATE_FLOOR, vectorised};

/// What comes back from each wall in a quantum.
pub type Reflected = [Fed; WALLS];

/// The reflections of one signal: a low-pass for each wall, and the way to both ears.
#[derive(Debug)]
pub struct Reflections {
    arch: Arch,
    poles: [f64; WALLS],
    states: [f64; WALLS],
    walls: [LateEars; WALLS],
}

impl Reflections {
    /// A silent room; `longest_at_ear_frames` is the longest delay of the ears alone.
    #[must_use]
    pub fn new(room: &Room, longest_at_ear_frames: f64) -> Self {
        let longest_frames = room.longest_frames(longest_at_ear_frames);
        Self {
            arch: Arch::new(),
            poles: room.poles(),
            states: [0.0; WALLS],
            walls: std::array::from_fn(|_| LateEars::new(longest_frames)),
        }
    }

    /// Makes what the walls give back in a quantum, from what comes in (`None` is silence) and from how
    /// it arrives when the quantum begins and when it ends.
    pub fn process(
        &mut self,
        kernel: &Kernel,
        input: Option<&Quantum>,
        begin: &[Arrival; WALLS],
        end: &[Arrival; WALLS],
        reflected: &mut Reflected,
    ) {
        for (wall, fed) in self.walls.iter_mut().zip(&mut *reflected) {
            fed.sounds = wall.sounds(input.map(Levelled::from), 0);
        }
        if !reflected.iter().any(|fed| fed.sounds) {
            return;
        }
        let arch = self.arch;
        let mut dulled = [SILENCE; WALLS];
        vectorised(
            arch,
            #[inline(always)]
            || dulled = self.dull(input.unwrap_or(&SILENCE)),
        );
        for (number, (wall, fed)) in self.walls.iter_mut().zip(reflected).enumerate() {
            let (begin, end) = (&begin[number], &end[number]);
            arch.dispatch(LateQuantum::<QUICK> {
                late: wall,
                kernel,
                input: Some(Levelled::from(&dulled[number])),
                lateness: [&begin.lateness, &end.lateness],
                ears: &mut fed.ears,
            });
            fed.pans = [begin.pan, end.pan];
        }
    }

    /// What each wall leaves of the high notes, the walls side by side.
    #[inline(always)]
    fn dull(&mut self, input: &Quantum) -> [Quantum; WALLS] {
        let mut dulled = [SILENCE; WALLS];
        for (frame, sample) in input.iter().enumerate() {
            let sample = f64::from(*sample);
            for (wall, state) in self.states.iter_mut().enumerate() {
                *state = sample + self.poles[wall] * (*state - sample);
                dulled[wall][frame] = *state as f32;
            }
        }
        for state in &mut self.states {
            // What is no number becomes nothing, too.
            if !(state.abs() >= STATE_FLOOR && state.abs() < f64::INFINITY) {
                *state = 0.0;
            }
        }
        dulled
    }
}
