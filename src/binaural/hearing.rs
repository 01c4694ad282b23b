//! How a head hears a place.

use super::near_field::{NEAREST_M, Nearness};
use super::responses::{EARS, Mixture, Near, Responses, both_ears};
use crate::space::{Position, UP, Vector};

/// How both ears hear a lane at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hearing {
    /// The responses of each ear, and how late they are.
    pub mixtures: [Mixture; EARS],
    /// What nearness does at each ear.
    pub nearness: [Nearness; EARS],
}

/// What is done to a sound for each ear, whatever responses it goes through then.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lateness {
    /// How late each ear hears it, in frames.
    pub delays_frames: [f64; EARS],
    /// What nearness does at each ear.
    pub nearness: [Nearness; EARS],
}

impl Lateness {
    /// A share (0 to 1) of the way to another; at its ends both are met to the bit.
    #[inline(always)]
    #[must_use]
    pub fn between(&self, to: &Self, share: f64) -> Self {
        if share == 1.0 {
            return *to;
        }
        let mut between = *self;
        for ear in 0..EARS {
            let way = to.delays_frames[ear] - self.delays_frames[ear];
            between.delays_frames[ear] += share * way;
            between.nearness[ear] = self.nearness[ear].between(&to.nearness[ear], share);
        }
        between
    }
}

impl Hearing {
    /// How a direction is heard from afar.
    #[must_use]
    pub fn far(responses: &impl Responses, direction: &Vector) -> Self {
        Self { mixtures: both_ears(responses, direction), nearness: Default::default() }
    }

    /// All of it but the responses.
    #[inline]
    #[must_use]
    pub fn lateness(&self) -> Lateness {
        let delays_frames = self.mixtures.each_ref().map(|mixture| mixture.delay_frames);
        Lateness { delays_frames, nearness: self.nearness }
    }

    /// How a place is heard, a distance of 1 being a metre.
    ///
    /// What comes nearer than 0.15 m goes over the head instead of through it, so that no way makes
    /// the direction jump, but one straight up.
    #[must_use]
    pub fn near(responses: &impl Responses, position: &Position) -> Self {
        Self::next(responses, position, &mut Default::default())
    }

    /// The same, faster where the place is near the last one.
    #[must_use]
    pub fn next(responses: &impl Responses, position: &Position, near: &mut [Near; EARS]) -> Self {
        let direction = around_the_head(position);
        let nearness = [-direction.x, direction.x]
            .map(|cosine| Nearness::new(position.distance, cosine, responses.rate_hz()));
        let mixtures =
            std::array::from_fn(|ear| responses.at_near(&direction, ear, &mut near[ear]));
        Self { mixtures, nearness }
    }
}

fn around_the_head(position: &Position) -> Vector {
    // What is no number is left as it is.
    if position.distance.is_nan() || position.distance >= NEAREST_M {
        return position.direction;
    }
    let inward = position.distance.max(0.0) / NEAREST_M;
    let over = position.direction * inward + UP * libm::sqrt(1.0 - inward * inward);
    over.try_normalize(1e-9).unwrap_or(UP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::angle_deg;

    #[test]
    fn a_way_through_the_head_goes_over_it() {
        let at = |x: f64| around_the_head(&Position::cartesian(Vector::new(x, 0.02, -0.01)));
        let mut before = at(-1.0);
        for step in -999..=1000 {
            let now = at(f64::from(step) * 0.001);
            // A millimetre is half a degree at 0.15 m, and there the way turns upwards: the height
            // over a chord of a millimetre from the edge is a tenth of the radius.
            assert!(angle_deg(&before, &now) < 8.0, "{step} mm: {before} to {now}");
            before = now;
        }
        assert!(at(0.0).z > 0.9);
    }
}
