//! The latest order to go somewhere: one writes, many read, nobody waits.

use std::sync::atomic::{AtomicU64, Ordering};

use super::Route;

/// A route and its number; a reader gets the two together or nothing.
///
/// The number is odd while the route is being written (a sequence lock of atomics alone).
pub struct Orders {
    number: AtomicU64,
    words: [AtomicU64; 3],
}

impl Orders {
    /// The first order.
    pub fn new(route: Route) -> Self {
        Self { number: AtomicU64::new(0), words: route.to_words().map(AtomicU64::new) }
    }

    /// Gives an order in place of the one before. Only one thread at a time may.
    pub fn give(&self, route: Route) {
        self.number.fetch_add(1, Ordering::SeqCst);
        for (word, value) in self.words.iter().zip(route.to_words()) {
            word.store(value, Ordering::SeqCst);
        }
        self.number.fetch_add(1, Ordering::SeqCst);
    }

    /// The latest order and its number; `None` while it is being given: ask again later.
    pub fn latest(&self) -> Option<(u64, Route)> {
        let number = self.number.load(Ordering::SeqCst);
        let [from, to, back_to] = &self.words;
        let words = [from, to, back_to].map(|word| word.load(Ordering::SeqCst));
        let is_whole = number.is_multiple_of(2) && self.number.load(Ordering::SeqCst) == number;
        is_whole.then(|| (number, Route::from_words(words)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_whole() {
        let orders = Orders::new(Route::once(0..0));
        std::thread::scope(|scope| {
            scope.spawn(|| (0..100_000).for_each(|frame| orders.give(Route::once(frame..frame))));
            for _ in 0..100_000 {
                if let Some((number, route)) = orders.latest() {
                    let frame = (number / 2).saturating_sub(1);
                    assert_eq!(route, Route::once(frame..frame));
                }
            }
        });
    }
}
