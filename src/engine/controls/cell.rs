//! A live value of some numbers, or none.

use crate::latest::Latest;

/// Numbers of which the latest count; where the first is none, there is no value.
#[derive(Debug)]
pub(super) struct Cell<const N: usize>(Latest<N>);

impl<const N: usize> Cell<N> {
    /// No value.
    pub(super) fn none() -> Self {
        Self(Latest::new([f64::NAN.to_bits(); N]))
    }

    /// Replaces the value; the numbers must be finite.
    pub(super) fn set(&self, value: Option<[f64; N]>) {
        self.0.set(value.unwrap_or([f64::NAN; N]).map(f64::to_bits));
    }

    /// The value; `None` where it is being written just now, and what was read before still holds.
    pub(super) fn read(&self) -> Option<Option<[f64; N]>> {
        self.0.read().map(|(_, words)| value(words))
    }

    /// The value, waited for while it is being written: not for the audio thread.
    pub(super) fn wait(&self) -> Option<[f64; N]> {
        value(self.0.wait())
    }
}

fn value<const N: usize>(words: [u64; N]) -> Option<[f64; N]> {
    let numbers = words.map(f64::from_bits);
    (!numbers[0].is_nan()).then_some(numbers)
}
