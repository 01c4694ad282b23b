//! A return: a room that strips send to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Spec, Spread, Strip};
use crate::document::{Place, Problems};
use crate::effect::{ConvolutionSpec, EchoSpec, ReverbSpec};
use crate::space::Vector;

/// What comes back of what is sent to it: exactly one of `reverb`, `echo` and `convolution`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// Its name, unlike that of any other bed, object, bus or return.
    pub name: String,
    /// A room made of numbers.
    pub reverb: Option<ReverbSpec>,
    /// Echoes.
    pub echo: Option<EchoSpec>,
    /// A room that was recorded.
    pub convolution: Option<ConvolutionSpec>,
    /// Where it is heard from; default `all`.
    #[serde(default)]
    pub spread: Spread,
    /// What it has in common with beds and objects; it sends nowhere.
    #[serde(rename = "(shared)")]
    #[schemars(flatten)]
    pub strip: Strip,
}

impl Return {
    /// Notes every mistake that shows without opening any other file.
    pub fn check(&self, place: &Place, scene: &Spec, problems: &mut Problems) {
        self.check_kind(place, problems);
        self.spread.check(&place.key("spread"), problems);
        self.check_effect(place, scene, problems);
        self.strip.refuse(&["solo", "sends"], "a return", place, problems);
        self.strip.check(place, f64::from(scene.usable_rate_hz()), problems);
    }

    /// Notes what is wrong in the settings of its effect.
    fn check_effect(&self, place: &Place, scene: &Spec, problems: &mut Problems) {
        let rate_hz = f64::from(scene.usable_rate_hz());
        if let Some(reverb) = &self.reverb {
            reverb.check(&place.key("reverb"), rate_hz, problems);
        }
        if let Some(echo) = &self.echo {
            echo.check(&place.key("echo"), scene.tempo_bpm, rate_hz, problems);
        }
        if let Some(convolution) = &self.convolution {
            convolution.check(&place.key("convolution"), problems);
        }
    }

    /// It is exactly one of three.
    fn check_kind(&self, place: &Place, problems: &mut Problems) {
        let given = [
            ("reverb", self.reverb.is_some()),
            ("echo", self.echo.is_some()),
            ("convolution", self.convolution.is_some()),
        ];
        let given: Vec<&str> = given.iter().filter(|it| it.1).map(|it| it.0).collect();
        let all = "`reverb`, `echo`, `convolution`";
        match *given {
            [] => problems.error(place, "a return of nothing", format!("add one of {all}")),
            [_] => {}
            [first, .., last] => {
                let message = format!("`{last}` as well as `{first}`");
                problems.error(&place.key(last), message, format!("keep one of {all}"));
            }
        }
    }

    /// The directions it is heard from: unit vectors.
    #[must_use]
    pub fn directions(&self) -> Vec<Vector> {
        self.spread.directions()
    }
}
