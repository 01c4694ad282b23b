//! A point once everything about it is known.

use super::curve::Easing;
use super::point::Point;
use crate::document::Place;
use crate::motion::mistake::Mistake;
use crate::motion::placement::Spot;
use crate::motion::site::Site;
use crate::space::Vector;

/// A place at a moment, and the way that leads there.
pub struct Key {
    pub time_s: f64,
    pub spot: Spot,
    pub easing: Easing,
    pub via: Option<Vector>,
    pub turns: f64,
    /// Where it stands in the document.
    pub place: Place,
}

/// Fills in what the author left out.
pub fn resolve(points: &[Point], site: &Site<'_>) -> Result<Vec<Key>, Mistake> {
    let mut keys: Vec<Key> = Vec::with_capacity(points.len());
    for (index, point) in points.iter().enumerate() {
        let place = site.place.key("points").index(index);
        let time_s = match point.t_beats {
            Some(beats) => site.beats_to_s_at(beats, || place.key("t_beats"))?,
            None => point.t_s.unwrap_or(0.0),
        };
        let previous = keys.last();
        if previous.is_some_and(|previous| time_s <= previous.time_s) {
            let message = format!("this point, at {time_s} s, does not come after the one before");
            return Err(Mistake::new(place, message, "put the points in the order of their times"));
        }
        keys.push(Key {
            time_s,
            spot: point.placement().after(previous.map_or(&site.start, |key| &key.spot)),
            easing: point.easing.unwrap_or_default(),
            via: point.via.as_ref().map(|via| via.vector()),
            turns: point.turns.unwrap_or(0).into(),
            place,
        });
    }
    if keys.is_empty() {
        return Err(site.mistake("points", "there is no point", "give at least one point"));
    }
    Ok(keys)
}
