//! How long a scene goes on after its last source, where the author does not say.

use std::collections::BTreeSet;

use super::{ReadyReturn, Return, Spec, StripId};
use crate::effect::EchoSpec;

/// No scene goes on for longer unless it says so, in seconds.
const LONGEST_S: f64 = 30.0;

/// What has fallen by so much, in decibels, has died away.
const DIED_AWAY_DB: f64 = 90.0;

impl Spec {
    /// How long it goes on after its last source, in seconds: as it says, else until its delays are
    /// over and the returns that anything is sent to have fallen by 90 dB, at most 30.
    ///
    /// # Panics
    /// When there are fewer of `returns` than the scene has.
    #[must_use]
    pub fn resolved_tail_s(&self, returns: &[ReadyReturn]) -> f64 {
        if let Some(tail_s) = self.tail_s {
            return tail_s;
        }
        let (mut source_s, mut buses_s, mut return_s) = (0.0_f64, 0.0, 0.0_f64);
        let mut used = BTreeSet::new();
        for id in self.ids() {
            let strip = self.strip(id);
            used.extend(strip.sends().iter().map(|send| send.to.clone()));
            match id {
                StripId::Bed(_) | StripId::Object(_) => source_s = source_s.max(strip.delay_s()),
                StripId::Bus(_) => buses_s += strip.delay_s(),
                StripId::Return(index) if used.contains(self.name(id)) => {
                    let ring_s = self.returns[index].ring_s(self, &returns[index]);
                    return_s = return_s.max(ring_s + strip.delay_s());
                }
                StripId::Return(_) => {}
            }
        }
        let masters = self.master.target.keys().map(String::as_str).chain([""]);
        let master_s = masters.map(|it| self.master_of(it).strip.delay_s()).fold(0.0, f64::max);
        (source_s + buses_s + return_s + master_s).min(LONGEST_S)
    }

    /// The time between the echoes of an echo in seconds; `None` where nothing says.
    #[must_use]
    pub fn echo_time_s(&self, echo: &EchoSpec) -> Option<f64> {
        let time_s = echo.time_ms.map(|time_ms| time_ms / 1000.0);
        time_s.or_else(|| Some(echo.beats? * 60.0 / self.tempo_bpm?))
    }
}

impl Return {
    /// How long it takes to die away, in seconds.
    fn ring_s(&self, scene: &Spec, ready: &ReadyReturn) -> f64 {
        let reverb = self.reverb.as_ref().map(|reverb| {
            let bands_s = reverb.rt60_bands_s.unwrap_or([reverb.rt60_s; 7]);
            let rt60_s = bands_s.into_iter().fold(0.0, f64::max);
            reverb.predelay_ms / 1000.0 + rt60_s * DIED_AWAY_DB / 60.0
        });
        let echo = self.echo.as_ref().map(|echo| {
            scene.echo_time_s(echo).unwrap_or(0.0) * (1.0 + echoes(echo.feedback.extremes().1))
        });
        let convolution = self.convolution.as_ref().map(|convolution| {
            let length_s = ready.response.map_or(0.0, |response| response.length_s);
            convolution.predelay_ms / 1000.0 + length_s
        });
        reverb.or(echo).or(convolution).unwrap_or(0.0)
    }
}

/// How many echoes follow the first before they have died away.
fn echoes(feedback: f64) -> f64 {
    if feedback <= 0.0 {
        return 0.0;
    }
    (DIED_AWAY_DB / (-20.0 * libm::log10(feedback))).ceil()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn echoes_die_away_by_their_feedback() {
        // Half is -6.02 dB: 14 of them are -84.3 dB, 15 are -90.3 dB.
        assert_eq!(echoes(0.5), 15.0);
        assert_eq!(echoes(0.0), 0.0);
        assert!(echoes(0.99) > 1000.0);
    }
}
