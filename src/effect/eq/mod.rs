//! Equalisation: any number of bands in a row.

mod check;
mod design;
mod spec;

pub use check::check_bands;
pub use spec::{Band, EqSpec};

use design::Setting;

use super::Effect;
use crate::block::{Bundle, QUANTUM, Quantum, SIDE_BY_SIDE};
use crate::dsp::{Biquad, BiquadLanes};

/// An equaliser on the lanes of a unit, each with bands of its own.
pub struct Eq {
    rows: Vec<Row>,
    rate_hz: f64,
    /// The quantum at whose beginning the bands are set.
    next: u64,
}

/// The filters of one bundle.
struct Row {
    filters: BiquadLanes,
    moving: Vec<MovingBand>,
}

/// A band with numbers that change.
struct MovingBand {
    band: Band,
    lane: usize,
    /// The first of its sections.
    section: usize,
    setting: Setting,
}

impl Eq {
    /// An equaliser for the lanes of a unit. The bands must have passed [`check_bands`].
    #[must_use]
    pub fn new(lanes: &[Option<&EqSpec>], rate_hz: u32) -> Self {
        let rate_hz = f64::from(rate_hz);
        let rows = lanes.chunks(SIDE_BY_SIDE).map(|lanes| Row::new(lanes, rate_hz)).collect();
        Self { rows, rate_hz, next: 0 }
    }

    /// The time at which a quantum begins.
    fn seconds(&self, quantum: u64) -> f64 {
        (quantum * QUANTUM as u64) as f64 / self.rate_hz
    }
}

impl Effect for Eq {
    fn latency_frames(&self, _lane: usize) -> usize {
        0
    }

    fn process(&mut self, quantum: u64, lanes: &mut [Bundle], _keys: &[Quantum]) {
        let (begin, end) = (self.seconds(quantum), self.seconds(quantum + 1));
        let was_left_out = quantum != self.next;
        for (row, bundle) in self.rows.iter_mut().zip(lanes) {
            if was_left_out {
                row.move_to(begin, self.rate_hz, BiquadLanes::set);
            }
            row.move_to(end, self.rate_hz, BiquadLanes::ramp_to);
            row.filters.process(bundle);
        }
        self.next = quantum + 1;
    }

    fn is_at_rest(&self) -> bool {
        self.rows.iter().all(|row| row.filters.is_at_rest())
    }
}

impl Row {
    fn new(lanes: &[Option<&EqSpec>], rate_hz: f64) -> Self {
        let mut moving = Vec::new();
        let mut settled = Vec::new();
        let mut longest = 0;
        for (lane, bands) in lanes.iter().enumerate() {
            let mut section = 0;
            for band in bands.iter().copied().flatten() {
                let setting = band.setting(0.0);
                if !band.is_constant() {
                    moving.push(MovingBand { band: band.clone(), lane, section, setting });
                }
                for coefficients in band.sections(&setting, rate_hz).as_slice() {
                    settled.push((section, lane, *coefficients));
                    section += 1;
                }
            }
            longest = longest.max(section);
        }
        let mut filters = BiquadLanes::new(longest);
        for (section, lane, coefficients) in settled {
            filters.set(section, lane, coefficients);
        }
        Self { filters, moving }
    }

    /// Brings the bands that move to what they are at a time.
    fn move_to(
        &mut self,
        seconds: f64,
        rate_hz: f64,
        bring: impl Fn(&mut BiquadLanes, usize, usize, Biquad),
    ) {
        for moving in &mut self.moving {
            let setting = moving.band.setting(seconds);
            if setting == moving.setting {
                continue;
            }
            moving.setting = setting;
            let sections = moving.band.sections(&setting, rate_hz);
            for (index, coefficients) in sections.as_slice().iter().enumerate() {
                bring(&mut self.filters, moving.section + index, moving.lane, *coefficients);
            }
        }
    }
}
