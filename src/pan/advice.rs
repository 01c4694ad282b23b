//! What the panner has to say about a layout that is not quite good.

use super::place::Place;
use crate::layout::Layout;
use crate::space::angle_deg;

/// Loudspeakers closer than this, in degrees, make regions so thin that sound jumps rather than moves.
const TOO_CLOSE_DEG: f64 = 3.0;

/// Nominal and real positions contradict each other.
pub fn misplaced(layout: &Layout) -> String {
    format!(
        "layout {}: loudspeakers stand so far from their nominal places that their order is \
         another; the panner goes by where they really stand",
        layout.name
    )
}

/// Nothing surrounds the listener but for virtual loudspeakers that everybody shares.
pub fn unsurrounded(layout: &Layout) -> String {
    format!(
        "layout {}: its loudspeakers leave half of the room empty; sound from there is shared by all",
        layout.name
    )
}

/// Horizontal gaps between right and left azimuths.
pub fn gaps(layout: &Layout, gaps: &[(f64, f64)]) -> Vec<String> {
    let sentence = |(right, left): &(f64, f64)| {
        format!(
            "layout {}: no loudspeaker between azimuth {right} and {left}, going left; sound from \
             there is shared by those at its edges",
            layout.name
        )
    };
    gaps.iter().map(sentence).collect()
}

/// Triangles with hardly any height.
pub fn thin(layout: &Layout, places: &[Place], triangles: &[[usize; 3]]) -> Vec<String> {
    let sentence = |corners: &[usize; 3]| {
        let [a, b, c] = corners.map(|corner| names(layout, &places[corner]));
        format!(
            "layout {}: {a}, {b} and {c} make a triangle so thin that they stand almost in one line; sound jumps across it",
            layout.name
        )
    };
    triangles.iter().map(sentence).collect()
}

/// The loudspeakers of a place.
fn names(layout: &Layout, place: &Place) -> String {
    let name = |channel: &usize| layout.loudspeakers[*channel].name.as_str();
    place.channels.iter().map(name).collect::<Vec<_>>().join(" and ")
}

/// Loudspeakers in the same place, or almost.
pub fn crowding(layout: &Layout, places: &[Place]) -> Vec<String> {
    let names = |place: &Place| names(layout, place);
    let shared = places.iter().filter(|place| place.channels.len() > 1).map(|place| {
        format!("layout {}: {} stand in the same place and share it", layout.name, names(place))
    });
    let pairs = places
        .iter()
        .enumerate()
        .flat_map(|(index, place)| places[index + 1..].iter().map(move |other| (place, other)));
    let close = pairs.filter_map(|(a, b)| {
        let apart = angle_deg(&a.real.direction(), &b.real.direction());
        (apart < TOO_CLOSE_DEG).then(|| {
            format!(
                "layout {}: {} and {} are only {apart:.1} degrees apart; sound jumps between them",
                layout.name,
                names(a),
                names(b)
            )
        })
    });
    shared.chain(close).collect()
}
