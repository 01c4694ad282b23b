//! Quanta that lie well in the memory.

use std::ops::{Deref, DerefMut};

use super::{QUANTUM, Quantum};

/// Bytes in a line of the cache, and in the widest of vectors.
const LINE: usize = 64;

/// Bytes in a page of the memory.
const PAGE: usize = 4096;

/// As many pages as are worth beginning with a whole one.
const MANY: usize = 16;

/// Some quanta in a row, which begin where a line of the cache does: what lies across two lines is read
/// and written twice. Many begin where a page does, so that a run of 16, a page itself, is looked up once.
#[derive(Debug)]
pub struct Quanta {
    samples: Vec<f32>,
    /// Where in there the first begins.
    begin: usize,
    count: usize,
}

impl Quanta {
    /// Quanta of silence.
    #[must_use]
    pub fn silent(count: usize) -> Self {
        let is_many = count * size_of::<Quantum>() >= MANY * PAGE;
        let at = if is_many { PAGE } else { LINE };
        let spare = at / size_of::<f32>();
        let samples = vec![0.0_f32; count * QUANTUM + spare];
        // Where it cannot be told, anywhere will do.
        let begin = samples.as_ptr().align_offset(at).min(spare);
        Self { samples, begin, count }
    }
}

impl Default for Quanta {
    fn default() -> Self {
        Self::silent(0)
    }
}

impl Deref for Quanta {
    type Target = [Quantum];

    #[inline]
    fn deref(&self) -> &[Quantum] {
        self.samples[self.begin..][..self.count * QUANTUM].as_chunks().0
    }
}

impl DerefMut for Quanta {
    #[inline]
    fn deref_mut(&mut self) -> &mut [Quantum] {
        self.samples[self.begin..][..self.count * QUANTUM].as_chunks_mut().0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quanta_begin_where_lines_do() {
        for count in [0, 1, 5, 300] {
            let mut quanta = Quanta::silent(count);
            assert_eq!(quanta.len(), count);
            assert!(quanta.iter().flatten().all(|sample| *sample == 0.0));
            quanta.iter_mut().for_each(|quantum| quantum[QUANTUM - 1] = 1.0);
            assert!(quanta.iter().all(|quantum| quantum.as_ptr().align_offset(LINE) == 0));
            assert!(count < 300 || quanta.as_ptr().align_offset(PAGE) == 0);
        }
    }
}
