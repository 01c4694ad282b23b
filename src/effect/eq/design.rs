//! From what the author writes to filter sections.

use super::Band;
use crate::dsp::{Biquad, butterworth_high_pass, butterworth_low_pass};

/// Decibels an octave that one order of a Butterworth filter makes.
pub(super) const SLOPE_OF_AN_ORDER: u32 = 6;

/// Sections of the band that needs most: a filter of order 8.
const MOST_SECTIONS: usize = 4;

/// The numbers of a band at one moment; those it has not are 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Setting {
    freq_hz: f64,
    gain_db: f64,
    q: f64,
}

/// The sections of a band at one moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sections {
    list: [Biquad; MOST_SECTIONS],
    count: usize,
}

impl Sections {
    pub(super) fn as_slice(&self) -> &[Biquad] {
        &self.list[..self.count]
    }
}

impl FromIterator<Biquad> for Sections {
    fn from_iter<I: IntoIterator<Item = Biquad>>(sections: I) -> Self {
        let mut all = Self { list: [Biquad::IDENTITY; MOST_SECTIONS], count: 0 };
        for section in sections {
            all.list[all.count] = section;
            all.count += 1;
        }
        all
    }
}

impl Band {
    /// The gain at a frequency in decibels, with the settings of a time in seconds of the scene;
    /// minus infinity where nothing is left.
    #[must_use]
    pub fn response_db(&self, freq_hz: f64, rate_hz: f64, seconds: f64) -> f64 {
        let sections = self.sections(&self.setting(seconds), rate_hz);
        sections.as_slice().iter().map(|it| it.magnitude_db(freq_hz, rate_hz)).sum()
    }

    /// Whether none of its numbers changes.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.numbers().iter().flatten().all(|number| number.constant().is_some())
    }

    /// The filter sections of a band whose numbers stay, at a rate in frames a second.
    pub fn fixed_sections(&self, rate_hz: f64) -> impl Iterator<Item = Biquad> + use<> {
        let Sections { list, count } = self.sections(&self.setting(0.0), rate_hz);
        list.into_iter().take(count)
    }

    /// The numbers it has at a time.
    pub(super) fn setting(&self, seconds: f64) -> Setting {
        let [freq_hz, gain_db, q] =
            self.numbers().map(|number| number.map_or(0.0, |number| number.at(seconds)));
        Setting { freq_hz, gain_db, q }
    }

    /// The sections that make it; their number never changes.
    pub(super) fn sections(&self, setting: &Setting, rate_hz: f64) -> Sections {
        let &Setting { freq_hz, gain_db, q } = setting;
        let only = |section: Biquad| Sections::from_iter([section]);
        match self {
            Self::Bell { .. } => only(Biquad::bell(freq_hz, gain_db, q, rate_hz)),
            Self::LowShelf { .. } => only(Biquad::low_shelf(freq_hz, gain_db, q, rate_hz)),
            Self::HighShelf { .. } => only(Biquad::high_shelf(freq_hz, gain_db, q, rate_hz)),
            Self::Bandpass { .. } => only(Biquad::band_pass(freq_hz, q, rate_hz)),
            Self::Notch { .. } => only(Biquad::notch(freq_hz, q, rate_hz)),
            Self::Tilt { .. } => only(Biquad::tilt(freq_hz, gain_db, rate_hz)),
            Self::Highpass { slope_db_oct, .. } => {
                butterworth_high_pass(order(*slope_db_oct), freq_hz, rate_hz).collect()
            }
            Self::Lowpass { slope_db_oct, .. } => {
                butterworth_low_pass(order(*slope_db_oct), freq_hz, rate_hz).collect()
            }
        }
    }
}

fn order(slope_db_oct: u32) -> usize {
    (slope_db_oct / SLOPE_OF_AN_ORDER) as usize
}
