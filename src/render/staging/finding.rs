//! What is found.

use std::fmt;

use serde::Serialize;

/// Something that is hardly meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The name of the bed, object, bus, return or target.
    pub node: String,
    /// What it is about.
    pub concern: Concern,
    /// What was seen, with its figure.
    pub seen: String,
    /// What would be right.
    pub advice: String,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Concern {
    /// A strip peaks above full scale behind its fader, or a target near it.
    Clipping,
    /// A strip is louder than leaves room for others.
    TooHot,
    /// A trim or a fader raises by very much.
    LargeBoost,
    /// Nothing is heard of it.
    TooQuiet,
    /// A band of an equaliser raises or lowers by very much.
    LargeEqMove,
    /// A band of an equaliser changes nothing.
    IdleFilter,
    /// A gate, compressor or limiter that never takes anything.
    IdleDynamics,
    /// Compressors and limiters that take very much.
    HardDynamics,
    /// A send of which nothing is heard.
    LostSend,
    /// A strip that is heard by way of its sends only.
    AllWet,
    /// A return that nothing is sent to.
    UnusedReturn,
    /// A bus that nothing goes to.
    UnusedBus,
}

/// A line: the name, what was seen and what would be right.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.node, self.seen, self.advice)
    }
}
