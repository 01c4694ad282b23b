//! Strips by their names: faders, mutes, solos.

use super::{Outcome, Surface, numbers, osc_name, switch};
use crate::control::osc::{Argument, fits};
use crate::units::{amplitude_to_decibels, decibels_to_amplitude};

/// What is said to strips.
const STRIP: [&str; 4] = ["gain", "mute", "solo", "release"];

/// The lowest level that is told, in decibels: that of a fader in a scene.
const LOWEST_DB: f64 = -200.0;

impl Surface {
    pub(super) fn strips(
        &mut self,
        name: &str,
        what: &str,
        said: &[Argument<'_>],
        done: &mut dyn FnMut(&str, Outcome<'_>),
    ) {
        let named = self.controls.names().map(|it| (it == name, osc_name(it))).enumerate();
        let named = named.filter(|(_, (is_it, part))| *is_it || fits(name, part));
        for (strip, (_, part)) in named {
            for what in STRIP.iter().filter(|it| fits(what, it)) {
                done(&format!("/cupola/strip/{part}/{what}"), self.strip(strip, what, said));
            }
        }
    }

    fn strip(&self, strip: usize, what: &str, said: &[Argument<'_>]) -> Outcome<'static> {
        let controls = &self.controls;
        let tell = |it: Option<bool>| {
            Outcome::Answer(vec![Argument::Number(f64::from(u8::from(it == Some(true))))])
        };
        match (what, said) {
            ("gain", []) => {
                let decibels = amplitude_to_decibels(controls.level(strip).unwrap_or(0.0));
                Outcome::Answer(vec![Argument::Number(decibels.max(LOWEST_DB))])
            }
            ("mute", []) => tell(controls.is_muted(strip)),
            ("solo", []) => tell(controls.is_soloed(strip)),
            ("gain", _) => match numbers::<1>(said) {
                Some([decibels]) => self.set_level(strip, Some(decibels_to_amplitude(decibels))),
                None => Outcome::Refused,
            },
            ("mute" | "solo", _) => match (what, switch(said)) {
                ("mute", Some(on)) => Outcome::of(controls.set_muted(strip, on)),
                (_, Some(on)) => Outcome::of(controls.set_soloed(strip, on)),
                (_, None) => Outcome::Refused,
            },
            ("release", _) if switch(said) != Some(false) => {
                if controls.is_object(strip) {
                    self.set_position(strip, None);
                    controls.set_width_deg(strip, None);
                }
                self.set_level(strip, None)
            }
            _ => Outcome::Refused,
        }
    }
}
