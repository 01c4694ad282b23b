//! Loudspeaker layouts: what stands where. The built-in ones are data, in `layouts/*.toml`.

mod loudspeaker;

pub use loudspeaker::Loudspeaker;

/// The most channels a layout may have.
pub const MAX_CHANNELS: usize = 128;

/// A set of loudspeakers in a fixed order: the order of the channels of a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// The name it is asked for by: `7.1.4`, `4+7+0`, or the stem of the user's file.
    pub name: String,
    /// What it is, in a few words.
    pub title: String,
    /// The loudspeakers, in channel order.
    pub loudspeakers: Vec<Loudspeaker>,
}
