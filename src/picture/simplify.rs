//! Leaving out what no eye misses.

use super::geometry::Point;

/// The points of a line that are needed so that it stays within `tolerance_px` of all of them (Ramer
/// 1972, Douglas and Peucker 1973); the first and the last always are.
#[must_use]
pub fn simplified(points: &[Point], tolerance_px: f64) -> Vec<Point> {
    let Some(last) = points.len().checked_sub(1) else { return Vec::new() };
    let mut needed = vec![false; points.len()];
    needed[0] = true;
    needed[last] = true;
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let inner = points[from..=to].iter().enumerate();
        let off = inner.map(|(index, it)| (off_line(it, &points[from], &points[to]), from + index));
        let (farthest, index) = off.fold((0.0, from), |a, b| if b.0 > a.0 { b } else { a });
        if farthest > tolerance_px {
            needed[index] = true;
            open.extend([(from, index), (index, to)]);
        }
    }
    points.iter().zip(needed).filter_map(|(point, needed)| needed.then_some(*point)).collect()
}

/// How far a point is from the straight line between two others, ends included.
fn off_line(point: &Point, from: &Point, to: &Point) -> f64 {
    let (right, down) = (to.x - from.x, to.y - from.y);
    let square = right * right + down * down;
    if square == 0.0 {
        return point.distance(*from);
    }
    let along = ((point.x - from.x) * right + (point.y - from.y) * down) / square;
    let along = along.clamp(0.0, 1.0);
    point.distance(from.moved(along * right, along * down))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::sin_cos_deg;

    #[test]
    fn a_line_becomes_its_ends_and_a_circle_stays_round() {
        let line: Vec<Point> = (0..100).map(|x| Point::new(x.into(), 0.5 * f64::from(x))).collect();
        assert_eq!(simplified(&line, 0.1), [line[0], line[99]]);
        let circle: Vec<Point> = (0..=720)
            .map(|step| sin_cos_deg(0.5 * f64::from(step)))
            .map(|(sin, cos)| Point::new(100.0 * cos, 100.0 * sin))
            .collect();
        let fewer = simplified(&circle, 0.15);
        assert!(fewer.len() < 100, "{}", fewer.len());
        for point in &circle {
            let off = fewer.windows(2).map(|pair| off_line(point, &pair[0], &pair[1]));
            assert!(off.fold(f64::INFINITY, f64::min) <= 0.15 + 1e-9);
        }
        assert!(simplified(&[], 1.0).is_empty());
    }
}
