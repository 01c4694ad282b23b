//! A value of some numbers of which only the latest counts: written now and then, read at any time
//! without waiting.

use std::sync::atomic::{AtomicU64, Ordering, fence};

/// Some numbers, or none, that are read all of one writing (a sequence lock, made of atomics). Those
/// who write must see to it that they do so one after the other.
#[derive(Debug)]
pub(super) struct Latest<const N: usize> {
    /// Odd while it is being written.
    turn: AtomicU64,
    /// The bits of the numbers; where the first is none, there is no value.
    words: [AtomicU64; N],
}

impl<const N: usize> Latest<N> {
    /// No value.
    pub(super) fn none() -> Self {
        let words = std::array::from_fn(|_| AtomicU64::new(f64::NAN.to_bits()));
        Self { turn: AtomicU64::new(0), words }
    }

    /// Replaces the value; the numbers must be finite.
    pub(super) fn set(&self, value: Option<[f64; N]>) {
        let turn = self.turn.load(Ordering::Relaxed);
        self.turn.store(turn.wrapping_add(1), Ordering::Relaxed);
        fence(Ordering::Release);
        for (word, number) in self.words.iter().zip(value.unwrap_or([f64::NAN; N])) {
            word.store(number.to_bits(), Ordering::Relaxed);
        }
        self.turn.store(turn.wrapping_add(2), Ordering::Release);
    }

    /// The value; `None` where it is being written just now, and what was read before still holds.
    pub(super) fn read(&self) -> Option<Option<[f64; N]>> {
        let before = self.turn.load(Ordering::Acquire);
        let numbers =
            std::array::from_fn(|it| f64::from_bits(self.words[it].load(Ordering::Relaxed)));
        fence(Ordering::Acquire);
        let after = self.turn.load(Ordering::Relaxed);
        let is_whole = before == after && before.is_multiple_of(2);
        is_whole.then_some((!numbers[0].is_nan()).then_some(numbers))
    }

    /// The value, waited for while it is being written: not for the audio thread.
    pub(super) fn wait(&self) -> Option<[f64; N]> {
        loop {
            match self.read() {
                Some(value) => return value,
                None => std::thread::yield_now(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_was_written_in_one_piece() {
        let latest = Latest::<4>::none();
        assert_eq!(latest.read(), Some(None));
        std::thread::scope(|scope| {
            scope.spawn(|| (0..200_000).for_each(|it| latest.set(Some([f64::from(it); 4]))));
            let mut last = -1.0;
            while last < 199_999.0 {
                let Some(Some(numbers)) = latest.read() else { continue };
                assert!(numbers.iter().all(|it| *it == numbers[0]), "{numbers:?}");
                assert!(numbers[0] >= last, "{numbers:?} after {last}");
                last = numbers[0];
            }
        });
        latest.set(None);
        assert_eq!(latest.wait(), None);
    }
}
