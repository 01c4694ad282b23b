//! The sphere cut into cells, by way of an octahedron that is unfolded into a square: what lookups of
//! directions begin with.

use crate::space::Vector;

/// Cells along each side of the square: a cell is about 3 degrees wide.
pub const SIDE: usize = 64;

/// All cells, line after line.
pub const CELLS: usize = SIDE * SIDE;

/// The cell that a direction lies in, from 0.
#[inline]
#[must_use]
pub fn cell_of(direction: &Vector) -> usize {
    let Vector { data: nalgebra::ArrayStorage([[x, y, z]]), .. } = *direction;
    let scale = 1.0 / (x.abs() + y.abs() + z.abs());
    let (u, v) = (x * scale, y * scale);
    let (u, v) =
        if z >= 0.0 { (u, v) } else { ((1.0 - v.abs()).copysign(u), (1.0 - u.abs()).copysign(v)) };
    // By way of u32, which costs less than half of what usize does.
    let index = |way: f64| (((way + 1.0) * (SIDE as f64 / 2.0)) as u32 as usize).min(SIDE - 1);
    index(v) * SIDE + index(u)
}

/// The direction of a point of the square, in cells from its corner: 0 to [`SIDE`] either way.
#[must_use]
pub fn direction_at(column: f64, line: f64) -> Vector {
    let [u, v] = [column, line].map(|way| 2.0 * way / SIDE as f64 - 1.0);
    let z = 1.0 - u.abs() - v.abs();
    let (x, y) =
        if z >= 0.0 { (u, v) } else { ((1.0 - v.abs()).copysign(u), (1.0 - u.abs()).copysign(v)) };
    Vector::new(x, y, z).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_cell_lies_in_it() {
        for cell in 0..CELLS {
            let (column, line) = ((cell % SIDE) as f64 + 0.5, (cell / SIDE) as f64 + 0.5);
            assert_eq!(cell_of(&direction_at(column, line)), cell);
        }
    }
}
