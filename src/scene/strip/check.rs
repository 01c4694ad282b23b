//! Numbers of a strip that are out of range, and what its kind cannot have.

use std::ops::RangeInclusive;

use super::{Send, Strip};
use crate::automation::Automated;
use crate::document::{Place, Problems};
use crate::effect::check_bands;

/// Levels in decibels: from far below the noise of any converter to ample.
pub const GAIN_DB: RangeInclusive<f64> = -200.0..=60.0;
/// What a trim takes or gives, in decibels.
const TRIM_DB: RangeInclusive<f64> = -60.0..=60.0;
/// How much later a strip may be heard, in milliseconds.
const DELAY_MS: RangeInclusive<f64> = 0.0..=1000.0;
/// A send at this level or below, in decibels, is not heard.
const UNHEARD_DB: f64 = -100.0;

impl Strip {
    /// Notes every number out of range; `place` is that of the table it is written in.
    pub fn check(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        let automated = [("trim_db", &self.trim_db, TRIM_DB), ("gain_db", &self.gain_db, GAIN_DB)];
        for (key, value, range) in automated {
            if let Some(value) = value {
                value.check(&place.key(key), key, &range, "decibels", problems);
            }
        }
        let delay = self.delay_ms.map(Automated::Constant);
        if let Some(delay) = delay {
            delay.check(&place.key("delay_ms"), "delay_ms", &DELAY_MS, "milliseconds", problems);
        }
        for (index, send) in self.sends().iter().enumerate() {
            send.check(&place.key("sends").index(index), problems);
        }
        self.check_effects(place, rate_hz, problems);
    }

    /// Notes a key that its kind of strip does not have.
    pub fn refuse(&self, keys: &[&str], kind: &str, place: &Place, problems: &mut Problems) {
        let given = [
            ("preset", self.preset.is_some()),
            ("mute", self.mute.is_some()),
            ("solo", self.solo.is_some()),
            ("sends", self.sends.is_some()),
            ("bus", self.bus.is_some()),
            ("binaural", self.binaural.is_some()),
            ("binaural_way", self.binaural_way.is_some()),
        ];
        for (key, _) in given.into_iter().filter(|(key, given)| *given && keys.contains(key)) {
            let message = format!("{kind} has no `{key}`");
            problems.error(&place.key(key), message, "leave it out");
        }
    }

    /// Notes what is wrong in the settings of its effects.
    fn check_effects(&self, place: &Place, rate_hz: f64, problems: &mut Problems) {
        if let Some(eq) = &self.eq {
            check_bands(eq, &place.key("eq"), rate_hz, problems);
        }
        if let Some(gate) = &self.gate {
            gate.check(&place.key("gate"), rate_hz, problems);
        }
        if let Some(compressor) = &self.compressor {
            compressor.check(&place.key("compressor"), rate_hz, problems);
        }
        if let Some(multiband) = &self.multiband {
            multiband.check(&place.key("multiband"), rate_hz, problems);
        }
        if let Some(deesser) = &self.deesser {
            deesser.check(&place.key("deesser"), rate_hz, problems);
        }
        if let Some(saturation) = &self.saturation {
            saturation.check(&place.key("saturation"), rate_hz, problems);
        }
        if let Some(limiter) = &self.limiter {
            limiter.check(&place.key("limiter"), rate_hz, problems);
        }
    }
}

impl Send {
    fn check(&self, place: &Place, problems: &mut Problems) {
        let at = place.key("gain_db");
        self.gain_db.check(&at, "gain_db", &GAIN_DB, "decibels", problems);
        if self.gain_db.extremes().1 <= UNHEARD_DB {
            let message = format!("a send that never rises above {UNHEARD_DB} dB");
            problems.warning(&at, message, "it will not be heard");
        }
    }
}
