//! Lanes that are turned down together.

/// Lanes that share one gain, so that the image does not move: one object, all channels of a bed, or
/// strips that the author has linked.
#[derive(Clone, Debug)]
pub struct Group<'a, S> {
    /// The author's settings.
    pub spec: &'a S,
    /// The lanes of the unit that are given the gain.
    pub lanes: Vec<usize>,
    /// Those of them whose level decides: all but the LFE. Not asked where there is a key.
    pub heard: Vec<usize>,
    /// The number of the side-chain signal whose level decides instead.
    pub key: Option<usize>,
}
