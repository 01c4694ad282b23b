//! The quantum: the one span of time the engine knows.

mod quanta;

pub use quanta::Quanta;

/// Frames in a quantum. Quanta are counted from frame 0 of the scene, so that what is computed
/// never depends on how much of it was asked for at once.
pub const QUANTUM: usize = 64;

/// One lane of audio for one quantum.
pub type Quantum = [f32; QUANTUM];

/// A quantum of silence.
pub const SILENCE: Quantum = [0.0; QUANTUM];

/// The numbers of the frames of a quantum, from 0: what ramps are multiplied by.
pub const FRAMES: Quantum = {
    let mut frames = SILENCE;
    let mut frame = 0;
    while frame < QUANTUM {
        frames[frame] = frame as f32;
        frame += 1;
    }
    frames
};

/// Frames in a control step: positions become gains at every multiple of this.
pub const CONTROL_STEP: usize = 256;

/// Quanta in a control step.
pub const QUANTA_PER_STEP: u64 = (CONTROL_STEP / QUANTUM) as u64;

/// Lanes that lie side by side in a [`Bundle`]: as many as arithmetic on plain arrays does at once.
pub const SIDE_BY_SIDE: usize = 8;

/// One quantum of eight lanes, frame by frame: recursive effects work on all eight at once, with
/// the bits each would have alone.
pub type Bundle = [[f32; SIDE_BY_SIDE]; QUANTUM];

/// Samples of some frames of a bundle, one after the other: as many as a loop has to run through for
/// the compiler to take them as they lie. From a shorter one, over the lanes of a frame, it makes
/// steps of whole frames, and gathers what lies side by side one by one.
pub const RUN: usize = 8 * SIDE_BY_SIDE;

/// What holds for each of eight lanes, for every sample of a run.
#[inline(always)]
#[must_use]
pub fn all_along<T: Copy>(lanes: &[T; SIDE_BY_SIDE]) -> [T; RUN] {
    let rows = [*lanes; RUN / SIDE_BY_SIDE];
    rows.as_flattened().try_into().expect("as many as a run has")
}
