//! Some quanta of a pass.

use crate::block::QUANTA_PER_STEP;

/// Some quanta in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The number of the first in the scene.
    pub(super) number: u64,
    /// Its place in the pass.
    pub(super) place: usize,
    pub(super) count: usize,
}

impl Piece {
    /// A pass of so many quanta from one of the scene on.
    pub(super) fn pass(first: u64, quanta: usize) -> Self {
        Self { number: first, place: 0, count: quanta }
    }

    /// The same cut into pieces wherever so many control steps of the scene are over.
    #[inline]
    pub(super) fn cut(self, steps: usize) -> impl Iterator<Item = Self> {
        let whole = steps as u64 * QUANTA_PER_STEP;
        let mut rest = self;
        std::iter::from_fn(move || {
            let count = rest.count.min((whole - rest.number % whole) as usize);
            let piece = Self { count, ..rest };
            rest.number += count as u64;
            rest.place += count;
            rest.count -= count;
            (count > 0).then_some(piece)
        })
    }

    /// The number of the control step it begins in.
    #[inline]
    pub(super) fn first_step(&self) -> u64 {
        self.number / QUANTA_PER_STEP
    }

    /// How many control steps it has a part in.
    #[inline]
    pub(super) fn steps(&self) -> usize {
        let end = (self.number + self.count as u64).div_ceil(QUANTA_PER_STEP);
        (end - self.first_step()) as usize
    }

    /// The number of each quantum in the scene, and its place in the pass.
    #[inline]
    pub(super) fn quanta(&self) -> impl Iterator<Item = (u64, usize)> + use<> {
        (self.number..).zip(self.place..self.place + self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_is_cut_where_control_steps_begin() {
        let piece = |number, place, count| Piece { number, place, count };
        let pass = Piece::pass(6, 7);
        assert_eq!((pass.first_step(), pass.steps()), (1, 3));
        let pieces: Vec<_> = pass.cut(1).collect();
        assert_eq!(pieces, [piece(6, 0, 2), piece(8, 2, 4), piece(12, 6, 1)]);
        assert_eq!(pieces[1].quanta().collect::<Vec<_>>(), [(8, 2), (9, 3), (10, 4), (11, 5)]);
        assert_eq!(pass.cut(2).collect::<Vec<_>>(), [piece(6, 0, 2), piece(8, 2, 5)]);
    }
}
