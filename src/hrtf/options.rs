//! What a set is built for.

/// Taps of a response at 48 kHz that a renderer is given: 5.3 ms.
const RENDERED_TAPS: f64 = 256.0;

/// How a measured set becomes a table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    /// Frames a second of the responses; `None` keeps the rate of the set.
    pub rate_hz: Option<f64>,
    /// Samples of each aligned response; `None` keeps all there are. Where it is given, no response
    /// begins more than 1 ms late: see [`super::Set::lead_frames`].
    pub taps: Option<usize>,
    /// Whether the diffuse field is made flat.
    pub equalise: Equalise,
}

/// Whether what is common to all directions is taken out (diffuse-field equalisation).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Equalise {
    /// The responses stay as they were measured.
    Off,
    /// The diffuse field is made flat.
    On,
    /// It is made flat where it deviates by more than 1 dB.
    #[default]
    Auto,
}

impl Options {
    /// What a renderer at a rate wants: 5.3 ms, a latency of at most 1 ms, flat where the set is not.
    #[must_use]
    pub fn for_rendering(rate_hz: f64) -> Self {
        let taps = (RENDERED_TAPS * rate_hz / 48_000.0).ceil() as usize;
        Self { rate_hz: Some(rate_hz), taps: Some(taps), equalise: Equalise::Auto }
    }
}
