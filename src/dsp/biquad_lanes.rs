//! Rows of filter sections at work on eight lanes side by side.

use pulp::{Arch, Simd, WithSimd};

use super::{Biquad, settled};
use crate::block::{Bundle, QUANTUM, RUN, SIDE_BY_SIDE, all_along};

/// One frame of eight lanes, in the arithmetic of filters.
type Frame = [f64; SIDE_BY_SIDE];

/// A quantum of such frames.
type Frames = [Frame; QUANTUM];

/// Lanes that are worked on where the others do nothing.
const HALF: usize = SIDE_BY_SIDE / 2;

/// Sections that are passed in one go over the frames, at most: one's arithmetic hides another's
/// latency.
const AT_ONCE: usize = 6;

/// Filter sections in a row for each of eight lanes: transposed direct form II, in f64.
///
/// Every lane has coefficients of its own and the bits it would have alone; a lane all of whose
/// sections are [`Biquad::IDENTITY`] leaves as it came, to the bit.
#[derive(Clone, Debug)]
pub struct BiquadLanes {
    sections: Vec<Section>,
    /// The lanes that any section changes.
    active: [bool; SIDE_BY_SIDE],
    arch: Arch,
}

/// One section of every lane.
#[derive(Clone, Debug)]
struct Section {
    /// b0, b1, b2, a1 and a2 at the first frame of the next quantum.
    from: [Frame; 5],
    /// The same at the first frame of the one after.
    to: [Frame; 5],
    state: [Frame; 2],
    /// Whether the two differ.
    moves: bool,
}

impl BiquadLanes {
    /// A row of a number of sections that leave everything as it is.
    #[must_use]
    pub fn new(sections: usize) -> Self {
        Self {
            sections: vec![Section::identity(); sections],
            active: [false; SIDE_BY_SIDE],
            arch: Arch::new(),
        }
    }

    /// Gives a section of a lane its coefficients.
    pub fn set(&mut self, section: usize, lane: usize, coefficients: Biquad) {
        self.ramp_to(section, lane, coefficients);
        let section = &mut self.sections[section];
        for (from, to) in section.from.iter_mut().zip(&section.to) {
            from[lane] = to[lane];
        }
    }

    /// Lets a section of a lane come to other coefficients in a straight line over the next quantum.
    ///
    /// What lies on a line between two stable sections is stable: the coefficients of stable ones
    /// fill a triangle.
    pub fn ramp_to(&mut self, section: usize, lane: usize, coefficients: Biquad) {
        self.active[lane] |= coefficients != Biquad::IDENTITY;
        let section = &mut self.sections[section];
        for (to, coefficient) in section.to.iter_mut().zip(coefficients.to_array()) {
            to[lane] = coefficient;
        }
        section.moves = true;
    }

    /// Filters one quantum, and settles.
    pub fn process(&mut self, bundle: &mut Bundle) {
        let Self { sections, active, arch } = self;
        if active.contains(&true) {
            arch.dispatch(Pass { sections, active, bundle });
        }
    }

    /// Whether silence in would be silence out: every state is zero.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.sections.iter().all(|section| section.state == [[0.0; SIDE_BY_SIDE]; 2])
    }
}

impl Section {
    fn identity() -> Self {
        let coefficients =
            Biquad::IDENTITY.to_array().map(|coefficient| [coefficient; SIDE_BY_SIDE]);
        let state = [[0.0; SIDE_BY_SIDE]; 2];
        Self { from: coefficients, to: coefficients, state, moves: false }
    }

    /// What the coefficients gain a frame.
    #[inline(always)]
    fn steps(&self) -> [Frame; 5] {
        let mut steps = [[0.0; SIDE_BY_SIDE]; 5];
        for (steps, (from, to)) in steps.iter_mut().zip(self.from.iter().zip(&self.to)) {
            for lane in 0..SIDE_BY_SIDE {
                steps[lane] = (to[lane] - from[lane]) / QUANTUM as f64;
            }
        }
        steps
    }

    /// Ends a quantum: coefficients have arrived, small states become nothing.
    #[inline(always)]
    fn settle(&mut self) {
        self.from = self.to;
        self.moves = false;
        for lane in 0..SIDE_BY_SIDE {
            [self.state[0][lane], self.state[1][lane]] =
                settled([self.state[0][lane], self.state[1][lane]]);
        }
    }
}

/// The passage of one quantum, compiled once for every kind of processor.
struct Pass<'a> {
    sections: &'a mut [Section],
    active: &'a [bool; SIDE_BY_SIDE],
    bundle: &'a mut Bundle,
}

