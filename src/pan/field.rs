//! The whole sphere, divided into regions.

use super::GainRow;
use super::arrangement::{Corner, corners, poles, supported_corners};
use super::grid::Grid;
use super::hull;
use super::mirror::{Mirror, to_left};
use super::place::{Place, same_place};
use super::region::{Mixing, Region};
use crate::space::Vector;

/// A full-sphere panner with a power of 1 everywhere.
#[derive(Clone, Debug)]
pub struct Field {
    regions: Vec<Region>,
    grid: Grid,
    mirror: Option<Mirror>,
    /// Horizontal gaps that had to be filled: right and left azimuth in degrees.
    pub gaps: Vec<(f64, f64)>,
    /// Triangles of real loudspeakers so thin that sound hardly moves across them: the places of
    /// their corners.
    pub thin: Vec<[usize; 3]>,
}

/// A triangle of real loudspeakers that is lower than this, in degrees, is thin. The thinnest of
/// BS.2051 is more than twice as high.
const THIN_DEG: f64 = 5.0;

impl Field {
    /// The field of places that are all different; `None` if nominal and real positions differ so much
    /// that regions would overlap.
    pub fn new(places: &[Place]) -> Option<Self> {
        let twins =
            |a: &Place| places.iter().filter(|b| same_place(a.nominal, b.nominal)).count() > 1;
        if places.iter().any(twins) {
            return None;
        }
        let mut gaps = Vec::new();
        let mut all = corners(places, &mut gaps);
        let first_pole = all.len();
        all.extend(poles(places));
        Self::over(places, all, first_pole, gaps)
    }

    /// The field of places that leave so much of the room empty that no rule of the standard helps.
    pub fn supported(places: &[Place]) -> Option<Self> {
        let all = supported_corners(places);
        let first_pole = all.len();
        Self::over(places, all, first_pole, Vec::new())
    }

    /// The field over some corners, poles last.
    fn over(
        places: &[Place],
        mut all: Vec<Corner>,
        first_pole: usize,
        gaps: Vec<(f64, f64)>,
    ) -> Option<Self> {
        let nominal: Vec<Vector> = all.iter().map(|corner| corner.nominal).collect();
        let outlines = fan_out(&mut all, hull::facets(&nominal)?, first_pole);
        let mirror = Mirror::of(places);
        let channels: Vec<_> = places.iter().map(|place| place.channels.clone()).collect();
        let mirrored = mirror.as_ref().map_or(&channels, |mirror| &mirror.channels);
        let region = |outline: &Vec<usize>| {
            let real: Vec<Vector> = outline.iter().map(|&corner| all[corner].real).collect();
            let mixing = Mixing {
                corners: outline.iter().map(|&corner| &all[corner].mix[..]).collect(),
                is_virtual: outline.iter().map(|&corner| all[corner].is_virtual).collect(),
                channels: &channels,
                mirrored,
            };
            Region::new(&real, &mixing)
        };
        let regions: Vec<Region> = outlines.iter().map(region).collect::<Option<_>>()?;
        let covered: f64 = outlines.iter().map(|outline| solid_angle(&all, outline)).sum();
        // All regions face outwards, so their sum is a whole number of spheres; two mean overlaps.
        let once = covered < 6.0 * std::f64::consts::PI;
        let thin = outlines.iter().filter_map(|outline| thin(&all, outline)).collect();
        once.then(|| Self { grid: Grid::new(&regions), regions, mirror, gaps, thin })
    }

    /// The gains of a direction.
    #[inline]
    pub fn solve(&self, direction: &Vector, row: &mut GainRow) {
        let (left, mirrored) = to_left(self.mirror.as_ref(), direction);
        let first = &self.regions[self.grid.first(&left)];
        match first.corner_gains(&left) {
            Some(corners) => first.fill(corners, mirrored, row),
            None => self.solve_elsewhere(&left, mirrored, row),
        }
        if let (Some(mirror), true) = (&self.mirror, direction.x == 0.0) {
            mirror.balance(row);
        }
    }

    /// The same by all the regions that there are to try.
    // Apart, so that the gains of the corners stay in registers where the first region is the one.
    #[inline(never)]
    fn solve_elsewhere(&self, left: &Vector, mirrored: bool, row: &mut GainRow) {
        match self.find(left) {
            Some((region, corners)) => region.fill(corners, mirrored, row),
            None => self.solve_nearest(left, mirrored, row),
        }
    }

