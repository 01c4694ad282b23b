//! Layouts whose left and right are mirror images.

use super::GainRow;
use super::place::Place;
use crate::layout::MAX_CHANNELS;
use crate::space::Vector;

/// Which channels trade places in the mirror.
#[derive(Clone, Debug)]
pub struct Mirror {
    /// For every place the channels that stand in its mirror image.
    pub channels: Vec<Vec<usize>>,
    /// For every channel the one in its mirror image.
    partners: Vec<u16>,
}

impl Mirror {
    /// The mirror of places, if each has an exact image.
    pub fn of(places: &[Place]) -> Option<Self> {
        let image = |place: &Place| places.iter().find(|other| is_image(place, other));
        let channels: Option<Vec<_>> =
            places.iter().map(|place| image(place).map(|image| image.channels.clone())).collect();
        let channels = channels?;
        let highest = places.iter().flat_map(|place| &place.channels).max()?;
        let mut partners = vec![0; highest + 1];
        for (place, images) in places.iter().zip(&channels) {
            for (&channel, &image) in place.channels.iter().zip(images) {
                partners[channel] = image as u16;
            }
        }
        Some(Self { channels, partners })
    }

    /// Makes a row of the median plane, which is symmetrical but for rounding, exactly so.
    pub fn balance(&self, row: &mut GainRow) {
        let mut gains = [0.0; MAX_CHANNELS];
        for (channel, gain) in row.iter() {
            gains[channel] += 0.5 * gain;
            gains[usize::from(self.partners[channel])] += 0.5 * gain;
        }
        row.clear();
        let channels = self.partners.len();
        gains[..channels].iter().enumerate().for_each(|(channel, &gain)| row.push(channel, gain));
    }
}

/// On mirrored layouts only the left half is ever solved: the right is exactly its mirror. Gives
/// the direction to solve and whether the channels have to trade places after that.
#[inline]
pub fn to_left(mirror: Option<&Mirror>, direction: &Vector) -> (Vector, bool) {
    // Without a branch on the side, which cannot be foreseen.
    if mirror.is_some() {
        (Vector::new(-direction.x.abs(), direction.y, direction.z), direction.x > 0.0)
    } else {
        (*direction, false)
    }
}

fn is_image(place: &Place, other: &Place) -> bool {
    let flip = |direction: Vector| Vector::new(-direction.x, direction.y, direction.z);
    flip(place.real.direction()) == other.real.direction()
        && flip(place.nominal.direction()) == other.nominal.direction()
        && place.channels.len() == other.channels.len()
}
