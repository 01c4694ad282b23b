//! What all micro motions share: how much, how fast, and how it moves a direction.

use std::fmt::Debug;

use super::bounds::Bounds;
use super::context::Context;
use super::noise::mix;
use super::sphere;
use crate::space::Vector;

/// Amplitudes in degrees RMS: beyond this it is a macro motion.
const AMPLITUDE_DEG: std::ops::RangeInclusive<f64> = 0.0..=30.0;
/// Rates in hertz.
const RATE_HZ: std::ops::RangeInclusive<f64> = 0.001..=20.0;

/// Half the width, as a sine of the angle, of the cap about each pole in which the amplitude along
/// the azimuth goes over into that along the elevation: at a pole there is no azimuth to go along.
const POLE_CAP: f64 = 0.05;

/// What the author wrote about a micro motion.
pub trait MicroSpec {
    /// How much and how fast.
    fn amount(&self) -> Amount;

    /// Three signals of RMS 1 for a key, one for each axis of the room.
    fn signal(&self, key: u64) -> Box<dyn Signal>;

    /// The motion, ready to be asked; `None` where its amplitudes are 0.
    fn sway(&self, context: &Context<'_>) -> Option<Sway> {
        let amount = self.amount();
        (amount.azimuth_deg > 0.0 || amount.elevation_deg > 0.0).then(|| Sway {
            signal: self.signal(amount.key(context)),
            along_azimuth: amount.azimuth_deg.to_radians(),
            along_elevation: amount.elevation_deg.to_radians(),
        })
    }
}

/// Three unrelated signals of mean 0 and RMS 1: pure functions of time.
pub trait Signal: Debug + Send + Sync {
    /// Their values, one for each axis of the room.
    fn at(&self, time_s: f64) -> Vector;
}

/// The fields that every micro motion has, as written.
pub struct Amount {
    pub azimuth_deg: f64,
    pub elevation_deg: f64,
    pub rate_hz: f64,
    pub seed: u64,
    pub together: bool,
}

impl Amount {
    /// Notes the mistakes in them.
    pub fn check(&self, bounds: &mut Bounds<'_>) {
        bounds.within("azimuth_deg", self.azimuth_deg, &AMPLITUDE_DEG);
        bounds.within("elevation_deg", self.elevation_deg, &AMPLITUDE_DEG);
        bounds.within("rate_hz", self.rate_hz, &RATE_HZ);
        if self.azimuth_deg == 0.0 && self.elevation_deg == 0.0 {
            let message = "both amplitudes are 0: nothing will move";
            bounds.warning("azimuth_deg", message, "give azimuth_deg, elevation_deg or both");
        }
    }

    fn key(&self, context: &Context<'_>) -> u64 {
        let salt = if self.together { 0 } else { context.object };
        mix(self.seed) ^ mix(!salt)
    }
}

/// A micro motion, ready to be asked.
#[derive(Debug)]
pub struct Sway {
    signal: Box<dyn Signal>,
    along_azimuth: f64,
    along_elevation: f64,
}

impl Sway {
    /// A direction moved off its place by as much as at that time.
    ///
    /// The three signals are a vector in the room, and its part across the direction is the push.
    /// So the push is continuous everywhere, the poles included, where a push along the azimuth and
    /// the elevation could not be: a field of tangents has no other way round the sphere.
    pub fn apply(&self, direction: &Vector, time_s: f64) -> Vector {
        let signal = self.signal.at(time_s);
        let across = signal - direction * direction.dot(&signal);
        // The tangent of the azimuth, as long as the direction is horizontal.
        let azimuthal = Vector::new(-direction.y, direction.x, 0.0);
        let horizontal = azimuthal.norm_squared();
        let along = azimuthal.dot(&signal) / (horizontal + POLE_CAP * POLE_CAP);
        let extra = self.along_azimuth - self.along_elevation;
        sphere::push(direction, &(across * self.along_elevation + azimuthal * (extra * along)))
    }
}