    /// Whether no virtual loudspeaker has a part in a direction.
    pub fn is_real(&self, direction: &Vector) -> bool {
        let (left, _) = to_left(self.mirror.as_ref(), direction);
        self.find(&left).is_some_and(|(region, corners)| region.is_real(corners))
    }

    fn find(&self, direction: &Vector) -> Option<(&Region, [f64; 4])> {
        self.grid.candidates(direction).iter().find_map(|&index| {
            let region = &self.regions[usize::from(index)];
            region.corner_gains(direction).map(|corners| (region, corners))
        })
    }

    /// Rounding cannot push a direction out of all regions; should it ever, there is still sound.
    #[cold]
    fn solve_nearest(&self, direction: &Vector, mirrored: bool, row: &mut GainRow) {
        let depth = |region: &&Region| region.depth(direction);
        let nearest = self.regions.iter().max_by(|a, b| depth(a).total_cmp(&depth(b)));
        let region = nearest.expect("a hull has facets");
        region.fill(region.nearest_gains(direction), mirrored, row);
    }
}

/// The corners of a thin triangle of real loudspeakers; these come first among all corners, in the
/// order of the places.
fn thin(all: &[Corner], outline: &[usize]) -> Option<[usize; 3]> {
    let &[a, b, c] = outline else { return None };
    let [p, q, r] = [a, b, c].map(|corner| all[corner].real);
    let volume = p.cross(&q).dot(&r).abs();
    let longest = [p.cross(&q), q.cross(&r), r.cross(&p)].map(|side| side.norm());
    let longest = longest.into_iter().fold(0.0, f64::max);
    let is_thin = volume < libm::sin(THIN_DEG.to_radians()) * longest;
    let is_real = [a, b, c].iter().all(|&corner| !all[corner].is_virtual);
    (is_thin && is_real).then_some([a, b, c])
}

/// Turns facets into outlines of three or four corners, those around a pole first. Poles, and the middles
/// of facets with five corners or more, are virtual loudspeakers whose gain goes to all around them.
fn fan_out(all: &mut Vec<Corner>, facets: Vec<Vec<usize>>, first_pole: usize) -> Vec<Vec<usize>> {
    let mut outlines = Vec::new();
    let (at_poles, others): (Vec<_>, Vec<_>) =
        facets.into_iter().partition(|facet| facet.iter().any(|&corner| corner >= first_pole));
    for pole in first_pole..all.len() {
        let around = at_poles.iter().filter_map(|facet| path_around(facet, pole));
        outlines.extend(fan(all, around.collect(), pole, overhead_first));
    }
    for facet in others {
        if facet.len() < 5 {
            outlines.push(facet);
            continue;
        }
        let mean = |position: fn(&Corner) -> Vector| {
            facet.iter().map(|&corner| position(&all[corner])).sum::<Vector>().normalize()
        };
        let middle = Corner::centre(mean(|corner| corner.nominal), mean(|corner| corner.real));
        let centre = all.len();
        all.push(middle);
        let sides = (0..facet.len()).map(|side| vec![facet[side], facet[(side + 1) % facet.len()]]);
        outlines.extend(fan(all, sides.collect(), centre, |_, around| around));
    }
    outlines
}

/// The corners of a facet from after its pole to before it.
fn path_around(facet: &[usize], pole: usize) -> Option<Vec<usize>> {
    let start = facet.iter().position(|&corner| corner == pole)?;
    Some((1..facet.len()).map(|step| facet[(start + step) % facet.len()]).collect())
}

/// Triangles from paths around a centre, and the centre's gain at equal power to those on the paths
/// that are to share it.
fn fan(
    all: &mut [Corner],
    paths: Vec<Vec<usize>>,
    centre: usize,
    sharing: fn(&[Corner], Vec<usize>) -> Vec<usize>,
) -> Vec<Vec<usize>> {
    let mut around: Vec<usize> = paths.concat();
    around.sort_unstable();
    around.dedup();
    let around = sharing(all, around);
    let share = 1.0 / libm::sqrt(around.len() as f64);
    let sum = |place: usize| around.iter().map(|&corner| all[corner].mix[place]).sum::<f64>();
    all[centre].mix = (0..all[0].mix.len()).map(|place| share * sum(place)).collect();
    let steps = paths.iter().flat_map(|path| path.windows(2));
    steps.map(|step| vec![step[0], step[1], centre]).collect()
}

