//! Which directions are near a place on the sphere.

use crate::space::Vector;

/// Directions by their height, so that only those at a similar height are looked at.
pub(super) struct Nearby {
    /// Height and index, the lowest first.
    by_height: Vec<(f64, usize)>,
    directions: Vec<Vector>,
}

impl Nearby {
    pub(super) fn new(directions: &[Vector]) -> Self {
        let heights = directions.iter().enumerate().map(|(index, it)| (it.z, index));
        let mut by_height: Vec<(f64, usize)> = heights.collect();
        by_height.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { by_height, directions: directions.to_vec() }
    }

    /// The directions, in their own order.
    pub(super) fn directions(&self) -> &[Vector] {
        &self.directions
    }

    /// The nearest directions to a place, the nearest first, with the squares of their distances in
    /// a straight line: `count` of them, or all there are. Of equals the first in the set comes
    /// first.
    pub(super) fn nearest(&self, place: &Vector, count: usize) -> Vec<(f64, usize)> {
        let mut found: Vec<(f64, usize)> = Vec::with_capacity(count + 1);
        let middle = self.by_height.partition_point(|(height, _)| *height < place.z);
        let (mut below, mut above) = (middle, middle);
        loop {
            let step = |index: usize| self.by_height.get(index).map(|it| (it.0 - place.z).abs());
            let down = below.checked_sub(1).and_then(step).unwrap_or(f64::INFINITY);
            let up = step(above).unwrap_or(f64::INFINITY);
            let height = down.min(up);
            let full = found.len() == count;
            if height == f64::INFINITY || full && height * height > found[count - 1].0 {
                return found;
            }
            let next = if down <= up {
                below -= 1;
                below
            } else {
                above += 1;
                above - 1
            };
            let index = self.by_height[next].1;
            let entry = ((self.directions[index] - place).norm_squared(), index);
            let position = found.partition_point(|other| *other < entry);
            if position < count {
                found.insert(position, entry);
                found.truncate(count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::unit_vector;

    #[test]
    fn the_nearest_are_found() {
        let golden = 137.507_764;
        let at = |index: usize| {
            let height: f64 = (index as f64 + 0.5) / 100.0 - 1.0;
            unit_vector(golden * index as f64, libm::asin(height).to_degrees())
        };
        let directions: Vec<Vector> = (0..200).map(at).collect();
        let nearby = Nearby::new(&directions);
        for (azimuth, elevation) in [(0.0, 0.0), (12.0, 88.0), (-170.0, -45.0), (90.0, -90.0)] {
            let place = unit_vector(azimuth, elevation);
            let mut all: Vec<(f64, usize)> = directions
                .iter()
                .enumerate()
                .map(|(index, it)| ((it - place).norm_squared(), index))
                .collect();
            all.sort_by(|a, b| a.partial_cmp(b).unwrap());
            assert_eq!(nearby.nearest(&place, 7), all[..7]);
        }
        assert_eq!(nearby.nearest(&directions[3], 300).len(), 200);
    }
}
