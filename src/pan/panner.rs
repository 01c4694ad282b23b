//! The panner of a layout.

use std::sync::OnceLock;

use super::GainRow;
use super::advice;
use super::field::Field;
use super::mirror::Mirror;
use super::place::{Angles, Place, join_coincident, places};
use super::spread::{Spread, SpreadTable};
use super::stereo::Stereo;
use crate::layout::{Layout, MAX_CHANNELS};
use crate::space::{FRONT, Vector};
use crate::{Error, Result};

/// Turns directions into gains of loudspeakers: a pure function of the direction, for any layout.
///
/// It is the point source panner of ITU-R BS.2127 and its polar extent. The whole sphere is covered,
/// without a jump anywhere; a direction at a loudspeaker gives that loudspeaker alone. The energy of the
/// gains is 1, except for a left/right pair, which follows the standard's stereo law.
#[derive(Clone, Debug)]
pub struct Panner {
    law: Law,
    mirror: Option<Mirror>,
    places: Vec<Place>,
    channels: usize,
    warnings: Vec<String>,
    spread_table: OnceLock<SpreadTable>,
}

#[derive(Clone, Debug)]
enum Law {
    /// All loudspeakers in one place share everything.
    Single,
    Stereo(Box<Stereo>),
    Sphere(Box<Field>),
}

impl Panner {
    /// The panner of a layout. Loudspeakers for low-frequency effects take no part in it.
    ///
    /// # Errors
    /// When no other loudspeaker is there, there are more than [`MAX_CHANNELS`], or an angle is not finite.
    pub fn new(layout: &Layout) -> Result<Self> {
        check(layout)?;
        let mut warnings = Vec::new();
        let places = join_coincident(places(layout));
        let law = match law(&places) {
            Some(law) => law,
            None => {
                let real = places.iter().map(as_it_stands).collect::<Vec<_>>();
                let (law, advice) = match law(&real) {
                    Some(law) => (law, advice::misplaced(layout)),
                    None => (supported(layout, &real)?, advice::unsurrounded(layout)),
                };
                warnings.push(advice);
                law
            }
        };
        if let Law::Sphere(field) = &law {
            warnings.extend(advice::gaps(layout, &field.gaps));
            warnings.extend(advice::thin(layout, &places, &field.thin));
        }
        warnings.extend(advice::crowding(layout, &places));
        Ok(Self {
            law,
            mirror: Mirror::of(&places),
            places,
            channels: layout.loudspeakers.len(),
            warnings,
            spread_table: OnceLock::new(),
        })
    }

    /// How many channels the layout has, including those the panner never feeds.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// What is weak about the layout, in sentences: gaps, and loudspeakers too close to each other.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Whether a layout is its own image in the mirror of left and right.
    #[must_use]
    pub fn is_mirrored(&self) -> bool {
        self.mirror.is_some()
    }

    /// The gains of a point in a direction, a unit vector. Never allocates.
    #[inline]
    pub fn solve(&self, direction: &Vector, row: &mut GainRow) {
        let direction = sound(direction);
        match &self.law {
            Law::Sphere(field) => field.solve(direction, row),
            Law::Stereo(stereo) => stereo.solve(direction, row),
            Law::Single => self.share(row),
        }
    }

    /// The gains of a point in a direction, one for each channel.
    #[must_use]
    pub fn gains(&self, direction: &Vector) -> Vec<f64> {
        let mut row = GainRow::new();
        self.solve(direction, &mut row);
        row.to_dense(self.channels)
    }

    /// The gains of a source of some size around a direction, a unit vector: the polar extent of
    /// ITU-R BS.2127 (7.3.8.2) at distance 1.
    ///
    /// The first call builds a table; [`Panner::prepare_spread`] does that ahead of time.
    pub fn solve_spread(&self, direction: &Vector, spread: &Spread, row: &mut GainRow) {
        self.solve(direction, row);
        if !spread.is_point() && !matches!(self.law, Law::Single) {
            self.spread_table().solve(self.mirror.as_ref(), sound(direction), spread, row);
        }
    }

    /// Builds what [`Panner::solve_spread`] needs, which after that never allocates.
    pub fn prepare_spread(&self) {
        self.spread_table();
    }

    /// Whether a direction lies between real loudspeakers: no virtual one has a part in it.
    #[must_use]
    pub fn is_real(&self, direction: &Vector) -> bool {
        match &self.law {
            Law::Sphere(field) => field.is_real(direction),
            Law::Stereo(stereo) => stereo.is_real(direction),
            Law::Single => self.places[0].real.direction() == *direction,
        }
    }

    fn spread_table(&self) -> &SpreadTable {
        let solve = |direction: &Vector, row: &mut GainRow| self.solve(direction, row);
        self.spread_table
            .get_or_init(|| SpreadTable::new(solve, &self.places, self.mirror.as_ref()))
    }

    fn share(&self, row: &mut GainRow) {
        let channels = &self.places[0].channels;
        let gain = 1.0 / libm::sqrt(channels.len() as f64);
        row.clear();
        channels.iter().for_each(|&channel| row.push(channel, gain));
    }
}

/// A direction, or the front instead of none at all (zero, infinity, not a number): what is nowhere
/// must still be heard.
#[inline]
fn sound(direction: &Vector) -> &Vector {
    if (0.25..4.0).contains(&direction.norm_squared()) { direction } else { &FRONT }
}

fn law(places: &[Place]) -> Option<Law> {
    match places {
        [_] => Some(Law::Single),
        _ => match Stereo::new(places) {
            Some(stereo) => Some(Law::Stereo(Box::new(stereo))),
            None => Field::new(places).map(|field| Law::Sphere(Box::new(field))),
        },
    }
}

/// The law of places that do not surround the listener by themselves.
fn supported(layout: &Layout, places: &[Place]) -> Result<Law> {
    let field = Field::supported(places).map(|field| Law::Sphere(Box::new(field)));
    let name = &layout.name;
    field.ok_or_else(|| {
        Error::input(format!("layout {name}: its loudspeakers cannot be made to surround anyone"))
    })
}

/// A place with its nominal position where it really stands.
fn as_it_stands(place: &Place) -> Place {
    Place { nominal: place.real, overhead: false, ..place.clone() }
}

fn check(layout: &Layout) -> Result<()> {
    let name = &layout.name;
    if layout.loudspeakers.len() > MAX_CHANNELS {
        let count = layout.loudspeakers.len();
        return Err(Error::input(format!(
            "layout {name}: {count} loudspeakers; at most {MAX_CHANNELS} are possible"
        )));
    }
    if layout.loudspeakers.iter().all(|speaker| speaker.lfe) {
        return Err(Error::input(format!(
            "layout {name}: no loudspeaker but for low-frequency effects; sound needs at least one"
        )));
    }
    for speaker in layout.loudspeakers.iter().filter(|speaker| !speaker.lfe) {
        let angles = [
            Angles { azimuth: speaker.azimuth_deg, elevation: speaker.elevation_deg },
            Angles {
                azimuth: speaker.nominal_azimuth_deg,
                elevation: speaker.nominal_elevation_deg,
            },
        ];
        let possible =
            |angles: &Angles| angles.azimuth.is_finite() && angles.elevation.abs() <= 90.0;
        if !angles.iter().all(possible) {
            return Err(Error::input(format!(
                "layout {name}: loudspeaker {} stands nowhere; azimuth and elevation have to be \
                 numbers of degrees, elevation from -90 to 90",
                speaker.name
            )));
        }
    }
    Ok(())
}
