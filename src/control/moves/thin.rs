//! As few points as tell the same way (Ramer 1972; Douglas and Peucker 1973).

use crate::space::{Position, angle_deg};

/// Something that is moved, and by how much it may be off when points are left out.
pub(super) trait Moved: Copy {
    /// What lies at a share of the way to another.
    fn between(&self, to: &Self, share: f64) -> Self;

    /// How far off another is; 1 is as much as may be.
    fn off(&self, other: &Self) -> f64;

    /// Whether there is but one way to another.
    fn leads_to(&self, _other: &Self) -> bool {
        true
    }
}

/// What a level may be off, in decibels.
const LEVEL_DB: f64 = 0.05;
/// What a direction may be off, in degrees: less than anybody hears.
const DIRECTION_DEG: f64 = 0.25;
/// How far a way on the sphere may lead without a point, in degrees: to the opposite there are many.
const ONE_WAY_DEG: f64 = 120.0;
/// What a distance may be off, as a part of it.
const DISTANCE: f64 = 0.005;

impl Moved for f64 {
    fn between(&self, to: &Self, share: f64) -> Self {
        self + (to - self) * share
    }

    fn off(&self, other: &Self) -> f64 {
        (self - other).abs() / LEVEL_DB
    }
}

impl Moved for Position {
    fn between(&self, to: &Self, share: f64) -> Self {
        let (from, to, distance) = (self.direction, to.direction, (self.distance, to.distance));
        let angle = angle_deg(&from, &to).to_radians();
        let sine = libm::sin(angle);
        let direction = if sine < 1e-9 {
            from
        } else {
            from * (libm::sin((1.0 - share) * angle) / sine)
                + to * (libm::sin(share * angle) / sine)
        };
        Self { direction: direction.normalize(), distance: distance.0.between(&distance.1, share) }
    }

    fn off(&self, other: &Self) -> f64 {
        let farther = self.distance.max(other.distance).max(0.01);
        let distance = (self.distance - other.distance).abs() / (farther * DISTANCE);
        distance.max(angle_deg(&self.direction, &other.direction) / DIRECTION_DEG)
    }

    fn leads_to(&self, other: &Self) -> bool {
        angle_deg(&self.direction, &other.direction) < ONE_WAY_DEG
    }
}

/// The points, their times rising, without those that lie on the way between others: straight lines
/// keep their two ends.
pub(super) fn thin<T: Moved>(points: &[(f64, T)]) -> Vec<(f64, T)> {
    let mut is_kept = vec![false; points.len()];
    let mut spans = vec![(0, points.len().saturating_sub(1))];
    while let Some((begin, end)) = spans.pop() {
        is_kept.iter_mut().skip(begin).take(1).for_each(|it| *it = true);
        is_kept.iter_mut().skip(end).take(1).for_each(|it| *it = true);
        let mut worst = (1.0, None);
        if end > begin + 1 && !points[begin].1.leads_to(&points[end].1) {
            worst = (f64::INFINITY, Some(begin.midpoint(end)));
        }
        for index in begin + 1..end {
            let off = off(points, begin, end, index);
            if off > worst.0 {
                worst = (off, Some(index));
            }
        }
        if let (_, Some(index)) = worst {
            spans.extend([(begin, index), (index, end)]);
        }
    }
    points.iter().zip(is_kept).filter(|(_, is_kept)| *is_kept).map(|(point, _)| *point).collect()
}

fn off<T: Moved>(points: &[(f64, T)], begin: usize, end: usize, index: usize) -> f64 {
    let (from, to) = (&points[begin], &points[end]);
    let share = (points[index].0 - from.0) / (to.0 - from.0);
    from.1.between(&to.1, share).off(&points[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_lines_keep_their_ends() {
        let line = |index: i32| (f64::from(index), f64::from((index - 50).abs()));
        let thinned = thin(&(0..=100).map(line).collect::<Vec<_>>());
        assert_eq!(thinned, [(0.0, 50.0), (50.0, 0.0), (100.0, 50.0)]);
        let arc = |index: i32| (f64::from(index), Position::polar(f64::from(index), 0.0, 1.0));
        assert_eq!(thin(&(0..=110).map(arc).collect::<Vec<_>>()).len(), 2);
        let circle = |index: i32| (f64::from(index), Position::polar(f64::from(index), 0.0, 1.0));
        assert_eq!(thin(&(0..=360).map(circle).collect::<Vec<_>>()).len(), 5);
        assert_eq!(thin::<f64>(&[]), []);
        assert_eq!(thin(&[(1.0, 2.0)]), [(1.0, 2.0)]);
    }
}
