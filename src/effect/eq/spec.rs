//! What the author writes of an equaliser.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::automation::Automated;

/// Bands, passed through in their order.
pub type EqSpec = Vec<Band>;

/// A band of an equaliser: `{ type = "bell", freq_hz = 320, gain_db = -2.5, q = 1.4 }`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(tag = "type")]
pub enum Band {
    /// Raises or lowers what lies around a frequency.
    Bell {
        /// The centre, above 0 and below half the sample rate.
        freq_hz: Automated,
        /// Level at the centre, -60 to 60.
        gain_db: Automated,
        /// Centre over bandwidth, 0.05 to 100; default 0.7071.
        #[serde(default = "butterworth_q")]
        q: Automated,
    },
    /// Raises or lowers what lies below a frequency.
    LowShelf {
        /// Where half of the gain is reached.
        freq_hz: Automated,
        /// Level far below, -60 to 60.
        gain_db: Automated,
        /// Steepness, 0.05 to 100; default 0.7071: as steep as can be without a bump.
        #[serde(default = "butterworth_q")]
        q: Automated,
    },
    /// Raises or lowers what lies above a frequency.
    HighShelf {
        /// Where half of the gain is reached.
        freq_hz: Automated,
        /// Level far above, -60 to 60.
        gain_db: Automated,
        /// Steepness, 0.05 to 100; default 0.7071.
        #[serde(default = "butterworth_q")]
        q: Automated,
    },
    /// Takes what lies below a frequency; Butterworth.
    Highpass {
        /// The corner, where 3.01 dB are lost.
        freq_hz: Automated,
        /// 6, 12, … 48: order 1 to 8; default 12.
        #[serde(default = "second_order")]
        slope_db_oct: u32,
    },
    /// Takes what lies above a frequency; Butterworth.
    Lowpass {
        /// The corner, where 3.01 dB are lost.
        freq_hz: Automated,
        /// 6, 12, … 48: order 1 to 8; default 12.
        #[serde(default = "second_order")]
        slope_db_oct: u32,
    },
    /// Leaves only what lies around a frequency, at its level.
    Bandpass {
        /// The centre.
        freq_hz: Automated,
        /// Centre over bandwidth, 0.05 to 100; default 0.7071.
        #[serde(default = "butterworth_q")]
        q: Automated,
    },
    /// Takes out a frequency.
    Notch {
        /// The centre.
        freq_hz: Automated,
        /// Centre over bandwidth, 0.05 to 100; default 0.7071.
        #[serde(default = "butterworth_q")]
        q: Automated,
    },
    /// Tips the balance about a frequency: half the gain is lost below it and won above.
    Tilt {
        /// The pivot.
        freq_hz: Automated,
        /// The difference between far above and far below, -60 to 60.
        gain_db: Automated,
    },
}

impl Band {
    /// Where it is, in hertz.
    #[must_use]
    pub fn freq_hz(&self) -> &Automated {
        match self {
            Self::Bell { freq_hz, .. }
            | Self::LowShelf { freq_hz, .. }
            | Self::HighShelf { freq_hz, .. }
            | Self::Highpass { freq_hz, .. }
            | Self::Lowpass { freq_hz, .. }
            | Self::Bandpass { freq_hz, .. }
            | Self::Notch { freq_hz, .. }
            | Self::Tilt { freq_hz, .. } => freq_hz,
        }
    }

    /// How much it raises, in decibels, if it is of that kind.
    #[must_use]
    pub fn gain_db(&self) -> Option<&Automated> {
        let [_, gain_db, _] = self.numbers();
        gain_db
    }

    /// Its frequency, gain and Q, as far as it has them.
    pub(super) fn numbers(&self) -> [Option<&Automated>; 3] {
        match self {
            Self::Bell { freq_hz, gain_db, q }
            | Self::LowShelf { freq_hz, gain_db, q }
            | Self::HighShelf { freq_hz, gain_db, q } => [Some(freq_hz), Some(gain_db), Some(q)],
            Self::Bandpass { freq_hz, q } | Self::Notch { freq_hz, q } => {
                [Some(freq_hz), None, Some(q)]
            }
            Self::Highpass { freq_hz, .. } | Self::Lowpass { freq_hz, .. } => {
                [Some(freq_hz), None, None]
            }
            Self::Tilt { freq_hz, gain_db } => [Some(freq_hz), Some(gain_db), None],
        }
    }

    /// The slope of a high- or low-pass.
    pub(super) fn slope_db_oct(&self) -> Option<u32> {
        match self {
            Self::Highpass { slope_db_oct, .. } | Self::Lowpass { slope_db_oct, .. } => {
                Some(*slope_db_oct)
            }
            _ => None,
        }
    }
}

fn butterworth_q() -> Automated {
    Automated::Constant(std::f64::consts::FRAC_1_SQRT_2)
}

fn second_order() -> u32 {
    12
}