impl WithSimd for Pass<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { sections, active, bundle } = self;
        let mut frames: Frames = [[0.0; SIDE_BY_SIDE]; QUANTUM];
        let samples = bundle.as_flattened().iter();
        for (value, sample) in frames.as_flattened_mut().iter_mut().zip(samples) {
            *value = f64::from(*sample);
        }
        // A processor does half as much in half the time.
        if active[HALF..].contains(&true) {
            filter::<SIDE_BY_SIDE>(sections, &mut frames);
        } else {
            filter::<HALF>(sections, &mut frames);
        }
        let masks = all_along(&active.map(|active| if active { u32::MAX } else { 0 }));
        let values = frames.as_flattened().as_chunks::<RUN>().0;
        let samples = bundle.as_flattened_mut().as_chunks_mut::<RUN>().0;
        for (samples, values) in samples.iter_mut().zip(values) {
            for index in 0..RUN {
                // Sections that are there for the sake of other lanes make 0 of -0: all do.
                let filtered = (values[index] as f32 + 0.0).to_bits() & masks[index];
                let bits = filtered | (samples[index].to_bits() & !masks[index]);
                samples[index] = f32::from_bits(bits);
            }
        }
    }
}

/// Takes the first so many lanes of frames through sections, a few at a time.
#[inline(always)]
fn filter<const LANES: usize>(sections: &mut [Section], frames: &mut Frames) {
    let (sixes, rest) = sections.as_chunks_mut::<AT_ONCE>();
    let (fours, rest) = rest.as_chunks_mut::<4>();
    let (threes, rest) = rest.as_chunks_mut::<3>();
    let (twos, rest) = rest.as_chunks_mut::<2>();
    let (ones, _) = rest.as_chunks_mut::<1>();
    for sections in sixes {
        pass::<LANES, _>(sections, frames);
    }
    for sections in fours {
        pass::<LANES, _>(sections, frames);
    }
    for sections in threes {
        pass::<LANES, _>(sections, frames);
    }
    for sections in twos {
        pass::<LANES, _>(sections, frames);
    }
    for sections in ones {
        pass::<LANES, _>(sections, frames);
    }
}

#[inline(always)]
fn pass<const LANES: usize, const N: usize>(sections: &mut [Section; N], frames: &mut Frames) {
    let mut moves = false;
    for section in sections.iter() {
        moves |= section.moves;
    }
    if moves {
        pass_moving::<LANES, N>(sections, frames);
    } else {
        pass_still::<LANES, N>(sections, frames);
    }
    for section in sections {
        section.settle();
    }
}

#[inline(always)]
fn pass_still<const LANES: usize, const N: usize>(
    sections: &mut [Section; N],
    frames: &mut Frames,
) {
    let (coefficients, mut states) = unpack(sections);
    for frame in frames.iter_mut() {
        for n in 0..N {
            step::<LANES>(frame, &coefficients[n], &mut states[n]);
        }
    }
    for n in 0..N {
        sections[n].state = states[n];
    }
}

#[inline(always)]
fn pass_moving<const LANES: usize, const N: usize>(
    sections: &mut [Section; N],
    frames: &mut Frames,
) {
    let (mut coefficients, mut states) = unpack(sections);
    let mut steps = [[[0.0; SIDE_BY_SIDE]; 5]; N];
    for n in 0..N {
        steps[n] = sections[n].steps();
    }
    for frame in frames.iter_mut() {
        for n in 0..N {
            step::<LANES>(frame, &coefficients[n], &mut states[n]);
            for (now, step) in coefficients[n].iter_mut().zip(&steps[n]) {
                for lane in 0..LANES {
                    now[lane] += step[lane];
                }
            }
        }
    }
    for n in 0..N {
        sections[n].state = states[n];
    }
}

/// The coefficients that sections begin with, and their states.
#[inline(always)]
fn unpack<const N: usize>(sections: &[Section; N]) -> ([[Frame; 5]; N], [[Frame; 2]; N]) {
    let mut coefficients = [[[0.0; SIDE_BY_SIDE]; 5]; N];
    let mut states = [[[0.0; SIDE_BY_SIDE]; 2]; N];
    for n in 0..N {
        coefficients[n] = sections[n].from;
        states[n] = sections[n].state;
    }
    (coefficients, states)
}

/// One frame through one section.
#[inline(always)]
fn step<const LANES: usize>(
    frame: &mut Frame,
    [b0, b1, b2, a1, a2]: &[Frame; 5],
    state: &mut [Frame; 2],
) {
    let [first, second] = state;
    for lane in 0..LANES {
        let input = frame[lane];
        let output = b0[lane] * input + first[lane];
        first[lane] = (b1[lane] * input + second[lane]) - a1[lane] * output;
        second[lane] = b2[lane] * input - a2[lane] * output;
        frame[lane] = output;
    }
}
