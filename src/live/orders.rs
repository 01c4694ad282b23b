//! The latest order to go somewhere: one writes, many read, nobody waits.

use super::Route;
use crate::latest::Latest;

/// A route and its number; a reader gets the two together or nothing.
pub struct Orders(Latest<3>);

impl Orders {
    /// The first order, number 0.
    pub fn new(route: Route) -> Self {
        Self(Latest::new(route.to_words()))
    }

    /// Gives an order in place of the one before. Only one thread at a time may.
    pub fn give(&self, route: Route) {
        self.0.set(route.to_words());
    }

    /// The latest order and its number; `None` while it is being given: ask again later.
    pub fn latest(&self) -> Option<(u64, Route)> {
        self.0.read().map(|(number, words)| (number, Route::from_words(words)))
    }
}
