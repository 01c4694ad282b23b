//! Some numbers of which only the latest count: written now and then, read at any time without
//! waiting. This is how orders come down to the thread of the audio.

use std::sync::atomic::{AtomicU64, Ordering, fence};

/// Words that are read all of one writing, or not at all (a sequence lock, made of atomics). Those who
/// write must see to it that they do so one after the other.
#[derive(Debug)]
pub struct Latest<const N: usize> {
    /// Odd while it is being written.
    turn: AtomicU64,
    words: [AtomicU64; N],
}

impl<const N: usize> Latest<N> {
    /// The first words.
    #[must_use]
    pub fn new(words: [u64; N]) -> Self {
        Self { turn: AtomicU64::new(0), words: words.map(AtomicU64::new) }
    }

    /// Writes others in their place.
    pub fn set(&self, words: [u64; N]) {
        let turn = self.turn.load(Ordering::Relaxed);
        self.turn.store(turn.wrapping_add(1), Ordering::Relaxed);
        fence(Ordering::Release);
        for (word, new) in self.words.iter().zip(words) {
            word.store(new, Ordering::Relaxed);
        }
        self.turn.store(turn.wrapping_add(2), Ordering::Release);
    }

    /// The words and how often they have been written; `None` while they are being written: what was
    /// read before still holds.
    #[must_use]
    pub fn read(&self) -> Option<(u64, [u64; N])> {
        let before = self.turn.load(Ordering::Acquire);
        let words = self.words.each_ref().map(|word| word.load(Ordering::Relaxed));
        fence(Ordering::Acquire);
        let after = self.turn.load(Ordering::Relaxed);
        let is_whole = before == after && before.is_multiple_of(2);
        is_whole.then_some((before / 2, words))
    }

    /// The words, waited for while they are being written: not for the thread of the audio.
    #[must_use]
    pub fn wait(&self) -> [u64; N] {
        loop {
            match self.read() {
                Some((_, words)) => return words,
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
        let latest = Latest::new([0; 4]);
        assert_eq!(latest.read(), Some((0, [0; 4])));
        std::thread::scope(|scope| {
            scope.spawn(|| (1..=200_000).for_each(|it| latest.set([it; 4])));
            let mut last = 0;
            while last < 200_000 {
                let Some((times, words)) = latest.read() else { continue };
                assert!(words.iter().all(|it| *it == times), "{words:?} at writing {times}");
                assert!(times >= last, "{times} after {last}");
                last = times;
            }
        });
        assert_eq!(latest.wait(), [200_000; 4]);
    }
}
