//! One loudspeaker.

use crate::effect::EqSpec;
use crate::space::{Vector, unit_vector};

/// A loudspeaker and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Loudspeaker {
    /// The name mix engineers use, unique in its layout: `L`, `LFE`, `Lss`, `M+030`.
    pub name: String,
    /// The label of ITU-R BS.2051 where it has one: `M+030`, `LFE1`.
    pub label: Option<String>,
    /// Azimuth where it really stands, degrees, positive to the left.
    pub azimuth_deg: f64,
    /// Elevation where it really stands, degrees, positive up.
    pub elevation_deg: f64,
    /// The azimuth the layout prescribes, degrees; the regions of the panner come from this.
    pub nominal_azimuth_deg: f64,
    /// The elevation the layout prescribes, degrees.
    pub nominal_elevation_deg: f64,
    /// Distance from the listener in metres.
    pub distance_m: f64,
    /// Whether it carries low-frequency effects only; the panner never feeds it.
    pub lfe: bool,
    /// Calibration trim in decibels, used on live outputs only.
    pub gain_db: f64,
    /// Calibration delay in milliseconds, used on live outputs only.
    pub delay_ms: f64,
    /// Whether its polarity is turned round, on live outputs only.
    pub inverted: bool,
    /// Calibration equaliser, used on live outputs only.
    pub eq: EqSpec,
    /// The bit of the WAVE channel mask that names it (`dwChannelMask`), 0 where none does.
    pub wave_bit: u32,
}

impl Loudspeaker {
    /// The unit vector towards where it really stands.
    #[must_use]
    pub fn direction(&self) -> Vector {
        unit_vector(self.azimuth_deg, self.elevation_deg)
    }

    /// The unit vector towards where the layout prescribes it.
    #[must_use]
    pub fn nominal_direction(&self) -> Vector {
        unit_vector(self.nominal_azimuth_deg, self.nominal_elevation_deg)
    }
}
