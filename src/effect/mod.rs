//! The effects of strips, returns and masters: what the author writes and what it does to samples,
//! side by side. A new effect is one new folder, its `mod` line here and its key in the scene.
//!
//! Strips are worked on in units: lanes eight side by side in a [`Bundle`], each with settings of
//! its own. An [`Effect`] does its work on a whole unit; a [`ReturnEffect`] makes the channels of a
//! return from what is sent to it.

mod alignment;
mod compressor;
mod convolution;
mod deesser;
mod dynamics;
mod echo;
mod eq;
mod gate;
mod group;
mod level;
mod limiter;
mod multiband;
mod reverb;
mod saturation;
mod width;

pub use alignment::Alignment;
pub use compressor::{Compressor, CompressorSpec, Detector};
pub use convolution::{Convolution, ConvolutionSpec};
pub use deesser::{Deesser, DeesserSpec};
pub use echo::{Echo, EchoSpec};
pub use eq::{Band, Eq, EqSpec, check_bands};
pub use gate::{Gate, GateSpec};
pub use group::Group;
pub use level::{Level, LevelSpec};
pub use limiter::{Limiter, LimiterSpec};
pub use multiband::{Multiband, MultibandBand, MultibandSpec};
pub use reverb::{Reverb, ReverbSpec};
pub use saturation::{Saturation, SaturationSpec};
pub use width::Width;

use crate::block::{Bundle, Quantum};

/// An effect of strips at work on the lanes of a unit.
///
/// The law of everything that implements it:
/// - `process` is called once for every quantum in order, from quantum 0 of the scene (quanta in
///   which all lanes and all states are zero may be left out). It does not allocate, lock or log.
/// - The bits of a lane depend on that lane, its group and its key only, never on which other lanes
///   share the unit. A lane without settings leaves as it came, to the bit.
/// - Settings are pure functions of the scene's time, taken at the ends of quanta; in between they
///   run in straight lines, so that nothing zips.
/// - Recursive states below [`STATE_FLOOR`](crate::dsp::STATE_FLOOR) become 0 at the end of a
///   quantum. No fused multiply-add; no result depends on the kind of processor.
pub trait Effect: Send + Sync {
    /// By how many frames a lane (numbered within the unit) leaves later than it came.
    fn latency_frames(&self, lane: usize) -> usize;

    /// Works on a quantum: bundle `n` holds the lanes `8 n` to `8 n + 7` of the unit. `keys` are the
    /// side-chain signals that groups refer to by number.
    fn process(&mut self, quantum: u64, lanes: &mut [Bundle], keys: &[Quantum]);

    /// Whether silence in would be silence out, to the bit: every state is zero.
    fn is_at_rest(&self) -> bool;

    /// The lowest linear gain it gave a lane in the last quantum; 1 for effects that turn nothing
    /// down.
    fn lowest_gain(&self, lane: usize) -> f32 {
        let _ = lane;
        1.0
    }

    /// Multiplies the linear gain of every lane of the unit by the lowest that it gave in the last
    /// quantum.
    fn lower(&self, gains: &mut [f32]) {
        for (lane, gain) in gains.iter_mut().enumerate() {
            *gain *= self.lowest_gain(lane);
        }
    }
}

/// What makes the channels of a return from what is sent to it. The law of [`Effect`] holds here too.
pub trait ReturnEffect: Send + Sync {
    /// How many channels it makes, each to be placed in a direction of its own.
    fn outputs(&self) -> usize;

    /// By how many frames what leaves is late, beyond what the author asked for.
    fn latency_frames(&self) -> usize;

    /// Makes a quantum of every channel; `None` is silence. Whether anything sounds: if not, the
    /// outputs are not to be read and the effect cost next to nothing.
    fn process(&mut self, quantum: u64, input: Option<&Quantum>, outputs: &mut [Quantum]) -> bool;
}