/// A pole belongs to the loudspeakers above (or below) ear height, if any are around it. So on 7.1.2 the
/// zenith is between its two heights; on the layouts of BS.2051 it makes no difference.
fn overhead_first(all: &[Corner], around: Vec<usize>) -> Vec<usize> {
    let (overhead, level): (Vec<_>, Vec<_>) =
        around.into_iter().partition(|&corner| !all[corner].is_level());
    if overhead.is_empty() { level } else { overhead }
}

/// The solid angle of an outline where its corners really are, in steradians.
fn solid_angle(all: &[Corner], outline: &[usize]) -> f64 {
    let a = all[outline[0]].real;
    let triangles = outline[1..].windows(2);
    let angle = |pair: &[usize]| {
        let (b, c) = (all[pair[0]].real, all[pair[1]].real);
        let base = 1.0 + a.dot(&b) + b.dot(&c) + c.dot(&a);
        2.0 * libm::atan2(a.dot(&b.cross(&c)), base)
    };
    triangles.map(angle).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pan::place::Angles;
    use crate::space::unit_vector;

    /// The slow, obvious search over all regions in their order.
    fn solve_by_search(field: &Field, direction: &Vector, row: &mut GainRow) {
        let (left, mirrored) = to_left(field.mirror.as_ref(), direction);
        let found = field.regions.iter().find_map(|region| {
            region.corner_gains(&left).map(|corners| region.fill(corners, mirrored, row))
        });
        assert!(found.is_some(), "{direction:?} is in no region");
        if let (Some(mirror), true) = (&field.mirror, direction.x == 0.0) {
            mirror.balance(row);
        }
    }

    fn places(angles: &[(f64, f64)]) -> Vec<Place> {
        let place = |(channel, &(azimuth, elevation))| {
            let angles = Angles::new(azimuth, elevation);
            Place { nominal: angles, real: angles, overhead: false, channels: vec![channel] }
        };
        angles.iter().enumerate().map(place).collect()
    }

    fn assert_same(field: &Field, direction: &Vector) {
        let (mut fast, mut slow) = (GainRow::new(), GainRow::new());
        field.solve(direction, &mut fast);
        solve_by_search(field, direction, &mut slow);
        let bits = |row: &GainRow| row.iter().map(|(c, g)| (c, g.to_bits())).collect::<Vec<_>>();
        assert_eq!(bits(&fast), bits(&slow), "{direction:?}");
    }

    #[test]
    fn the_grid_gives_the_bits_of_the_slow_search() {
        let seven = [0.0, 30.0, -30.0, 90.0, -90.0, 135.0, -135.0].map(|azimuth| (azimuth, 0.0));
        let tops = [45.0, -45.0, 135.0, -135.0].map(|azimuth| (azimuth, 30.0));
        let dome: Vec<_> =
            (0..100).map(|n| (f64::from(n) * 137.508, f64::from(n) * 1.7 - 80.0)).collect();
        for angles in [seven.to_vec(), [&seven[..], &tops].concat(), dome] {
            let field = Field::new(&places(&angles)).unwrap();
            for index in 0..20_000 {
                let elevation = f64::from(index) * 180.0 / 20_000.0 - 90.0;
                assert_same(&field, &unit_vector(f64::from(index) * 137.508, elevation));
            }
            // Directions on the borders of regions and of cells, where a wrong shortcut would show.
            for azimuth in -180..=180 {
                for elevation in (-90..=90).step_by(5) {
                    assert_same(&field, &unit_vector(azimuth.into(), elevation.into()));
                }
            }
            for &(azimuth, elevation) in &angles {
                assert_same(&field, &unit_vector(azimuth, elevation));
            }
        }
    }

    #[test]
    fn places_that_trade_sides_are_refused() {
        let mut places = places(&[(30.0, 0.0), (-30.0, 0.0), (110.0, 0.0), (-110.0, 0.0)]);
        assert!(Field::new(&places).is_some());
        (places[0].real, places[1].real) = (places[1].real, places[0].real);
        assert!(Field::new(&places).is_none());
    }
}
