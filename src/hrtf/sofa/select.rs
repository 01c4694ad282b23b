//! Of all measurements those that make one sphere: one distance, no direction twice.

use std::collections::HashMap;

use crate::hrtf::{EARS, Measured};
use crate::space::{Vector, azimuth_elevation_deg};

/// Distances that lie further apart than this are different spheres, as a ratio.
const NEXT_SPHERE: f64 = 1.05;

/// Two directions nearer than this are one: a thousandth of a degree, in radians.
const SAME_DIRECTION: f64 = 1.745e-5;

/// Directions within this of straight up or down are that pole, whatever their azimuth: a
/// fiftieth of a degree, in radians.
const POLE: f64 = 3.5e-4;

/// Keeps one distance, averages what was measured at a pole more than once, and refuses any other
/// direction that is there twice.
pub(super) fn tidy(set: Measured) -> Result<Measured, String> {
    let rows = one_distance(&set.distances_m);
    let groups = by_direction(&set, &rows)?;
    if groups.len() == set.directions.len() {
        return Ok(set);
    }
    Ok(merged(&set, &groups, rows.len()))
}

/// The rows whose distance is nearest to the median, in their order.
fn one_distance(distances_m: &[f64]) -> Vec<usize> {
    let mut sorted = distances_m.to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = sorted[(sorted.len() - 1) / 2];
    let middle = sorted.partition_point(|&distance| distance < median);
    let (mut first, mut last) = (middle, middle);
    while first > 0 && sorted[first] <= sorted[first - 1] * NEXT_SPHERE {
        first -= 1;
    }
    while last + 1 < sorted.len() && sorted[last + 1] <= sorted[last] * NEXT_SPHERE {
        last += 1;
    }
    let kept = sorted[first]..=sorted[last];
    (0..distances_m.len()).filter(|&row| kept.contains(&distances_m[row])).collect()
}

/// The rows of each direction, in the order of the first of them.
fn by_direction(set: &Measured, rows: &[usize]) -> Result<Vec<Vec<usize>>, String> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut poles: [Option<usize>; 2] = [None; 2];
    let mut cells: HashMap<[i32; 3], Vec<usize>> = HashMap::new();
    for &row in rows {
        let direction = &set.directions[row];
        if let Some(pole) = pole(direction) {
            match poles[pole] {
                Some(group) => groups[group].push(row),
                None => {
                    poles[pole] = Some(groups.len());
                    groups.push(vec![row]);
                }
            }
            continue;
        }
        let near = neighbours(direction).into_iter().filter_map(|near| cells.get(&near)).flatten();
        for &other in near {
            if (set.directions[other] - direction).norm() < SAME_DIRECTION {
                return Err(twice(set, other, row));
            }
        }
        cells.entry(cell(direction)).or_default().push(row);
        groups.push(vec![row]);
    }
    Ok(groups)
}

/// 0 for straight up, 1 for straight down.
fn pole(direction: &Vector) -> Option<usize> {
    let at_a_pole = libm::hypot(direction.x, direction.y) < POLE;
    at_a_pole.then_some(usize::from(direction.z < 0.0))
}

/// The cube a direction is in; what is the same direction is in it or in one beside it.
fn cell(direction: &Vector) -> [i32; 3] {
    [direction.x, direction.y, direction.z].map(|part| libm::floor(part / SAME_DIRECTION) as i32)
}

fn neighbours(direction: &Vector) -> Vec<[i32; 3]> {
    let [x, y, z] = cell(direction);
    let mut all = Vec::with_capacity(27);
    for (dx, dy, dz) in (0..27).map(|index| (index % 3 - 1, index / 3 % 3 - 1, index / 9 - 1)) {
        all.push([x + dx, y + dy, z + dz]);
    }
    all
}

fn twice(set: &Measured, first: usize, second: usize) -> String {
    let (azimuth_deg, elevation_deg) = azimuth_elevation_deg(&set.directions[first]);
    format!(
        "measurements {} and {} are of the same direction (azimuth {azimuth_deg:.3}, elevation \
         {elevation_deg:.3}); each direction may be there once",
        first + 1,
        second + 1
    )
}

/// A set of one direction for each group, the average of its rows.
fn merged(set: &Measured, groups: &[Vec<usize>], rows: usize) -> Measured {
    let mut all = Measured {
        rate_hz: set.rate_hz,
        taps: set.taps,
        other_distances: set.directions.len() - rows,
        about: set.about.clone(),
        ..Measured::default()
    };
    all.responses.reserve_exact(groups.len() * EARS * set.taps);
    for group in groups {
        let share = 1.0 / group.len() as f64;
        let sum: Vector = group.iter().map(|&row| set.directions[row]).sum();
        // Alone it keeps its bits.
        all.directions.push(if group.len() == 1 { sum } else { sum.normalize() });
        all.distances_m.push(group.iter().map(|&row| set.distances_m[row]).sum::<f64>() * share);
        let delay = |ear: usize| group.iter().map(|&row| set.delays_frames[row][ear]).sum::<f64>();
        all.delays_frames.push([delay(0) * share, delay(1) * share]);
        for ear in 0..EARS {
            let begin = all.responses.len();
            all.responses.extend_from_slice(set.response(group[0], ear));
            for &row in &group[1..] {
                for (sum, sample) in all.responses[begin..].iter_mut().zip(set.response(row, ear)) {
                    *sum += sample;
                }
            }
            all.responses[begin..].iter_mut().for_each(|sample| *sample *= share as f32);
        }
    }
    all
}
