//! On arcs round the listener.

use super::key::Key;
use super::keyed::Way;
use crate::motion::mistake::Mistake;
use crate::motion::sphere::Arc;
use crate::space::{Position, Vector};

/// An arc of a great circle between neighbouring points, or two where it goes `via` a direction.
#[derive(Debug)]
pub struct GreatCircles(Vec<Leg>);

#[derive(Debug)]
struct Leg {
    first: Arc,
    second: Option<Arc>,
    /// The fraction of the way at which the second arc begins.
    split: f64,
}

impl GreatCircles {
    pub fn new(keys: &[Key]) -> Result<Self, Mistake> {
        keys.windows(2).map(|pair| leg(&pair[0], &pair[1])).collect::<Result<_, _>>().map(Self)
    }
}

fn leg(from: &Key, to: &Key) -> Result<Leg, Mistake> {
    let (start, end) = (from.spot.position.direction, to.spot.position.direction);
    let Some(via) = to.via else {
        return match Arc::shortest(&start, &end) {
            Some(first) => Ok(Leg { first, second: None, split: 1.0 }),
            None => Err(Mistake::new(
                to.place.clone(),
                "this point lies opposite the one before, so every way there is as short",
                "give it via = { azimuth_deg = ..., elevation_deg = ... }, or a point between",
            )),
        };
    };
    let opposite = || {
        let message = "via lies opposite an end of the way, so every way there is as short";
        Mistake::new(to.place.key("via"), message, "take a direction between the two points")
    };
    let arc = |from: &Vector, to: &Vector| Arc::shortest(from, to).ok_or_else(opposite);
    let (first, second) = (arc(&start, &via)?, arc(&via, &end)?);
    let whole = first.angle + second.angle;
    let split = if whole > 0.0 { first.angle / whole } else { 1.0 };
    Ok(Leg { first, second: Some(second), split })
}

impl Way for GreatCircles {
    fn between(&self, index: usize, fraction: f64, ends: &[Position; 2]) -> Position {
        let leg = &self.0[index];
        let direction = match &leg.second {
            Some(second) if fraction > leg.split => {
                second.at((fraction - leg.split) / (1.0 - leg.split))
            }
            Some(_) => leg.first.at(fraction / leg.split),
            None => leg.first.at(fraction),
        };
        let distance = ends[0].distance + (ends[1].distance - ends[0].distance) * fraction;
        Position { direction, distance }
    }
}
