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
        if self.moves {
            self.from = self.to;
            self.moves = false;
        }
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
        // A processor does half as much in half the time.
        if self.active[HALF..].contains(&true) {
            self.filter::<SIDE_BY_SIDE>();
        } else {
            self.filter::<HALF>();
        }
    }
}

impl Pass<'_> {
    /// Takes the first so many lanes through all sections.
    #[inline(always)]
    fn filter<const LANES: usize>(self) {
        let Self { sections, active, bundle } = self;
        if sections.len() > AT_ONCE {
            return filter_many::<LANES>(sections, active, bundle);
        }
        let masks = masks(active);
        if active.contains(&false) {
            let rows = bundle.iter_mut().map(|samples| Row::<false> { samples, masks });
            pass_all::<LANES, _>(sections, rows);
        } else {
            let rows = bundle.iter_mut().map(|samples| Row::<true> { samples, masks });
            pass_all::<LANES, _>(sections, rows);
        }
    }
}

/// The same through more sections than are passed in one go. In between the lanes stay in the arithmetic
/// of filters: what one is does not depend on how many sections others have.
#[inline(always)]
fn filter_many<const LANES: usize>(
    sections: &mut [Section],
    active: &[bool; SIDE_BY_SIDE],
    bundle: &mut Bundle,
) {
    let masks = all_along(&masks(active));
    let mut frames: Frames = [[0.0; SIDE_BY_SIDE]; QUANTUM];
    let samples = bundle.as_flattened().iter();
    for (value, sample) in frames.as_flattened_mut().iter_mut().zip(samples) {
        *value = f64::from(*sample);
    }
    for sections in sections.chunks_mut(AT_ONCE) {
        pass_all::<LANES, _>(sections, frames.iter_mut());
    }
    let values = frames.as_flattened().as_chunks::<RUN>().0;
    let samples = bundle.as_flattened_mut().as_chunks_mut::<RUN>().0;
    for (samples, values) in samples.iter_mut().zip(values) {
        for index in 0..RUN {
            samples[index] = chosen(values[index], samples[index], masks[index]);
        }
    }
}

/// What a sample becomes: what the filters made of it or, where the mask is nothing, what it was.
#[inline(always)]
fn chosen(filtered: f64, sample: f32, mask: u32) -> f32 {
    // Sections that are there for the sake of other lanes make 0 of -0: all do.
    let filtered = (filtered as f32 + 0.0).to_bits() & mask;
    f32::from_bits(filtered | (sample.to_bits() & !mask))
}

/// All ones for lanes that are filtered.
#[inline(always)]
fn masks(active: &[bool; SIDE_BY_SIDE]) -> [u32; SIDE_BY_SIDE] {
    active.map(|active| if active { u32::MAX } else { 0 })
}

/// Where a frame is taken from and put back.
trait Seat {
    fn take(&self) -> Frame;
    fn put(&mut self, frame: &Frame);
}

impl Seat for &mut Frame {
    #[inline(always)]
    fn take(&self) -> Frame {
        **self
    }

    #[inline(always)]
    fn put(&mut self, frame: &Frame) {
        **self = *frame;
    }
}

/// A frame of a bundle, of which all lanes are filtered or those under masks.
struct Row<'a, const ALL: bool> {
    samples: &'a mut [f32; SIDE_BY_SIDE],
    masks: [u32; SIDE_BY_SIDE],
}

impl<const ALL: bool> Seat for Row<'_, ALL> {
    #[inline(always)]
    fn take(&self) -> Frame {
        let mut frame = [0.0; SIDE_BY_SIDE];
        for (value, sample) in frame.iter_mut().zip(&*self.samples) {
            *value = f64::from(*sample);
        }
        frame
    }

    #[inline(always)]
    fn put(&mut self, frame: &Frame) {
        let samples = self.samples.iter_mut().zip(&self.masks);
        for ((sample, mask), filtered) in samples.zip(frame) {
            *sample = chosen(*filtered, *sample, if ALL { u32::MAX } else { *mask });
        }
    }
}

/// Takes the first so many lanes of frames through up to [`AT_ONCE`] sections.
#[inline(always)]
fn pass_all<const LANES: usize, I: Iterator<Item: Seat>>(sections: &mut [Section], seats: I) {
    match sections.len() {
        0 => {}
        1 => pass::<LANES, 1, I>(sections, seats),
        2 => pass::<LANES, 2, I>(sections, seats),
        3 => pass::<LANES, 3, I>(sections, seats),
        4 => pass::<LANES, 4, I>(sections, seats),
        5 => pass::<LANES, 5, I>(sections, seats),
        _ => pass::<LANES, AT_ONCE, I>(sections, seats),
    }
}

#[inline(always)]
fn pass<const LANES: usize, const N: usize, I: Iterator<Item: Seat>>(
    sections: &mut [Section],
    seats: I,
) {
    let sections: &mut [Section; N] = sections.try_into().expect("as many as were counted");
    let mut moves = false;
    for section in sections.iter() {
        moves |= section.moves;
    }
    if moves {
        pass_moving::<LANES, N>(sections, seats);
    } else {
        pass_still::<LANES, N>(sections, seats);
    }
    for section in sections {
        section.settle();
    }
}

/// The second half of the sections works on a frame while the first half works on the next: neither
/// waits for the other.
#[inline(always)]
fn pass_still<const LANES: usize, const N: usize>(
    sections: &mut [Section; N],
    mut seats: impl Iterator<Item: Seat>,
) {
    let (coefficients, mut states) = unpack(sections);
    let Some(mut seat) = seats.next() else { return };
    let mut begun = seat.take();
    for n in 0..N / 2 {
        step::<LANES>(&mut begun, &coefficients[n], &mut states[n]);
    }
    for next in seats {
        let mut begins = next.take();
        for n in 0..N.div_ceil(2) {
            let beyond = N / 2 + n;
            step::<LANES>(&mut begun, &coefficients[beyond], &mut states[beyond]);
            if n < N / 2 {
                step::<LANES>(&mut begins, &coefficients[n], &mut states[n]);
            }
        }
        seat.put(&begun);
        (seat, begun) = (next, begins);
    }
    for n in N / 2..N {
        step::<LANES>(&mut begun, &coefficients[n], &mut states[n]);
    }
    seat.put(&begun);
    for n in 0..N {
        sections[n].state = states[n];
    }
}

#[inline(always)]
fn pass_moving<const LANES: usize, const N: usize>(
    sections: &mut [Section; N],
    seats: impl Iterator<Item: Seat>,
) {
    let (mut coefficients, mut states) = unpack(sections);
    let mut steps = [[[0.0; SIDE_BY_SIDE]; 5]; N];
    for n in 0..N {
        steps[n] = sections[n].steps();
    }
    for mut seat in seats {
        let mut frame = seat.take();
        for n in 0..N {
            step::<LANES>(&mut frame, &coefficients[n], &mut states[n]);
            for (now, step) in coefficients[n].iter_mut().zip(&steps[n]) {
                for lane in 0..LANES {
                    now[lane] += step[lane];
                }
            }
        }
        seat.put(&frame);
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
        let output = b0[lane].mul_add(input, first[lane]);
        first[lane] = (-a1[lane]).mul_add(output, b1[lane].mul_add(input, second[lane]));
        second[lane] = (-a2[lane]).mul_add(output, b2[lane] * input);
        frame[lane] = output;
    }
}
