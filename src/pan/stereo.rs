//! The standard's law for a single left/right pair.
//!
//! Pan on 5.1, mix down, normalise the power, then lower the level with the share of the
//! surrounds: 0 dB in front, -3 dB behind (ITU-R BS.2127, 6.1.2.4).

use super::GainRow;
use super::field::Field;
use super::place::{Angles, Place};
use crate::space::{Vector, angle_deg};

/// The widest pair the law is meant for, in degrees: an equilateral triangle with the listener.
const WIDEST_PAIR_DEG: f64 = 60.0 + 1e-9;

/// A pair counts as one at ear height up to here, in degrees.
const MIDDLE_DEG: f64 = 10.0;

/// The surrounds of 5.1, in degrees.
const SURROUND_DEG: f64 = 110.0;

// The channels of the field.
const LEFT: usize = 0;
const RIGHT: usize = 1;
const CENTRE: usize = 2;
const LEFT_SURROUND: usize = 3;
const RIGHT_SURROUND: usize = 4;

/// A left/right pair in front.
#[derive(Clone, Debug)]
pub struct Stereo {
    field: Field,
    left_channel: usize,
    right_channel: usize,
    /// What left and right each get of the centre: together they pull with the force of 1.
    centre_gain: f64,
}

impl Stereo {
    /// The law for two places, if they are a pair it is meant for.
    pub fn new(places: &[Place]) -> Option<Self> {
        let (left, right) = pair(places)?;
        let turn = left.real.azimuth - right.real.azimuth;
        let middle = Angles::new(
            right.real.azimuth + 0.5 * turn,
            0.5 * (left.real.elevation + right.real.elevation),
        );
        let surround = |azimuth| (azimuth, Angles::new(azimuth, 0.0));
        let field_places = [
            (30.0, left.real),
            (-30.0, right.real),
            (0.0, middle),
            surround(SURROUND_DEG),
            surround(-SURROUND_DEG),
        ];
        let place = |(channel, (azimuth, real)): (usize, (f64, Angles))| Place {
            nominal: Angles::new(azimuth, 0.0),
            real,
            overhead: false,
            channels: vec![channel],
        };
        let field_places: Vec<_> = field_places.into_iter().enumerate().map(place).collect();
        let pull = left.real.direction() + right.real.direction();
        Some(Self {
            field: Field::new(&field_places)?,
            left_channel: left.channels[0],
            right_channel: right.channels[0],
            centre_gain: 1.0 / pull.norm(),
        })
    }

    /// The gains of a direction.
    pub fn solve(&self, direction: &Vector, row: &mut GainRow) {
        self.field.solve(direction, row);
        let gain = |channel| row.gain(channel);
        let centre = self.centre_gain * gain(CENTRE);
        let side = std::f64::consts::FRAC_1_SQRT_2;
        let left = gain(LEFT) + centre + side * gain(LEFT_SURROUND);
        let right = gain(RIGHT) + centre + side * gain(RIGHT_SURROUND);
        let front = gain(LEFT).max(gain(RIGHT)).max(gain(CENTRE));
        let back = gain(LEFT_SURROUND).max(gain(RIGHT_SURROUND));
        let level = libm::exp2(-0.5 * back / (front + back));
        let norm = (left * left + right * right).sqrt();
        let gains = [(self.left_channel, left), (self.right_channel, right)];
        let [first, second] = if gains[0].0 < gains[1].0 { gains } else { [gains[1], gains[0]] };
        row.clear();
        row.push(first.0, first.1 / norm * level);
        row.push(second.0, second.1 / norm * level);
    }

    /// Whether a direction lies between the loudspeakers.
    pub fn is_real(&self, direction: &Vector) -> bool {
        let mut row = GainRow::new();
        self.field.solve(direction, &mut row);
        self.field.is_real(direction) && row.iter().all(|(channel, _)| channel < LEFT_SURROUND)
    }
}

/// The left and the right of two places in front, if they are that.
fn pair(places: &[Place]) -> Option<(&Place, &Place)> {
    let [a, b] = places else { return None };
    let (left, right) = if a.nominal.azimuth > 0.0 { (a, b) } else { (b, a) };
    let in_front = |place: &Place| {
        place.nominal.elevation.abs() <= MIDDLE_DEG && place.nominal.azimuth.abs() < 90.0
    };
    let fits = left.nominal.azimuth > 0.0
        && right.nominal.azimuth < 0.0
        && in_front(left)
        && in_front(right)
        && left.channels.len() == 1
        && right.channels.len() == 1
        && angle_deg(&left.nominal.direction(), &right.nominal.direction()) <= WIDEST_PAIR_DEG;
    fits.then_some((left, right))
}
