//! A delay line written and read in stretches of whole samples.

/// The latest samples of a signal, for reading whole stretches of its past.
#[derive(Clone, Debug)]
pub struct DelayLine {
    ring: Vec<f32>,
    /// Where the next sample goes.
    next: usize,
}

impl DelayLine {
    /// A silent line from which the last `reach` samples can be read.
    #[must_use]
    pub fn new(reach: usize) -> Self {
        Self { ring: vec![0.0; reach.max(1).next_power_of_two()], next: 0 }
    }

    /// Samples after which an input has left the line altogether.
    #[must_use]
    pub fn length(&self) -> usize {
        self.ring.len()
    }

    /// Takes samples in; no more at once than the line is long.
    #[inline(always)]
    pub fn write(&mut self, samples: &[f32]) {
        let until_wrap = samples.len().min(self.ring.len() - self.next);
        let (head, tail) = samples.split_at(until_wrap);
        self.ring[self.next..self.next + until_wrap].copy_from_slice(head);
        self.ring[..tail.len()].copy_from_slice(tail);
        self.next = (self.next + samples.len()) & (self.ring.len() - 1);
    }

    /// Forgets all that was written.
    pub fn clear(&mut self) {
        self.ring.fill(0.0);
    }

    /// Reads a stretch of which the first sample was written `back` samples before the one to come.
    /// It has to lie within the reach of the line, and in the past: `back` is at least its length.
    #[inline(always)]
    pub fn read(&self, back: usize, samples: &mut [f32]) {
        let begin = self.next.wrapping_sub(back) & (self.ring.len() - 1);
        let until_wrap = samples.len().min(self.ring.len() - begin);
        let (head, tail) = samples.split_at_mut(until_wrap);
        head.copy_from_slice(&self.ring[begin..begin + until_wrap]);
        tail.copy_from_slice(&self.ring[..tail.len()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_wherever_the_ring_wraps() {
        let mut line = DelayLine::new(100);
        let mut written = Vec::new();
        for round in 0..50 {
            let block: Vec<f32> = (0..7 + round % 5).map(|n| (round * 100 + n) as f32).collect();
            line.write(&block);
            written.extend(block);
            for (back, length) in [(1, 1), (20, 20), (100, 30)] {
                if let Some(begin) = written.len().checked_sub(back) {
                    let mut read = vec![0.0; length];
                    line.read(back, &mut read);
                    assert_eq!(read, written[begin..begin + length]);
                }
            }
        }
    }
}
